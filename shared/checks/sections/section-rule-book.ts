import { fewAtAPlace } from "../few-at-a-place.ts";
import { factRules } from "./rules/facts.ts";
import { internalFlowRules } from "./rules/internal-flows.ts";
import { performanceRules } from "./rules/performance.ts";
import { personalDataRules } from "./rules/personal-data.ts";
import { priorYearRules } from "./rules/prior-year.ts";
import { printableTextRules } from "./rules/printable-text.ts";
import { typedTextRules } from "./rules/typed-text.ts";
import { unitListRules } from "./rules/unit-list.ts";
import type { SectionRule } from "./section-rule.ts";

/** Refuses a badly written rule when the program starts: two rules of one id, or one without statement. */
export function bindSectionRules(rules: readonly SectionRule[]): readonly SectionRule[] {
  const ids = new Set<string>();
  for (const { id, statement, years } of rules) {
    if (ids.has(id)) throw new Error(`Rule ${id} is in the book twice.`);
    ids.add(id);
    if (!/^[A-Z]\d{3}$/u.test(id)) throw new Error(`${id} is no rule id.`);
    if (statement.trim() === "") throw new Error(`Rule ${id} does not say what must hold.`);
    const { from = 0, to = 9999 } = years ?? {};
    if (from > to) throw new Error(`Rule ${id} holds for no year.`);
  }
  return rules;
}

/** Every rule over what is not a table cell, in the order the ledger lists them. */
export const sectionRuleBook: readonly SectionRule[] = bindSectionRules([
  ...unitListRules,
  ...internalFlowRules,
  ...factRules,
  ...priorYearRules,
  ...performanceRules,
  ...typedTextRules,
  ...printableTextRules,
  ...personalDataRules,
]).map((rule) => ({
  ...rule,
  check: (report) => {
    const evaluation = rule.check(report);
    return { ...evaluation, faults: fewAtAPlace(evaluation.faults, ({ path }) => path) };
  },
}));
