import { z } from "zod";
import type { AmountUnit } from "../money.ts";
import type { TableData } from "./table-data.ts";
import { err, ok, type Result } from "../result.ts";
import { comparableName } from "./canonical-table.ts";
import type { Block, Edition, Form, TableId } from "./form.ts";
import type { ImportFault } from "./import-fault.ts";
import {
  columnByHeading,
  leavesNoDoubt,
  placeOf,
  readSourceTable,
  surveySourceTable,
  type SourceRow,
} from "./source-table.ts";
import { amountUnitOf, csvToTable, yearOf } from "./table-csv.ts";

/** Taking in tables as printed elsewhere: JSON of printed strings, or our own CSV. All or nothing. */

type PrintedTableInput =
  | { readonly format: "csv"; readonly tableId: TableId; readonly text: string }
  | {
      readonly format: "json";
      readonly tableId: TableId;
      readonly value: unknown;
      /** 万元 unless stated, and what the file states of its year. */
      readonly unit?: AmountUnit;
      readonly year?: number;
    };

interface ImportedTable {
  readonly tableId: TableId;
  readonly table: TableData;
}

interface ImportedReport {
  /** Whose report the file says it is; the caller compares. */
  readonly orgName?: string;
  readonly enteredIn: AmountUnit;
  /** Only the tables the file holds; one given as null is not held. */
  readonly tables: { readonly [Id in TableId]?: TableData };
}

export function importPrintedTable(
  edition: Edition,
  input: PrintedTableInput,
): Result<ImportedTable, ImportFault[]> {
  const { tableId } = input;
  const form = edition.forms.find(({ id }) => id === tableId);
  if (form === undefined) return err([noSuchTable(edition, tableId)]);
  if (input.format === "csv") return named(tableId, csvToTable(edition, form, input.text));
  const { unit = "wan", year = edition.year } = input;
  const yearFaults = faultsOfYear(edition, String(year));
  const table = readPrinted(edition, form, input.value, unit);
  if (yearFaults.length === 0) return named(tableId, table);
  return err(table.ok ? yearFaults : [...yearFaults, ...table.error]);
}

export function importPrintedReport(
  edition: Edition,
  input: unknown,
): Result<ImportedReport, ImportFault[]> {
  const parsed = reportSchema.safeParse(input);
  if (!parsed.success) return err(unreadable(parsed.error));
  const { department, year, unit: printedUnit, tables } = parsed.data;
  const faults = faultsOfYear(edition, String(year));
  const unit = amountUnitOf(printedUnit);
  if (unit === undefined) faults.push({ kind: "wrong_unit", at: {}, actual: printedUnit });
  const read: { [Id in TableId]?: TableData } = {};
  for (const [id, value] of Object.entries(tables)) {
    if (value === null) continue;
    const form = edition.forms.find((candidate) => candidate.id === id);
    if (form === undefined) {
      faults.push(noSuchTable(edition, id));
      continue;
    }
    const table = readPrinted(edition, form, value, unit ?? "wan");
    if (table.ok) read[form.id] = table.value;
    else faults.push(...table.error);
  }
  if (faults.length > 0 || unit === undefined) return err(faults);
  return ok({
    ...(department === undefined ? {} : { orgName: department }),
    enteredIn: unit,
    tables: read,
  });
}

const printedCell = z.union([z.string(), z.number(), z.null()]).transform((value) => {
  return value === null ? "" : String(value);
});
const printedRow = z.object({
  code: z.string().default(""),
  name: z.string(),
  values: z.array(printedCell).max(40),
});
const printedRows = z.array(printedRow).max(5_000);
const headingsSchema = z.array(z.string()).min(1).max(40);
const listedSchema = z.object({
  title: z.string().optional(),
  columns: headingsSchema,
  rows: printedRows,
  /** 人员经费合计 and 公用经费合计, printed apart from the rows. */
  totals: z.record(z.string(), printedCell).default({}),
});
const twoSidedSchema = z.object({
  title: z.string().optional(),
  columns: z.object({ income: headingsSchema, expense: headingsSchema }),
  income: printedRows,
  expense: printedRows,
});
const reportSchema = z.object({
  department: z.string().optional(),
  year: z.union([z.number(), z.string()]),
  unit: z.string().default("万元"),
  tables: z.record(z.string(), z.unknown()),
});

/** A run of rows under one set of headings. */
interface RowRun {
  readonly block?: Block;
  readonly side?: number;
  readonly headings: readonly string[];
  readonly rows: z.infer<typeof printedRows>;
}

interface LookedAt {
  /** Absent when no figure's place is sure. */
  readonly table?: TableData;
  readonly faults: readonly ImportFault[];
}

