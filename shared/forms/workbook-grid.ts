import type { GridPlace } from "./a1.ts";
import type { Merge } from "./workbook-sheet.ts";

/** A sheet as it comes out of a spreadsheet file, before anybody knows what it is. */
export interface SheetGrid {
  readonly name: string;
  /** Rows and columns count from the sheet's first cell; hidden ones are there like all others. */
  readonly rows: readonly (readonly GridValue[])[];
  readonly merges: readonly Merge[];
}

export type GridValue =
  | string
  | number
  | null
  /** A formula whose result the file does not hold. */
  | { readonly formula: string };

const at = (grid: SheetGrid, { row, column }: GridPlace): GridValue =>
  grid.rows[row]?.[column] ?? null;

/** A cell's text without outer white space; nothing for an empty cell and an open formula. */
export function textAt(grid: SheetGrid, place: GridPlace): string {
  const value = at(grid, place);
  if (typeof value === "number") return numberText(value);
  return typeof value === "string" ? value.trim() : "";
}

/** The formula of a cell that has no result. */
export function openFormulaAt(grid: SheetGrid, place: GridPlace): string | undefined {
  const value = at(grid, place);
  return typeof value === "object" ? value?.formula : undefined;
}

/**
 * The number people see: binary fractions leave over what nobody typed, in the sixteenth digit or, in
 * sums that cancel out, below a millionth.
 */
function numberText(value: number): string {
  const millionths = Math.round(value * 1_000_000) / 1_000_000;
  const isWithin = Math.abs(value) < 1_000_000_000 && Math.abs(value - millionths) < 1e-9;
  return String(isWithin ? millionths : Number(value.toPrecision(15)));
}

/** Finds the cell that a merged one shows. */
export function mergedInto(grid: SheetGrid): (place: GridPlace) => GridPlace {
  const anchors = new Map<string, GridPlace>();
  for (const { from, to } of grid.merges) {
    // Heads are small; what claims more is no head and is not spread out.
    if ((to.row - from.row + 1) * (to.column - from.column + 1) > 10_000) continue;
    for (let row = from.row; row <= to.row; row += 1) {
      for (let column = from.column; column <= to.column; column += 1) {
        anchors.set(`${row},${column}`, from);
      }
    }
  }
  return (place) => anchors.get(`${place.row},${place.column}`) ?? place;
}
