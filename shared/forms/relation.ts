import { z } from "zod";
import type { CellRef } from "./cell.ts";
import { tableIdSchema } from "./cell-schema.ts";
import type { TableId } from "./form.ts";

/**
 * Relations (勾稽关系) that an edition has of its own, for tables that no other has; the rules that all editions share
 * are in the book of rules. `*` in the place of the row, or of the column, is every row or column, the same on both sides.
 */

const cellPattern = z.string().regex(/^t\d\d\/(?:[a-z0-9_]+|\*)\/(?:[a-z0-9_]+|\*)$/, {
  error: "单元格写作 表/行/列，例如 t11/total/final；每一行或每一列写作 *。",
});

/** One cell, or what cells add up to. */
const figureSchema = z.union([
  cellPattern,
  z.strictObject({
    sum: z.array(cellPattern).min(1).max(100),
    less: z.exactOptional(z.array(cellPattern).min(1).max(100)),
  }),
]);

const head = {
  id: z.string().regex(/^E\d{2,3}$/, { error: "编号写作 E 和两三位数字，例如 E01。" }),
  /** What must hold, as the trade says it. */
  statement: z.string().min(1).max(200),
  /** Law or 文号 it rests on. */
  basis: z.exactOptional(z.string().min(1).max(200)),
  severity: z.enum(["error", "warning", "hint"]),
};

export const relationSchema = z.union([
  /** 合计 = Σ 类, 类 = Σ 款, 款 = Σ 项, in every column. */
  z.strictObject({ ...head, sumsByCode: tableIdSchema }),
  z.strictObject({ ...head, cell: cellPattern, equals: figureSchema }),
  z.strictObject({ ...head, cell: cellPattern, notAbove: figureSchema }),
]);
export type Relation = z.infer<typeof relationSchema>;

/** A cell of a relation; `row` or `column` may be `*`. */
export interface RelationTerm extends CellRef {
  readonly minus: boolean;
}

/** The cell a relation is about, and what it is compared with. */
export interface ComparedCells {
  readonly cell: RelationTerm;
  readonly terms: readonly RelationTerm[];
}

/** Nothing of a relation by code, whose cells are those that a report has. */
export function comparedCells(relation: Relation): ComparedCells | undefined {
  if ("sumsByCode" in relation) return undefined;
  const figure = "equals" in relation ? relation.equals : relation.notAbove;
  const { sum, less = [] } = typeof figure === "string" ? { sum: [figure] } : figure;
  return {
    cell: termOf(relation.cell, false),
    terms: [...sum.map((cell) => termOf(cell, false)), ...less.map((cell) => termOf(cell, true))],
  };
}

function termOf(pattern: string, minus: boolean): RelationTerm {
  const [table = "", row = "", column = ""] = pattern.split("/");
  return { table: table as TableId, row, column, minus };
}

/** What stands for every one. */
export const every = "*";
