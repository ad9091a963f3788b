import { printExact } from "../money.ts";
import { columnsOf } from "./canonical-table.ts";
import { parseCellAddress, type CellAddress } from "./cell.ts";
import type { Edition, FixedRow, Form, TableId } from "./form.ts";
import { fixedRows } from "./layout.ts";

/** How places and figures of a report are named to people, the same on every screen, page and mail. */

/** 公开03表 2010301 行政运行 基本支出: table, 行次, row, and the column where the row has several. */
export function cellName(address: CellAddress, edition: Edition): string {
  const ref = parseCellAddress(address);
  if (ref === undefined) return address;
  const form = formOf(ref.table, edition);
  const columns = form ? columnsOf(form, ref.row) : [];
  const column = columns.find(({ key }) => key === ref.column);
  const named = columns.length > 1 || column === undefined;
  return `${rowName(address, edition)}${named ? ` ${column?.name ?? ref.column}` : ""}`;
}

/** 基本支出: the column of a cell as its form prints it. */
export function columnName(address: CellAddress, edition: Edition): string {
  const ref = parseCellAddress(address);
  const form = ref && formOf(ref.table, edition);
  const columns = form ? columnsOf(form, ref.row) : [];
  return columns.find(({ key }) => key === ref?.column)?.name ?? ref?.column ?? "";
}

/** 公开01表, or the title where the edition prints no numbers. */
export function tableName(id: TableId, edition: Edition): string {
  const form = formOf(id, edition);
  return form?.number ?? (form ? `《${form.title}》` : id);
}

/** 公开01表 第27行 本年收入合计: table, 行次 and row. */
export function rowName(address: CellAddress, edition: Edition): string {
  const ref = parseCellAddress(address);
  if (ref === undefined) return address;
  return `${tableName(ref.table, edition)} ${rowLabel(address, edition)}`;
}

/** 第27行 本年收入合计: the same where the table is known. */
export function rowLabel(address: CellAddress, edition: Edition): string {
  const ref = parseCellAddress(address);
  if (ref === undefined) return address;
  const form = formOf(ref.table, edition);
  const fixed = form && fixedRow(form, ref.row);
  const parts = [
    ...(fixed?.line === undefined ? [] : [`第${fixed.line}行`]),
    ...(fixed?.code === undefined ? [] : [fixed.code]),
    fixed ? fixedRowName(form, fixed) : codeName(ref.row, edition),
  ];
  return parts.join(" ");
}

/**
 * Names that a form prints twice are distinguished: 收入总计 and 支出总计 by their side, indented carry-over rows
 * by the row they are set in under.
 */
function fixedRowName(form: Form, { key, name, code, indent = 0 }: FixedRow): string {
  const twins = fixedRows(form).filter((row) => row.name === name && row.key !== key);
  if (twins.length === 0 || code !== undefined) return name.trim();
  const sideOf = (rowKey: string): number =>
    form.blocks.findIndex(
      ({ rows }) =>
        rows !== "by-function-code" && rows.some((row) => "key" in row && row.key === rowKey),
    );
  const side = sideOf(key);
  if (indent > 0) {
    const before = fixedRows(form).slice(
      0,
      fixedRows(form).findIndex((row) => row.key === key),
    );
    const parent = before.findLast((row) => (row.indent ?? 0) < indent);
    return [parent?.name, name].filter((part) => part !== undefined).join(" ");
  }
  const isOnBothSides = twins.some((twin) => sideOf(twin.key) !== side);
  return `${isOnBothSides ? (form.head[0]?.[side]?.text ?? "") : ""}${name.trim()}`;
}

function codeName(code: string, edition: Edition): string {
  if (code === "total") return "合计";
  const name = edition.functionCodes.get(code);
  return name === undefined ? code : `${code} ${name}`;
}

const formOf = (id: TableId, edition: Edition): Form | undefined =>
  edition.forms.find((form) => form.id === id);

const fixedRow = (form: Form, key: string): FixedRow | undefined =>
  fixedRows(form).find((row) => row.key === key);

export function isCount(address: CellAddress, edition: Edition): boolean {
  const ref = parseCellAddress(address);
  const form = ref && formOf(ref.table, edition);
  return form !== undefined && fixedRow(form, ref?.row ?? "")?.kind === "count";
}

/** A cell's value in words: a count, or 万元 to the last 分. */
export const printFigure = (value: number, address: CellAddress, edition: Edition): string =>
  isCount(address, edition) ? `${value}` : `${exactWan(value)}万元`;

/** 万元 with two decimals, or as many as the 分 need; thousands separated. */
export const exactWan = (fen: number): string => printExact(fen, "wan", { thousands: true });
