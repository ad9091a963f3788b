import { readXls, readXlsx, type CellValue, type Sheet } from "hucre";
import { Buffer } from "node:buffer";
import { a1 } from "../../../shared/forms/a1.ts";
import type { ImportFault } from "../../../shared/forms/import-fault.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { compoundFileOf, isCompoundFile, xlsStream, type XlsRefusal } from "./xls-stream.ts";
import { isOverfull, workbookBytes } from "./workbook-size.ts";
import { storedZip, zipParts, type ZipRefusal } from "./zip-parts.ts";

/**
 * A workbook file as grids of text and numbers, or why it is refused. The library that reads it gets a
 * file packed anew from the few parts that hold cells, so macros, links to other files, pictures and
 * queries are left outside, and no size that the upload states is trusted.
 */

export type FileRefusal =
  ZipRefusal | XlsRefusal | "too_large" | "not_a_workbook" | "too_many_rows";

/** The file as a whole is refused, or some of its cells are. */
export type OpenRefusal =
  | { readonly kind: "file"; readonly reason: FileRefusal }
  | { readonly kind: "cells"; readonly faults: readonly ImportFault[] };

export interface OpenedWorkbook {
  readonly grids: readonly SheetGrid[];
  /** Names of hidden sheets: nobody sees what they hold, so they are not read. */
  readonly hidden: readonly string[];
}

export async function openWorkbook(
  bytes: Uint8Array,
): Promise<Result<OpenedWorkbook, OpenRefusal>> {
  if (bytes.length > workbookBytes) return file("too_large");
  const sheets = await (isCompoundFile(bytes) ? xlsSheets(bytes) : xlsxSheets(bytes));
  if (!sheets.ok) return file(sheets.error);
  const shown = sheets.value.filter(({ isHidden }) => !isHidden).map(({ sheet }) => sheet);
  const faults = shown.flatMap(unsafeFormulas);
  if (faults.length > 0) return err({ kind: "cells", faults });
  return ok({
    grids: shown.map(gridOf),
    hidden: sheets.value.filter(({ isHidden }) => isHidden).map(({ sheet }) => sheet.name),
  });
}

const file = (reason: FileRefusal) => err({ kind: "file", reason } as const);

interface ReadSheet {
  readonly sheet: Sheet;
  readonly isHidden: boolean;
}

/** Sheets, rows and columns that are read; the largest table has 5,000 rows, a sheet of the accounts 110 columns. */
const limits = { sheets: 60, rows: 12_000, rowsOfAll: 60_000, range: "A1:EZ12000" } as const;

const cellParts =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/_rels\/workbook\.xml\.rels|xl\/(?:workbook|styles|sharedStrings)\.xml|xl\/worksheets\/[^/]+\.xml)$/iu;
const linkParts = /^xl\/externalLinks\/[^/]+\.xml$/iu;

async function xlsxSheets(bytes: Uint8Array): Promise<Result<readonly ReadSheet[], FileRefusal>> {
  const parts = zipParts(bytes, (name) => cellParts.test(name) || linkParts.test(name));
  if (!parts.ok) return parts.error === "not_a_zip" ? err("not_a_workbook") : parts;
  const cells = new Map<string, Uint8Array>();
  let worksheets = 0;
  let rows = 0;
  for (const [name, part] of parts.value) {
    const text = bufferOf(part);
    if (text.includes("<!DOCTYPE") || text.includes("<!ENTITY")) return err("broken");
    if (linkParts.test(name)) {
      if (text.includes("ddeLink")) return err("calls_programs");
      continue;
    }
    if (/^xl\/worksheets\//iu.test(name)) {
      const sheet = withoutEmptyRows(text);
      worksheets += 1;
      rows += sheet.lastRow;
      if (sheet.lastRow > limits.rows) return err("too_many_rows");
      if (rows > limits.rowsOfAll) return err("too_many_cells");
      cells.set(name, sheet.part);
      continue;
    }
    cells.set(name, part);
  }
  if (worksheets === 0) return err("not_a_workbook");
  if (isOverfull([...cells].map(([name, part]) => [name, bufferOf(part)] as const))) {
    return err("too_many_cells");
  }
  let named = 0;
  const read = await parsed(() =>
    readXlsx(storedZip(cells), {
      range: limits.range,
      // A sheet that names another's part would have it read twice over.
      sheets: () => (named += 1) <= Math.min(worksheets, limits.sheets),
    }),
  );
  if (named > limits.sheets) return err("too_many_sheets");
  if (read === undefined || named > worksheets) return err("broken");
  return ok(
    read.sheets.map((sheet) => ({
      sheet,
      isHidden: sheet.hidden === true || sheet.veryHidden === true,
    })),
  );
}

