import { codesOccurIn, forEachClass, partOfByCode } from "../relations/by-code.ts";
import { all } from "../relations/combine.ts";
import { equal, notAbove } from "../relations/compare.ts";
import { cells } from "../relations/terms.ts";
import type { Rule } from "../rule.ts";
import { t04, t04Income, total } from "./named-cells.ts";

/** Also names the two tables when a printed 公开05表 or 公开03表 has its rows shifted. */
export const generalBudgetByCodeRule: Rule = {
  id: "R151",
  statement: "公开05表每个科目的合计、基本支出、项目支出不超过公开03表同科目",
  severity: "error",
  cells: partOfByCode("t05", "t03", ["total", "basic", "project"]),
};

/** 公开05表 to 公开08表 are the three budgets of 公开04表. */
export const fiscalBudgetRules: readonly Rule[] = [
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
