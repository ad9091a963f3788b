import { cellAddress, type CellAddress, type CellRef } from "../../../shared/forms/cell.ts";
import type { CellKind } from "../../../shared/forms/form.ts";
import type { PrintedTable } from "../../../shared/forms/layout.ts";

/** A cell that takes a value, and where it stands in the printed body. */
export interface Position {
  readonly ref: CellRef;
  readonly address: CellAddress;
  readonly kind: CellKind;
  readonly row: number;
  readonly column: number;
}

/** The value cells of every printed row, left to right; rows without any are empty lists. */
export const positionsOf = (printed: PrintedTable): Position[][] =>
  printed.body.map((cells, row) =>
    cells.flatMap((cell, column) =>
      cell.kind === "value"
        ? [{ ref: cell.ref, address: cellAddress(cell.ref), kind: cell.valueKind, row, column }]
        : [],
    ),
  );

export type Move = "up" | "down" | "left" | "right" | "row_start" | "row_end" | "first" | "last";

/** Where a key leads from a cell: the nearest value cell that way, or the same cell at an edge. */
export function moveFrom(rows: readonly Position[][], from: Position, move: Move): Position {
  const row = rows[from.row] ?? [];
  const index = row.findIndex((position) => position.column === from.column);
  const all = rows.flat();
  const at = all.findIndex((position) => position.address === from.address);
  switch (move) {
    case "left":
      return all[at - 1] ?? from;
    case "right":
      return all[at + 1] ?? from;
    case "row_start":
      return row[0] ?? from;
    case "row_end":
      return row.at(-1) ?? from;
    case "first":
      return all[0] ?? from;
    case "last":
      return all.at(-1) ?? from;
    case "up":
    case "down": {
      const step = move === "up" ? -1 : 1;
      for (let next = from.row + step; next >= 0 && next < rows.length; next += step) {
        const candidates = rows[next] ?? [];
        const same = candidates.find((position) => position.column === from.column);
        if (same !== undefined) return same;
      }
      return (index >= 0 ? row[index] : undefined) ?? from;
    }
  }
}
