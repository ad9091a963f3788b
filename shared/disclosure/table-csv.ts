import { codeRows, dash, isFixed } from "../forms/layout.ts";
import type { Block, CellKind, Form, ValueColumn } from "../forms/form.ts";
import { printWan } from "../money.ts";
import type { TableData } from "../forms/table-data.ts";
import { csvText } from "../text/csv.ts";

/** What every table's CSV starts with; the value columns of the form follow. */
export const leadFields = [
  { name: "行键", title: "行的稳定标识，跨年度不变" },
  { name: "科目编码", title: "政府收支分类科目编码" },
  { name: "行次", title: "报表行次" },
  { name: "项目", title: "报表项目或科目名称" },
  { name: "计量", title: "万元，或按项目名称所示单位计的数量" },
] as const;

/**
 * One statutory table as open data: a row a printed row, money in 万元 with two decimals and no
 * separators, an empty cell empty, a cell that does not apply `────`.
 */
export function tableCsv(form: Form, table: TableData): string {
  const columns = valueFields(form);
  const heads = [...leadFields.map(({ name }) => name), ...columns.map(({ name }) => name)];
  const rows = form.blocks.flatMap((block) => blockRows(form, block, table, columns));
  return csvText([heads, ...rows]);
}

/** Value columns of all blocks, each once; equal names are distinguished by their key. */
export function valueFields(form: Form): ValueColumn[] {
  const byKey = new Map<string, ValueColumn>();
  for (const column of form.blocks.flatMap(({ columns }) => columns)) {
    if (!byKey.has(column.key)) byKey.set(column.key, column);
  }
  const columns = [...byKey.values()];
  const isUnique = (name: string) => columns.filter((other) => other.name === name).length === 1;
  return columns.map((column) =>
    isUnique(column.name) ? column : { ...column, name: `${column.name}（${column.key}）` },
  );
}

function blockRows(
  form: Form,
  block: Block,
  table: TableData,
  columns: readonly ValueColumn[],
): string[][] {
  const cellsOf = (key: string) => table.rows.find((row) => row.key === key)?.cells ?? {};
  const values = (key: string, kind: CellKind, dashes: readonly string[] = []) => {
    const cells = cellsOf(key);
    const own = new Set(block.columns.map((column) => column.key));
    return columns.map((column) => {
      if (!own.has(column.key)) return "";
      return dashes.includes(column.key) ? dash : printed(kind, cells[column.key]);
    });
  };
  if (block.rows === "by-function-code") {
    return codeRows(form, table).map(({ key, name = "" }) => {
      const isTotal = key === "total";
      const title = isTotal ? "合计" : (form.codeNames?.get(key) ?? name);
      return [key, isTotal ? "" : key, "", title, "万元", ...values(key, "money")];
    });
  }
  return block.rows
    .filter(isFixed)
    .filter(({ unprinted }) => unprinted !== true)
    .map(({ key, code = "", line, name, kind = "money", dashes }) => [
      ...[key, code, line === undefined ? "" : String(line), name],
      ...[kind === "money" ? "万元" : "数量", ...values(key, kind, dashes)],
    ]);
}

function printed(kind: CellKind, value: number | undefined): string {
  if (value === undefined) return "";
  return kind === "count" ? String(value) : printWan(value);
}