/** The same bytes, not a copy. */
const bufferOf = (part: Uint8Array): Buffer =>
  Buffer.from(part.buffer, part.byteOffset, part.byteLength);

async function xlsSheets(bytes: Uint8Array): Promise<Result<readonly ReadSheet[], FileRefusal>> {
  const opened = xlsStream(bytes);
  if (!opened.ok) return opened.error === "not_an_xls" ? err("not_a_workbook") : opened;
  const { stream, hiddenSheets } = opened.value;
  const read = await parsed(() => readXls(compoundFileOf(stream)));
  if (read === undefined) return err("broken");
  return ok(read.sheets.map((sheet, index) => ({ sheet, isHidden: hiddenSheets.has(index) })));
}

/** Whatever the reader throws on uploaded bytes, the file is what is wrong. */
async function parsed<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch {
    return undefined;
  }
}

/**
 * A sheet without the empty rows below its last value, which people leave formatted down to the end
 * and which would be read as a rectangle of nothing; with the number of the last row that is left.
 */
function withoutEmptyRows(sheet: Buffer): { readonly part: Uint8Array; readonly lastRow: number } {
  // Some programs write every element with a prefix of the namespace.
  const opening = /<(\w+:)?sheetData(\s*\/)?>/u.exec(sheet.toString("latin1", 0, 65_536));
  if (opening?.[2] !== undefined) return { part: sheet, lastRow: 0 };
  const prefix = opening?.[1] ?? "";
  const dataEnd = sheet.lastIndexOf(`</${prefix}sheetData>`);
  const values = ["v", "f", "is"].map((name) => sheet.lastIndexOf(`<${prefix}${name}`, dataEnd));
  const last = dataEnd === -1 ? -1 : Math.max(...values);
  const rowClose = `</${prefix}row>`;
  const rowEnd =
    last === -1
      ? (opening?.index ?? 0) + (opening?.[0].length ?? 0)
      : sheet.indexOf(rowClose, last) + rowClose.length;
  // Written in a way of its own: left whole, and counted as if it were full.
  if (opening === null || rowEnd <= opening.index || rowEnd > dataEnd) {
    return { part: sheet, lastRow: limits.rows };
  }
  const part = Buffer.concat([sheet.subarray(0, rowEnd), sheet.subarray(dataEnd)]);
  if (last === -1) return { part, lastRow: 0 };
  const mark = 'row r="';
  const row = sheet.lastIndexOf(mark, last);
  const number = sheet.toString("latin1", row + mark.length, row + mark.length + 8);
  return { part, lastRow: row === -1 ? limits.rows : Number.parseInt(number, 10) };
}

function unsafeFormulas(sheet: Sheet): ImportFault[] {
  return [...(sheet.cells ?? [])].flatMap(([key, { formula }]): ImportFault[] => {
    if (formula === undefined || !callsProgram(formula)) return [];
    const [row = 0, column = 0] = key.split(",").map(Number);
    const at = { sheet: sheet.name, cell: a1({ row, column }) };
    return [{ kind: "unsafe_formula", at, formula: formula.slice(0, 80) }];
  });
}

/** program|topic!item, outside of quoted text and quoted sheet names. */
const callsProgram = (formula: string): boolean =>
  formula
    .replaceAll(/"[^"]*"/gu, "")
    .replaceAll(/'[^']*'/gu, "q")
    .includes("|");

function gridOf(sheet: Sheet): SheetGrid {
  const rows = Array.from({ length: sheet.rows.length }, (_, row) =>
    (sheet.rows[row] ?? []).map(plainValue),
  );
  for (const [key, { type, formula, formulaResult, value }] of sheet.cells ?? []) {
    if (type !== "formula" || (value ?? formulaResult ?? null) !== null) continue;
    const [row = 0, column = 0] = key.split(",").map(Number);
    const line = rows[row];
    if (line !== undefined) line[column] = { formula: formula ?? "" };
  }
  return {
    name: sheet.name,
    rows,
    merges: (sheet.merges ?? []).map(({ startRow, startCol, endRow, endCol }) => ({
      from: { row: startRow, column: startCol },
      to: { row: endRow, column: endCol },
    })),
  };
}

function plainValue(value: CellValue | undefined): GridValue {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return typeof value === "boolean" ? (value ? "TRUE" : "FALSE") : value;
}
