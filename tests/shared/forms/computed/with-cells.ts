import { parseCellAddress } from "../../../../shared/forms/cell.ts";
import type { FiguresByTable } from "../../../../shared/forms/computed/formula.ts";

/** The tables with cells set, or emptied by `undefined`; rows appear as they are needed. */
export function withCellsSet(
  tables: FiguresByTable,
  cells: readonly (readonly [string, number | undefined])[],
): FiguresByTable {
  const changed: Record<string, { key: string; cells: Record<string, number> }[]> = {};
  for (const [address, value] of cells) {
    const ref = parseCellAddress(address);
    if (ref === undefined) throw new Error(`No address: ${address}`);
    const rows = (changed[ref.table] ??= (tables[ref.table]?.rows ?? []).map((row) => ({
      ...row,
      cells: { ...row.cells },
    })));
    let row = rows.find(({ key }) => key === ref.row);
    if (row === undefined) rows.push((row = { key: ref.row, cells: {} }));
    if (value === undefined) Reflect.deleteProperty(row.cells, ref.column);
    else row.cells[ref.column] = value;
  }
  return {
    ...tables,
    ...Object.fromEntries(Object.entries(changed).map(([id, rows]) => [id, { rows }])),
  };
}
