import { attachmentRules } from "./attachments/attachments.ts";
import { byCodeRules } from "./balance/by-code.ts";
import { fiscalBudgetRules } from "./balance/fiscal-budgets.ts";
import { fiscalPartRules } from "./balance/fiscal-part.ts";
import { incomeAndExpenseRules } from "./balance/income-and-expense.ts";
import { kindOfMoneyRules, travelCarAndReceptionRules } from "./balance/kinds-of-money.ts";
import { t01Rules } from "./balance/t01.ts";
import { t02t03Rules } from "./balance/t02-t03.ts";
import { t04Rules } from "./balance/t04.ts";
import { t05ToT08Rules } from "./balance/t05-t08.ts";
import { initialBudgetRules } from "./budget/initial-budget.ts";
import { codeRules } from "./codes/budget-of-codes.ts";
import { codeNameRules } from "./codes/code-names.ts";
import { economicItemRules } from "./codes/economic-items.ts";
import { internalFlowRules } from "./consolidation/internal-flows.ts";
import { outdatedUnitsRule } from "./consolidation/outdated-units.ts";
import { consolidationRules } from "./consolidation/sums-of-units.ts";
import { changeRateRules } from "./figures/change-rates.ts";
import { figuresAsInTablesRules } from "./figures/figures-as-in-tables.ts";
import { increaseAndDecreaseRules } from "./figures/increase-and-decrease.ts";
import { partsAndWholeRules } from "./figures/parts-and-whole.ts";
import { sameFigureRules } from "./figures/same-figure.ts";
import { shareAndCompletionRules } from "./figures/share-and-completion.ts";
import { coverRules } from "./form/cover.ts";
import { formFaultRules } from "./form/form-faults.ts";
import { missingTablesRule } from "./form/missing-tables.ts";
import { operatingCostRules } from "./operating-cost/operating-cost.ts";
import { completenessRules } from "./performance/completeness.ts";
import { consistentScoreRules } from "./performance/consistent-scores.ts";
import { evaluationRules } from "./performance/evaluation.ts";
import { attachedTableRules } from "./performance/attached-tables.ts";
import { fundsRules } from "./performance/funds.ts";
import { indicatorRules } from "./performance/indicators.ts";
import { performanceMoneyRules } from "./performance/money.ts";
import { projectRules } from "./performance/projects.ts";
import { scoreRules } from "./performance/scores.ts";
import { personalDataRules } from "./personal-data/personal-data-rules.ts";
import { procurementRules } from "./procurement/procurement.ts";
import { isOver, type Rule } from "./rule.ts";
import { countRules } from "./three-public/counts.ts";
import { t09t10Rules } from "./three-public/t09-t10.ts";
import { peopleAndUnitsRules } from "./units/people-and-units.ts";
import { unitListRules } from "./units/unit-list.ts";
import { brokenOffRules } from "./wording/broken-off.ts";
import { doubledWordRules } from "./wording/doubled-words.ts";
import { dutyRules } from "./wording/duties.ts";
import { missingUnitRules } from "./wording/missing-units.ts";
import { printableTextRules } from "./wording/printable-text.ts";
import { reasonRules } from "./wording/reasons.ts";
import { repeatedSentenceRules } from "./wording/repeated-sentences.ts";
import { rewordingRules } from "./wording/rewording.ts";
import { templateResidueRules } from "./wording/template-residue.ts";
import { tradeTermRules } from "./wording/trade-terms.ts";
import { typedTextRules } from "./wording/typed-text.ts";
import { usageRules } from "./wording/usage.ts";
import { yearAndNameRules } from "./wording/years-and-names.ts";
import { deviationRules } from "./years/deviations.ts";
import { yearRules } from "./years/last-year.ts";
import { priorFigureRules } from "./years/prior-figures.ts";
import { priorReportRules } from "./years/prior-report.ts";

/** Refuses a badly written rule when the program starts: two of one id, one without statement or for no year. */
export function bindRules(rules: readonly Rule[]): readonly Rule[] {
  const ids = new Set<string>();
  for (const { id, statement, years } of rules) {
    if (ids.has(id)) throw new Error(`Rule ${id} is in the book twice.`);
    ids.add(id);
    if (!/^[A-Z]\d{2,3}$/u.test(id)) throw new Error(`${id} is no rule id.`);
    if (statement.trim() === "") throw new Error(`Rule ${id} does not say what must hold.`);
    const { from = 0, to = 9999 } = years ?? {};
    if (from > to) throw new Error(`Rule ${id} holds for no year.`);
  }
  return rules;
}

const byRuleId = (a: Rule, b: Rule): number => (a.id < b.id ? -1 : 1);

/** 审核规则: every rule, by subject; each thing is judged in this order. */
export const ruleBook: readonly Rule[] = bindRules([
  missingTablesRule,
  ...formFaultRules,
  ...t01Rules,
  ...t02t03Rules,
  ...t04Rules,
  ...t05ToT08Rules,
  ...t09t10Rules,
  ...codeRules,
  ...incomeAndExpenseRules,
  ...fiscalPartRules,
  ...fiscalBudgetRules,
  ...kindOfMoneyRules,
  ...travelCarAndReceptionRules,
  ...byCodeRules,
  ...yearRules,
  ...deviationRules,
  ...consolidationRules,
  ...unitListRules,
  ...coverRules,
  ...internalFlowRules,
  outdatedUnitsRule,
  ...initialBudgetRules,
  ...figuresAsInTablesRules,
  ...operatingCostRules,
  ...economicItemRules,
  ...increaseAndDecreaseRules,
  ...changeRateRules,
  ...shareAndCompletionRules,
  ...procurementRules,
  ...partsAndWholeRules,
  ...sameFigureRules,
  ...countRules,
  ...peopleAndUnitsRules,
  ...priorFigureRules,
  ...attachmentRules,
  ...dutyRules,
  ...priorReportRules,
  ...[
    ...scoreRules,
    ...fundsRules,
    ...indicatorRules,
    ...attachedTableRules,
    ...projectRules,
    ...performanceMoneyRules,
    ...completenessRules,
    ...evaluationRules,
    ...consistentScoreRules,
  ].toSorted(byRuleId),
  ...templateResidueRules,
  ...reasonRules,
  ...yearAndNameRules,
  ...missingUnitRules,
  ...tradeTermRules,
  ...doubledWordRules,
  ...repeatedSentenceRules,
  ...brokenOffRules,
  ...usageRules,
  ...codeNameRules,
  ...rewordingRules,
  ...typedTextRules,
  ...printableTextRules,
  ...personalDataRules,
]);

const over = {
  cells: ruleBook.filter(isOver("cells")),
  sections: ruleBook.filter(isOver("sections")),
  text: ruleBook.filter(isOver("text")),
  gaps: ruleBook.filter(isOver("gaps")),
} as const;

/** The rules that judge the same thing, in the order of the book. */
export const rulesOver = <Carrier extends keyof typeof over>(
  carrier: Carrier,
): (typeof over)[Carrier] => over[carrier];

const byId: ReadonlyMap<string, Rule> = new Map(ruleBook.map((rule) => [rule.id, rule]));

export const ruleById = (id: string): Rule | undefined => byId.get(id);
