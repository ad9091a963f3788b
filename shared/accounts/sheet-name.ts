import type { AccountsSheet } from "../forms/accounts-mapping.ts";
import type { GridPlace } from "../forms/a1.ts";
import { comparableName } from "../forms/canonical-table.ts";
import { textAt, type SheetGrid } from "../forms/workbook-grid.ts";

/** Which sheet of the accounts a sheet of a workbook is: by its title, else by its number, else by its own name. */

export interface KnownSheets {
  readonly sheets: readonly AccountsSheet[];
  readonly furtherTitles: readonly string[];
}

export type NamedSheet =
  | { readonly kind: "accounts"; readonly sheet: AccountsSheet }
  /** Of the accounts, but no statutory table follows from it. */
  | { readonly kind: "further"; readonly name: string }
  /** A table as it is published (公开01表), which a workbook of the accounts may hold besides. */
  | { readonly kind: "published" }
  | { readonly kind: "unknown" };

/** Rows from the first filled one on in which a sheet's title and number are looked for. */
const titleWithin = 8;

export function nameSheet(known: KnownSheets, grid: SheetGrid): NamedSheet {
  const texts = titleTexts(grid);
  const numbers = texts.flatMap((text) => numberIn(text) ?? []);
  if (numbers.length === 0 && texts.some((text) => /^公开\d{2}表$/u.test(text))) {
    return { kind: "published" };
  }
  const candidates = [...texts, comparableName(grid.name)].map(titleIn);
  const title = candidates.find((text) => isKnownTitle(known, text));
  if (title !== undefined) return titledSheet(known, title);
  const number = numbers[0] ?? numberIn(comparableName(grid.name));
  const sheet = known.sheets.find((one) => one.number === number);
  // A number under another title than ours: years number their sheets differently.
  const isTitled = candidates.some((text) => /表$/u.test(text) && !/^财决/u.test(text));
  if (sheet !== undefined && !isTitled) return { kind: "accounts", sheet };
  return number === undefined ? { kind: "unknown" } : { kind: "further", name: number };
}

/** Whether the workbook is one of the accounts: a sheet has their number, or a title that no published table has. */
export function isOfAccounts(
  known: KnownSheets,
  grids: readonly SheetGrid[],
  publishedTitles: readonly string[],
): boolean {
  const published = new Set(publishedTitles.map(comparableName));
  const telling = new Set(
    known.sheets
      .filter(({ alsoPublished }) => alsoPublished !== true)
      .flatMap(titlesOf)
      .filter((title) => !published.has(title)),
  );
  const names = grids.map((grid) => [...titleTexts(grid), comparableName(grid.name)]);
  if (names.some((texts) => texts.some((text) => numberIn(text) !== undefined))) return true;
  const isPublished = names.some((texts) => texts.some((text) => /公开\d{2}表/u.test(text)));
  return !isPublished && names.some((texts) => texts.some((text) => telling.has(titleIn(text))));
}

const titlesOf = ({ title, otherTitles = [] }: AccountsSheet) =>
  [title, ...otherTitles].map(comparableName);

const isKnownTitle = ({ sheets, furtherTitles }: KnownSheets, text: string): boolean =>
  sheets.some((sheet) => titlesOf(sheet).includes(text)) ||
  furtherTitles.some((title) => comparableName(title) === text);

function titledSheet({ sheets }: KnownSheets, title: string): NamedSheet {
  const sheet = sheets.find((one) => titlesOf(one).includes(title));
  return sheet === undefined ? { kind: "further", name: title } : { kind: "accounts", sheet };
}

/** 财决03表 by itself or in brackets behind a title; 财决附03表. Notes that mention one are longer. */
function numberIn(text: string): string | undefined {
  const found = /^(?:.{0,40}\()?(财决附?\d{2}(?:-\d)?)(?:表?\)?)?$/u.exec(text)?.[1];
  // A spreadsheet's name is cut at 31 characters: (财决08-
  return found ?? /\((财决附?\d{2})-?$/u.exec(text)?.[1];
}

/** Without what surrounds a title: Z03 收入决算表(财决03表), 2022年度收入决算表. */
const titleIn = (text: string): string =>
  text
    .replace(/\(财决.*$/u, "")
    .replace(/^[A-Z]{1,3}\d{2}(?:[_-]\d)?/u, "")
    .replace(/^.{0,60}\d{4}年度?(?=.)/u, "")
    .replace(/\([^()]{1,8}\)$/u, "");

function titleTexts(grid: SheetGrid): string[] {
  const first = Math.max(
    grid.rows.findIndex((_, row) => filledTexts(grid, row).length > 0),
    0,
  );
  return Array.from({ length: titleWithin }, (_, index) => filledTexts(grid, first + index)).flat();
}

const filledTexts = (grid: SheetGrid, row: number): string[] =>
  (grid.rows[row] ?? []).flatMap((_, column) => {
    const place: GridPlace = { row, column };
    const text = comparableName(textAt(grid, place));
    return text === "" ? [] : [text];
  });
