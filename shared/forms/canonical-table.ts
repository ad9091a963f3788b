import type { TableData, TableRow } from "./table-data.ts";
import type { CellRef } from "./cell.ts";
import { parentCode } from "./codes/code-table.ts";
import type { Edition, FixedRow, Form, TableId, ValueColumn } from "./form.ts";
import { fixedRows } from "./layout.ts";

/** A table on its way in: empty cells may be null, rows in any order. */
export interface LooseTable {
  readonly rows: readonly {
    readonly key: string;
    readonly name?: string | undefined;
    readonly cells: { readonly [column: string]: number | null | undefined };
  }[];
}

/**
 * The one way to write down a table: rows in form order, codes ascending, empty cells and rows left
 * out, names of codes filled in, so that equal tables have equal hashes. Unknown rows and columns
 * are kept, last: `validateTable` names them.
 */
export function canonicalTable(form: Form, table: LooseTable): TableData {
  const order = rowOrder(form);
  const columns = columnKeys(form);
  const rows = table.rows.flatMap((row): TableRow[] => {
    const keys = Object.keys(row.cells).toSorted((a, b) => rank(columns, a) - rank(columns, b));
    const cells = keys.flatMap((column) => {
      const value = row.cells[column];
      return value === null || value === undefined ? [] : [[column, value] as const];
    });
    if (cells.length === 0) return [];
    const name = order.has(row.key) ? undefined : (row.name ?? form.codeNames?.get(row.key));
    return [
      { key: row.key, ...(name === undefined ? {} : { name }), cells: Object.fromEntries(cells) },
    ];
  });
  return {
    rows: rows.toSorted(
      (a, b) => rankOf(order, a) - rankOf(order, b) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
    ),
  };
}

/** The row, or the cell of a row, that a fault is about. */
export interface TablePlace {
  readonly table: TableId;
  readonly row: string;
  readonly column?: string;
}

/** Why a table cannot be taken in. Whether it adds up, the rules say. */
export type TableFault = { readonly at: TablePlace } & (
  | { readonly kind: "unknown_row" }
  | { readonly kind: "duplicate_row" }
  | { readonly kind: "bad_code" }
  | { readonly kind: "unknown_code" }
  /** Of a known 类 and named, but not in our list of the year: reported, not refused. */
  | { readonly kind: "unlisted_code"; readonly name: string }
  | { readonly kind: "missing_parent"; readonly parent: string }
  | { readonly kind: "name_mismatch"; readonly expected: string; readonly actual: string }
  | { readonly kind: "unknown_column" }
  | { readonly kind: "dash_cell" }
  | { readonly kind: "negative_count"; readonly value: number }
  | { readonly kind: "not_whole"; readonly value: number }
);

/** Every fault, not the first one; a table without `isRefusal` faults may be kept. */
export function validateTable(edition: Edition, form: Form, table: TableData): TableFault[] {
  const rows = new Map(fixedRows(form).map((row) => [row.key, row]));
  const present = new Set(table.rows.map((row) => row.key));
  const seen = new Set<string>();
  return table.rows.flatMap((row): TableFault[] => {
    const at = { table: form.id, row: row.key };
    const isRepeated = seen.has(row.key);
    seen.add(row.key);
    return [
      ...(isRepeated ? [{ kind: "duplicate_row", at } as const] : []),
      ...(isByCode(form) ? codeFaults(edition, row, at, present) : []),
      ...(isByCode(form) || rows.has(row.key) ? [] : [{ kind: "unknown_row", at } as const]),
      ...cellFaults(form, rows.get(row.key), row),
    ];
  });
}

/** Whether a fault keeps the table out; the rest is for the rule book to ask about. */
export const isRefusal = ({ kind }: TableFault): boolean => kind !== "unlisted_code";

/** Columns in which a row takes values; a row by code takes all. */
export function columnsOf(form: Form, rowKey: string): readonly ValueColumn[] {
  const block =
    form.blocks.find(
      ({ rows }) =>
        rows === "by-function-code" || rows.some((row) => "key" in row && row.key === rowKey),
    ) ?? form.blocks[0];
  return block?.columns ?? [];
}

export const isByCode = (form: Form): boolean =>
  form.blocks.some((block) => block.rows === "by-function-code");

/** How two spellings of a name are compared: width of characters and white space do not count. */
export const comparableName = (name: string): string =>
  name.normalize("NFKC").replace(/[\s“”"]/gu, "");

const isSameName = (one: string, other: string): boolean =>
  one === other || comparableName(one) === comparableName(other);

function codeFaults(
  edition: Edition,
  row: TableRow,
  at: TablePlace,
  present: ReadonlySet<string>,
): TableFault[] {
  if (row.key === "total") return [];
  if (!/^\d{3}(\d{2}){0,2}$/u.test(row.key)) return [{ kind: "bad_code", at }];
  const faults: TableFault[] = [];
  const expected = edition.functionCodes.get(row.key);
  if (expected === undefined) faults.push(notListed(edition, row, at));
  else if (row.name !== undefined && !isSameName(row.name, expected)) {
    faults.push({ kind: "name_mismatch", at, expected, actual: row.name });
  }
  const parent = parentCode(row.key);
  if (parent !== undefined && !present.has(parent)) {
    faults.push({ kind: "missing_parent", at, parent });
  }
  return faults;
}

function notListed(edition: Edition, { key, name = "" }: TableRow, at: TablePlace): TableFault {
  const isOfKnownClass = edition.functionCodes.has(key.slice(0, 3));
  return isOfKnownClass && name !== ""
    ? { kind: "unlisted_code", at, name }
    : { kind: "unknown_code", at };
}

function cellFaults(form: Form, fixed: FixedRow | undefined, row: TableRow): TableFault[] {
  const columns = new Set(columnsOf(form, row.key).map((column) => column.key));
  return Object.entries(row.cells).flatMap(([column, value]): TableFault[] => {
    const at: CellRef = { table: form.id, row: row.key, column };
    if (!columns.has(column)) return [{ kind: "unknown_column", at }];
    if (fixed?.dashes?.includes(column) === true) return [{ kind: "dash_cell", at }];
    if (!Number.isSafeInteger(value)) return [{ kind: "not_whole", at, value }];
    return fixed?.kind === "count" && value < 0 ? [{ kind: "negative_count", at, value }] : [];
  });
}

type Order = ReadonlyMap<string, number>;

function rowOrder(form: Form): Order {
  const keys = isByCode(form) ? ["total"] : fixedRows(form).map((row) => row.key);
  return new Map(keys.map((key, index) => [key, index]));
}

function columnKeys(form: Form): Order {
  const keys = form.blocks.flatMap((block) => block.columns.map((column) => column.key));
  return new Map([...new Set(keys)].map((key, index) => [key, index]));
}

const rank = (order: Order, key: string) => order.get(key) ?? order.size;
const rankOf = (order: Order, row: TableRow) => rank(order, row.key);
