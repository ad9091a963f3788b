import { printExact, type AmountUnit } from "../money.ts";
import type { TableData, TableRow } from "./table-data.ts";
import { a1, ranges, type GridPlace } from "./a1.ts";
import { isByCode } from "./canonical-table.ts";
import { cellAddress, parseCellAddress, type CellRef } from "./cell.ts";
import { lineageOfCode } from "./codes/code-table.ts";
import type { CellKind, Form, HeadCell } from "./form.ts";
import { entryForm, fixedRows, layoutForm, type PrintedCell } from "./layout.ts";
import { childPattern, partsOf, rowsFitting } from "./sums.ts";
import { isCounted } from "./table-csv.ts";

/**
 * One table as a sheet of a workbook, without the library that writes it: what is where, which
 * cells are typed and which are sums. Amounts are in 万元, exact to the 分.
 */
export interface WorkbookSheet {
  readonly name: string;
  readonly cells: readonly SheetCell[];
  readonly merges: readonly Merge[];
  /** In characters, from the first column on. */
  readonly widths: readonly number[];
  /** Rows above the body: repeated on every page, and kept in view. */
  readonly headRows: number;
  readonly orientation: Form["orientation"];
  /** What is printed: the table without last year's figures. */
  readonly printArea: string;
  /** Rows whose text takes more than one line, with how many. */
  readonly tallRows: ReadonlyMap<number, number>;
  /** Short enough to be read when it is fitted on one page. */
  readonly isOnePage: boolean;
}

/** Both ends belong to it. */
export interface Merge {
  readonly from: GridPlace;
  readonly to: GridPlace;
}

export interface SheetCell extends GridPlace {
  readonly look: Look;
  readonly content?:
    | { readonly text: string }
    | { readonly number: number }
    /** `result` is what the formula gives as long as nobody types: a number, or "" for nothing. */
    | { readonly formula: string; readonly result: number | "" };
}

export interface Look {
  readonly kind: "title" | "line" | "head" | "name" | "code" | "note" | CellKind;
  readonly align?: "left" | "center" | "right";
  /** In characters. */
  readonly indent?: number;
  readonly total?: true;
  /** People may type here; every other cell is locked. */
  readonly input?: true;
  /** A total that is not the sum of its parts and is therefore left as it is. */
  readonly differs?: true;
}

interface SheetSource {
  readonly table: TableData;
  readonly year: number;
  /** 编制单位. */
  readonly orgName: string;
  readonly enteredIn: AmountUnit;
  /** Last year's figures by cell address, in 分 or counts. */
  readonly prior: { readonly [address: string]: number };
}

/** Sheets are named as people know the tables: 公开01表, or the title where no number is printed. */
export const sheetName = (form: Form): string => form.number ?? form.title.replaceAll(/[“”]/gu, "");

/** Printed beside the unit when amounts were typed in 元, so that a file handed back still states it. */
export const typedInYuan = "按元填报";

/** Excel and its kin keep 15 digits: from 10 万亿元 on an amount is written as text. */
const exactBelow = 1_000_000_000_000_000;

/** Lines to add codes in, under those that are there. */
const spareLines = { whenEmpty: 30, whenFilled: 10 };

