import { when, whenBothFilled } from "../relations/combine.ts";
import { equal, notAbove } from "../relations/compare.ts";
import { demands, isEmpty } from "../relations/filled.ts";
import { cell } from "../relations/terms.ts";
import type { Rule } from "../rule.ts";
import { t01, total } from "./named-cells.ts";

const contributions = [
  ["R156", "30108", "机关事业单位基本养老保险缴费", "2080505"],
  ["R157", "30109", "职业年金缴费", "2080506"],
  ["R158", "30113", "住房公积金", "2210201"],
] as const;

const basicParts = [
  ["R180", "30212", "abroad", "因公出国（境）费用", "因公出国（境）费"],
  ["R181", "30217", "reception", "公务接待费", "公务接待费"],
  ["R182", "30231", "vehicle_running", "公务用车运行维护费", "公务用车运行维护费"],
  ["R183", "31013", "vehicle_purchase", "公务用车购置", "公务用车购置费"],
] as const;

/** What one kind of money requires or rules out elsewhere. */
export const kindOfMoneyRules: readonly Rule[] = [
  {
    id: "R113",
    statement: "公开03表有经营支出的，公开01表一般有经营收入",
    severity: "hint",
    cells: demands(total("t03", "operating"), t01("operating")),
  },
  {
    id: "R118",
    statement: "所列单位均为行政单位或参公事业单位的，一般没有事业收入、经营收入和经营支出",
    severity: "hint",
    cells: when(
      ({ report }) => isAdministrative(report.sections.facts.units),
      isEmpty("not_of_such_units", t01("business"), t01("operating"), total("t03", "operating")),
    ),
  },
  ...contributions.map(([id, code, name, item]): Rule => ({
    id,
    statement: `公开06表 ${code} ${name} = 公开05表 ${item} 科目的基本支出`,
    severity: "hint",
    cells: whenBothFilled(cell("t06", code, "final"), cell("t05", item, "basic"), equal),
  })),
];

/** 公开09表 compared with the basic expenditure of 公开06表 and the assets of 公开10表. */
export const travelCarAndReceptionRules: readonly Rule[] = [
  ...basicParts.map(([id, code, row, part, whole]): Rule => ({
    id,
    statement: `公开06表 ${code} ${part}（基本支出部分）不超过公开09表${whole}决算数`,
    basis: "基本支出决算表注、“三公”经费支出决算表注",
    severity: "warning",
    cells: notAbove(cell("t06", code, "final"), cell("t09", row, "final")),
  })),
  {
    id: "R184",
    statement: "公开09表公务用车保有量不超过公开10表车辆数合计",
    severity: "warning",
    cells: notAbove(cell("t09", "vehicles_kept", "final"), cell("t10", "vehicles_total", "final")),
  },
];

const isAdministrative = (units: readonly { readonly administrative: boolean }[]): boolean =>
  units.length > 0 && units.every(({ administrative }) => administrative);
