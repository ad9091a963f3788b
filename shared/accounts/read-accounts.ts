import { comparableName } from "../forms/canonical-table.ts";
import type { AccountsOfEdition } from "../editions/accounts-of.ts";
import type { Edition, Form, TableId } from "../forms/form.ts";
import { originAbove } from "../forms/workbook-head.ts";
import type { ImportPlace } from "../forms/import-fault.ts";
import type { TableData } from "../forms/table-data.ts";
import { amountUnitOf } from "../forms/table-csv.ts";
import type { SheetGrid } from "../forms/workbook-grid.ts";
import { unitName, type AmountUnit } from "../money.ts";
import { proposeTable, type ProposedTable } from "./propose-table.ts";
import { readAccountsSheet, type Figure, type ReadSheet } from "./read-sheet.ts";
import { sheetHead } from "./sheet-head.ts";
import { nameSheet } from "./sheet-name.ts";
import { wrongSums, type WrongSum } from "./wrong-sums.ts";

/** A workbook of the departmental accounts, read for the statutory tables of an edition. */
export interface AccountsReading {
  /** What became of every sheet, in the order of the workbook. */
  readonly sheets: readonly SheetOutcome[];
  readonly tables: readonly ProposedTable[];
  /** Sums that do not hold in what was read. */
  readonly wrongSums: readonly WrongSum[];
  /** Figures of sheets that were used, which no table of the edition has a place for. */
  readonly leftovers: readonly Leftover[];
  /** Tables that no sheet of the workbook makes up, with the sheets that would. */
  readonly untouched: readonly { readonly table: TableId; readonly missing: readonly string[] }[];
  /** Offices that the sheets name as theirs. */
  readonly orgNames: readonly { readonly text: string; readonly at: ImportPlace }[];
  /** Of sheets that name other years than the report's: the first they name. */
  readonly otherYears: readonly { readonly year: number; readonly at: ImportPlace }[];
  /** 元 unless a sheet that was used is in 万元. */
  readonly enteredIn: AmountUnit;
}

export type SheetOutcome = { readonly name: string } & (
  | {
      readonly kind: "read";
      readonly number: string;
      readonly title: string;
      readonly unit: AmountUnit;
    }
  /** Of the accounts; nothing that is published follows from it. */
  | { readonly kind: "not_public"; readonly title: string }
  /** Of the accounts, and not read, for a reason. */
  | { readonly kind: "no_unit" | "no_head"; readonly title: string }
  | {
      readonly kind: "wrong_unit";
      readonly title: string;
      readonly unit: string;
      readonly at: string;
    }
  | { readonly kind: "repeated"; readonly title: string; readonly others: readonly string[] }
  | { readonly kind: "published" | "unknown" }
);

/** A column or a row that holds figures and has no place in a table, by name. */
export interface Leftover {
  readonly sheet: string;
  readonly kind: "column" | "row";
  /**
   * check: of rows that are taken as a whole, and worth a question · elsewhere: for another part of the report ·
   * aside: never published.
   */
  readonly why: "check" | "elsewhere" | "aside";
  readonly name: string;
  readonly at: string;
  /** The part of the report that it is for. */
  readonly part?: string;
  /** The figure as written, with its unit. */
  readonly figure: string;
}

export function readAccounts(
  { edition, accounts }: { readonly edition: Edition; readonly accounts: AccountsOfEdition },
  grids: readonly SheetGrid[],
  draft: (form: Form) => TableData,
): AccountsReading {
  const opened = openSheets(accounts, grids);
  const sheets = new Map(opened.sheets.map((one) => [one.sheet.number, one]));
  const tables = edition.forms.flatMap(
    (form) => proposeTable({ edition, mapping: accounts, sheets }, form, draft(form)) ?? [],
  );
  const used = new Set(
    tables.flatMap(({ offered, faults }) => [...offered, ...faults].map(placeKey)),
  );
  const claimed = new Set(tables.flatMap((table) => [...table.claimed]));
  const inUse = opened.sheets.filter(({ sheet }) =>
    tables.some(({ sheets: from }) => from.includes(sheet.number)),
  );
  const proposed = new Set(tables.map(({ form }) => form.id));
  const { year } = edition;
  return {
    sheets: opened.outcomes.map((outcome) =>
      outcome.kind === "read" && !inUse.some(({ sheet }) => sheet.number === outcome.number)
        ? { name: outcome.name, kind: "not_public", title: outcome.title }
        : outcome,
    ),
    tables,
    wrongSums: tables.flatMap(wrongSums),
    leftovers: inUse.flatMap((sheet) => leftoversOf(sheet, { used, claimed })),
    untouched: edition.forms.flatMap(({ id }) => {
      if (proposed.has(id)) return [];
      const feeds = accounts.tables[id] ?? [];
      return [{ table: id, missing: [...new Set(feeds.flatMap(({ sheet }) => sheet))] }];
    }),
    orgNames: opened.orgNames,
    otherYears: opened.years.flatMap((years) => {
      const [first] = years;
      return first === undefined || years.some((one) => one.year === year) ? [] : [first];
    }),
    enteredIn: inUse.some(({ unit }) => unit === "wan") ? "wan" : "yuan",
  };
}

