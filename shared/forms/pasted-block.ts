import type { AmountUnit } from "../money.ts";
import { comparableName, columnsOf, isByCode } from "./canonical-table.ts";
import type { CellRef } from "./cell.ts";
import { parentCode } from "./codes/code-table.ts";
import type { Block, Edition, Form } from "./form.ts";
import { bodyRows } from "./import-workbook.ts";
import { fixedRows } from "./layout.ts";
import { namesOfRow } from "./row-names.ts";
import { matchRows, plainName, type SourceRow } from "./source-table.ts";
import { amountUnitOf, isCounted } from "./table-csv.ts";
import type { TableData } from "./table-data.ts";
import type { SheetGrid } from "./workbook-grid.ts";
import { findColumns, originAbove, type SheetColumns } from "./workbook-head.ts";

/**
 * A block of cells copied from a spreadsheet that names its rows by code or name, with the heads above them or without:
 * which cell of a table each text belongs to. A block that names no rows is laid over the table place by place instead.
 */
export interface PastedBlock {
  /** Stated above the head; undefined where nothing is stated. */
  readonly unit?: AmountUnit;
  readonly cells: readonly PastedCell[];
  /** Rows that the table does not have and gets, ascending. */
  readonly newCodes: readonly string[];
  readonly unknown: readonly UnknownRow[];
  /** Heads of columns with figures that the table does not have. */
  readonly unknownColumns: readonly string[];
  /** Without heads, and not as wide as the table: its columns are taken in order. */
  readonly isGuessed: boolean;
}

export interface PastedCell {
  readonly ref: CellRef;
  readonly text: string;
}

/** A line that is not filled in, as pasted, and why. */
export interface UnknownRow {
  /** Of the block, counted from 1. */
  readonly line: number;
  readonly text: string;
  readonly why: "unknown_code" | "unknown_name" | "ambiguous_name" | "repeated";
}

/** `from`: the column at hand, where a block without heads is narrower than the table. */
export function readPastedBlock(
  block: readonly (readonly string[])[],
  {
    edition,
    form,
    table,
    from,
  }: {
    readonly edition: Edition;
    readonly form: Form;
    readonly table: TableData;
    readonly from?: string | undefined;
  },
): PastedBlock | undefined {
  const grid: SheetGrid = { name: "", rows: block, merges: [] };
  const codes = knownCodes(edition, form, table);
  const headed = findColumns(form, grid);
  const columns = headed ?? guessedColumns(form, grid, { codes, from });
  if (columns === undefined || columns.sideways === true) return undefined;
  const { blocks } = columns;
  if (blocks.every((one) => one.codes.length + one.names.length === 0)) return undefined;
  const rows = named(form, bodyRows(form, grid, columns), codes);
  const found = placed(form, { rows, table, codes });
  const left = unreadLines(grid, columns, new Set(rows.map(lineOf)));
  const { unit } = statedUnit(form, grid, headed);
  return {
    ...(unit === undefined ? {} : { unit }),
    ...found,
    unknown: [...found.unknown, ...left].toSorted((a, b) => a.line - b.line),
    unknownColumns: columns.unknown
      .filter(({ column }) => hasFigures(grid, column, columns.row))
      .map(({ heading }) => heading),
    isGuessed:
      headed === undefined &&
      form.blocks.some((one, index) => {
        const found = blocks[index]?.values.length ?? 0;
        return found > 0 && found !== one.columns.length;
      }),
  };
}

function statedUnit(form: Form, grid: SheetGrid, head: SheetColumns | undefined) {
  if (head === undefined || isCounted(form)) return {};
  const { amountUnit } = originAbove(grid, head.row);
  return amountUnit === undefined ? {} : { unit: amountUnitOf(amountUnit.text) };
}

type Codes = ReadonlyMap<string, string>;

/** Codes of the year, and those that the table has besides, with their names. */
function knownCodes(edition: Edition, form: Form, table: TableData): Codes {
  if (!isByCode(form)) {
    return new Map(fixedRows(form).flatMap(({ code, name }) => (code ? [[code, name]] : [])));
  }
  const own = table.rows.map(({ key, name = "" }) => [key, name] as const);
  return new Map([...own, ...edition.functionCodes]);
}

interface Found {
  readonly cells: PastedCell[];
  readonly newCodes: readonly string[];
  readonly unknown: readonly UnknownRow[];
}