export function sheetOf(given: Form, source: SheetSource): WorkbookSheet {
  const form = given.layout === "transposed" ? given : entryForm(given);
  const table = withLastYearsCodes(form, source);
  const names = { year: source.year, unit: source.orgName };
  const printed = layoutForm(form, table, names);
  const width = widthOf(form, printed);
  const head = [...printed.head, ...(printed.columnNumbers ? [printed.columnNumbers] : [])];
  const headRows = titleRows + head.length;
  // A note on differences may follow those of the form; then comes an empty line.
  const supplement = supplementLines(form, table, { names, gap: printed.notes.length + 2 });
  const body = placedBody(form, table, [...printed.body, ...supplement], headRows);
  const notes = [...printed.notes, ...(body.some(isDifferent) ? [differenceNote] : [])];
  const ownRows = body.length - supplement.length;
  const bottom = headRows + ownRows;
  const heads = placedHead(head);
  const priors = [
    { lines: body.slice(0, ownRows), head: titleRows + printed.head.length - 1 },
    { lines: body.slice(ownRows), head: bottom + printed.notes.length + 2 },
  ].flatMap((part, index) => {
    const headings = index === 0 ? columnHeadings(form) : supplementHeadings(form);
    return priorColumns({ ...part, headings }, source.prior, width + 1);
  });
  const cells: SheetCell[] = [
    ...titleCells(form, source, width),
    ...heads.cells,
    ...body.flatMap((line) => line.map(({ cell }) => cell)),
    ...priors.flatMap(({ heading, cells: values }) => [heading, ...values]),
    ...notes.map((text, index): SheetCell => ({
      ...{ row: bottom + index, column: 0 },
      look: { kind: "note" },
      content: { text },
    })),
  ];
  const merges = [
    across(0, width),
    ...heads.merges,
    ...body.flatMap((line) => line.flatMap(({ merge }) => merge ?? [])),
    ...notes.map((_, index) => across(bottom + index, width)),
  ];
  const besides = new Set(priors.map(({ heading }) => heading.column)).size;
  const widths = [
    ...widthsOf(form, width),
    ...(besides === 0 ? [] : [2, ...Array.from({ length: besides }, () => 16)]),
  ];
  const lastPrinted = bottom + Math.max(notes.length, 1) - 1;
  return {
    name: sheetName(form),
    cells,
    merges,
    widths,
    headRows,
    orientation: form.orientation,
    tallRows: tallRowsOf(cells, merges, widths),
    isOnePage: lastPrinted < rowsOnOnePage[form.orientation],
    printArea: `A1:${a1({ row: lastPrinted, column: width - 1 })}`,
  };
}

/** So many rows are still read with ease when they share a page. */
const rowsOnOnePage = { portrait: 80, landscape: 56 } as const;

const widthOf = (form: Form, { body }: { readonly body: readonly (readonly unknown[])[] }) =>
  form.layout === "transposed"
    ? (body[0]?.length ?? 1)
    : form.blocks.reduce((sum, block) => sum + block.lead.length + block.columns.length, 0);

/** Begins the rows that an edition holds and does not print, under a table printed sideways. */
export const supplementTitle = "补充资料";
const supplementHeading = `${supplementTitle}（用于审核和情况说明，不在本表公开）`;
/** Columns that a name of these rows takes. */
const supplementNameColumns = 4;

function supplementLines(
  form: Form,
  table: TableData,
  { names, gap }: { readonly names: { year: number; unit: string }; readonly gap: number },
): PrintedCell[][] {
  const [block] = form.blocks;
  const hidden = fixedRows(form).filter(({ unprinted }) => unprinted === true);
  if (form.layout !== "transposed" || block === undefined || hidden.length === 0) return [];
  const upright = entryForm({ ...form, blocks: [{ ...block, rows: hidden }] });
  const heading = [supplementHeading, ...block.columns.map(({ name }) => name)].map(
    (text, index): PrintedCell => ({
      ...{ kind: "name", text, total: true },
      ...(index === 0 ? { colspan: supplementNameColumns } : {}),
    }),
  );
  return [
    ...Array.from({ length: gap }, () => []),
    heading,
    ...layoutForm(upright, table, names).body.map((line) =>
      line.map((cell): PrintedCell =>
        cell.kind === "name" ? { ...cell, colspan: supplementNameColumns } : cell,
      ),
    ),
  ];
}

const supplementHeadings = (form: Form): { readonly [column: number]: string } =>
  Object.fromEntries(
    (form.blocks[0]?.columns ?? []).map(({ name }, index) => [supplementNameColumns + index, name]),
  );

/** As wide as on screen: Chinese letters take two places. */
const textWidth = (text: string): number =>
  text.length + (text.match(/[\u2E80-\uFFE6]/gu)?.length ?? 0);

