import type { Report } from "../../../shared/report/report.ts";
import type { RuleCase } from "./rule-case.ts";
import { replaced, soundReport, soundShanghaiReport } from "./sound-report.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

const jiangxi = soundReport();
const shanghai = soundShanghaiReport();

/** The report with a last year or a budget that its figures are compared with. */
const against = (report: Report, facts: Partial<Report["sections"]["facts"]>): Report => ({
  ...report,
  sections: {
    ...report.sections,
    facts: {
      ...report.sections.facts,
      ...facts,
      prior: { ...report.sections.facts.prior, ...facts.prior },
    },
  },
});

/** 本年支出合计 of exactly that, last year's being exactly that. */
const expenses = (current: number, last: number): Report =>
  against(replaced(jiangxi, { "t01/expense_total/final": current }), {
    prior: { "t01/expense_total/final": last },
  });

/** 财政拨款本年支出 of exactly that, of a budget of exactly that. */
const spent = (final: number, budget: number): Report =>
  against(replaced(jiangxi, { "t04/expense_total/total": final }), {
    initialBudget: { total: budget, byCode: classesAsSpent },
  });

/** A budget that every class kept to, so that the total alone is off. */
const classesAsSpent = Object.fromEntries(
  tableIn(jiangxi.sections, "t04")
    .rows.filter(({ key }) => /^\d{3}$/u.test(key))
    .map(({ key, cells }) => [key, cells["total"] ?? 0]),
);

const wan = 1_000_000;

/** Percentage and amount are the marks of both editions: 10 % and 10 万元, 80 % and 120 %. */
export const deviationCases: Readonly<Record<string, RuleCase>> = {
  R221: {
    sound: jiangxi,
    failing: [
      {
        report: expenses(1_100 * wan, 1_000 * wan),
        finding: {
          kind: "deviates",
          cells: ["t01/expense_total/final"],
          actual: 1_100 * wan,
          expected: 1_000 * wan,
          difference: 100 * wan,
          slot: "expense.year",
          sentence: "expense.year",
          compared: { what: "本年支出合计", against: "2021年" },
        },
      },
      {
        report: expenses(900 * wan, 1_000 * wan),
        finding: { difference: -100 * wan, slot: "expense.year" },
      },
      { report: expenses(110 * wan, 100 * wan), finding: { difference: 10 * wan } },
      { report: expenses(10 * wan, 0), finding: { actual: 10 * wan, expected: 0 } },
      {
        report: against(jiangxi, { operatingCost: { current: 26 * wan, prior: 90 * wan } }),
        finding: { cells: [], slot: "operating_cost", actual: 26 * wan, expected: 90 * wan },
      },
      {
        report: against(shanghai, { prior: { "t05/total/total": 1_000 * wan } }),
        finding: { cells: ["t05/total/total"], slot: "general.total" },
      },
    ],
    boundary: [
      expenses(1_100 * wan - 1, 1_000 * wan),
      expenses(900 * wan + 1, 1_000 * wan),
      expenses(110 * wan - 1, 100 * wan),
      expenses(1_000 * wan, 1_000 * wan),
    ],
  },
  R222: {
    sound: jiangxi,
    failing: [
      {
        report: spent(1_200 * wan + 1, 1_000 * wan),
        finding: {
          kind: "deviates",
          cells: ["t04/expense_total/total"],
          actual: 1_200 * wan + 1,
          expected: 1_000 * wan,
          slot: "fiscal.total",
          compared: { what: "财政拨款本年支出", against: "年初预算数" },
        },
      },
      { report: spent(800 * wan - 1, 1_000 * wan), finding: { slot: "fiscal.total" } },
      { report: spent(wan, 0), finding: { actual: wan, expected: 0, slot: "fiscal.total" } },
      {
        report: replaced(jiangxi, {
          "t09/reception/full": 10 * wan,
          "t09/reception/final": 12 * wan + 1,
        }),
        finding: {
          cells: ["t09/reception/final", "t09/reception/full"],
          slot: "three_public.reception.budget",
        },
      },
      {
        report: replaced(shanghai, {
          "t09/total/initial": 10 * wan,
          "t09/total/final": 8 * wan - 1,
        }),
        finding: {
          cells: ["t09/total/final", "t09/total/initial"],
          slot: "three_public.total.budget",
        },
      },
    ],
    boundary: [
      spent(1_200 * wan, 1_000 * wan),
      spent(800 * wan, 1_000 * wan),
      spent(1_000 * wan, 1_000 * wan),
    ],
  },
};