function placed(
  form: Form,
  {
    rows,
    table,
    codes,
  }: { readonly rows: readonly SourceRow[]; readonly table: TableData; readonly codes: Codes },
): Found {
  const cells: PastedCell[] = [];
  const unknown: UnknownRow[] = [];
  const present = new Set(table.rows.map(({ key }) => key));
  const seen = new Set<string>();
  const dashes = new Map(fixedRows(form).map((row) => [row.key, row.dashes ?? []]));
  for (const { row, key, fault } of matchRows(form, rows)) {
    const why = whyUnknown(form, { key, fault: fault?.kind, isSeen: seen.has(key ?? ""), codes });
    if (key === undefined || why !== undefined) {
      const text = [row.code, row.name].filter((part) => part !== "").join(" ");
      unknown.push({ line: lineOf(row), text, why: why ?? "unknown_name" });
      continue;
    }
    seen.add(key);
    const takes = new Set(columnsOf(form, key).map((column) => column.key));
    for (const { column, text } of row.values) {
      if (!takes.has(column) || dashes.get(key)?.includes(column) === true) continue;
      cells.push({ ref: { table: form.id, row: key, column }, text });
    }
  }
  const newCodes = isByCode(form)
    ? [...seen].filter((key) => key !== "total" && !present.has(key)).toSorted()
    : [];
  return { cells, newCodes, unknown };
}

function whyUnknown(
  form: Form,
  {
    key,
    fault,
    isSeen,
    codes,
  }: {
    readonly key: string | undefined;
    readonly fault: string | undefined;
    readonly isSeen: boolean;
    readonly codes: Codes;
  },
): UnknownRow["why"] | undefined {
  if (key === undefined) return fault === "ambiguous_row" ? "ambiguous_name" : "unknown_name";
  if (isSeen) return "repeated";
  return isByCode(form) && key !== "total" && !codes.has(key) ? "unknown_code" : undefined;
}

/** Lines that hold something where figures are and were read as no row: 栏次 is none. */
function unreadLines(
  grid: SheetGrid,
  { row: headRow, blocks }: SheetColumns,
  read: ReadonlySet<number>,
): UnknownRow[] {
  const values = blocks.flatMap((block) => block.values.map(({ column }) => column));
  return grid.rows.flatMap((row, index): UnknownRow[] => {
    const texts = row.map((value) => (typeof value === "string" ? value.trim() : ""));
    const isHead = index <= headRow || texts.some((text) => /栏\s*次$/u.test(text));
    if (isHead || read.has(index + 1)) return [];
    if (values.every((column) => /^[\s0.─—–-]*$/u.test(texts[column] ?? ""))) return [];
    return [{ line: index + 1, text: texts.filter(Boolean).join(" "), why: "unknown_name" }];
  });
}

/** A1 → 1. */
const lineOf = ({ cell = "" }: SourceRow): number => Number(/\d+$/u.exec(cell)?.[0] ?? 0);

/**
 * Rows by code that are named only: the code of that name below the codes just above it, if there is a single one.
 * 行政运行 below 人大事务 is 2010101.
 */
function named(form: Form, rows: readonly SourceRow[], codes: Codes): SourceRow[] {
  if (!isByCode(form)) return [...rows];
  const byName = new Map<string, string[]>();
  for (const [code, name] of codes) {
    const plain = comparableName(name);
    byName.set(plain, [...(byName.get(plain) ?? []), code]);
  }
  let above = "";
  return rows.map((row) => {
    if (row.code !== "") {
      above = row.code;
      return row;
    }
    const all = byName.get(comparableName(row.name)) ?? [];
    let stem: string | undefined = above;
    while (stem !== undefined && stem !== "") {
      const prefix: string = stem;
      const below = all.filter((code) => code !== prefix && code.startsWith(prefix));
      const [only] = below;
      if (below.length === 1 && only !== undefined) {
        above = only;
        return { ...row, code: only };
      }
      stem = parentCode(stem);
    }
    const [only] = all;
    if (all.length !== 1 || only === undefined) return row;
    above = only;
    return { ...row, code: only };
  });
}

const isFigure = (text: string): boolean => /^[-−△▲(]?[\d.,]+\)?%?$/u.test(text);
const isBlank = (text: string): boolean => /^[─—–-]*$/u.test(text);

function textsOf(grid: SheetGrid, column: number, after = -1): string[] {
  return grid.rows.slice(after + 1).flatMap((row) => {
    const value = row[column];
    const text = typeof value === "string" ? value.normalize("NFKC").replace(/\s/gu, "") : "";
    return isBlank(text) ? [] : [text];
  });
}

const hasFigures = (grid: SheetGrid, column: number, after: number): boolean =>
  textsOf(grid, column, after).some(isFigure);

type ColumnKind = "code" | "name" | "line" | "value" | "blank";

/** Of so many texts in a column most must be known, for it to be a column of codes or names. */
const mostOf = 0.6;

