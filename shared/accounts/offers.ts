import { columnLetters } from "../forms/a1.ts";
import type { AccountsFeed } from "../forms/accounts-mapping.ts";
import { comparableName } from "../forms/canonical-table.ts";
import { formerNameOf } from "../forms/codes/code-history.ts";
import type { CellKind, Edition, FixedRow, Form } from "../forms/form.ts";
import { fixedRows } from "../forms/layout.ts";
import { namesOfRow } from "../forms/row-names.ts";
import type { AmountUnit } from "../money.ts";
import {
  plainLine,
  readAmount,
  type Figure,
  type ReadColumn,
  type ReadRow,
  type ReadSheet,
} from "./read-sheet.ts";
import { comparablePath } from "./sheet-head.ts";

/** What sheets of the accounts offer for the cells of a statutory table, each figure with where it was read. */

/** Where a figure was read: 财决03!F12, 事业收入, 2080501. */
export interface Origin {
  readonly sheet: string;
  readonly at: string;
  readonly column: string;
  readonly row: string;
  readonly unit: AmountUnit;
}

export interface Offer {
  readonly row: string;
  readonly column: string;
  /** 分 or a count; undefined for a cell that is empty in the accounts. */
  readonly value: number | undefined;
  /** Several where figures of sheets were added up. */
  readonly origins: readonly Origin[];
}

/** What keeps a figure from having a place, at its place in the file. */
export type OfferFault = {
  readonly sheet: string;
  readonly at: string;
  /** The row of the table, and its column, that get nothing for it, where that is known. */
  readonly target?: { readonly row: string; readonly column?: string };
} & (
  | { readonly kind: "repeated_row"; readonly row: string; readonly places: readonly string[] }
  | {
      readonly kind: "repeated_column";
      readonly column: string;
      readonly places: readonly string[];
    }
  | { readonly kind: "unknown_code"; readonly row: string }
  | { readonly kind: "no_row"; readonly row: string; readonly table: string }
  | { readonly kind: "no_total" }
  | { readonly kind: "dash_cell"; readonly row: string; readonly column: string }
  | {
      readonly kind: "not_an_amount" | "too_fine" | "too_large" | "not_a_count";
      readonly text: string;
    }
  | { readonly kind: "negative_count"; readonly text: string }
  | { readonly kind: "not_calculated"; readonly formula: string }
);

/** A name that is not the code's. */
export interface NameFault {
  readonly sheet: string;
  readonly at: string;
  readonly code: string;
  readonly expected: string;
  readonly actual: string;
}

export interface FeedOffers {
  readonly offers: readonly Offer[];
  readonly faults: readonly OfferFault[];
  readonly names: readonly NameFault[];
  /** Columns of a table by code that the feed gives for every row. */
  readonly columns: readonly string[];
  /** Names of codes that the year's list does not have. */
  readonly codeNames: ReadonlyMap<string, string>;
  /** Columns of the sheet that the feed reads, whatever is in them. */
  readonly claimed: ReadonlySet<number>;
}

export interface FeedContext {
  readonly edition: Edition;
  readonly form: Form;
  readonly sheet: ReadSheet;
}

export function offersOf(context: FeedContext, feed: AccountsFeed): FeedOffers {
  const out: Gathered = {
    ...{ offers: [], faults: [], names: [], columns: [] },
    ...{ codeNames: new Map(), claimed: new Set(), listed: new Set() },
  };
  const at = { ...context, out };
  if ("codes" in feed) byCode(at, feed.codes);
  else if ("classes" in feed) byClass(at, feed.classes);
  else if ("economic" in feed) byEconomicCode(at, feed.economic);
  else if ("total" in feed) fromTotal(at, feed.total);
  else byName(at, feed);
  return out;
}

interface Gathered {
  readonly offers: Offer[];
  readonly faults: OfferFault[];
  readonly names: NameFault[];
  readonly columns: string[];
  readonly codeNames: Map<string, string>;
  readonly claimed: Set<number>;
  /** Faults of a sheet that every column would find again. */
  readonly listed: Set<string>;
}
type Context = FeedContext & { readonly out: Gathered };
type Columns = Extract<AccountsFeed, { readonly codes: unknown }>["codes"];
type Wanted = Columns[string];
type Lines = Extract<AccountsFeed, { readonly lines: unknown }>;

