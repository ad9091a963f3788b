import { writeXlsx } from "hucre";
import type { SheetGrid } from "../../../shared/forms/workbook-grid.ts";

/** Made sheets as an .xlsx file, with the merges that the software writes; a formula without a result is left out. */
export const accountsFile = (grids: readonly SheetGrid[]): Promise<Uint8Array> =>
  writeXlsx({
    sheets: grids.map(({ name, rows, merges }) => ({
      name,
      rows: rows.map((row) => row.map((cell) => (typeof cell === "object" ? null : cell))),
      merges: merges.map(({ from, to }) => ({
        ...{ startRow: from.row, startCol: from.column },
        ...{ endRow: to.row, endCol: to.column },
      })),
    })),
  });