/** What the columns of a block without heads are, by what is in them. */
function guessedColumns(
  form: Form,
  grid: SheetGrid,
  { codes, from }: { readonly codes: Codes; readonly from: string | undefined },
): SheetColumns | undefined {
  const names = new Set([
    ...["合计", "总计"].map(plainName),
    ...[...codes.values()].map(plainName),
    ...fixedRows(form).flatMap((row) => namesOfRow(row).map(plainName)),
  ]);
  const width = Math.max(0, ...grid.rows.map((row) => row.length));
  const kinds = Array.from({ length: width }, (_, column): ColumnKind => {
    const texts = textsOf(grid, column);
    const share = (is: (text: string) => boolean) =>
      texts.length === 0 ? 0 : texts.filter(is).length / texts.length;
    if (texts.length === 0) return "blank";
    if (share(isFigure) < 0.2 && share((text) => names.has(plainName(text))) >= mostOf) {
      return "name";
    }
    const isCode = share((text) => codes.has(text) || text === "合计") >= mostOf;
    return isCode && new Set(texts).size === texts.length ? "code" : "value";
  });
  // 201 is a code and an amount: codes of three digits alone are codes only where names stand beside them.
  const isCodeSurely = (column: number) =>
    kinds[column + 1] === "name" || textsOf(grid, column).some((text) => /^\d{5,7}$/u.test(text));
  return segmented(
    form,
    kinds.map((kind, column) => {
      if (kind === "code") return isCodeSurely(column) ? kind : "value";
      return kind === "value" && kinds[column - 1] === "name" && isLineColumn(form, grid, column)
        ? "line"
        : kind;
    }),
    { names: (column) => textsOf(grid, column).map(plainName), from },
  );
}

/** 行次: what stands beside each name is the number that the form prints beside it; a single one may be a figure. */
function isLineColumn(form: Form, grid: SheetGrid, column: number): boolean {
  const lines = new Map<string, string[]>();
  for (const row of fixedRows(form)) {
    if (row.line === undefined) continue;
    for (const name of namesOfRow(row).map(plainName)) {
      lines.set(name, [...(lines.get(name) ?? []), String(row.line)]);
    }
  }
  const pairs = grid.rows.flatMap((row): [string, string][] => {
    const [name, text] = [row[column - 1], row[column]];
    return typeof name === "string" && typeof text === "string" && text.trim() !== ""
      ? [[plainName(name), text.trim()]]
      : [];
  });
  const isAllLines = pairs.every(([name, text]) => lines.get(name)?.includes(text) === true);
  return isAllLines && (pairs.length > 1 || textsOf(grid, column + 1).some(isFigure));
}

interface Segment {
  readonly codes: number[];
  readonly names: number[];
  readonly columns: number[];
}

/** A code or name after figures begins another side of the form. */
function segmented(
  form: Form,
  kinds: readonly ColumnKind[],
  {
    names,
    from,
  }: { readonly names: (column: number) => string[]; readonly from: string | undefined },
): SheetColumns | undefined {
  const segments: Segment[] = [];
  kinds.forEach((kind, column) => {
    const current = segments.at(-1);
    if (kind === "code" || kind === "name") {
      const isNew = current === undefined || current.columns.length > 0;
      const segment = isNew ? { codes: [], names: [], columns: [] } : current;
      if (isNew) segments.push(segment);
      segment[kind === "code" ? "codes" : "names"].push(column);
    } else if (kind !== "line") current?.columns.push(column);
  });
  if (segments.every(({ columns }) => columns.length === 0)) return undefined;
  const blocks = form.blocks.map(() => emptyBlock());
  const unknown: { column: number; heading: string }[] = [];
  let next = 0;
  for (const segment of segments) {
    const index = blockOf(form, segment, { next, names });
    next = index + 1;
    const block = form.blocks[index];
    if (block === undefined) continue;
    const first = firstColumn(block, segment.columns.length, from);
    blocks[index] = {
      ...{ codes: segment.codes, names: segment.names },
      values: segment.columns.flatMap((column, offset) => {
        const target = block.columns[first + offset];
        if (target === undefined) {
          unknown.push({ column, heading: `第 ${String(column + 1)} 列` });
          return [];
        }
        return [{ column, key: target.key, heading: target.name }];
      }),
    };
  }
  return { row: -1, blocks, unknown };
}

const emptyBlock = (): SheetColumns["blocks"][number] => ({ codes: [], names: [], values: [] });

/** Fewer columns than the table has begin at the column at hand, where they fit there. */
function firstColumn({ columns }: Block, count: number, from: string | undefined): number {
  const at = columns.findIndex(({ key }) => key === from);
  return count < columns.length && at > 0 && at + count <= columns.length ? at : 0;
}

/** The side of the form whose rows a segment names, from `next` on. */
function blockOf(
  form: Form,
  { codes, names: columns }: Segment,
  { next, names }: { readonly next: number; readonly names: (column: number) => string[] },
): number {
  const texts = [...columns, ...codes].flatMap(names);
  const scores = form.blocks.map((block, index) => {
    if (index < next || block.rows === "by-function-code") return 0;
    const own = new Set(
      fixedRows({ ...form, blocks: [block] }).flatMap((row) => [
        ...namesOfRow(row).map(plainName),
        row.code ?? "",
      ]),
    );
    return texts.filter((text) => own.has(text)).length;
  });
  const best = Math.max(...scores);
  return best === 0 ? next : scores.indexOf(best);
}
