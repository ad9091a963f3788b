import { lineageOfCode } from "../../../shared/forms/codes/code-table.ts";
import {
  cellAddress,
  parseCellAddress,
  type CellAddress,
  type CellRef,
} from "../../../shared/forms/cell.ts";
import { isComputed, recompute, sheetOf } from "../../../shared/forms/computed/recompute.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** The table with one cell set, or emptied by `undefined`; rows appear as they are needed. */
export function withCell(table: TableData, ref: CellRef, value: number | undefined): TableData {
  const known = table.rows.some((row) => row.key === ref.row);
  const rows = known ? table.rows : [...table.rows, { key: ref.row, cells: {} }];
  return {
    rows: rows.map((row) => {
      if (row.key !== ref.row) return row;
      const others = Object.entries(row.cells).filter(([column]) => column !== ref.column);
      const cells = Object.fromEntries(
        value === undefined ? others : [...others, [ref.column, value]],
      );
      return { ...row, cells };
    }),
  };
}

/** Adds 支出功能分类 codes with the 类 and 款 above them; `names` has those that the list of the year lacks. */
export function withCodes(
  table: TableData,
  codes: readonly string[],
  names: ReadonlyMap<string, string> = new Map(),
): TableData {
  const known = new Set(table.rows.map((row) => row.key));
  const missing = new Set(codes.flatMap(lineageOfCode).filter((key) => !known.has(key)));
  if (missing.size === 0) return table;
  const rows = [...missing].map((key) => ({
    key,
    ...omitUndefined({ name: names.get(key) }),
    cells: {},
  }));
  return { rows: [...table.rows, ...rows] };
}

/** The table with rows by code that nothing is typed in yet (待填科目), for the screen alone: no section holds them. */
export function withEmptyRows(
  table: TableData,
  codes: readonly { readonly code: string; readonly name?: string | undefined }[],
): { readonly shown: TableData; readonly empty: ReadonlySet<string> } {
  const known = new Set(table.rows.map((row) => row.key));
  const added = new Map<string, (typeof codes)[number]>();
  for (const one of codes) {
    if (!known.has(one.code) && !added.has(one.code)) added.set(one.code, one);
  }
  const rows = [...added.values()].map(({ code, name }) => ({
    key: code,
    ...omitUndefined({ name }),
    cells: {},
  }));
  return {
    shown: rows.length === 0 ? table : { rows: [...table.rows, ...rows] },
    empty: new Set(added.keys()),
  };
}

/** Takes out a code and all codes below it. */
export const withoutCode = (table: TableData, code: string): TableData => ({
  rows: table.rows.filter((row) => row.key === "total" || !row.key.startsWith(code)),
});

function cellsOf(table: TableData, tableId: CellRef["table"]): Map<CellAddress, number> {
  return new Map(
    table.rows.flatMap((row) =>
      Object.entries(row.cells).map(([column, value]): [CellAddress, number] => [
        cellAddress({ table: tableId, row: row.key, column }),
        value,
      ]),
    ),
  );
}

export interface CellConflict {
  readonly cell: CellAddress;
  readonly mine: number | undefined;
  readonly theirs: number | undefined;
}

export interface TableVersions {
  readonly base: TableData;
  readonly mine: TableData;
  readonly theirs: TableData;
}

/**
 * Three-way merge when somebody saved the table meanwhile: cells only one of us changed are taken over,
 * cells both changed differently are conflicts and show theirs until chosen. `isComputed`: nobody typed the cell.
 */
export function mergeTables(
  tableId: CellRef["table"],
  { base, mine, theirs }: TableVersions,
  isComputed: (ref: CellRef) => boolean = () => false,
): { merged: TableData; conflicts: CellConflict[] } {
  const [was, my, their] = [
    cellsOf(base, tableId),
    cellsOf(mine, tableId),
    cellsOf(theirs, tableId),
  ];
  const added = mine.rows.filter(
    ({ key }) =>
      !theirs.rows.some((row) => row.key === key) && !base.rows.some((row) => row.key === key),
  );
  const conflicts: CellConflict[] = [];
  let merged: TableData = {
    rows: [...theirs.rows, ...added.map((row) => ({ ...row, cells: {} }))],
  };
  for (const cell of new Set([...was.keys(), ...my.keys()])) {
    const [before, mineNow, theirsNow] = [was.get(cell), my.get(cell), their.get(cell)];
    if (mineNow === before || mineNow === theirsNow) continue;
    const ref = parseCellAddress(cell);
    if (ref === undefined || isComputed(ref)) continue;
    if (theirsNow === before) merged = withCell(merged, ref, mineNow);
    else conflicts.push({ cell, mine: mineNow, theirs: theirsNow });
  }
  return { merged, conflicts };
}

/** The same where totals follow: what both of us added up anew is no conflict, and is added up from what is merged. */
export function mergeComputed(
  edition: Edition,
  tableId: CellRef["table"],
  versions: TableVersions,
): ReturnType<typeof mergeTables> & { readonly follow: (merged: TableData) => TableData } {
  const of = (table: TableData) => ({ [tableId]: table });
  const sheets = [versions.mine, versions.theirs].map((table) => sheetOf(edition, of(table)));
  const { merged, conflicts } = mergeTables(tableId, versions, (ref) =>
    sheets.every((sheet) => isComputed(sheet, ref)),
  );
  const follow = (table: TableData): TableData =>
    recompute(edition, { before: of(versions.theirs), after: of(table) })[tableId] ?? table;
  return { merged: follow(merged), conflicts, follow };
}
