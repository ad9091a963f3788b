import { closeness } from "../checks/tolerance.ts";
import { isByCode } from "../forms/canonical-table.ts";
import { parentCode } from "../forms/codes/code-table.ts";
import { cellAddress, parseCellAddress, type CellAddress } from "../forms/cell.ts";
import { partsOf } from "../forms/sums.ts";
import type { Origin } from "./offers.ts";
import type { ProposedCell, ProposedTable } from "./propose-table.ts";

/** A total in the accounts that is not what its parts add up to there. */
export interface WrongSum {
  readonly cell: CellAddress;
  /** codes: of the codes below it · columns: of columns of its row · rows: of rows of the table. */
  readonly over: "codes" | "columns" | "rows";
  readonly actual: number;
  readonly expected: number;
  readonly origins: readonly Origin[];
}

export function wrongSums({ form, cells }: ProposedTable): WrongSum[] {
  const children = isByCode(form) ? childrenIn(cells) : new Map<string, Set<string>>();
  return [...cells].flatMap(([cell, { value, origins, isSum }]) => {
    const ref = parseCellAddress(cell);
    if (ref === undefined || isSum === true) return [];
    const at = (row: string) => cells.get(cellAddress({ ...ref, row })) ?? [];
    const below = [...(children.get(ref.row) ?? [])];
    const parts = partsOf(form, ref);
    const across = parts.flatMap((part) => cells.get(cellAddress(part)) ?? []);
    const total = { cell, value, origins };
    const isAcross = isByCode(form) || parts[0]?.row === ref.row;
    return [
      wrongSum({ ...total, over: "codes" }, below.flatMap(at)),
      wrongSum({ ...total, over: isAcross ? "columns" : "rows" }, across),
    ].flatMap((found) => found ?? []);
  });
}

/** Codes by the one they are summed up in; 类 in 合计. */
function childrenIn(cells: ProposedTable["cells"]): ReadonlyMap<string, ReadonlySet<string>> {
  const children = new Map<string, Set<string>>();
  for (const cell of cells.keys()) {
    const row = parseCellAddress(cell)?.row ?? "";
    if (!/^\d+$/u.test(row)) continue;
    const parent = parentCode(row) ?? "total";
    const rows = children.get(parent) ?? new Set();
    children.set(parent, rows.add(row));
  }
  return children;
}

function wrongSum(
  { cell, over, value = 0, origins }: Pick<WrongSum, "cell" | "over"> & Omit<ProposedCell, "isSum">,
  parts: readonly ProposedCell[],
): WrongSum | undefined {
  const known = parts.flatMap((part) => part.value ?? []);
  if (known.length === 0) return undefined;
  const expected = known.reduce((sum, one) => sum + one, 0);
  const all = [...origins, ...parts.flatMap((part) => part.origins)];
  const roundings = all.some(({ unit }) => unit === "wan") ? 1 : 0;
  const terms = known.filter((one) => one !== 0).length;
  const isApart = closeness(Math.abs(value - expected), terms, roundings) === "apart";
  return isApart ? { cell, over, actual: value, expected, origins } : undefined;
}