interface Opened {
  readonly sheets: readonly ReadSheet[];
  readonly outcomes: readonly SheetOutcome[];
  readonly orgNames: AccountsReading["orgNames"];
  /** Years by sheet. */
  readonly years: readonly AccountsReading["otherYears"][];
}

function openSheets(accounts: AccountsOfEdition, grids: readonly SheetGrid[]): Opened {
  const named = grids.map((grid) => ({ grid, named: nameSheet(accounts, grid) }));
  const sheets: ReadSheet[] = [];
  const orgNames: AccountsReading["orgNames"][number][] = [];
  const years: Opened["years"][number][] = [];
  const outcomes = named.map(({ grid, named: one }): SheetOutcome => {
    const { name } = grid;
    if (one.kind === "further") return { name, kind: "not_public", title: one.name };
    if (one.kind !== "accounts") return { name, kind: one.kind };
    const { title, number } = one.sheet;
    const same = named.filter(
      (other) => other.named.kind === "accounts" && other.named.sheet.number === number,
    );
    if (same.length > 1) {
      const others = same.flatMap((other) => (other.grid === grid ? [] : [other.grid.name]));
      return { name, kind: "repeated", title, others };
    }
    const head = sheetHead(grid);
    if (head === undefined) return { name, kind: "no_head", title };
    const origin = originAbove(grid, head.first);
    const { amountUnit } = origin;
    if (amountUnit === undefined) return { name, kind: "no_unit", title };
    const unit = amountUnitOf(amountUnit.text);
    if (unit === undefined) {
      const { cell = "" } = amountUnit.at;
      return { name, kind: "wrong_unit", title, unit: amountUnit.text, at: cell };
    }
    const read = readAccountsSheet(one.sheet, grid, unit);
    if (read === undefined) return { name, kind: "no_head", title };
    sheets.push(read);
    if (origin.orgName !== undefined) orgNames.push(origin.orgName);
    years.push(origin.years);
    return { name, kind: "read", number, title, unit };
  });
  return { sheets, outcomes, orgNames, years };
}

const placeKey = ({ sheet, at }: { readonly sheet: string; readonly at: string }): string =>
  `${sheet}!${at}`;

/** Columns that nothing is read from, and rows by name of which nothing was used, as far as they hold figures. */
function leftoversOf(
  { sheet, rows, columns, unit }: ReadSheet,
  { used, claimed }: { readonly used: ReadonlySet<string>; readonly claimed: ReadonlySet<string> },
): Leftover[] {
  const { number } = sheet;
  const isClaimed = (column: number) => claimed.has(`${number}/${String(column)}`);
  const isUsed = ({ at }: { readonly at: string }) => used.has(placeKey({ sheet: number, at }));
  const firstHeld = new Map<number, Figure>();
  for (const figure of rows.flatMap(({ figures }) => figures)) {
    const { column } = figure.column;
    if (!firstHeld.has(column) && !figure.isNothing) firstHeld.set(column, figure);
  }
  const parts = new Map(
    Object.entries(sheet.elsewhere ?? {}).map(([name, part]) => [comparableName(name), part]),
  );
  const leftover = (
    kind: Leftover["kind"],
    name: { readonly plain: string; readonly printed: string },
    place: { readonly at: string; readonly figure: Figure },
    otherwise: "check" | "aside",
  ): Leftover => {
    const part = parts.get(name.plain);
    return {
      ...{ sheet: number, kind, name: name.printed, at: place.at },
      ...(part === undefined ? { why: otherwise } : { why: "elsewhere", part }),
      figure: `${place.figure.text} ${unitName[unit]}`,
    };
  };
  const left = columns.flatMap(({ column, printed, path }): Leftover[] => {
    const figure = firstHeld.get(column);
    if (figure === undefined || isClaimed(column)) return [];
    return [leftover("column", { plain: path, printed }, { at: figure.at, figure }, "aside")];
  });
  const aside = new Set((sheet.aside ?? []).map(comparableName));
  for (const row of sheet.rows === "lines" ? rows : []) {
    const figure = row.figures.find((one) => isClaimed(one.column.column) && !one.isNothing);
    if (figure === undefined || isUsed(row) || row.figures.some(isUsed)) continue;
    const isAside =
      aside.has(row.plain) ||
      row.plain.startsWith("其中") ||
      (sheet.asideBlock !== undefined && row.block.includes(sheet.asideBlock));
    const name = { plain: row.plain, printed: row.name.trim() };
    left.push(leftover("row", name, { at: figure.at, figure }, isAside ? "aside" : "check"));
  }
  return left;
}
