import { csvFormatRows, csvParseRows } from "d3-dsv";
import { printExact, unitName, type AmountUnit } from "../money.ts";
import type { TableData } from "./table-data.ts";
import { err, type Result } from "../result.ts";
import { isByCode } from "./canonical-table.ts";
import type { Edition, FixedRow, Form } from "./form.ts";
import type { ImportFault } from "./import-fault.ts";
import { codeRows, dash, fixedRows } from "./layout.ts";
import { columnByHeading, readSourceTable, type SourceRow } from "./source-table.ts";

/**
 * One table as CSV: a line a row, each line saying which table, year and unit it is of, so that the
 * file explains itself, reads in any tool, and can be filled in and handed back.
 */

const leads = ["报表", "年度", "计量单位", "行键", "科目编码", "项目"] as const;
type Lead = (typeof leads)[number];

/** For spreadsheets that read UTF-8 only after a byte order mark. */
const byteOrderMark = "\uFEFF";

/** Exact amounts, all fixed rows (an empty table is the template to fill in). */
export function tableToCsv(
  form: Form,
  table: TableData,
  { year, unit = "wan" }: { readonly year: number; readonly unit?: AmountUnit },
): string {
  const columns = csvColumns(form);
  const cells = new Map(table.rows.map((row) => [row.key, row.cells]));
  const lines = rowsOf(form, table).map((row) => [
    ...[form.title, String(year), isCounted(form) ? countedIn(form) : unitName[unit]],
    ...[row.key, row.code ?? "", inert(row.name)],
    ...columns.map(({ key }) => {
      if (row.dashes?.includes(key) === true) return dash;
      const value = cells.get(row.key)?.[key];
      if (value === undefined) return "";
      return row.kind === "count" ? String(value) : printExact(value, unit);
    }),
  ]);
  const header = [...leads, ...columns.map(({ name }) => name)];
  return `${byteOrderMark}${csvFormatRows([header, ...lines])}\n`;
}

/** Reads what `tableToCsv` writes, also after people worked on it; every fault at its line and column. */
export function csvToTable(
  edition: Edition,
  form: Form,
  text: string,
): Result<TableData, ImportFault[]> {
  const [header = [], ...lines] = csvParseRows(text.replace(byteOrderMark, ""));
  const headerFaults = faultsOfHeader(form, header);
  if (headerFaults.length > 0) return err(headerFaults);
  const at = (lead: Lead) => header.findIndex((heading) => heading.trim() === lead);
  const width = header.length;
  const faults: ImportFault[] = [];
  const rows: SourceRow[] = [];
  const units = new Set<AmountUnit>();
  for (const [index, cells] of lines.entries()) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    const text = (lead: Lead) => (cells[at(lead)] ?? "").trim();
    const line = index + 2;
    const row: SourceRow = {
      line,
      ...(text("行键") === "" ? {} : { key: text("行键") }),
      code: text("科目编码").replace(/\s/gu, ""),
      name: active(text("项目")),
      values: header.flatMap((heading, column) => {
        const key = isLead(heading.trim()) ? undefined : columnByHeading(form, heading);
        if (key === undefined) return [];
        return [{ column: key, heading: heading.trim(), text: cells[column] ?? "" }];
      }),
    };
    rows.push(row);
    faults.push(...faultsOfLine(edition, form, { line, text, units }));
    if (cells.length > width) {
      const place = { table: form.id, line };
      faults.push({ kind: "wrong_width", at: place, expected: width, actual: cells.length });
    }
  }
  const [unit = "wan"] = units;
  const table = readSourceTable(edition, form, { unit, rows });
  if (faults.length === 0) return table;
  return err(table.ok ? faults : [...faults, ...table.error]);
}

/** 万元 or 元, with or without 金额单位：. */
export function amountUnitOf(text: string): AmountUnit | undefined {
  const unit = text.replace(/^.*[：:]/u, "").trim();
  if (unit === unitName.wan) return "wan";
  return unit === unitName.yuan ? "yuan" : undefined;
}

