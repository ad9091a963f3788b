import type { Report } from "../../report/report.ts";
import { bySeverity, type LedgerEntry } from "../finding.ts";
import { type SectionEvaluation, type SectionFinding, type SectionRule } from "./section-rule.ts";
import { sectionRuleBook } from "./section-rule-book.ts";

interface SectionCheck {
  /** Worst first, then in the order of the book. */
  readonly findings: readonly SectionFinding[];
  /** Every rule of the book, in its order. */
  readonly ledger: readonly LedgerEntry[];
}

/** Checks everything of a report that is not a table cell. */
export function checkSections(report: Report): SectionCheck {
  const outcomes = sectionRuleBook.map((rule) => judge(rule, report));
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

function judge(rule: SectionRule, report: Report): Judged {
  if (rule.readsUnits && lacksUnits(report)) {
    const reason = { kind: "units_not_loaded" } as const;
    return {
      findings: [],
      entry: { rule: rule.id, findings: 0, outcome: "could_not_run", reason },
    };
  }
  const { faults, idle } = evaluate(rule, report);
  const findings = faults.map((fault): SectionFinding => ({
    ...fault,
    rule: rule.id,
    severity: fault.severity ?? rule.severity,
  }));
  const entry = { rule: rule.id, findings: findings.length };
  if (idle !== undefined) {
    return { findings, entry: { ...entry, outcome: "not_applicable", reason: { kind: idle } } };
  }
  return { findings, entry: { ...entry, outcome: findings.length === 0 ? "passed" : "failed" } };
}

function evaluate({ years, check }: SectionRule, report: Report): SectionEvaluation {
  const { year } = report.identity;
  const { from = year, to = year } = years ?? {};
  return year < from || year > to ? { tested: 0, faults: [], idle: "not_in_year" } : check(report);
}

const lacksUnits = ({ units, sections }: Report): boolean =>
  sections.adjustments.basis !== undefined && units === undefined;
