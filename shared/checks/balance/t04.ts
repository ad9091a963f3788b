import { inEveryRow } from "../relations/by-code.ts";
import { all, eachColumn } from "../relations/combine.ts";
import { equal } from "../relations/compare.ts";
import { cell, cells, classRows } from "../relations/terms.ts";
import type { Rule } from "../rule.ts";

const income = (row: string) => cell("t04", row, "final");
const expense = (row: string, column: string) => cell("t04", row, column);
const funds = ["general", "fund", "capital"] as const;
const expenseColumns = ["total", ...funds] as const;

/** 公开04表 财政拨款收入支出决算总表. */
export const t04Rules: readonly Rule[] = [
  {
    id: "R030",
    statement: "公开04表：本年收入合计 = 一般公共预算 + 政府性基金预算 + 国有资本经营预算财政拨款",
    severity: "error",
    cells: equal(income("income_total"), cells("t04", funds, "final")),
  },
  {
    id: "R031",
    statement: "公开04表：年初财政拨款结转和结余 = 三项预算财政拨款年初结转和结余之和",
    severity: "error",
    cells: equal(
      income("opening"),
      cells("t04", ["opening_general", "opening_fund", "opening_capital"], "final"),
    ),
  },
  {
    id: "R032",
    statement: "公开04表：收入总计 = 本年收入合计 + 年初财政拨款结转和结余",
    severity: "error",
    cells: equal(income("income_sum"), cells("t04", ["income_total", "opening"], "final")),
  },
  {
    id: "R033",
    statement: "公开04表支出每行：合计 = 一般公共预算 + 政府性基金预算 + 国有资本经营预算财政拨款",
    severity: "error",
    cells: inEveryRow("t04", ["total"], "equal", funds),
  },
  {
    id: "R034",
    statement: "公开04表各栏：本年支出合计 = 各类支出之和",
    severity: "error",
    cells: eachColumn(expenseColumns, (column) =>
      equal(expense("expense_total", column), cells("t04", classRows, column)),
    ),
  },
  {
    id: "R035",
    statement: "公开04表各栏：支出总计 = 本年支出合计 + 年末财政拨款结转和结余",
    severity: "error",
    cells: eachColumn(expenseColumns, (column) =>
      equal(expense("expense_sum", column), cells("t04", ["expense_total", "closing"], column)),
    ),
  },
  {
    id: "R036",
    statement: "公开04表：收入总计 = 支出总计",
    severity: "error",
    cells: equal(expense("expense_sum", "total"), income("income_sum")),
  },
  {
    id: "R037",
    statement: "公开04表每项预算：本年收入 + 年初结转和结余 = 本年支出 + 年末结转和结余",
    severity: "error",
    cells: all(
      ...funds.map((fund) =>
        equal(
          cells("t04", ["closing", "expense_total"], fund),
          cells("t04", [fund, `opening_${fund}`], "final"),
        ),
      ),
    ),
  },
];
