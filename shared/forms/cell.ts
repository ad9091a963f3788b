import type { TableId } from "./form.ts";

/** One cell of a report, e.g. `t03/2010301/basic`: table / row key / column key. */
export interface CellRef {
  readonly table: TableId;
  readonly row: string;
  readonly column: string;
}

/** The text form of a cell's address, as findings, threads and URLs carry it. */
export type CellAddress = `${TableId}/${string}/${string}`;

export const cellAddress = (ref: CellRef): CellAddress => `${ref.table}/${ref.row}/${ref.column}`;

export function parseCellAddress(address: string): CellRef | undefined {
  const match = /^(t\d{2})\/([a-z0-9_]+)\/([a-z0-9_]+)$/.exec(address);
  const [, table, row, column] = match ?? [];
  if (table === undefined || row === undefined || column === undefined) return undefined;
  return { table: table as TableId, row, column };
}
