import { a1, type GridPlace } from "./a1.ts";
import { comparableName } from "./canonical-table.ts";
import type { Block, Edition, Form } from "./form.ts";
import { err, ok, type Result } from "../result.ts";
import type { ImportFault, ImportPlace } from "./import-fault.ts";
import { columnByHeading } from "./source-table.ts";
import { amountUnitOf, isCounted } from "./table-csv.ts";
import { mergedInto, textAt, type SheetGrid } from "./workbook-grid.ts";
import { typedInYuan } from "./workbook-sheet.ts";
import type { AmountUnit } from "../money.ts";

/** What is above the body of a sheet: which table it is, whose, of which year, in which unit. */

/** So many rows from the first filled one on may be above the body. */
const headWithin = 30;

/** Which table a sheet is, by its title, else by its number, else by the sheet's name. */
export function recognise(
  edition: Edition,
  grid: SheetGrid,
): Result<Form | undefined, ImportFault> {
  const cells = rowsFrom(grid, firstFilledRow(grid), 12).flatMap((row) => filledCells(grid, row));
  const named = (find: typeof titled) =>
    cells.flatMap(({ text, place }) => {
      const form = find(edition, text);
      return form === undefined ? [] : [{ form, place }];
    });
  const [byTitle, ...more] = named(titled);
  // A page that names several tables is a list of contents.
  if (more.some(({ form }) => form !== byTitle?.form)) return ok(undefined);
  const byNumber = named(numbered);
  const other = byNumber.find(({ form }) => form !== byTitle?.form);
  if (byTitle !== undefined && other !== undefined) {
    const at = placeIn(grid, other.place);
    const [expected, actual] = [byTitle.form.number ?? "", other.form.number ?? ""];
    return err({ kind: "wrong_table", at, expected, actual });
  }
  const found = byTitle ?? byNumber[0];
  return ok(found?.form ?? titled(edition, grid.name) ?? numbered(edition, grid.name));
}

/** A title may follow the year or an office's name, but not be the tail of another title. */
function titled(edition: Edition, text: string): Form | undefined {
  const plain = comparableName(text).replace(/\(.{1,8}\)$/u, "");
  const fitting = edition.forms.filter(({ title }) => {
    const wanted = comparableName(title);
    if (!plain.endsWith(wanted)) return false;
    const before = plain.slice(0, -wanted.length);
    return !/(?:收入|支出|基本|项目|拨款|预算|经费|公共|决算)$/u.test(before);
  });
  return fitting.toSorted((a, b) => b.title.length - a.title.length)[0];
}

function numbered(edition: Edition, text: string): Form | undefined {
  const number = /公开\d{2}表/u.exec(comparableName(text))?.[0];
  return number === undefined ? undefined : edition.forms.find((form) => form.number === number);
}

/** Where the columns of a sheet are, block by block. */
export interface SheetColumns {
  /** The row of the column names; the body begins below it. */
  readonly row: number;
  readonly blocks: readonly BlockColumns[];
  /** Named columns that the table does not have. */
  readonly unknown: readonly { readonly column: number; readonly heading: string }[];
  /** Printed sideways: one line of values, item by item. */
  readonly sideways?: true;
}

export interface BlockColumns {
  readonly codes: readonly number[];
  readonly names: readonly number[];
  readonly values: readonly ValuePlace[];
}

interface ValuePlace {
  readonly column: number;
  readonly key: string;
  readonly heading: string;
}

/** The row that names most of the form's columns; undefined when no row names any. */
export function findColumns(form: Form, grid: SheetGrid): SheetColumns | undefined {
  const first = firstFilledRow(grid);
  const anchor = mergedInto(grid);
  let best: { readonly columns: SheetColumns; readonly score: number } | undefined;
  for (const row of rowsFrom(grid, first, headWithin)) {
    if (!namesColumns(form, filledCells(grid, row))) continue;
    const columns = columnsAt(form, grid, { row, first, anchor });
    const score = scoreOf(columns);
    const hasValues = columns.blocks.some(({ values }) => values.length > 0);
    if (hasValues && score >= (best?.score ?? 0)) best = { columns, score };
  }
  return best?.columns;
}

/** A line of the body (合计) may look like one name; a head has what names lines, or several names. */
function namesColumns(form: Form, own: readonly FilledCell[]): boolean {
  const headings = own.map(({ text }) => comparableName(text));
  const values = headings.filter((heading) => columnByHeading(form, heading) !== undefined);
  return values.length > 1 || headings.some((heading) => leadOf(heading) !== undefined);
}

