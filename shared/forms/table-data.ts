import { z } from "zod";

/** What a statutory table holds: rows of cells by the column keys of its form; amounts are integer 分. */

const key = z.string().regex(/^[a-z0-9_]{1,40}$/);

/** Cells of one row by column key; an absent cell is empty, which is not zero. */
export const tableRowSchema = z.strictObject({
  /** Row key of the form, or the 支出功能分类 code, or `total`. */
  key,
  /** Name as typed, for rows by code only; the code table's name is authoritative. */
  name: z.string().trim().min(1).max(200).optional(),
  cells: z.record(key, z.int()),
});

/** Money cells in 分, count cells in whole numbers. Rows in form order, codes ascending, no empty rows. */
export const tableSchema = z.strictObject({ rows: z.array(tableRowSchema).max(5_000) });
export type TableRow = z.infer<typeof tableRowSchema>;
export type TableData = z.infer<typeof tableSchema>;
