/** Spreadsheet addresses; rows and columns count from 0 here and from 1 or A on screen. */

export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

/** 0 → A, 25 → Z, 26 → AA. */
export function columnLetters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : `${columnLetters(Math.floor(column / 26) - 1)}${last}`;
}

/** D14. */
export const a1 = ({ row, column }: GridPlace): string => `${columnLetters(column)}${row + 1}`;

/** Cells as few ranges as possible, along a row or down a column: C6:C13,C15. */
export function ranges(places: readonly GridPlace[]): string {
  const [first] = places;
  const isRow = places.every(({ row }) => row === first?.row);
  const sorted = places.toSorted((a, b) => a.column - b.column || a.row - b.row);
  const runs: { from: GridPlace; to: GridPlace }[] = [];
  for (const place of sorted) {
    const run = runs.at(-1);
    const next = run && {
      row: isRow ? run.to.row : run.to.row + 1,
      column: isRow ? run.to.column + 1 : run.to.column,
    };
    if (run !== undefined && next?.row === place.row && next.column === place.column) {
      run.to = place;
    } else runs.push({ from: place, to: place });
  }
  return runs.map(({ from, to }) => (from === to ? a1(from) : `${a1(from)}:${a1(to)}`)).join(",");
}