const scoreOf = ({ blocks }: SheetColumns) =>
  blocks.reduce(
    (sum, { codes, names, values }) =>
      sum + 2 * values.length + Math.min(codes.length, 1) + Math.min(names.length, 1),
    0,
  );

interface HeadRow {
  readonly row: number;
  readonly first: number;
  readonly anchor: (place: GridPlace) => GridPlace;
}

function columnsAt(form: Form, grid: SheetGrid, head: HeadRow): SheetColumns {
  const blocks: { codes: number[]; names: number[]; values: ValuePlace[] }[] = [];
  const unknown: { column: number; heading: string }[] = [];
  let isAfterValues = true;
  const width = Math.max(
    ...rowsFrom(grid, head.first, headWithin).map((row) => widthOf(grid, row)),
  );
  const leadOrValue = (column: number, heading: string) => {
    const lead = leadOf(heading);
    if (lead !== undefined) {
      if (isAfterValues) blocks.push({ codes: [], names: [], values: [] });
      isAfterValues = false;
      if (lead === "code") blocks.at(-1)?.codes.push(column);
      if (lead === "name") blocks.at(-1)?.names.push(column);
      return;
    }
    const formBlock: Block | undefined = form.blocks[Math.max(blocks.length - 1, 0)];
    const key = formBlock && columnByHeading(form, heading, formBlock);
    if (key === undefined) {
      if (!heading.startsWith("上年")) unknown.push({ column, heading });
      return;
    }
    if (blocks.length === 0) blocks.push({ codes: [], names: [], values: [] });
    isAfterValues = true;
    blocks.at(-1)?.values.push({ column, key, heading });
  };
  for (let column = 0; column < width; column += 1) {
    const heading = headingAt(grid, head, column);
    if (heading !== "") leadOrValue(column, heading);
  }
  const isSideways =
    form.layout === "transposed" &&
    blocks.every(({ names }) => names.length === 0) &&
    blocks.some(({ values }) => values.length > 2);
  return { row: head.row, blocks, unknown, ...(isSideways ? { sideways: true } : {}) };
}

/** A column's name at a row: of the cell, of the one it is merged into, or of the head just above. */
function headingAt(grid: SheetGrid, { row, first, anchor }: HeadRow, column: number): string {
  for (let above = row; above >= Math.max(first, row - 3); above -= 1) {
    const text = textAt(grid, anchor({ row: above, column }));
    if (text !== "") return comparableName(text);
  }
  return "";
}

function leadOf(heading: string): "code" | "name" | "line" | undefined {
  if (/^(?:行次|栏次|序号)$/u.test(heading)) return "line";
  if (/编码$|代码$|^[类款项]$|^类款项$/u.test(heading)) return "code";
  return /^项目(?:\(.*\)|名称)?$|^(?:科目)?名称$|科目名称$/u.test(heading) ? "name" : undefined;
}

/** What the lines above the column names say. */
export interface SheetOrigin {
  /** Undefined for a table of counts. */
  readonly unit?: AmountUnit;
  /** 万元 that were typed in 元. */
  readonly isTypedInYuan: boolean;
  readonly orgName?: { readonly text: string; readonly at: ImportPlace };
  readonly faults: readonly ImportFault[];
}

export function readOrigin(
  edition: Edition,
  form: Form,
  grid: SheetGrid,
  headRow: number,
): SheetOrigin {
  const { amountUnit, orgName, years, isTypedInYuan } = originAbove(grid, headRow);
  const unit =
    isCounted(form) || amountUnit === undefined ? undefined : amountUnitOf(amountUnit.text);
  const placed = (place: ImportPlace) => ({ table: form.id, ...place });
  const faults: ImportFault[] = [];
  if (!isCounted(form) && amountUnit === undefined) {
    faults.push({ kind: "no_unit", at: placed({ sheet: grid.name }) });
  } else if (!isCounted(form) && amountUnit !== undefined && unit === undefined) {
    faults.push({ kind: "wrong_unit", at: placed(amountUnit.at), actual: amountUnit.text });
  }
  const [other] = years;
  if (other !== undefined && years.every(({ year }) => year !== edition.year)) {
    const [expected, actual] = [edition.year, String(other.year)];
    faults.push({ kind: "wrong_year", at: placed(other.at), expected, actual });
  }
  return {
    ...(unit === undefined ? {} : { unit }),
    ...(orgName === undefined ? {} : { orgName }),
    isTypedInYuan,
    faults,
  };
}