/** Rows that hold nothing but zeros are not part of a table by code: they are in the sheet for another column. */
function byCode({ edition, form, sheet, out }: Context, wanted: Columns): void {
  const keys = new Set(form.blocks.flatMap((block) => block.columns.map(({ key }) => key)));
  const columns = Object.entries(wanted).flatMap(([key, names]) => {
    const column = keys.has(key) ? columnOf({ sheet, out }, sheet.columns, names) : undefined;
    return column === undefined ? [] : [{ key, column }];
  });
  out.columns.push(...columns.map(({ key }) => key));
  for (const row of rowsOnce({ sheet, out })) {
    const cells = columns.map(({ key, column }) => ({ key, figure: figureIn(row, column) }));
    const isHeld = cells.some(({ figure }) => !isNothing(figure));
    if (row.code !== "total" && !isHeld) continue;
    if (row.code !== "total" && !isOfYear(edition, row)) {
      out.faults.push({ ...placed(sheet, row.at), kind: "unknown_code", row: rowName(row) });
      continue;
    }
    nameOf({ edition, sheet, out }, row);
    for (const { key, figure } of cells) {
      take({ sheet, out }, { row: row.code, column: key, kind: "money" }, row, figure);
    }
  }
}

function byClass({ form, sheet, out }: Context, wanted: Columns): void {
  const fixed = new Map(fixedRows(form).map((row) => [row.key, row]));
  for (const [key, names] of Object.entries(wanted)) {
    const column = columnOf({ sheet, out }, sheet.columns, names);
    if (column === undefined) continue;
    for (const row of rowsOnce({ sheet, out })) {
      if (row.code.length !== 3) continue;
      const figure = figureIn(row, column);
      if (!fixed.has(row.code)) {
        if (isNothing(figure)) continue;
        const table = form.title;
        out.faults.push({ ...placed(sheet, row.at), kind: "no_row", row: rowName(row), table });
        continue;
      }
      take({ sheet, out }, { row: row.code, column: key, kind: "money" }, row, figure);
    }
  }
}

function byEconomicCode({ edition, form, sheet, out }: Context, column: string): void {
  const total = totalRow({ sheet, out });
  if (total === undefined) return;
  const claimed = new Set<ReadColumn>();
  for (const fixed of fixedRows(form)) {
    if (fixed.code === undefined) continue;
    const name = edition.economicCodes.get(fixed.code) ?? fixed.name;
    const kind = edition.economicCodes.get(fixed.code.slice(0, 3)) ?? "";
    const path = comparablePath(fixed.code.length > 3 ? [kind, name] : [name]);
    const matching = sheet.columns.filter((one) =>
      one.code === undefined ? one.path === path : one.code === fixed.code,
    );
    const found = only({ sheet, out }, matching);
    if (found === undefined) continue;
    claimed.add(found);
    take({ sheet, out }, { row: fixed.key, column, kind: "money" }, total, figureIn(total, found));
  }
  for (const figure of total.figures) {
    const isSum = /^(?:合计|总计|本年支出)?$/u.test(figure.column.path);
    if (isSum || claimed.has(figure.column) || isNothing(figure)) continue;
    out.faults.push({
      ...{ ...placed(sheet, figure.at), kind: "no_row" },
      ...{ row: figure.column.printed, table: form.title },
    });
  }
}

function fromTotal(
  { form, sheet, out }: Context,
  wanted: Extract<AccountsFeed, { readonly total: unknown }>["total"],
): void {
  const total = totalRow({ sheet, out });
  if (total === undefined) return;
  for (const [cell, names] of Object.entries(wanted)) {
    const [row = "", column = ""] = cell.split("/");
    const from = columnOf({ sheet, out }, sheet.columns, names);
    if (from === undefined || !fixedRows(form).some(({ key }) => key === row)) continue;
    take({ sheet, out }, { row, column, kind: "money" }, total, figureIn(total, from));
  }
}

