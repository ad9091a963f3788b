import { a1 } from "../forms/a1.ts";
import type { AccountsSheet } from "../forms/accounts-mapping.ts";
import { comparableName } from "../forms/canonical-table.ts";
import { openFormulaAt, textAt, type SheetGrid } from "../forms/workbook-grid.ts";
import { parseAmount, type AmountUnit } from "../money.ts";
import { ok } from "../result.ts";
import { comparablePath, sheetHead, type HeadColumn } from "./sheet-head.ts";

/** A sheet of the accounts as rows and columns with names, before any of it has a place in a statutory table. */
export interface ReadSheet {
  readonly sheet: AccountsSheet;
  /** Name of the sheet in the file. */
  readonly name: string;
  readonly unit: AmountUnit;
  readonly columns: readonly ReadColumn[];
  readonly rows: readonly ReadRow[];
}

export interface ReadColumn {
  readonly column: number;
  /** Comparable: 本年支出/基本支出. */
  readonly path: string;
  /** As the head has it: 本年支出/基本支出/小计. */
  readonly printed: string;
  readonly code?: string;
  /** Of sheets in blocks: which one, and the names of the head over its 项目. */
  readonly block: string;
}

export interface ReadRow {
  /** Code without spaces; `total` for 合计; empty for a row by name. */
  readonly code: string;
  /** As written. */
  readonly name: string;
  /** Comparable, without its number: 因公出国(境)费. */
  readonly plain: string;
  /** Which block of the head, for rows by name. */
  readonly block: string;
  /** Cell that names it: B7. */
  readonly at: string;
  readonly figures: readonly Figure[];
}

export interface Figure {
  readonly column: ReadColumn;
  readonly text: string;
  readonly at: string;
  /** Nothing, or nothing but zero; whether it is an amount at all is another question. */
  readonly isNothing: boolean;
  /** A formula whose result the file does not hold. */
  readonly formula?: string;
}

/** Undefined when the sheet has no head. */
export function readAccountsSheet(
  sheet: AccountsSheet,
  grid: SheetGrid,
  unit: AmountUnit,
): ReadSheet | undefined {
  const head = sheetHead(grid);
  if (head === undefined) return undefined;
  const blocks = sheet.rows === "codes" ? [codesBlock(head.columns)] : lineBlocks(head.columns);
  const columns = blocks.flatMap((block) => block.values);
  if (columns.length === 0) return undefined;
  const rows: ReadRow[] = [];
  for (let row = head.body; row < grid.rows.length; row += 1) {
    if (sheet.rows === "codes") rows.push(...codeRow(grid, row, blocks));
    else rows.push(...lineRows(grid, row, blocks));
  }
  return { sheet, name: grid.name, unit, columns, rows };
}

interface Block {
  readonly codes: readonly number[];
  readonly names: readonly number[];
  readonly values: readonly ReadColumn[];
}

const isCode = (path: readonly string[]) =>
  path.some((name) => /编码$|代码$|^[类款项]$|^类款项$/u.test(name));
const isName = (path: readonly string[]) => path.some((name) => /名称$/u.test(name));
const isCount = ({ path }: HeadColumn) =>
  path.length === 0 || /^(?:行次|序号|备注)$/u.test(path.at(-1) ?? "");

function codesBlock(columns: readonly HeadColumn[]): Block {
  const codes = columns.filter(({ path }) => isCode(path));
  const names = columns.filter((column) => !codes.includes(column) && isName(column.path));
  // Where 项目 is the only name over code and name, they are its first and last column.
  const leads = columns.filter(({ path }) => path.every((name) => name === "项目"));
  const values = columns.filter(
    (column) =>
      !codes.includes(column) &&
      !names.includes(column) &&
      !leads.includes(column) &&
      !isCount(column),
  );
  const places = (from: readonly HeadColumn[]) => from.map(({ column }) => column);
  const unnamed = leads.filter(({ path }) => path.length > 0);
  return {
    codes: places(codes.length > 0 ? codes : unnamed.slice(0, 1)),
    names: places(names.length > 0 ? names : unnamed.slice(codes.length > 0 ? 0 : 1)),
    values: values.map((column) => readColumn(column, "")),
  };
}

/** 项目 begins a block; the names over it identify it. */
function lineBlocks(columns: readonly HeadColumn[]): Block[] {
  const blocks: { name: string; names: number[]; values: ReadColumn[] }[] = [];
  for (const column of columns) {
    const last = column.path.at(-1) ?? "";
    if (/^项目(?:\(.*\))?$/u.test(last)) {
      const name = column.path.join("/");
      const before = blocks.at(-1);
      if (before?.values.length === 0 && before.name.endsWith(name)) {
        before.names.push(column.column);
      } else {
        // Numbered, for two blocks may have the same head.
        blocks.push({
          ...{ name: `${String(blocks.length + 1)} ${name}`, names: [column.column], values: [] },
        });
      }
      continue;
    }
    const block = blocks.at(-1);
    if (block !== undefined && !isCount(column)) {
      block.values.push(readColumn(column, block.name));
    }
  }
  return blocks.map(({ names, values }) => ({ codes: [], names, values }));
}