/** 2022, 2022年, 2022年度. */
export const yearOf = (text: string): number | undefined => {
  const year = /^(\d{4})(?:年度?)?$/u.exec(text.normalize("NFKC").trim())?.[1];
  return year === undefined ? undefined : Number(year);
};

interface CsvLine {
  readonly line: number;
  readonly text: (lead: Lead) => string;
  /** Units seen so far. */
  readonly units: Set<AmountUnit>;
}

function faultsOfLine(edition: Edition, form: Form, { line, text, units }: CsvLine): ImportFault[] {
  const faults: ImportFault[] = [];
  const at = (column: Lead) => ({ table: form.id, line, column });
  const [title, year, printedUnit] = [text("报表"), text("年度"), text("计量单位")];
  if (title !== form.title) {
    faults.push({ kind: "wrong_table", at: at("报表"), expected: form.title, actual: title });
  }
  if (yearOf(year) !== edition.year) {
    faults.push({ kind: "wrong_year", at: at("年度"), expected: edition.year, actual: year });
  }
  if (isCounted(form)) return faults;
  const unit = amountUnitOf(printedUnit);
  const [first] = units;
  if (unit === undefined) {
    faults.push({ kind: "wrong_unit", at: at("计量单位"), actual: printedUnit });
  } else if (first !== undefined && first !== unit) {
    const actual = printedUnit;
    faults.push({ kind: "mixed_units", at: at("计量单位"), expected: first, actual });
  } else units.add(unit);
  return faults;
}

function faultsOfHeader(form: Form, header: readonly string[]): ImportFault[] {
  const at = { table: form.id, line: 1 };
  const names = header.map((heading) => heading.trim());
  const wanted = [...leads, ...csvColumns(form).map(({ name }) => name)];
  const isKnown = (name: string) => isLead(name) || columnByHeading(form, name) !== undefined;
  const missing = wanted.filter((name) => !names.some((heading) => isSame(form, heading, name)));
  return [
    ...missing.map((name): ImportFault => ({ kind: "missing_column", at, name })),
    ...names.flatMap((name, index): ImportFault[] => {
      if (!isKnown(name)) return [{ kind: "unknown_column", at, name }];
      const isRepeated = names.slice(0, index).some((other) => isSame(form, other, name));
      return isRepeated ? [{ kind: "repeated_column", at, name }] : [];
    }),
  ];
}

const isSame = (form: Form, a: string, b: string): boolean =>
  isLead(a) || isLead(b) ? a === b : columnByHeading(form, a) === columnByHeading(form, b);

const isLead = (name: string): name is Lead => leads.some((lead) => lead === name);

/** Columns of all sides, each once. */
const csvColumns = (form: Form) => {
  const columns = form.blocks.flatMap((block) => block.columns);
  return columns.filter(
    ({ key }, index) => columns.findIndex((column) => column.key === key) === index,
  );
};

type CsvRow = Pick<FixedRow, "key" | "code" | "name" | "dashes" | "kind">;

function rowsOf(form: Form, table: TableData): CsvRow[] {
  if (!isByCode(form)) return fixedRows(form);
  return codeRows(form, table).map(({ key, name }) =>
    key === "total"
      ? { key, name: "合计" }
      : { key, code: key, name: form.codeNames?.get(key) ?? name ?? "" },
  );
}

/** A table of counts: no unit of money. */
export const isCounted = (form: Form): boolean => {
  const rows = fixedRows(form);
  return rows.length > 0 && rows.every(({ kind }) => kind === "count");
};
const countedIn = (form: Form) => form.unitLabel.replace(/^.*：/u, "");

/** A name that a spreadsheet would run as a formula is written as text, and read back. */
const inert = (text: string) => (/^[=+\-@\t\r]/u.test(text) ? `'${text}` : text);
const active = (text: string) => (/^'[=+\-@\t\r]/u.test(text) ? text.slice(1) : text);