/** Rows by name in the blocks whose head names the feed's; of several the one that holds a figure. */
function byName({ form, sheet, out }: Context, feed: Lines): void {
  const rows = sheet.rows.filter(
    (row) => feed.block === undefined || row.block.includes(feed.block),
  );
  const wanted = fixedRows(form).filter(({ key }) => feed.only?.includes(key) !== false);
  const claimed = new Set<ReadRow>();
  const isUnder = ({ key }: FixedRow) => feed.names?.[key]?.under !== undefined;
  for (const fixed of [...wanted.filter(isUnder), ...wanted.filter((row) => !isUnder(row))]) {
    const { names = [], under } = feed.names?.[fixed.key] ?? {};
    const known = new Set([...namesOfRow(fixed), ...names].map(plainLine));
    const first =
      under === undefined ? 0 : rows.findIndex(({ plain }) => plain === plainLine(under)) + 1;
    if (under !== undefined && first === 0) continue;
    const columnsIn = (row: ReadRow) => columnsOfLine({ sheet, out }, row, feed.lines);
    const isHeld = (row: ReadRow) =>
      columnsIn(row).some(({ column }) => !isEmpty(figureIn(row, column)));
    const matching = rows.slice(first).filter((row) => known.has(row.plain) && !claimed.has(row));
    const held = matching.filter(isHeld);
    if (under === undefined && held.length > 1) {
      const places = held.map(({ at }) => at);
      const at = placed(sheet, held[0]?.at ?? "");
      const target = { row: fixed.key };
      out.faults.push({ ...at, target, kind: "repeated_row", row: fixed.name.trim(), places });
      for (const row of held) claimed.add(row);
      continue;
    }
    const row = under === undefined ? (held[0] ?? matching[0]) : matching[0];
    if (row === undefined) continue;
    claimed.add(row);
    for (const { key, column } of columnsIn(row)) {
      const figure = figureIn(row, column);
      const kind = fixed.kind ?? "money";
      if (fixed.dashes?.includes(key) === true) {
        if (isNothing(figure)) continue;
        const at = placed(sheet, figure?.at ?? row.at);
        out.faults.push({ ...at, kind: "dash_cell", row: rowName(row), column: column.printed });
        continue;
      }
      take({ sheet, out }, { row: fixed.key, column: key, kind }, row, figure);
    }
  }
}

type Reading = Pick<Context, "sheet" | "out">;

const columnsOfLine = ({ sheet, out }: Reading, { block }: ReadRow, wanted: Columns) =>
  Object.entries(wanted).flatMap(([key, names]) => {
    const inBlock = sheet.columns.filter((column) => column.block === block);
    const column = columnOf({ sheet, out }, inBlock, names);
    return column === undefined ? [] : [{ key, column }];
  });

/** The first of the names that a column has. */
function columnOf(
  reading: Reading,
  columns: readonly ReadColumn[],
  wanted: Wanted,
): ReadColumn | undefined {
  for (const name of typeof wanted === "string" ? [wanted] : wanted) {
    const path = comparablePath(name.split("/"));
    const matching = columns.filter((column) => column.path === path);
    if (matching.length > 0) return only(reading, matching);
  }
  return undefined;
}

function only({ sheet, out }: Reading, matching: readonly ReadColumn[]): ReadColumn | undefined {
  const [first, second] = matching;
  for (const { column } of matching) out.claimed.add(column);
  if (first === undefined || second === undefined) return first;
  const places = matching.map(({ column }) => columnLetters(column));
  const fault = {
    ...{ ...placed(sheet, places.join("、")), kind: "repeated_column" as const },
    ...{ column: first.printed, places },
  };
  listOnce(out, fault);
  return undefined;
}

/** Rows with a code or 合计, but those that are there twice, which are named. */
function rowsOnce({ sheet, out }: Reading): ReadRow[] {
  const byCodes = new Map<string, ReadRow[]>();
  for (const row of sheet.rows) {
    if (row.code === "") {
      if (row.figures.every((figure) => isNothing(figure))) continue;
      const fault = { ...placed(sheet, row.at), kind: "unknown_code" as const, row: rowName(row) };
      listOnce(out, fault);
      continue;
    }
    const same = byCodes.get(row.code);
    if (same === undefined) byCodes.set(row.code, [row]);
    else same.push(row);
  }
  return [...byCodes.values()].flatMap((rows) => {
    const [row] = rows;
    if (row === undefined || rows.length === 1) return row ?? [];
    const places = rows.map(({ at }) => at);
    const fault = {
      ...{ ...placed(sheet, row.at), kind: "repeated_row" as const },
      ...{ row: rowName(row), places, target: { row: row.code } },
    };
    listOnce(out, fault);
    return [];
  });
}

