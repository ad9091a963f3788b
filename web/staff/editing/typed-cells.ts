import type { CellAddress, CellRef } from "../../../shared/forms/cell.ts";
import { lineageOfCode } from "../../../shared/forms/codes/code-table.ts";
import type { CellKind } from "../../../shared/forms/form.ts";
import type { TableData, TableRow } from "../../../shared/forms/table-data.ts";
import { parseTyped, type AmountUnit } from "../../../shared/money.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { ok, err, type Result } from "../../../shared/result.ts";

/** A table on the screen: its figures, and what was typed in cells and is no figure, which no section can hold. */
export interface TypedTable {
  readonly table: TableData;
  readonly unread: ReadonlyMap<CellAddress, string>;
}

/** A text for a cell, before it is read. */
export interface CellText {
  readonly position: {
    readonly ref: CellRef;
    readonly address: CellAddress;
    readonly kind: CellKind;
  };
  readonly text: string;
}

/**
 * Texts typed or pasted into cells, read as amounts of `unit` or as counts; what is neither is kept as it is. Rows by
 * code appear with the 类 and 款 above them; `names` has those that the list of the year lacks. The very table handed
 * in where no figure of it changes.
 */
export function withTypedCells(
  { table, unread }: TypedTable,
  cells: readonly CellText[],
  {
    unit,
    isByCode,
    names = new Map(),
  }: {
    readonly unit: AmountUnit;
    readonly isByCode: boolean;
    readonly names?: ReadonlyMap<string, string>;
  },
): TypedTable {
  const stillUnread = new Map(unread);
  const rows = new Map(table.rows.map((row) => [row.key, row]));
  const changed = new Map<string, Record<string, number>>();
  const rowOf = (key: string): Record<string, number> => {
    const known = changed.get(key);
    if (known !== undefined) return known;
    const lineage = isByCode && key !== "total" ? lineageOfCode(key) : [key];
    for (const code of lineage) {
      if (!rows.has(code))
        rows.set(code, { key: code, ...omitUndefined({ name: names.get(code) }), cells: {} });
    }
    const copied = { ...rows.get(key)?.cells };
    changed.set(key, copied);
    return copied;
  };
  for (const { position, text } of cells) {
    const { ref, address, kind } = position;
    const read = readCell(text, kind, unit);
    if (!read.ok) {
      stillUnread.set(address, text);
      continue;
    }
    stillUnread.delete(address);
    const now = (changed.get(ref.row) ?? rows.get(ref.row)?.cells)?.[ref.column];
    if (read.value === now) continue;
    const figures = rowOf(ref.row);
    if (read.value === undefined) Reflect.deleteProperty(figures, ref.column);
    else figures[ref.column] = read.value;
  }
  if (changed.size === 0) return { table, unread: stillUnread };
  const written = [...rows.values()].map((row): TableRow => {
    const figures = changed.get(row.key);
    return figures === undefined ? row : { ...row, cells: figures };
  });
  return { table: { rows: written }, unread: stillUnread };
}

/** What a text typed in a cell means: 分, a count, or nothing. */
export function readCell(
  text: string,
  kind: CellKind,
  unit: AmountUnit,
): Result<number | undefined, "unreadable"> {
  if (kind === "money") {
    const amount = parseTyped(text, unit);
    return amount.ok ? amount : err("unreadable");
  }
  const plain = text.normalize("NFKC").replace(/[\s,]/gu, "");
  if (/^[─—-]*$/u.test(plain)) return ok(undefined);
  return /^\d{1,9}$/u.test(plain) ? ok(Number(plain)) : err("unreadable");
}
