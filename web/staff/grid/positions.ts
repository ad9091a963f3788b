import { cellAddress, type CellAddress, type CellRef } from "../../../shared/forms/cell.ts";
import type { CellKind } from "../../../shared/forms/form.ts";
import type { PrintedCell, PrintedTable } from "../../../shared/forms/layout.ts";

/** A cell that takes a value, and its position on paper: wide cells count as all they span. */
export interface Position {
  readonly ref: CellRef;
  readonly address: CellAddress;
  readonly kind: CellKind;
  readonly row: number;
  readonly column: number;
}

const spanOf = (cell: PrintedCell): number => ("colspan" in cell ? (cell.colspan ?? 1) : 1);

/** The column at which each printed cell of a row begins. */
export function columnsOfRow(cells: readonly PrintedCell[]): number[] {
  let next = 0;
  return cells.map((cell) => {
    const column = next;
    next += spanOf(cell);
    return column;
  });
}

/** The value cells of every printed row, left to right; rows without any are empty lists. */
export const positionsOf = ({ body }: Pick<PrintedTable, "body">): Position[][] =>
  body.map((cells, row) => {
    const columns = columnsOfRow(cells);
    return cells.flatMap((cell, index) =>
      cell.kind === "value"
        ? [
            {
              ref: cell.ref,
              address: cellAddress(cell.ref),
              kind: cell.valueKind,
              row,
              column: columns[index] ?? 0,
            },
          ]
        : [],
    );
  });

export type Move =
  | "up"
  | "down"
  | "left"
  | "right"
  /** In reading order, over line ends, as Tab goes. */
  | "next"
  | "previous"
  | "row_start"
  | "row_end"
  | "column_start"
  | "column_end"
  | "page_up"
  | "page_down"
  | "first"
  | "last";

/** Lines that PageUp and PageDown go. */
const pageLines = 15;

/** Where a key leads from a cell: the nearest value cell that way, or the same cell at an edge. */
export function moveFrom(
  rows: readonly (readonly Position[])[],
  from: Position,
  move: Move,
): Position {
  const row = rows[from.row] ?? [];
  const all = rows.flat();
  const at = all.findIndex((position) => position.address === from.address);
  const sameColumn = all.filter(({ column }) => column === from.column);
  switch (move) {
    case "left":
      return row.findLast(({ column }) => column < from.column) ?? from;
    case "right":
      return row.find(({ column }) => column > from.column) ?? from;
    case "next":
      return all[at + 1] ?? from;
    case "previous":
      return all[at - 1] ?? from;
    case "row_start":
      return row[0] ?? from;
    case "row_end":
      return row.at(-1) ?? from;
    case "column_start":
      return sameColumn[0] ?? from;
    case "column_end":
      return sameColumn.at(-1) ?? from;
    case "first":
      return all[0] ?? from;
    case "last":
      return all.at(-1) ?? from;
    case "up":
      return sameColumn.findLast((position) => position.row < from.row) ?? from;
    case "down":
      return sameColumn.find((position) => position.row > from.row) ?? from;
    case "page_up":
      return sameColumn.find((position) => position.row >= from.row - pageLines) ?? from;
    case "page_down":
      return sameColumn.findLast((position) => position.row <= from.row + pageLines) ?? from;
  }
}

/** A rectangle of the printed body, both corners included. */
export interface Range {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const rangeOf = (a: Position, b: Position): Range => ({
  top: Math.min(a.row, b.row),
  bottom: Math.max(a.row, b.row),
  left: Math.min(a.column, b.column),
  right: Math.max(a.column, b.column),
});

export const positionsIn = (rows: readonly (readonly Position[])[], range: Range): Position[] =>
  rows
    .slice(range.top, range.bottom + 1)
    .flatMap((row) => row.filter(({ column }) => column >= range.left && column <= range.right));
