import type { z } from "zod";
import type { CellRef } from "./cell.ts";
import type { TableId } from "./form.ts";
import type { ReadOnly } from "../read-only.ts";
import type { relationSchema } from "./relation-schema.ts";

/**
 * Relations (勾稽关系) that an edition has of its own, for tables that no other has; the rules that all editions share
 * are in the book of rules. `*` in the place of the row, or of the column, is every row or column, the same on both sides.
 */

export type Relation = ReadOnly<z.infer<typeof relationSchema>>;

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
