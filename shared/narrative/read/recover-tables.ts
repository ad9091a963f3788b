import type { CellAddress } from "../../forms/cell.ts";
import { columnsOf, isByCode } from "../../forms/canonical-table.ts";
import type { Edition, FixedRow, Form, TableId } from "../../forms/form.ts";
import { fixedRows } from "../../forms/layout.ts";
import { parseAmount, type AmountUnit } from "../../money.ts";
import type { TableData, TableRow } from "../../forms/table-data.ts";
import { readCodeRows } from "./code-rows.ts";
import { readEconomicRows } from "./economic-rows.ts";
import { readFixedRows, type ReadRow, type ReadRows } from "./fixed-rows.ts";
import { isBlock, type Flow, type PrintedTable } from "./flow.ts";
import { placing } from "./column-positions.ts";
import { comparable, tableLine, type TableLine } from "./table-line.ts";

/**
 * Tables that a report's text holds as lines, read back as far as that is safe: a figure is taken only where its
 * row and its column are beyond doubt. What is in doubt is unknown, which is neither empty nor zero.
 */
export interface RecoveredTable {
  readonly id: TableId;
  /** The figures that were read. */
  readonly table: TableData;
  /** Every row of the table was read; one that is not here was not printed. */
  readonly isWhole: boolean;
  /** Whether the cell was read, be it empty. */
  readonly isKnown: (address: CellAddress) => boolean;
  /** All figures of the row were read, under whatever columns: its first is the sum of the others. */
  readonly isRowRead: (row: string) => boolean;
  /** Position of a row in the source. */
  readonly lineOf: (row: string) => TableLine | undefined;
}

export function recoverTables(source: string, flow: Flow, edition: Edition): RecoveredTable[] {
  const raw = source.split("\n");
  const found = new Map<TableId, { form: Form; parts: PrintedTable[] }>();
  for (const part of flow.parts) {
    if (isBlock(part) || part.rows.length === 0) continue;
    const form = formOf(part.title, edition);
    if (form === undefined) continue;
    const known = found.get(form.id);
    if (known) known.parts.push(part);
    else found.set(form.id, { form, parts: [part] });
  }
  const tables = [...found.values()].map(({ form, parts }) => {
    const lines = parts.flatMap(({ rows }) =>
      withoutNotes(rows.map(({ line }) => tableLine(raw[line - 1] ?? "", line))),
    );
    return { form, read: readRows(form, lines), unit: unitIn(lines) };
  });
  const reads = new Map(tables.map(({ form, read }) => [form.id, read]));
  return tables.flatMap(({ form, read, unit }) =>
    read.rows.length === 0 ? [] : [recovered(form, columnsFromOthers(form, read, reads), unit)],
  );
}

type Reads = ReadonlyMap<TableId, ReadRows>;
type Kind = readonly [column: string, table: TableId, rows: readonly string[]];

/** Rows of other tables that tell whether a column has figures. */
const kindsElsewhere: { readonly [Id in TableId]?: readonly Kind[] } = {
  t02: [
    ["fiscal", "t01", ["general", "fund", "capital"]],
    ...(["superior", "business", "operating", "affiliate", "other"] as const).map(
      (kind) => [kind, "t01", [kind]] as const,
    ),
  ],
  t04: (["general", "fund", "capital"] as const).map(
    (kind) => [kind, "t04", [kind, `opening_${kind}`]] as const,
  ),
};

/** Without alignment a row with as many figures as columns are in use still has them in order. */
function columnsFromOthers(form: Form, read: ReadRows, reads: Reads): ReadRows {
  const used = usedColumns(form, reads);
  if (used === undefined) return read;
  const keys = ["total", ...used];
  return {
    ...read,
    rows: read.rows.map((row) =>
      row.values !== undefined ||
      row.figures.length !== keys.length ||
      !columnsOf(form, row.key).some(({ key }) => key === "total")
        ? row
        : { ...row, values: new Map(keys.map((key, index) => [key, row.figures[index] ?? ""])) },
    ),
  };
}

function usedColumns(form: Form, reads: Reads): readonly string[] | undefined {
  if (form.id === "t03") {
    const totalOf = (id: TableId) => reads.get(id)?.rows.find(({ key }) => key === "total");
    const general = totalOf("t05")?.values;
    const used = ["basic", "project"].filter((column) => general?.has(column));
    return used.length + 1 === totalOf("t03")?.figures.length ? used : undefined;
  }
  const kinds = kindsElsewhere[form.id];
  if (kinds?.every(([, table]) => reads.get(table)?.isWhole === true) !== true) return undefined;
  return kinds.flatMap(([column, table, keys]) => {
    const rows = reads.get(table)?.rows.filter(({ key }) => keys.includes(key)) ?? [];
    const isUsed = rows.some(({ figures }) => figures.some((figure) => /[1-9]/u.test(figure)));
    return isUsed ? [column] : [];
  });
}

function readRows(form: Form, lines: readonly TableLine[]): ReadRows {
  if (isByCode(form)) return readCodeRows(form, lines);
  if (form.id === "t06") return readEconomicRows(form, lines);
  return form.layout === "transposed" ? readTransposed(form, lines) : readFixedRows(form, lines);
}

const bareTitle = (title: string): string =>
  comparable(title).replace(
    /^.*?公开\d+表|^(?:20\d\d年度?)?(?:部门|单位)?(?=[收支财一政国])|（[^）]*）$/gu,
    "",
  );

