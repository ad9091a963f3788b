import { validateTable, type TableFault } from "../forms/canonical-table.ts";
import { parentCode } from "../forms/codes/code-table.ts";
import { cellAddress, type CellRef } from "../forms/cell.ts";
import type { Edition, FixedRow, Form, TableId } from "../forms/form.ts";
import { writeNarrative } from "../narrative/write-narrative.ts";
import type { WrittenNarrative } from "../narrative/written.ts";
import type { Report } from "../report/report.ts";
import type { TableData, TableRow } from "../forms/table-data.ts";
import { tableIn } from "../report/section-ids.ts";

/** A place in a form that a rule names; without row or column it means the table as such. */
export interface Reference {
  readonly table: TableId;
  /** A row key, or the form's rows of that shape. */
  readonly row?: string | RegExp;
  readonly column?: string;
  /** Of last year's report, as kept in this one's facts. */
  readonly prior?: true;
}

/** A form's rows and columns by key. */
interface FormIndex {
  readonly form: Form;
  /** Fixed rows in printed order. */
  readonly rows: ReadonlyMap<string, FixedRow>;
  /** Column keys that a fixed row takes. */
  readonly columnsOfRow: ReadonlyMap<string, ReadonlySet<string>>;
  /** All column keys, in printed order. */
  readonly columns: ReadonlySet<string>;
  readonly byCode: boolean;
}

/** A table of the report, ready for rules. */
export interface IndexedTable extends FormIndex {
  readonly data: TableData;
  readonly filled: ReadonlyMap<string, TableRow>;
  /** Of a table by code: the 类 codes, and every code's children that the table lists. */
  readonly classes: readonly string[];
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Rows, columns and codes that are not the form's. */
  readonly formFaults: readonly TableFault[];
  readonly unfit?: Unfitness;
}

/** What makes a table's figures unfit for arithmetic. */
type Unfitness = "duplicate_rows" | "amounts_too_large";

/** What rules read: the report's cells, forms and code hierarchy, indexed once a check. */
export interface CheckContext {
  readonly report: Report;
  /** How often each amount was rounded to 0.01 万元 on its way; never where 元 were typed. */
  readonly roundings: number;
  readonly tables: ReadonlyMap<TableId, IndexedTable>;
  /** 情况说明 of the report, written when the first rule needs it. */
  readonly narrative: () => WrittenNarrative;
}

export const functionCode = /^\d{3}(?:\d{2}){0,2}$/u;

/** `narrative` where it is written already. */
export function createContext(report: Report, narrative?: WrittenNarrative): CheckContext {
  const tables = new Map<TableId, IndexedTable>();
  for (const form of report.edition.forms) {
    tables.set(
      form.id,
      indexTable(report.edition, indexOnce(form), tableIn(report.sections, form.id)),
    );
  }
  let written = narrative;
  return {
    report,
    roundings: roundingsOf(report),
    tables,
    narrative: () => (written ??= writeNarrative(report)),
  };
}

/** An amount of a department is the sum of what each unit rounded. */
export function roundingsOf({ sections: { facts, adjustments }, units }: Report): number {
  if (facts.enteredIn === "yuan") return 0;
  const rounded = units
    ? units.filter(({ sections }) => sections.facts.enteredIn === "wan").length
    : Object.keys(adjustments.basis ?? {}).length;
  return Math.max(1, rounded);
}

export function valueOf(context: CheckContext, ref: CellRef): number | undefined {
  return context.tables.get(ref.table)?.filled.get(ref.row)?.cells[ref.column];
}

/** Last year's figure as typed or rolled forward. */
export const priorValueOf = (context: CheckContext, ref: CellRef): number | undefined =>
  context.report.sections.facts.prior[cellAddress(ref)];

const indexes = new WeakMap<Form, FormIndex>();

function indexOnce(form: Form): FormIndex {
  let index = indexes.get(form);
  if (index === undefined) {
    index = indexForm(form);
    indexes.set(form, index);
  }
  return index;
}

