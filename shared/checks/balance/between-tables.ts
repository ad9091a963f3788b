import { valueOf, type CheckContext } from "../context.ts";
import {
  all,
  cell,
  cells,
  codesOccurIn,
  demands,
  equal,
  forEachClass,
  isEmpty,
  notAbove,
  partOfByCode,
  when,
  whenBothFilled,
} from "../relations.ts";
import type { Rule } from "../rule.ts";

const t01 = (row: string) => cell("t01", row, "final");
const t04Income = (row: string) => cell("t04", row, "final");
const t04 = (row: string, column: string) => cell("t04", row, column);
const total = (table: "t02" | "t03" | "t05" | "t07" | "t08", column: string) =>
  cell(table, "total", column);

const incomes = [
  ["R103", "superior", "上级补助收入"],
  ["R104", "business", "事业收入"],
  ["R105", "operating", "经营收入"],
  ["R106", "affiliate", "附属单位上缴收入"],
  ["R107", "other", "其他收入"],
] as const;

const fiscalIncomes = [
  ["R120", "general", "一般公共预算财政拨款"],
  ["R121", "fund", "政府性基金预算财政拨款"],
  ["R122", "capital", "国有资本经营预算财政拨款"],
] as const;

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

/** 公开01表 to 公开03表 tell the same money. */
const wholeIncomeAndExpense: readonly Rule[] = [
  {
    id: "R101",
    statement: "公开01表本年收入合计 = 公开02表本年收入合计",
    severity: "error",
    cells: equal(t01("income_total"), total("t02", "total")),
  },
  {
    id: "R102",
    statement: "公开02表财政拨款收入 = 公开01表三项财政拨款收入之和",
    severity: "error",
    cells: equal(total("t02", "fiscal"), cells("t01", ["general", "fund", "capital"], "final")),
  },
  ...incomes.map(([id, key, name]): Rule => ({
    id,
    statement: `公开01表${name} = 公开02表${name}`,
    severity: "error",
    cells: equal(t01(key), total("t02", key)),
  })),
  {
    id: "R110",
    statement: "公开01表本年支出合计 = 公开03表本年支出合计",
    severity: "error",
    cells: equal(t01("expense_total"), total("t03", "total")),
  },
  {
    id: "R111",
    statement: "公开01表各类支出 = 公开03表同类本年支出",
    severity: "error",
    cells: forEachClass({ table: "t01", column: "final" }, "equal", {
      table: "t03",
      column: "total",
    }),
  },
];

/** 公开04表 is the fiscal part of 公开01表 to 公开03表. */
const fiscalPart: readonly Rule[] = [
  ...fiscalIncomes.map(([id, key, name]): Rule => ({
    id,
    statement: `公开04表${name} = 公开01表${name}收入`,
    severity: "error",
    cells: equal(t04Income(key), t01(key)),
  })),
  {
    id: "R123",
    statement: "公开04表本年收入合计 = 公开02表财政拨款收入",
    severity: "error",
    cells: equal(t04Income("income_total"), total("t02", "fiscal")),
  },
  {
    id: "R130",
    statement: "公开04表财政拨款支出（合计及各类）不超过公开03表本年支出",
    severity: "error",
    cells: all(
      notAbove(t04("expense_total", "total"), total("t03", "total")),
      forEachClass({ table: "t04", column: "total" }, "not_above", {
        table: "t03",
        column: "total",
      }),
    ),
  },
  {
    id: "R131",
    statement: "公开04表财政拨款年初、年末结转和结余不超过公开01表年初、年末结转和结余",
    // Money of its own that a unit overspent makes the whole less than the part.
    severity: "warning",
    cells: all(
      notAbove(t04Income("opening"), t01("opening")),
      notAbove(t04("closing", "total"), t01("closing")),
    ),
  },
  {
    id: "R132",
    statement: "无非财政拨款收入和结转结余时，公开04表财政拨款支出 = 公开03表本年支出",
    severity: "hint",
    cells: when(hasFiscalMoneyOnly, equal(t04("expense_total", "total"), total("t03", "total"))),
  },
];

/** Also names the two tables when a printed 公开05表 or 公开03表 has its rows shifted. */
export const generalBudgetByCodeRule: Rule = {
  id: "R151",
  statement: "公开05表每个科目的合计、基本支出、项目支出不超过公开03表同科目",
  severity: "error",
  cells: partOfByCode("t05", "t03", ["total", "basic", "project"]),
};

