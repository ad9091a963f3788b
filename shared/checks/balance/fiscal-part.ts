import { valueOf, type CheckContext } from "../context.ts";
import { forEachClass } from "../relations/by-code.ts";
import { all, when } from "../relations/combine.ts";
import { equal, notAbove } from "../relations/compare.ts";
import type { Rule } from "../rule.ts";
import { t01, t04, t04Income, total } from "./named-cells.ts";

const fiscalIncomes = [
  ["R120", "general", "一般公共预算财政拨款"],
  ["R121", "fund", "政府性基金预算财政拨款"],
  ["R122", "capital", "国有资本经营预算财政拨款"],
] as const;

/** 公开04表 is the fiscal part of 公开01表 to 公开03表. */
export const fiscalPartRules: readonly Rule[] = [
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