/** Rows are as high as their longest text needs, wrapped in its cell or in the cells it spans. */
function tallRowsOf(
  cells: readonly SheetCell[],
  merges: readonly Merge[],
  widths: readonly number[],
): ReadonlyMap<number, number> {
  const spans = new Map(merges.map(({ from, to }) => [a1(from), to]));
  const lines = new Map<number, number>();
  for (const { row, column, look, content } of cells) {
    if (content === undefined || !("text" in content) || !wraps.has(look.kind)) continue;
    const to = spans.get(a1({ row, column })) ?? { row, column };
    const room = widths.slice(column, to.column + 1).reduce((sum, width) => sum + width, 0);
    const text = textWidth(content.text) + 2 * (look.indent ?? 0);
    const needed = Math.ceil(Math.ceil(text / Math.max(room - 1, 1)) / (to.row - row + 1));
    for (let at = row; at <= to.row; at += 1) lines.set(at, Math.max(lines.get(at) ?? 1, needed));
  }
  return new Map([...lines].filter(([, count]) => count > 1));
}

/** Kinds of cells whose text runs over several lines. */
export const wraps: ReadonlySet<Look["kind"]> = new Set(["head", "name", "note"]);

/** Title; 编制单位 and number; year and unit. */
const titleRows = 3;

function titleCells(form: Form, source: SheetSource, width: number): SheetCell[] {
  const { orgName, year, enteredIn } = source;
  const says = enteredIn === "yuan" && !isCounted(form) ? `（${typedInYuan}）` : "";
  const unit = `${form.unitLabel}${says}`;
  const line = (row: number, column: number, text: string): SheetCell => ({
    ...{ row, column },
    look: { kind: "line", align: column === 0 ? "left" : "right" },
    content: { text },
  });
  return [
    { row: 0, column: 0, look: { kind: "title" }, content: { text: form.title } },
    line(1, 0, `编制单位：${orgName}`),
    ...(form.number === undefined ? [] : [line(1, width - 1, form.number)]),
    line(2, 0, `${String(year)}年度`),
    line(2, width - 1, unit),
  ];
}

const across = (row: number, width: number): Merge => ({
  from: { row, column: 0 },
  to: { row, column: width - 1 },
});

/** Head cells where their spans put them, as browsers lay out a table. */
function placedHead(head: readonly (readonly HeadCell[])[]): {
  cells: SheetCell[];
  merges: Merge[];
} {
  const taken = new Set<string>();
  const cells: SheetCell[] = [];
  const merges: Merge[] = [];
  for (const [index, line] of head.entries()) {
    const row = titleRows + index;
    let column = 0;
    for (const { text, colspan = 1, rowspan = 1 } of line) {
      while (taken.has(a1({ row, column }))) column += 1;
      const span = { row: row + rowspan - 1, column: column + colspan - 1 };
      for (let y = row; y <= span.row; y += 1) {
        for (let x = column; x <= span.column; x += 1) {
          taken.add(a1({ row: y, column: x }));
          const isFirst = y === row && x === column;
          cells.push({
            ...{ row: y, column: x, look: { kind: "head" } },
            ...(isFirst ? { content: { text } } : {}),
          });
        }
      }
      if (colspan > 1 || rowspan > 1) merges.push({ from: { row, column }, to: span });
      column = span.column + 1;
    }
  }
  return { cells, merges };
}

/** A cell of the body with the figure it holds. */
interface BodyCell {
  readonly cell: SheetCell;
  readonly merge?: Merge;
  readonly ref?: CellRef;
  readonly valueKind?: CellKind;
}

const isDifferent = (line: readonly BodyCell[]) =>
  line.some(({ cell }) => cell.look.differs === true);