/** 公开05表 to 公开08表 are the three budgets of 公开04表. */
const budgetsOfFiscalPart: readonly Rule[] = [
  {
    id: "R140",
    statement: "公开04表一般公共预算财政拨款本年支出 = 公开05表合计",
    severity: "error",
    cells: equal(t04("expense_total", "general"), total("t05", "total")),
  },
  {
    id: "R141",
    statement: "公开04表各类一般公共预算财政拨款支出 = 公开05表同类合计",
    severity: "error",
    cells: forEachClass({ table: "t04", column: "general" }, "equal", {
      table: "t05",
      column: "total",
    }),
  },
  {
    id: "R150",
    statement: "公开05表基本支出合计 = 公开06表人员经费合计 + 公用经费合计",
    severity: "error",
    cells: equal(total("t05", "basic"), cells("t06", ["personnel_total", "public_total"], "final")),
  },
  generalBudgetByCodeRule,
  {
    id: "R160",
    statement: "公开04表政府性基金预算财政拨款收入 = 公开07表本年收入",
    severity: "error",
    cells: equal(t04Income("fund"), total("t07", "income")),
  },
  {
    id: "R161",
    statement: "公开04表政府性基金预算财政拨款本年支出 = 公开07表本年支出小计",
    severity: "error",
    cells: equal(t04("expense_total", "fund"), total("t07", "total")),
  },
  {
    id: "R162",
    statement: "公开04表政府性基金预算财政拨款年初结转和结余 = 公开07表年初结转和结余",
    severity: "error",
    cells: equal(t04Income("opening_fund"), total("t07", "opening")),
  },
  {
    id: "R163",
    statement: "公开04表政府性基金预算财政拨款年末结转和结余 = 公开07表年末结转和结余",
    severity: "error",
    cells: equal(t04("closing", "fund"), total("t07", "closing")),
  },
  {
    id: "R164",
    statement: "公开04表各类政府性基金预算财政拨款支出 = 公开07表同类本年支出小计",
    severity: "error",
    cells: forEachClass({ table: "t04", column: "fund" }, "equal", {
      table: "t07",
      column: "total",
    }),
  },
  {
    id: "R170",
    statement: "公开04表国有资本经营预算财政拨款本年支出 = 公开08表本年支出",
    severity: "error",
    cells: equal(t04("expense_total", "capital"), total("t08", "total")),
  },
  {
    id: "R171",
    statement: "公开04表财政拨款本年支出合计 = 公开05表 + 公开07表 + 公开08表本年支出",
    severity: "error",
    cells: equal(t04("expense_total", "total"), [
      total("t05", "total"),
      total("t07", "total"),
      total("t08", "total"),
    ]),
  },
  {
    id: "R172",
    statement: "公开05表、公开07表、公开08表的基本支出之和、项目支出之和不超过公开03表",
    severity: "error",
    cells: all(
      ...["basic", "project"].map((column) =>
        notAbove(
          [total("t05", column), total("t07", column), total("t08", column)],
          total("t03", column),
        ),
      ),
    ),
  },
  {
    id: "R173",
    statement: "公开05表、公开07表、公开08表有支出的每个科目均见于公开03表",
    severity: "error",
    cells: all(
      ...(["t05", "t07", "t08"] as const).map((part) =>
        codesOccurIn(part, "t03", ["total", "basic", "project"]),
      ),
    ),
  },
  {
    id: "R174",
    statement: "公开04表各类国有资本经营预算财政拨款支出 = 公开08表同类本年支出",
    severity: "error",
    cells: forEachClass({ table: "t04", column: "capital" }, "equal", {
      table: "t08",
      column: "total",
    }),
  },
  {
    id: "R175",
    statement: "公开04表国有资本经营预算财政拨款收入 = 公开08表本年收入",
    severity: "error",
    cells: equal(t04Income("capital"), total("t08", "income")),
  },
  {
    id: "R176",
    statement: "公开04表国有资本经营预算财政拨款年初结转和结余 = 公开08表年初结转和结余",
    severity: "error",
    cells: equal(t04Income("opening_capital"), total("t08", "opening")),
  },
  {
    id: "R177",
    statement: "公开04表国有资本经营预算财政拨款年末结转和结余 = 公开08表年末结转和结余",
    severity: "error",
    cells: equal(t04("closing", "capital"), total("t08", "closing")),
  },
];

/** What a kind of money demands or rules out, whatever the table. */
const kindsOfMoney: readonly Rule[] = [
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

/** 公开09表 against the basic expenditure of 公开06表 and the assets of 公开10表. */
const expensesOnTravelCarsAndReceptions: readonly Rule[] = [
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

export const betweenTablesRules: readonly Rule[] = [
  ...wholeIncomeAndExpense,
  ...fiscalPart,
  ...budgetsOfFiscalPart,
  ...kindsOfMoney,
  ...expensesOnTravelCarsAndReceptions,
];

const isAdministrative = (units: readonly { readonly administrative: boolean }[]): boolean =>
  units.length > 0 && units.every(({ administrative }) => administrative);

/** Nothing but fiscal money came in or was carried over, so nothing else can have been spent. */
export function hasFiscalMoneyOnly(context: CheckContext): boolean {
  const value = (table: "t01" | "t02" | "t04", row: string, column: string): number =>
    valueOf(context, { table, row, column }) ?? 0;
  return (
    value("t02", "total", "total") === value("t02", "total", "fiscal") &&
    value("t01", "surplus_used", "final") === 0 &&
    value("t01", "opening", "final") === value("t04", "opening", "final")
  );
}
