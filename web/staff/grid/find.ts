import { cellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import { comparableName } from "../../../shared/forms/canonical-table.ts";
import type { PrintedTable } from "../../../shared/forms/layout.ts";

/**
 * The cells of a table that a text leads to, in reading order: those that hold an amount beginning so, and the first
 * beside each code that begins so and each name that has it.
 */
export function findCells({ body }: Pick<PrintedTable, "body">, text: string): CellAddress[] {
  const wanted = comparableName(text);
  const amount = wanted.replaceAll(",", "");
  if (wanted === "") return [];
  const found = new Set<CellAddress>();
  for (const cells of body) {
    let isNamed = false;
    for (const cell of cells) {
      if (cell.kind === "code") isNamed ||= cell.text.startsWith(wanted);
      else if (cell.kind === "name") isNamed ||= comparableName(cell.text).includes(wanted);
      else if (cell.kind === "value") {
        const isAmount = cell.text !== "" && cell.text.replaceAll(",", "").startsWith(amount);
        if (isNamed || isAmount) found.add(cellAddress(cell.ref));
        isNamed = false;
      }
    }
  }
  return [...found];
}
