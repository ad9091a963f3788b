import type { CellAddress } from "../../forms/cell.ts";
import type { Report } from "../../report/report.ts";
import type { SectionId } from "../../report/sections.ts";
import type { IdleReason, Severity } from "../finding.ts";

/**
 * A rule over what a report holds outside its tables: facts, performance, typed texts, last year's figures.
 * `section-rule-book.ts` holds them all; those over table cells are in `../rule-book.ts`.
 */
export interface SectionRule {
  /** As in the trade's list (R…); S… are rules beyond it, P… the 个人信息 scan. */
  readonly id: string;
  /** What must hold, as the trade says it. */
  readonly statement: string;
  /** Law or 文号 it rests on, where there is one. */
  readonly basis?: string;
  readonly severity: Severity;
  /** First and last report year it holds for; always when absent. */
  readonly years?: { readonly from?: number; readonly to?: number };
  /** Reads the unit editions that a department was added up from. */
  readonly readsUnits?: true;
  readonly check: (report: Report) => SectionEvaluation;
}

export interface SectionEvaluation {
  /** How many things there were to judge; none means the rule does not apply. */
  readonly tested: number;
  readonly faults: readonly SectionFault[];
  /** Why nothing was tested. */
  readonly idle?: IdleReason;
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
}

export interface SectionFinding extends SectionFault {
  readonly rule: string;
  readonly severity: Severity;
}

/** Names a finding with its figures: when they change, what was said about it is void. */
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
  why: IdleReason = "all_empty",
): SectionEvaluation =>
  parts.length === 0
    ? { tested: 0, faults: [], idle: why }
    : { tested: parts.length, faults: parts.filter((part) => part !== undefined) };
