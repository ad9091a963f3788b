import { valueOf, type CheckContext } from "../context.ts";
import { forEachClass, forEachCode, partOfByCode } from "../relations/by-code.ts";
import { when } from "../relations/combine.ts";
import type { Rule } from "../rule.ts";
import { hasFiscalMoneyOnly } from "./fiscal-part.ts";

const whole = ["total", "basic", "project"] as const;
const budgets = (["t05", "t07", "t08"] as const).map((table) => ({ table, column: "total" }));

const isZero = (context: CheckContext, table: "t01" | "t04", row: string): boolean =>
  (valueOf(context, { table, row, column: "final" }) ?? 0) === 0;

/** Also names the two tables when a printed 公开02表 or 公开03表 has its rows shifted. */
export const incomeByCodeRule: Rule = {
  id: "R112",
  statement:
    "无年初结转结余、未使用非财政拨款结余时，公开03表每个科目的支出不超过公开02表同科目收入",
  severity: "warning",
  cells: when(
    (context) => isZero(context, "t01", "opening") && isZero(context, "t01", "surplus_used"),
    partOfByCode("t03", "t02", ["total"]),
  ),
};

/** What the tables by 支出功能分类 show of the same code. */
export const byCodeRules: readonly Rule[] = [
  incomeByCodeRule,
  {
    id: "R133",
    statement:
      "财政拨款只用于基本支出和项目支出：公开04表各类支出不超过公开03表同类基本支出 + 项目支出",
    severity: "error",
    cells: forEachClass({ table: "t04", column: "total" }, "not_above", [
      { table: "t03", column: "basic" },
      { table: "t03", column: "project" },
    ]),
  },
  {
    id: "R134",
    statement:
      "无财政拨款年初结转结余时，公开05表、公开07表、公开08表每个科目的支出不超过公开02表同科目财政拨款收入",
    severity: "warning",
    cells: when(
      (context) => isZero(context, "t04", "opening"),
      forEachCode(budgets, "not_above", [{ table: "t02", column: "fiscal" }]),
    ),
  },
  {
    id: "R152",
    statement: "公开07表每个科目的本年支出、基本支出、项目支出不超过公开03表同科目",
    severity: "error",
    cells: partOfByCode("t07", "t03", whole),
  },
  {
    id: "R153",
    statement: "公开08表每个科目的本年支出、基本支出、项目支出不超过公开03表同科目",
    severity: "error",
    cells: partOfByCode("t08", "t03", whole),
  },
  {
    id: "R154",
    statement:
      "无非财政拨款收入和结转结余时，公开03表每个科目的支出 = 公开05表 + 公开07表 + 公开08表同科目支出",
    severity: "hint",
    cells: when(
      hasFiscalMoneyOnly,
      forEachCode([{ table: "t03", column: "total" }], "equal", budgets),
    ),
  },
  {
    id: "R165",
    statement: "公开07表每个科目的本年收入不超过公开02表同科目财政拨款收入",
    severity: "error",
    cells: forEachCode([{ table: "t07", column: "income" }], "not_above", [
      { table: "t02", column: "fiscal" },
    ]),
  },
  {
    id: "R178",
    statement: "公开08表每个科目的本年收入不超过公开02表同科目财政拨款收入",
    severity: "error",
    cells: forEachCode([{ table: "t08", column: "income" }], "not_above", [
      { table: "t02", column: "fiscal" },
    ]),
  },
];