/** A printed table for who checks it without taking it in: a row of a wrong name is read by its code. */
export function lookAtTable(
  edition: Edition,
  form: Form,
  { value, unit }: { readonly value: unknown; readonly unit: AmountUnit },
): LookedAt {
  const parsed = parsePrinted(form, value);
  if (!parsed.ok) return { faults: parsed.error };
  const { faults, rows } = parsed.value;
  const survey = surveySourceTable(edition, form, { unit, rows });
  const doubts = [...faults, ...survey.faults].filter((fault) => !leavesNoDoubt(fault, rows));
  return doubts.length > 0
    ? { faults: doubts }
    : {
        table: survey.table,
        // What a table's own rules report is not reported twice.
        faults: survey.faults.filter(({ kind }) => kind === "row_mismatch"),
      };
}

function readPrinted(
  edition: Edition,
  form: Form,
  value: unknown,
  unit: AmountUnit,
): Result<TableData, ImportFault[]> {
  const parsed = parsePrinted(form, value);
  if (!parsed.ok) return parsed;
  const { faults, rows } = parsed.value;
  const table = readSourceTable(edition, form, { unit, rows });
  if (faults.length === 0) return table;
  return err(table.ok ? faults : [...faults, ...table.error]);
}

interface ParsedTable {
  readonly rows: readonly SourceRow[];
  readonly faults: ImportFault[];
}

function parsePrinted(form: Form, value: unknown): Result<ParsedTable, ImportFault[]> {
  const isTwoSided =
    form.blocks.length === 2 && form.blocks.every(({ lead }) => !lead.includes("code"));
  const parsed = (isTwoSided ? twoSidedSchema : listedSchema).safeParse(value);
  if (!parsed.success) return err(unreadable(parsed.error, form));
  const { title } = parsed.data;
  const isOther = title !== undefined && comparableName(title) !== comparableName(form.title);
  if (isOther) {
    const at = { table: form.id };
    return err([{ kind: "wrong_table", at, expected: form.title, actual: title }]);
  }
  const parts = "rows" in parsed.data ? listedRuns(parsed.data) : sides(form, parsed.data);
  const faults = parts.flatMap((part) => faultsOfRun(form, part));
  return ok({ faults, rows: parts.flatMap((part) => sourceRows(form, part)) });
}

function listedRuns({ columns, rows, totals }: z.infer<typeof listedSchema>): RowRun[] {
  const printedApart = Object.entries(totals).map(([name, total]) => ({
    code: "",
    name,
    values: [total],
  }));
  return [
    { headings: columns, rows },
    { headings: columns.slice(0, 1), rows: printedApart },
  ];
}

const sides = (form: Form, data: z.infer<typeof twoSidedSchema>): RowRun[] =>
  form.blocks.map((block, side) => ({
    block,
    side,
    headings: side === 0 ? data.columns.income : data.columns.expense,
    rows: side === 0 ? data.income : data.expense,
  }));

function faultsOfRun(form: Form, { block, headings, rows }: RowRun): ImportFault[] {
  const at = { table: form.id };
  const keys = headings.map((heading) => columnByHeading(form, heading, block));
  const wanted = block?.columns ?? form.blocks[0]?.columns ?? [];
  const missing = rows.length === 0 ? [] : wanted.filter(({ key }) => !keys.includes(key));
  return [
    ...headings.flatMap((name, index): ImportFault[] => {
      const key = keys[index];
      if (key === undefined) return [{ kind: "unknown_column", at, name }];
      return keys.indexOf(key) < index ? [{ kind: "repeated_column", at, name }] : [];
    }),
    ...missing.map(({ name }): ImportFault => ({ kind: "missing_column", at, name })),
    ...rows.flatMap((row): ImportFault[] => {
      const [expected, actual] = [headings.length, row.values.length];
      const place = placeOf(form, { ...row, values: [] });
      return actual === expected ? [] : [{ kind: "wrong_width", at: place, expected, actual }];
    }),
  ];
}

function sourceRows(form: Form, { block, side, headings, rows }: RowRun): SourceRow[] {
  const columns = headings.map((heading) => columnByHeading(form, heading, block));
  return rows.map((row) => ({
    code: row.code.replace(/\s/gu, ""),
    name: row.name,
    ...(side === undefined ? {} : { side }),
    values: headings.flatMap((heading, index) => {
      const column = columns[index];
      return column === undefined ? [] : [{ column, heading, text: row.values[index] ?? "" }];
    }),
  }));
}

const named = (
  tableId: TableId,
  table: Result<TableData, ImportFault[]>,
): Result<ImportedTable, ImportFault[]> => (table.ok ? ok({ tableId, table: table.value }) : table);

const faultsOfYear = (edition: Edition, year: string): ImportFault[] =>
  yearOf(year) === edition.year
    ? []
    : [{ kind: "wrong_year", at: {}, expected: edition.year, actual: year }];

const noSuchTable = (edition: Edition, id: string): ImportFault => ({
  kind: "wrong_table",
  at: {},
  expected: edition.forms.map((form) => form.title).join("、"),
  actual: id,
});

const unreadable = (error: z.ZodError, form?: Form): ImportFault[] =>
  error.issues.map((issue) => ({
    kind: "unreadable",
    at: form === undefined ? {} : { table: form.id },
    detail: issue.path.map(String).join("."),
  }));
