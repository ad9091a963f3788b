import { forEachClass } from "../relations/by-code.ts";
import { equal } from "../relations/compare.ts";
import { cells } from "../relations/terms.ts";
import type { Rule } from "../rule.ts";
import { t01, total } from "./named-cells.ts";

const incomes = [
  ["R103", "superior", "上级补助收入"],
  ["R104", "business", "事业收入"],
  ["R105", "operating", "经营收入"],
  ["R106", "affiliate", "附属单位上缴收入"],
  ["R107", "other", "其他收入"],
] as const;

/** 公开01表 to 公开03表 show the same money. */
export const incomeAndExpenseRules: readonly Rule[] = [
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
