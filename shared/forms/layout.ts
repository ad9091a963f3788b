import { printWan } from "../money.ts";
import type { TableData, TableRow } from "./table-data.ts";
import type { CellRef } from "./cell.ts";
import type {
  BlankRow,
  Block,
  CellKind,
  FixedRow,
  Form,
  HeadCell,
  LeadColumn,
  TableId,
  ValueColumn,
} from "./form.ts";

/** A table as it is on paper: the one grid behind entry, PDF, portal, csv and xlsx. */
export interface PrintedTable {
  readonly id: TableId;
  readonly title: string;
  /** 公开01表; absent where the edition prints none. */
  readonly number?: string;
  readonly unitLabel: string;
  readonly orientation: Form["orientation"];
  readonly head: readonly (readonly HeadCell[])[];
  /** 栏次. */
  readonly columnNumbers?: readonly HeadCell[];
  /** Every line has the same width, colspans counted. */
  readonly body: readonly (readonly PrintedCell[])[];
  /** 注 and 说明 lines, filled in. */
  readonly notes: readonly string[];
}

interface LeadCell {
  readonly kind: LeadColumn | "blank";
  readonly text: string;
  /** In characters. */
  readonly indent?: number;
  readonly total?: true;
  readonly colspan?: number;
}
/** A cell that does not apply: nothing may be typed in. */
interface DashCell {
  readonly kind: "dash";
  readonly text: typeof dash;
}
interface ValueCell {
  readonly kind: "value";
  readonly ref: CellRef;
  readonly valueKind: CellKind;
  /** 分 or a count; absent when empty, which is not zero. */
  readonly value?: number;
  /** 万元 with two decimals and thousands separators, a plain count, or nothing. */
  readonly text: string;
  readonly total?: true;
}
export type PrintedCell = LeadCell | DashCell | ValueCell;

export const dash = "────";

interface LayoutNames {
  readonly year: number;
  /** 编制单位, full name. */
  readonly unit: string;
}

export function layoutForm(form: Form, table: TableData, names: LayoutNames): PrintedTable {
  return {
    id: form.id,
    title: form.title,
    ...(form.number === undefined ? {} : { number: form.number }),
    unitLabel: form.unitLabel,
    orientation: form.orientation,
    head: form.head,
    ...(form.columnNumbers === undefined ? {} : { columnNumbers: form.columnNumbers }),
    body: form.layout === "transposed" ? [transposed(form, table)] : bodyOf(form, table),
    notes: notesOf(form, table).map((note) => filledIn(note, names)),
  };
}

/**
 * The form as it is typed in: rows that the edition does not print are shown as well,
 * and a table printed sideways is upright.
 */
export function entryForm(form: Form): Form {
  const [block, ...others] = form.blocks;
  const isHidden = fixedRows(form).some((row) => row.unprinted === true);
  if (block === undefined || others.length > 0 || !isHidden) return form;
  const heads = [...block.lead.map((lead) => leadTitle[lead]), ...block.columns.map(columnName)];
  return {
    ...form,
    layout: "upright",
    orientation: "portrait",
    head: [heads.map((text) => ({ text }))],
    blocks: [
      {
        ...block,
        rows: asRows(block).map((row) => (isFixed(row) ? { ...row, unprinted: false } : row)),
      },
    ],
  };
}

/** 支出功能分类 rows of a table: 类, 款 and 项 ascending, 合计 where the form has it. */
export function codeRows(form: Form, table: TableData): TableRow[] {
  const codes = table.rows
    .filter((row) => row.key !== "total")
    .toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const total = table.rows.find((row) => row.key === "total") ?? { key: "total", cells: {} };
  return form.totalRow === "last" ? [...codes, total] : [total, ...codes];
}

/** Fixed rows of all blocks, in printed order from left to right. */
export const fixedRows = (form: Form): FixedRow[] =>
  form.blocks.flatMap((block) => asRows(block).filter(isFixed));

export const isFixed = (row: FixedRow | BlankRow): row is FixedRow => !("blank" in row);

const leadTitle = { name: "项目", line: "行次", code: "科目编码" } as const;
const columnName = (column: ValueColumn) => column.name;
const asRows = (block: Block) => (block.rows === "by-function-code" ? [] : block.rows);

type CellsByRow = ReadonlyMap<string, TableRow>;

function bodyOf(form: Form, table: TableData): PrintedCell[][] {
  const byKey: CellsByRow = new Map(table.rows.map((row) => [row.key, row]));
  const sides = form.blocks.map((block) => linesOf(form, block, table, byKey));
  const height = Math.max(...sides.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    form.blocks.reduce<PrintedCell[]>((cells, block, side) => {
      const own = sides[side]?.[line];
      if (own?.joinsPrevious !== true) return [...cells, ...(own?.cells ?? empty(block))];
      const previous = form.blocks[side - 1];
      const joined = previous === undefined ? 0 : widthOf(previous);
      return [...cells.slice(0, cells.length - joined), ...widened(own.cells, joined)];
    }, []),
  );
}