/** Of a block the head names 收入 or 支出 above all its columns: that is the block's name, not theirs. */
function readColumn({ column, path, code }: HeadColumn, block: string): ReadColumn {
  const own = /^(?:收入|支出)$/u.test(path[0] ?? "") && path.length > 1 ? path.slice(1) : path;
  return {
    ...{ column, block, path: comparablePath(own), printed: own.join("/") },
    ...(code === undefined ? {} : { code }),
  };
}

const figuresOf = (grid: SheetGrid, row: number, { values }: Block): Figure[] =>
  values.map((column) => {
    const place = { row, column: column.column };
    const formula = openFormulaAt(grid, place);
    const text = textAt(grid, place);
    const isNothing = formula === undefined && (amountIn(text, "yuan") ?? 0) === 0;
    return {
      ...{ column, text, at: a1(place), isNothing },
      ...(formula === undefined ? {} : { formula }),
    };
  });

/** 一 is typed for — on some forms. */
const isDash = (text: string) => /^[一─—–－\-\s]*$/u.test(text);

/** An amount as typed; no value for an empty cell and a dash. */
export const readAmount = (text: string, unit: AmountUnit): ReturnType<typeof parseAmount> =>
  isDash(text) ? nothing : parseAmount(text, unit);
const nothing = ok(undefined);

/** NaN for what is no amount. */
function amountIn(text: string, unit: AmountUnit): number | undefined {
  const amount = readAmount(text, unit);
  // Whether it is zero does not depend on the unit, how fine it is does.
  if (amount.ok) return amount.value;
  return amount.error === "too_fine" || amount.error === "too_large" ? 1 : Number.NaN;
}

const isFilled = ({ text, formula }: Figure) => text !== "" || formula !== undefined;
/** Notes and signatures have texts in the columns of figures as well. */
const isFigure = ({ text, formula }: Figure) =>
  formula !== undefined || /^\s*[-−△▲(]?\s*[\d.]/u.test(text.normalize("NFKC"));

function codeRow(grid: SheetGrid, row: number, blocks: readonly Block[]): ReadRow[] {
  const [block] = blocks;
  if (block === undefined) return [];
  const figures = figuresOf(grid, row, block);
  const texts = (columns: readonly number[]) =>
    columns.map((column) => textAt(grid, { row, column })).filter((text) => text !== "");
  const written = texts(block.codes).map((text) => text.normalize("NFKC").replace(/\s/gu, ""));
  const code = joinedCode(written);
  const name = texts(block.names).join("");
  const lead = code === undefined ? `${written.join("")}${name}` : name;
  const isTotal = /^(?:合计|总计)$/u.test(comparableName(lead));
  if (!figures.some(isFilled) || (code === undefined && !isTotal && !figures.some(isFigure)))
    return [];
  const [column = 0] = [...block.codes, ...block.names];
  return [
    {
      ...{ code: isTotal ? "total" : (code ?? ""), name: lead, plain: plainLine(lead), block: "" },
      ...{ at: a1({ row, column }), figures },
    },
  ];
}

/** 208, 05, 01 in three columns, or 208, 20805, 2080501. */
function joinedCode(written: readonly string[]): string | undefined {
  const isNested = written.every(
    (text, index) => index === 0 || text.startsWith(written[index - 1] ?? ""),
  );
  const code = isNested ? (written.at(-1) ?? "") : written.join("");
  return /^\d+$/u.test(code) ? code : undefined;
}

/** A name may span the block to the left of its figures, as 本年支出合计 does in 财决01. */
function lineRows(grid: SheetGrid, row: number, blocks: readonly Block[]): ReadRow[] {
  const names = blocks.map((block) =>
    block.names.map((column) => textAt(grid, { row, column })).join(""),
  );
  const figures = blocks.map((block) => figuresOf(grid, row, block));
  return blocks.flatMap((block, index): ReadRow[] => {
    const own = names[index] ?? "";
    const isLeftFree = figures[index - 1]?.some(isFilled) === false;
    const name = own === "" && isLeftFree ? (names[index - 1] ?? "") : own;
    const cells = figures[index] ?? [];
    if (name === "" && !cells.some(isFigure)) return [];
    const [column = 0] = block.names;
    return [
      {
        ...{ code: "", name, plain: plainLine(name), block: block.values[0]?.block ?? "" },
        ...{ at: a1({ row, column }), figures: cells },
      },
    ];
  });
}

/** A row's name without its number, 一、 (一) 1. (1), as the accounts and the statutory tables number differently. */
export const plainLine = (name: string): string =>
  comparableName(name)
    .replace(/^(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|\d+[.、]|\(\d+\))/u, "")
    .replace(/(?<=.)小计$/u, "");