/** Which form a title names; 收入支出 or 支出 alone before 决算表 are two ways to print a fund. */
function formOf(title: string, { forms }: Edition): Form | undefined {
  const name = bareTitle(title);
  const kind = (text: string) => text.replace("收入支出决算表", "支出决算表");
  return forms.find(
    (form) =>
      form.unprinted !== true &&
      (bareTitle(form.title) === name ||
        (/国有资本|政府性基金/u.test(name) && kind(bareTitle(form.title)) === kind(name)) ||
        (form.id === "t09" && /“?三公”?经费(?:支出)?决算表$/u.test(title))),
  );
}

/** 注 and 说明 end a table on its page. */
function withoutNotes(lines: readonly TableLine[]): readonly TableLine[] {
  const end = lines.findIndex(({ text }) =>
    /^(?:注|说明|备注)[：:]/u.test(text.replaceAll(" ", "")),
  );
  return end < 0 ? lines : lines.slice(0, end);
}

function unitIn(lines: readonly TableLine[]): AmountUnit {
  const printed = lines
    .map(({ text }) => /单位[：:](万?元)/u.exec(text.replaceAll(" ", ""))?.[1])
    .find((unit) => unit !== undefined);
  return printed === "元" ? "yuan" : "wan";
}

/** The “三公” table set sideways: one line, 预算数 and 决算数 of six items beside each other. */
function readTransposed(form: Form, lines: readonly TableLine[]): ReadRows {
  const rows = fixedRows(form).filter(({ unprinted }) => unprinted !== true);
  const columns = form.blocks[0]?.columns ?? [];
  const count = rows.length * columns.length;
  const at = lines.findLastIndex(
    ({ tokens }) => tokens.filter(({ text }) => /^(?:预|决)算数$/u.test(text)).length === count,
  );
  const head = lines.slice(0, at + 1);
  const body = lines
    .slice(at + 1)
    .filter(({ tokens }) => tokens.length > 0 && tokens.every(({ kind }) => kind !== "words"));
  const [line, another] = body;
  if (at < 0 || line === undefined || another !== undefined) return { rows: [], isWhole: false };
  const labels = (head.at(-1)?.tokens ?? []).map(({ text, start }) => ({ text, start }));
  const spans = labels.map(({ text, start }) => ({ start, end: start + 2 * text.length }));
  const shown = spans.map(({ start, end }) => ({ kind: "number" as const, text: "", start, end }));
  const place = placing(
    spans.map((_, index) => ({ name: String(index) })),
    [],
    [shown, line.tokens],
  );
  const columnsAt = place(line.tokens);
  if (columnsAt === undefined) return { rows: [], isWhole: false };
  const figures = new Map(
    columnsAt.map((column, index) => [column, line.tokens[index]?.text ?? ""]),
  );
  return {
    isWhole: true,
    rows: rows.map((row, index): ReadRow => {
      const own = columns.flatMap(({ key }, column) => {
        const figure = figures.get(index * columns.length + column);
        return figure === undefined ? [] : [[key, figure] as const];
      });
      return { key: row.key, line, figures: own.map(([, figure]) => figure), values: new Map(own) };
    }),
  };
}

function recovered(form: Form, { rows, isWhole }: ReadRows, unit: AmountUnit): RecoveredTable {
  const kinds = new Map(fixedRows(form).map((row) => [row.key, row]));
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const read = new Map(rows.map((row) => [row.key, cellsOf(form, row, kinds.get(row.key), unit)]));
  const table: TableData = {
    rows: [...read].flatMap(([key, { cells }]): TableRow[] =>
      Object.keys(cells).length === 0 ? [] : [{ key, cells }],
    ),
  };
  const isAllRead = isWhole && [...read.values()].every(({ isSound }) => isSound);
  return {
    id: form.id,
    table,
    isWhole: isAllRead,
    isRowRead: (row) => isAllRead && read.has(row),
    isKnown: (address) => {
      const [, row = "", column = ""] = address.split("/");
      const own = read.get(row);
      if (own === undefined) return false;
      if (own.cells[column] !== undefined) return own.isPlaced || column === "total";
      return isAllRead && own.isPlaced && columnsOf(form, row).some(({ key }) => key === column);
    },
    lineOf: (row) => byKey.get(row)?.line,
  };
}

interface ReadCells {
  readonly cells: { readonly [column: string]: number };
  /** Its figures are under known columns. */
  readonly isPlaced: boolean;
  readonly isSound: boolean;
}

function cellsOf(
  form: Form,
  row: ReadRow,
  fixed: FixedRow | undefined,
  unit: AmountUnit,
): ReadCells {
  const values = row.values ?? inOrder(form, row);
  const parsed = [...values].map(
    ([column, text]) => [column, amountOf(text, fixed, unit)] as const,
  );
  const cells = parsed.flatMap(([column, value]) =>
    value === undefined ? [] : [[column, value] as const],
  );
  return {
    cells: Object.fromEntries(cells),
    isPlaced: row.values !== undefined,
    isSound: cells.length === parsed.length,
  };
}

/**
 * Where a row's columns are not known, its first figure is still the total, which every row has; the others are put
 * in any column, for the sum alone.
 */
function inOrder(form: Form, { key, figures }: ReadRow): ReadonlyMap<string, string> {
  const columns = columnsOf(form, key);
  if (columns[0]?.key !== "total" || figures.length > columns.length) return new Map();
  return new Map(
    columns.flatMap((column, index) => {
      const figure = figures[index];
      return figure === undefined ? [] : [[column.key, figure] as const];
    }),
  );
}

function amountOf(text: string, row: FixedRow | undefined, unit: AmountUnit): number | undefined {
  if (row?.kind === "count")
    return /^\d+$/u.test(text.replaceAll(",", "")) ? Number(text.replaceAll(",", "")) : undefined;
  const amount = parseAmount(text, unit);
  return amount.ok ? amount.value : undefined;
}
