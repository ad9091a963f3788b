/**
 * The vocabulary rules are written in. Empty counts as zero in sums, but a relation without any figure is not
 * tested, and a relation whose cells an edition lacks does not exist there.
 */
import { cellAddress, type CellAddress, type CellRef } from "../../forms/cell.ts";
import type { Edition, TableId } from "../../forms/form.ts";
import {
  hasReference,
  priorValueOf,
  rowsLike,
  valueOf,
  type CheckContext,
  type IndexedTable,
  type Reference,
} from "../context.ts";
import type { FindingKind } from "../finding.ts";
import { notApplicable, type CellCheck, type Evaluation } from "../rule.ts";

/** Cells of one column, summed. A shape (RegExp) means the form's rows whose keys have it. */
export interface Cells {
  readonly table: TableId;
  readonly rows: readonly string[] | RegExp;
  readonly column: string;
  readonly prior?: true;
}

export const cell = (table: TableId, row: string, column: string): Cells => ({
  table,
  rows: [row],
  column,
});

export const cells = (table: TableId, rows: readonly string[] | RegExp, column: string): Cells => ({
  table,
  rows,
  column,
});

/** The same cells of last year's report. */
export const lastYear = (of: Cells): Cells => ({ ...of, prior: true });

/** 类 rows of the fixed tables, 201 … 234. */
export const classRows = /^\d{3}$/u;

export type Side = Cells | readonly Cells[];

/** A row as a finding names it: by its first filled column. */
export function rowAddress(table: IndexedTable, row: string): CellAddress {
  const columns = [...(table.columnsOfRow.get(row) ?? table.columns)];
  const typed = Object.keys(table.filled.get(row)?.cells ?? {});
  const column = columns.find((key) => typed.includes(key)) ?? typed[0] ?? columns[0] ?? "total";
  return cellAddress({ table: table.form.id, row, column });
}

/** A check whose every reference the edition must have. */
export function leaf(
  reads: readonly Reference[],
  finds: readonly FindingKind[],
  run: (context: CheckContext) => Evaluation,
): CellCheck {
  const known = new WeakMap<Edition, boolean>();
  const fits = ({ report: { edition }, tables }: CheckContext): boolean => {
    const fitting = known.get(edition) ?? reads.every((read) => hasReference(tables, read));
    known.set(edition, fitting);
    return fitting;
  };
  return {
    reads,
    finds,
    run: (context) => (fits(context) ? run(context) : notApplicable("not_in_edition")),
  };
}

export function tableOf(context: CheckContext, id: TableId): IndexedTable {
  const table = context.tables.get(id);
  if (table === undefined) throw new Error(`Rule reads ${id} without naming it.`);
  return table;
}

export interface Term extends CellRef {
  readonly prior?: true;
}

export const sideOf = (side: Side): readonly Cells[] => ("table" in side ? [side] : side);

export const references = ({ table, rows, column, prior }: Cells): Reference[] =>
  (rows instanceof RegExp ? [rows] : rows).map((row) => ({
    table,
    row,
    column,
    ...(prior && { prior }),
  }));

export const terms = (context: CheckContext, { table, rows, column, prior }: Cells): Term[] =>
  (rows instanceof RegExp ? rowsLike(tableOf(context, table), rows) : rows).map((row) => ({
    table,
    row,
    column,
    ...(prior && { prior }),
  }));

export const termValue = (context: CheckContext, term: Term): number | undefined =>
  term.prior ? priorValueOf(context, term) : valueOf(context, term);
