import type { Block, FixedRow, Form } from "../../../shared/forms/form.ts";
import { codeRows, dash, isFixed, printedValue } from "../../../shared/forms/layout.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { TableData, TableRow } from "../../../shared/forms/table-data.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

/** A report as a department hands it round: tables of printed strings, by code and by name. */
export function reportAsPrinted({ identity, edition, sections }: Report) {
  return {
    department: identity.orgName,
    year: identity.year,
    unit: "万元",
    tables: Object.fromEntries(
      edition.forms
        .filter((form) => form.unprinted !== true)
        .map((form) => [form.id, printedTable(form, tableIn(sections, form.id))]),
    ),
  };
}

interface PrintedRow {
  readonly code: string;
  readonly name: string;
  readonly values: readonly string[];
}

function printedTable(form: Form, table: TableData) {
  const { title } = form;
  const [first, second] = form.blocks;
  if (first === undefined) throw new Error(`${form.id} has no block`);
  if (first.rows === "by-function-code") {
    const rows = codeRows(form, table).map((row) => codeRow(form, first, row));
    return { title, columns: names(first), rows };
  }
  const rowsOf = (block: Block) =>
    (block.rows === "by-function-code" ? [] : block.rows)
      .filter(isFixed)
      .filter((row) => row.unprinted !== true)
      .map((row) => ({ row, printed: fixedRow(block, row, table) }));
  if (second !== undefined && !first.lead.includes("code")) {
    return {
      title,
      columns: { income: names(first), expense: names(second) },
      income: rowsOf(first).map(({ printed }) => printed),
      expense: rowsOf(second).map(({ printed }) => printed),
    };
  }
  const rows = form.blocks.flatMap(rowsOf);
  const isApart = ({ code }: FixedRow) => first.lead.includes("code") && code === undefined;
  return {
    title,
    columns: names(first),
    rows: rows.filter(({ row }) => !isApart(row)).map(({ printed }) => printed),
    totals: Object.fromEntries(
      rows
        .filter(({ row }) => isApart(row))
        .map(({ printed }) => [printed.name, printed.values[0] ?? ""]),
    ),
  };
}

const names = (block: Block) => block.columns.map((column) => column.name);

const codeRow = (form: Form, block: Block, { key, cells }: TableRow): PrintedRow => ({
  code: key === "total" ? "" : key,
  name: key === "total" ? "合计" : (form.codeNames?.get(key) ?? ""),
  values: block.columns.map((column) => printedValue("money", cells[column.key])),
});

const fixedRow = (block: Block, row: FixedRow, table: TableData): PrintedRow => ({
  code: row.code ?? "",
  name: row.name,
  values: block.columns.map((column) =>
    row.dashes?.includes(column.key) === true
      ? dash
      : printedValue(
          row.kind ?? "money",
          table.rows.find(({ key }) => key === row.key)?.cells[column.key],
        ),
  ),
});