interface Line {
  readonly cells: readonly PrintedCell[];
  readonly joinsPrevious?: true;
}

function linesOf(form: Form, block: Block, table: TableData, byKey: CellsByRow): Line[] {
  if (block.rows === "by-function-code") {
    return codeRows(form, table).map((row) => ({ cells: codeLine(form, block, row) }));
  }
  return block.rows
    .filter((row) => !isFixed(row) || row.unprinted !== true)
    .map((row) =>
      isFixed(row)
        ? {
            cells: [...leadCells(block, row), ...valueCells(form.id, block, row, byKey)],
            ...(row.joinsPrevious === true ? { joinsPrevious: true } : {}),
          }
        : { cells: empty(block, row.line) },
    );
}

function codeLine(form: Form, block: Block, row: TableRow): PrintedCell[] {
  const isTotal = row.key === "total";
  const values = block.columns.map((column) =>
    valueCell({ table: form.id, row: row.key, column: column.key }, "money", row, isTotal),
  );
  if (isTotal) {
    return [{ kind: "name", text: "合计", total: true, colspan: block.lead.length }, ...values];
  }
  const name = form.codeNames?.get(row.key) ?? row.name ?? "";
  const leads = block.lead.map((lead): LeadCell => {
    if (lead === "code") return { kind: "code", text: row.key };
    return { kind: "name", text: name, indent: (row.key.length - 3) / 2 };
  });
  return [...leads, ...values];
}

/** A row without a printed code gives its name the width of the code as well. */
function leadCells(block: Block, row: FixedRow): LeadCell[] {
  const name: LeadCell = {
    kind: "name",
    text: row.name,
    ...(row.indent === undefined ? {} : { indent: row.indent }),
    ...(row.total === undefined ? {} : { total: row.total }),
  };
  if (block.lead.includes("code") && row.code === undefined) {
    return [{ ...name, colspan: block.lead.length }];
  }
  return block.lead.map((lead): LeadCell => {
    if (lead === "name") return name;
    return { kind: lead, text: lead === "code" ? (row.code ?? "") : String(row.line ?? "") };
  });
}

function valueCells(
  table: TableId,
  block: Block,
  row: FixedRow,
  byKey: CellsByRow,
): (ValueCell | DashCell)[] {
  return block.columns.map((column) =>
    row.dashes?.includes(column.key) === true
      ? { kind: "dash", text: dash }
      : valueCell(
          { table, row: row.key, column: column.key },
          row.kind ?? "money",
          byKey.get(row.key),
          row.total === true,
        ),
  );
}

function valueCell(
  ref: CellRef,
  valueKind: CellKind,
  row: TableRow | undefined,
  total: boolean,
): ValueCell {
  const value = row?.cells[ref.column];
  return {
    kind: "value",
    ref,
    valueKind,
    ...(value === undefined ? {} : { value }),
    text: printedValue(valueKind, value),
    ...(total ? { total } : {}),
  };
}

/** A cell's text as the tables print it. */
export function printedValue(kind: CellKind, value: number | undefined): string {
  if (value === undefined) return "";
  return kind === "count" ? String(value) : printWan(value, { thousands: true });
}

function empty(block: Block, line?: number): LeadCell[] {
  return [
    ...block.lead.map((lead): LeadCell =>
      lead === "line" && line !== undefined
        ? { kind: "line", text: String(line) }
        : { kind: "blank", text: "" },
    ),
    ...block.columns.map((): LeadCell => ({ kind: "blank", text: "" })),
  ];
}

const widthOf = (block: Block) => block.lead.length + block.columns.length;

function widened(cells: readonly PrintedCell[], by: number): PrintedCell[] {
  const [name, ...rest] = cells;
  if (name === undefined || name.kind === "dash" || name.kind === "value") return [...cells];
  return [{ ...name, colspan: (name.colspan ?? 1) + by }, ...rest];
}

function transposed(form: Form, table: TableData): PrintedCell[] {
  const byKey: CellsByRow = new Map(table.rows.map((row) => [row.key, row]));
  return form.blocks.flatMap((block) =>
    asRows(block)
      .filter(isFixed)
      .filter((row) => row.unprinted !== true)
      .flatMap((row) => valueCells(form.id, block, row, byKey)),
  );
}

function notesOf(form: Form, table: TableData): string[] {
  const { blankNote } = form;
  const isShown = blankNote !== undefined && (blankNote.when === "always" || !hasFigures(table));
  return isShown ? [...form.notes, blankNote.text] : [...form.notes];
}

/** Whether any cell holds something other than nothing and zero. */
const hasFigures = (table: TableData) =>
  table.rows.some((row) => Object.values(row.cells).some((value) => value !== 0));

const filledIn = (note: string, { year, unit }: LayoutNames) =>
  note.replaceAll("{year}", String(year)).replaceAll("{unit}", unit);
