import { equal } from "../relations/compare.ts";
import { noNegatives } from "../relations/filled.ts";
import { cell, cells, classRows } from "../relations/terms.ts";
import type { Rule } from "../rule.ts";
import { totalOfBothSidesRules } from "./total-of-both-sides.ts";

const final = (row: string) => cell("t01", row, "final");

/** 公开01表 收入支出决算总表. */
export const t01Rules: readonly Rule[] = [
  {
    id: "R001",
    statement: "公开01表：本年收入合计 = 各项收入之和",
    severity: "error",
    cells: equal(
      final("income_total"),
      cells(
        "t01",
        ["general", "fund", "capital", "superior", "business", "operating", "affiliate", "other"],
        "final",
      ),
    ),
  },
  {
    id: "R002",
    statement: "公开01表：收入总计 = 本年收入合计 + 使用非财政拨款结余 + 年初结转和结余",
    severity: "error",
    cells: equal(
      final("income_sum"),
      cells("t01", ["income_total", "surplus_used", "opening"], "final"),
    ),
  },
  {
    id: "R003",
    statement: "公开01表：本年支出合计 = 各类支出之和",
    severity: "error",
    cells: equal(final("expense_total"), cells("t01", classRows, "final")),
  },
  {
    id: "R004",
    statement: "公开01表：支出总计 = 本年支出合计 + 结余分配 + 年末结转和结余",
    severity: "error",
    cells: equal(
      final("expense_sum"),
      cells("t01", ["expense_total", "distribution", "closing"], "final"),
    ),
  },
  ...totalOfBothSidesRules,
  {
    id: "R006",
    statement: "各表金额不为负数；结转结余、结余分配等确为负数的须说明",
    severity: "warning",
    cells: noNegatives("money"),
  },
  {
    id: "R191",
    statement:
      "公开01表：年末结转和结余 − 年初结转和结余 = 本年收入合计 + 使用非财政拨款结余 − 本年支出合计 − 结余分配",
    severity: "error",
    cells: equal(
      cells("t01", ["closing", "expense_total", "distribution"], "final"),
      cells("t01", ["opening", "income_total", "surplus_used"], "final"),
    ),
  },
];
