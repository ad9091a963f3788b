import type { Report } from "../../report/report.ts";
import { bySeverity, type LedgerEntry } from "../finding.ts";
import { fewAtAPlace } from "../few-at-a-place.ts";
import { rulesOver } from "../rule-book.ts";
import type { RuleOver } from "../rule.ts";
import type { SectionEvaluation, SectionFinding } from "./section-fault.ts";

interface SectionCheck {
  /** Worst first, then in the order of the book. */
  readonly findings: readonly SectionFinding[];
  /** Every rule of the book, in its order. */
  readonly ledger: readonly LedgerEntry[];
}

/** Checks everything of a report that is not a table cell. */
export function checkSections(report: Report): SectionCheck {
  const outcomes = rulesOver("sections").map((rule) => judge(rule, report));
  const findings = outcomes.flatMap((outcome) => outcome.findings);
  return {
    findings: findings.toSorted(bySeverity),
    ledger: outcomes.map(({ entry }) => entry),
  };
}

interface Judged {
  readonly findings: readonly SectionFinding[];
  readonly entry: LedgerEntry;
}

function judge(rule: RuleOver<"sections">, report: Report): Judged {
  if (rule.sections.readsUnits && lacksUnits(report)) {
    const reason = { kind: "units_not_loaded" } as const;
    return {
      findings: [],
      entry: { rule: rule.id, findings: 0, outcome: "could_not_run", reason },
    };
  }
  const { faults, notApplicable } = evaluate(rule, report);
  const findings = faults.map((fault): SectionFinding => ({
    ...fault,
    rule: rule.id,
    severity: fault.severity ?? rule.severity,
  }));
  const entry = { rule: rule.id, findings: findings.length };
  if (notApplicable !== undefined) {
    return {
      findings,
      entry: { ...entry, outcome: "not_applicable", reason: { kind: notApplicable } },
    };
  }
  return { findings, entry: { ...entry, outcome: findings.length === 0 ? "passed" : "failed" } };
}

function evaluate({ years, sections }: RuleOver<"sections">, report: Report): SectionEvaluation {
  const { year } = report.identity;
  const { from = year, to = year } = years ?? {};
  if (year < from || year > to) return { tested: 0, faults: [], notApplicable: "not_in_year" };
  const evaluation = sections.run(report);
  return { ...evaluation, faults: fewAtAPlace(evaluation.faults, ({ path }) => path) };
}

const lacksUnits = ({ units, sections }: Report): boolean =>
  sections.adjustments.basis !== undefined && units === undefined;