function placedBody(
  form: Form,
  table: TableData,
  lines: readonly (readonly PrintedCell[])[],
  headRows: number,
): BodyCell[][] {
  const spare = isByCode(form) ? spareLinesOf(form, table) : [];
  const end = form.totalRow === "last" ? lines.length - 1 : lines.length;
  const all = isByCode(form) ? [...lines.slice(0, end), ...spare, ...lines.slice(end)] : [...lines];
  const rows = new Map(table.rows.map((row) => [row.key, row]));
  const places = new Map<string, Map<string, GridPlace>>();
  for (const [index, line] of all.entries()) {
    forEachPlaced(line, headRows + index, (cell, place) => {
      if (cell.kind !== "value") return;
      const ofRow = places.get(cell.ref.row);
      if (ofRow === undefined) places.set(cell.ref.row, new Map([[cell.ref.column, place]]));
      else ofRow.set(cell.ref.column, place);
    });
  }
  const firstCode = headRows + (form.totalRow === "last" || !isByCode(form) ? 0 : 1);
  const codes = { from: firstCode, to: headRows + end + spare.length - 1 };
  const context: BodyContext = {
    ...{ form, rows, places, codes },
    children: childrenByRow(form, table),
  };
  return all.map((line, index) => {
    const isSpare = index >= end && index < end + spare.length;
    const placed: BodyCell[] = [];
    forEachPlaced(line, headRows + index, (cell, place, colspan) => {
      const placedCell = isSpare ? spareCell : bodyCell;
      placed.push(placedCell(context, cell, place, colspan));
      for (let more = 1; more < colspan; more += 1) {
        placed.push({
          cell: { row: place.row, column: place.column + more, look: { kind: "name" } },
        });
      }
    });
    return placed;
  });
}

function forEachPlaced(
  line: readonly PrintedCell[],
  row: number,
  visit: (cell: PrintedCell, place: GridPlace, colspan: number) => void,
): void {
  let column = 0;
  for (const cell of line) {
    const colspan = "colspan" in cell ? (cell.colspan ?? 1) : 1;
    visit(cell, { row, column }, colspan);
    column += colspan;
  }
}

interface BodyContext {
  readonly form: Form;
  readonly rows: ReadonlyMap<string, TableRow>;
  /** Of values, by row and column key. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, GridPlace>>;
  /** First and last row of the codes, spare lines counted. */
  readonly codes: { readonly from: number; readonly to: number };
  /** Rows by code that a row is the sum of, by its key. */
  readonly children: ReadonlyMap<string, readonly TableRow[]>;
}

function childrenByRow(form: Form, table: TableData): Map<string, readonly TableRow[]> {
  const children = new Map<string, readonly TableRow[]>();
  if (!isByCode(form)) return children;
  for (const key of ["total", ...table.rows.map((row) => row.key)]) {
    const pattern = childPattern(key);
    if (pattern === undefined) continue;
    const fitting = rowsFitting(table.rows, pattern);
    if (fitting.length > 0 || key === "total") children.set(key, fitting);
  }
  return children;
}

function bodyCell(
  context: BodyContext,
  cell: PrintedCell,
  place: GridPlace,
  colspan: number,
): BodyCell {
  const { row, column } = place;
  if (cell.kind === "dash") {
    const look: Look = { kind: "money", align: "center" };
    return { cell: { row, column, look, content: { text: cell.text } } };
  }
  if (cell.kind !== "value") {
    const lead = { row, column, look: leadLook(cell), ...leadContent(cell) };
    if (colspan === 1) return { cell: lead };
    return { cell: lead, merge: { from: place, to: { row, column: column + colspan - 1 } } };
  }
  const { ref, valueKind, value } = cell;
  const sum = sumOf(context, ref, place);
  const isTotal = cell.total === true;
  if (sum !== undefined && sum.value === value && isExact(value ?? 0)) {
    const result: number | "" = value === undefined ? "" : numberOf(valueKind, value);
    const look: Look = isTotal ? { kind: valueKind, total: true } : { kind: valueKind };
    const content = { formula: sum.formula, result };
    return { cell: { row, column, look, content }, ref, valueKind };
  }
  const look: Look = {
    kind: valueKind,
    input: true,
    ...(isTotal ? { total: true } : {}),
    ...(sum === undefined || value === undefined ? {} : { differs: true }),
  };
  if (value === undefined) return { cell: { row, column, look }, ref, valueKind };
  const content = isExact(value)
    ? { number: numberOf(valueKind, value) }
    : { text: valueKind === "count" ? String(value) : printExact(value, "wan") };
  return { cell: { row, column, look, content }, ref, valueKind };
}

const isExact = (value: number) => Math.abs(value) < exactBelow;

const numberOf = (kind: CellKind, value: number) => (kind === "count" ? value : value / 1_000_000);

