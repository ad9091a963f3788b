import type { HeadCell } from "../../../shared/forms/form.ts";
import type { PrintedCell, PrintedTable } from "../../../shared/forms/layout.ts";

/** The columns of a printed table on the screen: which are frozen, how wide they are. */

const spanOf = (cell: object): number =>
  "colspan" in cell && typeof cell.colspan === "number" ? cell.colspan : 1;

/** Columns that a table has, colspans counted. */
export const widthOf = ({ body }: Pick<PrintedTable, "body">): number =>
  Math.max(1, ...body.map((cells) => cells.reduce((sum, cell) => sum + spanOf(cell), 0)));

/**
 * How many columns from the left stay when the table is scrolled sideways: those of codes and names. None of a form with
 * two sides, whose right side has names of its own.
 */
export function frozenColumns({ body }: Pick<PrintedTable, "body">): number {
  const leading = body.map((cells) => {
    const count = cells.findIndex(({ kind }) => kind !== "code" && kind !== "name");
    const isTwoSided = cells.slice(Math.max(count, 0)).some(({ kind }) => kind === "name");
    const lead = count < 0 ? cells : cells.slice(0, count);
    return isTwoSided ? 0 : lead.reduce((sum, cell) => sum + spanOf(cell), 0);
  });
  return leading.length === 0 ? 0 : Math.min(...leading);
}

/** Where a head cell is: its first column, and whether it stands right above the body. */
export interface HeadPlace {
  readonly column: number;
  readonly isLowest: boolean;
}

/** The places of head cells, row by row, as cells that span rows push those below them aside. */
export function headPlaces(head: readonly (readonly HeadCell[])[]): HeadPlace[][] {
  const taken = head.map(() => new Set<number>());
  return head.map((cells, row) => {
    let column = 0;
    return cells.map((cell): HeadPlace => {
      while (taken[row]?.has(column) === true) column += 1;
      const [width, height] = [cell.colspan ?? 1, cell.rowspan ?? 1];
      for (let below = row; below < row + height; below += 1) {
        for (let right = column; right < column + width; right += 1) taken[below]?.add(right);
      }
      const place = { column, isLowest: row + height >= head.length };
      column += width;
      return place;
    });
  });
}

/** Widths in px at which a table of many rows is begun with: its rows are not all there to be measured. */
export function usualWidths(body: readonly (readonly PrintedCell[])[]): number[] {
  const [whole] = body.toSorted((a, b) => b.length - a.length);
  return (whole ?? []).flatMap((cell) => {
    const width = { code: 76, name: 250, line: 46, blank: 46, dash: 104, value: 104 }[cell.kind];
    return Array.from({ length: spanOf(cell) }, () => width);
  });
}
