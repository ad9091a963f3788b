import type { CellAddress } from "../../forms/cell.ts";
import type { SectionId } from "../../report/section-ids.ts";
import type { NotApplicableReason, Severity } from "../finding.ts";

/** What a check over the sections comes to. */
export interface SectionEvaluation {
  /** How many things there were to judge; none means the rule does not apply. */
  readonly tested: number;
  readonly faults: readonly SectionFault[];
  /** Why nothing was tested. */
  readonly notApplicable?: NotApplicableReason;
}

/** What is wrong at a place outside the tables, in words. */
export interface SectionFault {
  readonly section: SectionId;
  /** Dotted path from the sections, list entries from 0: `performance.selfEvaluations.0.indicators.3`. */
  readonly path: string;
  /** The words at fault; personal data are masked in it. */
  readonly quote?: string;
  /** Table cells that take part. */
  readonly cells?: readonly CellAddress[];
  /** As printed. */
  readonly expected?: string;
  readonly actual?: string;
  /** What is wrong, without full stop. */
  readonly what: string;
  /** What to do about it, without full stop. */
  readonly mend: string;
  /** Where it differs from the rule's. */
  readonly severity?: Severity;
  /** Nothing is wrong yet: the place was not filled in (未填). */
  readonly unfilled?: true;
}

export interface SectionFinding extends SectionFault {
  readonly rule: string;
  readonly severity: Severity;
}

/** Names a finding with its figures: when they change, its explanation is void. */
export const sectionFingerprint = ({
  rule,
  path,
  actual = "",
  expected = "",
  quote = "",
}: SectionFinding): string => [rule, path, actual, expected, quote].join("|");

/** One judged thing a part; no part means there was nothing to judge. */
export const judged = (
  parts: readonly (SectionFault | undefined)[],
  why: NotApplicableReason = "all_empty",
): SectionEvaluation =>
  parts.length === 0
    ? { tested: 0, faults: [], notApplicable: why }
    : { tested: parts.length, faults: parts.filter((part) => part !== undefined) };