type PrintedLead = Exclude<PrintedCell, { kind: "dash" | "value" }>;

const leadContent = ({ kind, text }: PrintedLead): Pick<SheetCell, "content"> => {
  if (text === "") return {};
  return { content: kind === "line" ? { number: Number(text) } : { text } };
};

const leadLook = ({ kind, indent, total }: PrintedLead): Look => ({
  kind: kind === "code" ? "code" : kind === "line" ? "count" : "name",
  ...(kind === "line" ? { align: "center" } : {}),
  ...(indent === undefined ? {} : { indent }),
  ...(total === undefined ? {} : { total }),
});

/** What the parts of a cell add up to now, and the formula that says so for ever. */
function sumOf(
  context: BodyContext,
  ref: CellRef,
  place: GridPlace,
): { readonly value: number | undefined; readonly formula: string } | undefined {
  const { form, rows, places } = context;
  const parts = partsOf(form, ref).flatMap((part) => {
    const at = places.get(part.row)?.get(part.column);
    return at === undefined ? [] : [{ at, value: rows.get(part.row)?.cells[part.column] }];
  });
  if (parts.length > 0) {
    const values = parts.map(({ value }) => value);
    return { value: total(values), formula: sumFormula(ranges(parts.map(({ at }) => at))) };
  }
  const children = context.children.get(ref.row);
  const pattern = childPattern(ref.row);
  if (children === undefined || pattern === undefined || !isByCode(form)) return undefined;
  const value = total(children.map(({ cells }) => cells[ref.column]));
  return { value, formula: codeFormula(context, place, ref.row, pattern) };
}

const total = (values: readonly (number | undefined)[]): number | undefined =>
  values.reduce((sum, value) => (value === undefined ? sum : (sum ?? 0) + value), undefined);

/** Nothing typed gives nothing, not zero; rounding takes off what binary fractions leave over. */
const sumFormula = (cells: string): string => `IF(COUNT(${cells})=0,"",ROUND(SUM(${cells}),6))`;

/**
 * By pattern of code, so that a line added later counts at once. Children are below their parent,
 * and the range begins there: it must not hold the cell itself.
 */
function codeFormula(
  { codes }: BodyContext,
  place: GridPlace,
  rowKey: string,
  pattern: string,
): string {
  const from = rowKey === "total" ? codes.from : place.row + 1;
  const column = (at: number) =>
    `${a1({ row: from, column: at })}:${a1({ row: codes.to, column: at })}`;
  const [names, values] = [column(0), column(place.column)];
  return `IF(COUNTIFS(${names},"${pattern}",${values},">-1E+300")=0,"",ROUND(SUMIF(${names},"${pattern}",${values}),6))`;
}

/** Lines for codes that nobody typed yet; `+` begins no valid row key. */
function spareLinesOf(form: Form, table: TableData): PrintedCell[][] {
  const [block] = form.blocks;
  if (block === undefined) return [];
  const isFilled = table.rows.some(({ cells }) => Object.keys(cells).length > 0);
  const count = isFilled ? spareLines.whenFilled : spareLines.whenEmpty;
  return Array.from({ length: count }, (_, index) => [
    ...block.lead.map((kind): PrintedCell => ({ kind, text: "" })),
    ...block.columns.map(({ key }): PrintedCell => ({
      kind: "value",
      ref: { table: form.id, row: `+${String(index)}`, column: key },
      valueKind: "money",
      text: "",
    })),
  ]);
}

function spareCell(context: BodyContext, cell: PrintedCell, place: GridPlace): BodyCell {
  if (cell.kind !== "value") {
    const kind = cell.kind === "code" ? "code" : "name";
    return { cell: { ...place, look: { kind, input: true } } };
  }
  const sum = sumOf(context, cell.ref, place);
  if (sum === undefined) return { cell: { ...place, look: { kind: "money", input: true } } };
  const content = { formula: sum.formula, result: "" as const };
  return { cell: { ...place, look: { kind: "money" }, content } };
}

const differenceNote = "说明：底色为黄的合计与各项之和不一致，按报告现有的数列出，没有设公式。";

