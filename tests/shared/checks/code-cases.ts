import { jiangxi2022 } from "../../examples/editions.ts";
import type { Report } from "../../../shared/report/report.ts";
import {
  cells,
  equality,
  fiscalOnly,
  limit,
  shanghai,
  wan,
  withName,
  withRow,
  type RuleCase,
} from "./rule-case.ts";
import { digit, replaced, shifted, soundReport, type Flow } from "./sound-report.ts";

/** Nothing carried over into the year: what was spent came in. */
const noCarryOver: readonly Flow[] = [
  {
    code: "2010301",
    source: "general",
    opening: 0,
    income: { fiscal: 9_000_0000 },
    spent: { basic: 8_000_0000, project: 1_000_0000 },
  },
  {
    code: "2120803",
    source: "fund",
    opening: 0,
    income: { fiscal: 5_000_0000 },
    spent: { basic: 1_500_0000, project: 2_500_0000 },
  },
];
const fresh = soundReport({ flows: noCarryOver });
const freshInYuan = soundReport({ flows: noCarryOver, enteredIn: "yuan" });

/** A cell that may reach but not exceed a limit it was at; `tolerated` in units of the last printed digit. */
const upTo = (
  [inWan, inYuan]: readonly [Report, Report],
  cell: string,
  tolerated: number,
): RuleCase => ({
  sound: inWan,
  failing: [
    {
      report: shifted(inWan, { [cell]: (tolerated + 1) * digit }),
      finding: { kind: "above", difference: (tolerated + 1) * digit },
    },
    { report: shifted(inYuan, { [cell]: 1 }), finding: { kind: "above", difference: 1 } },
  ],
  boundary: [shifted(inWan, { [cell]: tolerated * digit }), shifted(inYuan, { [cell]: -1 })],
});

const otherBudget = (table: "t05" | "t07" | "t08", strange: string, own: string): RuleCase => ({
  sound: wan,
  failing: [
    {
      report: withRow(wan, table, strange, { total: 5_0000, project: 5_0000 }),
      finding: { kind: "other_budget", cells: [`${table}/${strange}/total`] },
    },
  ],
  boundary: [
    withRow(wan, table, own, { total: 5_0000, project: 5_0000 }),
    withRow(wan, table, strange, { total: 0 }),
  ],
});

/** Codes, their names, years and budgets, and what tables by code tell of the same one. */
export const codeCases: Readonly<Record<string, RuleCase>> = {
  F008: {
    sound: withName(wan, "t03", "20805", "行政事业单位养老支出"),
    failing: [
      {
        report: withName(wan, "t03", "20805", "行政事业单位离退休"),
        finding: {
          kind: "name_of_other_years",
          cells: ["t03/20805/total"],
          code: { name: "行政事业单位离退休", to: 2019, now: "行政事业单位养老支出" },
        },
      },
    ],
    boundary: [
      withName(wan, "t03", "20805", "行政事业单位 养老支出"),
      withName(ofYear(2019, wan), "t03", "20805", "行政事业单位离退休"),
    ],
  },
  F009: {
    sound: wan,
    failing: [
      {
        report: withRow(wan, "t03", "20139", { total: 0 }),
        finding: {
          kind: "code_of_other_years",
          cells: ["t03/20139/total"],
          code: { name: "社会工作事务", from: 2024 },
        },
      },
      {
        report: withRow(wan, "t02", "2089901", { total: 0 }),
        finding: { code: { name: "其他社会保障和就业支出", to: 2020, now: "2089999" } },
      },
    ],
    boundary: [
      withRow(ofYear(2024, wan), "t03", "20139", { total: 0 }),
      withRow(ofYear(2020, wan), "t02", "2089901", { total: 0 }),
    ],
  },
  R038: {
    sound: wan,
    failing: [
      {
        report: replaced(wan, { "t04/201/fund": 1 }),
        finding: { kind: "other_budget", cells: ["t04/201/fund"] },
      },
      {
        report: replaced(ofYear(2023, wan), { "t04/205/fund": 1 }),
        finding: { cells: ["t04/205/fund"] },
      },
    ],
    boundary: [
      replaced(wan, { "t04/201/fund": 0, "t04/229/fund": 1 }),
      replaced(ofYear(2024, wan), { "t04/205/fund": 1 }),
    ],
  },
  R039: {
    sound: wan,
    failing: [
      {
        report: replaced(wan, { "t04/223/general": 1 }),
        finding: { kind: "other_budget", cells: ["t04/223/general"] },
      },
      {
        report: replaced(wan, { "t04/201/capital": 1 }),
        finding: { kind: "other_budget", cells: ["t04/201/capital"] },
      },
    ],
    boundary: [replaced(wan, { "t04/208/capital": 1, "t04/223/fund": 0 })],
  },
  R042: otherBudget("t05", "21208", "21201"),
  R043: {
    sound: withRow(wan, "t05", "2010302", { total: 5_0000, project: 5_0000 }),
    failing: [
      {
        report: withRow(wan, "t05", "2010302", { total: 5_0000, basic: 1, project: 4_9999 }),
        finding: { kind: "wrong_column", cells: ["t05/2010302/basic", "t05/2010302/project"] },
      },
    ],
    boundary: [withRow(wan, "t05", "2010302", { total: 5_0000, basic: 0, project: 5_0000 })],
  },
  R044: cells(
    "wrong_column",
    { "t05/2080505/project": 1 },
    { "t05/2080505/project": 0 },
    { "t05/2010399/project": 1 },
  ),
  R063: otherBudget("t07", "2010301", "2296002"),
  R073: otherBudget("t08", "2120803", "22301"),
  R112: upTo([fresh, freshInYuan], "t03/2010301/total", 1),
  R133: limit("t04/201/total", ["t03/201/basic", "t03/201/project"], 1),
  R134: upTo([fresh, freshInYuan], "t05/2010301/total", 1),
  R152: limit("t07/2120803/basic", "t03/2120803/basic", 1),
  R153: limit("t08/2239999/project", "t03/2239999/project", 1),
  R154: equality("t03/2010301/total", 1, fiscalOnly),
  R165: limit("t07/2120803/income", "t02/2120803/fiscal", 1),
  R178: limit("t08/2239999/income", "t02/2239999/fiscal", 1, shanghai),
};

/** The same figures in a report of another year. */
function ofYear(year: number, report: Report): Report {
  return { ...report, identity: { ...report.identity, year }, edition: { ...jiangxi2022, year } };
}