function listOnce({ faults, listed }: Gathered, fault: OfferFault): void {
  const key = `${fault.kind}/${fault.at}`;
  if (!listed.has(key)) faults.push(fault);
  listed.add(key);
}

function totalRow(reading: Reading): ReadRow | undefined {
  const { sheet, out } = reading;
  const rows = rowsOnce(reading);
  const total = rows.find(({ code }) => code === "total");
  const isHeld = () => rows.some(({ figures }) => figures.some((figure) => !figure.isNothing));
  if (total === undefined && isHeld()) {
    out.faults.push({ ...placed(sheet, ""), kind: "no_total" });
  }
  return total;
}

interface Target {
  readonly row: string;
  readonly column: string;
  readonly kind: CellKind;
}

function take(
  { sheet, out }: Reading,
  { row, column, kind }: Target,
  from: ReadRow,
  figure: Figure | undefined,
): void {
  if (figure === undefined) return;
  const origin = placed(sheet, figure.at);
  const at = { ...origin, target: { row, column } };
  if (figure.formula !== undefined) {
    out.faults.push({ ...at, kind: "not_calculated", formula: figure.formula });
    return;
  }
  const amount = readAmount(figure.text, kind === "money" ? sheet.unit : "yuan");
  if (!amount.ok) {
    const fault = amount.error === "not_a_number" ? "not_an_amount" : amount.error;
    out.faults.push({ ...at, kind: kind === "count" ? "not_a_count" : fault, text: figure.text });
    return;
  }
  const { value } = amount;
  if (kind === "count" && value !== undefined && (value % 100 !== 0 || value < 0)) {
    const fault = value < 0 ? "negative_count" : "not_a_count";
    out.faults.push({ ...at, kind: fault, text: figure.text });
    return;
  }
  out.offers.push({
    ...{ row, column, value: kind === "count" && value !== undefined ? value / 100 : value },
    origins: [{ ...origin, column: figure.column.printed, row: rowName(from), unit: sheet.unit }],
  });
}

function nameOf({ edition, sheet, out }: Omit<Context, "form">, row: ReadRow): void {
  if (row.code === "total" || row.name === "") return;
  const expected = edition.functionCodes.get(row.code);
  if (expected === undefined) {
    out.codeNames.set(row.code, row.name.trim());
    return;
  }
  const actual = row.name.trim();
  const isSame = comparableName(expected) === comparableName(actual);
  if (isSame || formerNameOf(row.code, actual) !== undefined) return;
  out.names.push({ ...placed(sheet, row.at), code: row.code, expected, actual });
}

/** A code of the year's list, or one that the list lacks, of a class that it has, with its name. */
function isOfYear({ functionCodes }: Edition, { code, name }: ReadRow): boolean {
  if (!/^\d{3}(?:\d{2}){0,2}$/u.test(code)) return false;
  return functionCodes.has(code) || (functionCodes.has(code.slice(0, 3)) && name.trim() !== "");
}

const figureIn = (row: ReadRow, { column }: ReadColumn): Figure | undefined =>
  row.figures.find((figure) => figure.column.column === column);

/** No value, or none that can be read as zero. */
const isNothing = (figure: Figure | undefined): boolean => figure?.isNothing !== false;

/** No value at all. */
function isEmpty(figure: Figure | undefined): boolean {
  if (figure === undefined) return true;
  const amount = figure.isNothing ? readAmount(figure.text, "yuan") : undefined;
  return amount?.ok === true && amount.value === undefined;
}

const placed = ({ sheet }: ReadSheet, at: string) => ({ sheet: sheet.number, at });

/** 2080501 行政单位离退休, 合计, or the name of a line. */
const rowName = ({ code, name }: ReadRow): string =>
  code === "" || code === "total" ? name.trim() : `${code} ${name.trim()}`.trim();