/** What the lines above a head say, as written there. */
export interface OriginAbove {
  /** 元, 万元, 千元 …; undefined where none is stated. */
  readonly amountUnit?: OriginText;
  readonly orgName?: OriginText;
  /** Days (2023年8月) do not count. */
  readonly years: readonly { readonly year: number; readonly at: ImportPlace }[];
  readonly isTypedInYuan: boolean;
}
interface OriginText {
  readonly text: string;
  readonly at: ImportPlace;
}

export function originAbove(grid: SheetGrid, headRow: number): OriginAbove {
  const first = firstFilledRow(grid);
  const lines = rowsFrom(grid, first, headRow - first).map((row) => filledCells(grid, row));
  const amountUnit = amountUnitIn(grid, lines);
  const orgName = orgNameOf(grid, lines);
  return {
    ...(amountUnit === undefined ? {} : { amountUnit }),
    ...(orgName === undefined ? {} : { orgName }),
    years: lines.flat().flatMap(({ text, place }) =>
      [...compact(text).matchAll(/(\d{4})年(?!\d)/gu)].map(([, year = ""]) => ({
        year: Number(year),
        at: placeIn(grid, place),
      })),
    ),
    isTypedInYuan: lines.flat().some(({ text }) => text.includes(typedInYuan)),
  };
}

type FilledCell = { readonly text: string; readonly place: GridPlace };
type Lines = readonly (readonly FilledCell[])[];

const compact = (text: string) => text.normalize("NFKC").replace(/\s/gu, "");

/** 金额单位：万元, in one cell or in two; 编制单位：… is not it. */
function amountUnitIn(grid: SheetGrid, lines: Lines): OriginText | undefined {
  for (const line of lines) {
    for (const [index, { text, place }] of line.entries()) {
      const labelled = `${compact(text)}${isLabel(text) ? compact(line[index + 1]?.text ?? "") : ""}`;
      const actual = /(?:金额|计量|(?<!编制|填报|预算|主管))单位:(?:人民币)?([百千万亿]*元)/u.exec(
        labelled,
      )?.[1];
      if (actual !== undefined) return { text: actual, at: placeIn(grid, place) };
    }
  }
  return undefined;
}

const isLabel = (text: string) => /[:：]\s*$/u.test(text);

function orgNameOf(grid: SheetGrid, lines: Lines): OriginText | undefined {
  const label =
    /^(?:编制单位|编制部门|填报单位|单位名称|部门名称|公开部门|公开单位|部门|单位)\s*[:：]\s*/u;
  for (const line of lines) {
    for (const [index, { text, place }] of line.entries()) {
      if (!label.test(text)) continue;
      const own = text.replace(label, "");
      const name = (own === "" ? (line[index + 1]?.text ?? "") : own)
        .replace(/\s*(?:\d{4}年|金额单位|单位[:：]).*$/u, "")
        .trim();
      if (name === "" || /^(?:[百千万亿]*元|[台辆套].*)/u.test(name)) continue;
      return { text: name, at: placeIn(grid, place) };
    }
  }
  return undefined;
}

/** The year that most heads of a workbook name: 2022年度. */
export function yearOfSheets(grids: readonly SheetGrid[]): number | undefined {
  const counts = new Map<number, number>();
  for (const grid of grids) {
    const rows = rowsFrom(grid, firstFilledRow(grid), 6);
    const text = compact(
      rows.flatMap((row) => filledCells(grid, row).map((cell) => cell.text)).join(""),
    );
    const year = Number(/(\d{4})年度/u.exec(text)?.[1] ?? 0);
    if (year > 0) counts.set(year, (counts.get(year) ?? 0) + 1);
  }
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

export const placeIn = (grid: SheetGrid, place: GridPlace): ImportPlace => ({
  sheet: grid.name,
  cell: a1(place),
});

const firstFilledRow = (grid: SheetGrid): number =>
  Math.max(
    grid.rows.findIndex((_, row) => filledCells(grid, row).length > 0),
    0,
  );

const rowsFrom = (grid: SheetGrid, first: number, count: number): number[] =>
  Array.from(
    { length: Math.max(0, Math.min(count, grid.rows.length - first)) },
    (_, index) => first + index,
  );

const widthOf = (grid: SheetGrid, row: number) => grid.rows[row]?.length ?? 0;

function filledCells(grid: SheetGrid, row: number): FilledCell[] {
  return (grid.rows[row] ?? []).flatMap((value, column) => {
    if (value === null || typeof value === "object") return [];
    const text = textAt(grid, { row, column });
    return text === "" ? [] : [{ text, place: { row, column } }];
  });
}
