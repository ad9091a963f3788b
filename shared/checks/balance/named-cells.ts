import { cell } from "../relations/terms.ts";

/** Cells that rules between tables name, in the tables' own words. */

export const t01 = (row: string) => cell("t01", row, "final");

export const t04Income = (row: string) => cell("t04", row, "final");

export const t04 = (row: string, column: string) => cell("t04", row, column);

/** The row 合计 of a table by 支出功能分类. */
export const total = (table: "t02" | "t03" | "t05" | "t07" | "t08", column: string) =>
  cell(table, "total", column);