/** An empty table by code begins with the codes of last year, so that people need not look them up. */
function withLastYearsCodes(form: Form, { table, prior }: SheetSource): TableData {
  if (!isByCode(form) || table.rows.length > 0) return table;
  const codes = new Set<string>();
  for (const address of Object.keys(prior)) {
    const ref = parseCellAddress(address);
    if (ref?.table !== form.id || form.codeNames?.has(ref.row) !== true) continue;
    for (const code of lineageOfCode(ref.row)) codes.add(code);
  }
  return { rows: [...codes].map((key) => ({ key, cells: {} })) };
}

interface PriorColumn {
  readonly heading: SheetCell;
  readonly cells: readonly SheetCell[];
}

/** Lines of a sheet under one head, with the names of their value columns by place. */
interface PriorPart {
  readonly lines: readonly (readonly BodyCell[])[];
  /** The row of the head. */
  readonly head: number;
  readonly headings: { readonly [column: number]: string };
}

/** Beside the table, a column for each of its columns that has figures of last year. */
function priorColumns(
  { lines, head, headings }: PriorPart,
  prior: SheetSource["prior"],
  first: number,
): PriorColumn[] {
  const byColumn = new Map<number, { row: number; number: number; kind: CellKind }[]>();
  const hasFigures = Object.keys(prior).length > 0;
  for (const { cell, ref, valueKind } of hasFigures ? lines.flat() : []) {
    const value = ref === undefined ? undefined : prior[cellAddress(ref)];
    if (value === undefined || valueKind === undefined) continue;
    const figure = { row: cell.row, number: numberOf(valueKind, value), kind: valueKind };
    const column = byColumn.get(cell.column);
    if (column === undefined) byColumn.set(cell.column, [figure]);
    else column.push(figure);
  }
  return [...byColumn]
    .toSorted(([a], [b]) => a - b)
    .map(([column, values], index) => ({
      heading: {
        ...{ row: head, column: first + index, look: { kind: "head" } },
        content: { text: `上年${headings[column] ?? ""}` },
      },
      cells: values.map(({ row, number, kind }) => ({
        ...{ row, column: first + index, look: { kind }, content: { number } },
      })),
    }));
}

/** 2.公务用车购置及运行维护费 without its number. */
const unnumbered = ({ name }: { readonly name: string }): string =>
  name.replace(/^(?:[一二三]、|\d\.|（\d）)/u, "");

/** 收入决算数, 支出决算数: names of value columns by place, with their side where there are two. */
function columnHeadings(form: Form): { readonly [column: number]: string } {
  if (form.layout === "transposed") {
    const columns = form.blocks[0]?.columns ?? [];
    const items = fixedRows(form).filter(({ unprinted }) => unprinted !== true);
    const names = items.flatMap((item) => columns.map(({ name }) => `${unnumbered(item)}${name}`));
    return Object.fromEntries(names.entries());
  }
  const headings: Record<number, string> = {};
  let column = 0;
  for (const [index, block] of form.blocks.entries()) {
    column += block.lead.length;
    for (const { name } of block.columns) {
      const side = form.blocks.length > 1 ? (form.head[0]?.[index]?.text ?? "") : "";
      headings[column] = `${side}${name}`;
      column += 1;
    }
  }
  return headings;
}

/** In characters; narrower where several blocks share a page. */
const leadWidths = [
  { code: 13, line: 6, name: 38 },
  { code: 9, line: 6, name: 32 },
  { code: 8, line: 6, name: 26 },
] as const;
const valueWidths = [16, 14, 13] as const;
const sidewaysWidth = 13;

function widthsOf(form: Form, width: number): number[] {
  if (form.layout === "transposed") return Array.from({ length: width }, () => sidewaysWidth);
  const blocks = Math.min(form.blocks.length, leadWidths.length) - 1;
  const leads = leadWidths[blocks] ?? leadWidths[0];
  const value = valueWidths[blocks] ?? valueWidths[0];
  return form.blocks.flatMap((block) => [
    ...block.lead.map((lead) => leads[lead]),
    ...block.columns.map(() => value),
  ]);
}