/** Whether an edition has what a rule names. */
export function hasReference(
  forms: ReadonlyMap<TableId, FormIndex>,
  { table, row, column }: Reference,
): boolean {
  const form = forms.get(table);
  if (form === undefined) return false;
  const fits = (columns: ReadonlySet<string> | undefined): boolean =>
    column === undefined || (columns?.has(column) ?? false);
  if (row === undefined) return fits(form.columns);
  if (row instanceof RegExp) {
    return rowsLike(form, row).some((key) => fits(form.columnsOfRow.get(key)));
  }
  if (form.byCode) return (row === "total" || functionCode.test(row)) && fits(form.columns);
  return form.rows.has(row) && fits(form.columnsOfRow.get(row));
}

/** Keys of the form's fixed rows of that shape, in printed order. */
export function rowsLike({ rows }: FormIndex, shape: RegExp): readonly string[] {
  const known = rowsOfShapes.get(rows) ?? new Map<RegExp, readonly string[]>();
  rowsOfShapes.set(rows, known);
  let keys = known.get(shape);
  if (keys === undefined) {
    keys = [...rows.keys()].filter((key) => shape.test(key));
    known.set(shape, keys);
  }
  return keys;
}

const rowsOfShapes = new WeakMap<FormIndex["rows"], Map<RegExp, readonly string[]>>();

export function isCount(context: CheckContext, ref: Pick<CellRef, "table" | "row">): boolean {
  return context.tables.get(ref.table)?.rows.get(ref.row)?.kind === "count";
}

/** Kept as data and stated in the narrative: an edition does not make people fill it. */
export function isUnprinted(context: CheckContext, ref: Pick<CellRef, "table" | "row">): boolean {
  const table = context.tables.get(ref.table);
  return table?.form.unprinted === true || table?.rows.get(ref.row)?.unprinted === true;
}

function indexForm(form: Form): FormIndex {
  const rows = new Map<string, FixedRow>();
  const columnsOfRow = new Map<string, ReadonlySet<string>>();
  const columns = new Set<string>();
  let byCode = false;
  for (const block of form.blocks) {
    const keys = new Set(block.columns.map((column) => column.key));
    for (const key of keys) columns.add(key);
    if (block.rows === "by-function-code") {
      byCode = true;
      continue;
    }
    for (const row of block.rows) {
      if ("blank" in row) continue;
      rows.set(row.key, row);
      columnsOfRow.set(row.key, keys);
    }
  }
  return { form, rows, columnsOfRow, columns, byCode };
}

/** Sums of several tables stay exact below this; see `unfit`. */
const largestTableSum = Number.MAX_SAFE_INTEGER / 16;

function indexTable(edition: Edition, form: FormIndex, data: TableData): IndexedTable {
  const filled = new Map<string, TableRow>();
  let magnitude = 0;
  let unfit: Unfitness | undefined;
  for (const row of data.rows) {
    if (filled.has(row.key)) unfit = "duplicate_rows";
    filled.set(row.key, row);
    for (const value of Object.values(row.cells)) magnitude += Math.abs(value);
  }
  if (magnitude > largestTableSum) unfit ??= "amounts_too_large";
  return {
    ...form,
    data,
    filled,
    ...indexCodes(form.byCode ? filled : new Map<string, TableRow>()),
    formFaults: validateTable(edition, form.form, data),
    ...(unfit && { unfit }),
  };
}

function indexCodes(filled: ReadonlyMap<string, TableRow>) {
  const classes: string[] = [];
  const children = new Map<string, string[]>();
  for (const code of filled.keys()) {
    if (!functionCode.test(code)) continue;
    const parent = parentCode(code);
    if (parent === undefined) classes.push(code);
    else {
      const siblings = children.get(parent);
      if (siblings) siblings.push(code);
      else children.set(parent, [code]);
    }
  }
  return { classes, children };
}
