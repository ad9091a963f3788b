import type { AccountsMapping } from "../forms/accounts-mapping.ts";
import { roundingEnvelope } from "../checks/tolerance.ts";
import { canonicalTable, columnsOf, isByCode, type LooseTable } from "../forms/canonical-table.ts";
import { cellAddress, type CellAddress } from "../forms/cell.ts";
import { parentCode } from "../forms/codes/code-table.ts";
import type { Edition, Form } from "../forms/form.ts";
import { fixedRows } from "../forms/layout.ts";
import { partsOf } from "../forms/sums.ts";
import type { TableData } from "../forms/table-data.ts";
import { offersOf, type NameFault, type Offer, type OfferFault, type Origin } from "./offers.ts";
import type { ReadSheet } from "./read-sheet.ts";

/** A statutory table made up from the sheets of the accounts, with where each figure was read. */
export interface ProposedTable {
  readonly form: Form;
  /** The figures of the accounts, and those of the draft that the accounts do not have. */
  readonly table: TableData;
  readonly cells: ReadonlyMap<CellAddress, ProposedCell>;
  /** Sheets that the figures are from, in the order they were preferred. */
  readonly sheets: readonly string[];
  /** Sheets of the mapping that are not in the workbook, and those of them that come first in it. */
  readonly missing: readonly string[];
  readonly lacking: readonly string[];
  readonly conflicts: readonly Conflict[];
  readonly faults: readonly OfferFault[];
  readonly names: readonly NameFault[];
  /** Every place that was read for the table, taken or compared. */
  readonly offered: readonly Origin[];
  /** Columns that were read for it, as sheet and number (财决03/4). */
  readonly claimed: ReadonlySet<string>;
}

export interface ProposedCell {
  /** Undefined: empty in the accounts. */
  readonly value: number | undefined;
  readonly origins: readonly Origin[];
  /** Added up from other cells of the table, which the accounts have and this one they do not. */
  readonly isSum?: true;
}

/** Two sheets that give different figures for one cell. */
export interface Conflict {
  readonly cell: CellAddress;
  /** What is taken. */
  readonly kept: ProposedCell;
  readonly other: Offer;
}

interface Accounts {
  readonly edition: Edition;
  readonly mapping: AccountsMapping;
  readonly sheets: ReadonlyMap<string, ReadSheet>;
}

/** Undefined when the workbook has no sheet that the table follows from. */
export function proposeTable(
  accounts: Accounts,
  form: Form,
  draft: TableData,
): ProposedTable | undefined {
  const gathered = gather(accounts, form);
  if (gathered.sheets.length === 0) return undefined;
  if (isByCode(form)) addParents(form, gathered.cells);
  addSums(form, gathered.cells);
  const { columns: _, codeNames: __, unread: ___, ...found } = gathered;
  const once = (numbers: readonly string[]) => [...new Set(numbers)];
  return {
    ...{ form, table: merged(form, gathered, draft), ...found },
    ...{ sheets: once(found.sheets), missing: once(found.missing) },
  };
}

interface Gathered {
  readonly cells: Map<CellAddress, ProposedCell>;
  readonly sheets: string[];
  readonly missing: string[];
  readonly lacking: string[];
  readonly conflicts: Conflict[];
  readonly faults: OfferFault[];
  readonly names: NameFault[];
  readonly offered: Origin[];
  readonly claimed: Set<string>;
  /** Columns of a table by code that the accounts give for every row. */
  readonly columns: Set<string>;
  /** Rows of which something could not be read. */
  readonly unread: Set<string>;
  readonly codeNames: Map<string, string>;
}

function gather({ edition, mapping, sheets }: Accounts, form: Form): Gathered {
  const gathered: Gathered = {
    ...{
      cells: new Map(),
      sheets: [],
      missing: [],
      lacking: [],
      conflicts: [],
      faults: [],
      names: [],
    },
    ...{
      offered: [],
      claimed: new Set(),
      columns: new Set(),
      unread: new Set(),
      codeNames: new Map(),
    },
  };
  for (const [index, feed] of (mapping.tables[form.id] ?? []).entries()) {
    const numbers = typeof feed.sheet === "string" ? [feed.sheet] : feed.sheet;
    const absent = numbers.filter((number) => !sheets.has(number));
    if (absent.length > 0) {
      gathered.missing.push(...absent);
      if (index === 0) gathered.lacking.push(...absent);
      continue;
    }
    gathered.sheets.push(...numbers);
    const given = numbers.flatMap((number) => {
      const sheet = sheets.get(number);
      if (sheet === undefined) return [];
      const offers = offersOf({ edition, form, sheet }, feed);
      for (const column of offers.claimed) gathered.claimed.add(`${number}/${String(column)}`);
      return [offers];
    });
    for (const { origins } of given.flatMap(({ offers }) => offers)) {
      gathered.offered.push(...origins);
    }
    const covered = new Set(gathered.columns);
    const offers = added(given.flatMap((one) => one.offers));
    const isKnown = ({ row, column }: Offer) =>
      covered.has(column) || gathered.cells.has(cellAddress({ table: form.id, row, column }));
    // A sheet that is only compared keeps nothing out: what cannot be read there is not needed.
    const isCompared = offers.length > 0 && offers.every(isKnown);
    for (const offer of offers) weigh(gathered, form, offer, covered.has(offer.column));
    for (const { faults, names, columns, codeNames } of given) {
      for (const fault of isCompared ? [] : faults) {
        gathered.faults.push(fault);
        if (fault.target !== undefined) gathered.unread.add(fault.target.row);
      }
      for (const name of names) gathered.names.push(name);
      for (const column of columns) gathered.columns.add(column);
      for (const [code, name] of codeNames) gathered.codeNames.set(code, name);
    }
  }
  return gathered;
}

/** Figures of several sheets for one cell, added up. */
function added(offers: readonly Offer[]): readonly Offer[] {
  const sums = new Map<string, Offer>();
  for (const offer of offers) {
    const cell = `${offer.row}/${offer.column}`;
    const before = sums.get(cell);
    sums.set(
      cell,
      before === undefined
        ? offer
        : {
            ...offer,
            value: sumOf([before.value, offer.value]),
            origins: [...before.origins, ...offer.origins],
          },
    );
  }
  return [...sums.values()];
}

/** The first sheet gives the figure; what another has otherwise is a conflict. */
function weigh(gathered: Gathered, form: Form, offer: Offer, isCovered: boolean): void {
  const cell = cellAddress({ table: form.id, row: offer.row, column: offer.column });
  const kept = gathered.cells.get(cell);
  const { value, origins } = offer;
  if (kept === undefined && gathered.unread.has(offer.row)) return;
  if (kept === undefined && !isCovered) gathered.cells.set(cell, { value, origins });
  else if (!isSame(kept?.value, value, [...(kept?.origins ?? []), ...origins])) {
    gathered.conflicts.push({
      cell,
      kept: kept ?? { value: undefined, origins: [] },
      other: offer,
    });
  }
}

/** Figures in 万元 were rounded to 0.01 before they were written. */
export function isSame(
  left: number | undefined,
  right: number | undefined,
  origins: readonly Origin[],
): boolean {
  const isRounded = origins.some(({ unit }) => unit === "wan");
  return Math.abs((left ?? 0) - (right ?? 0)) <= (isRounded ? roundingEnvelope(1) : 0);
}

/** 类 and 款 that the sheet has no row for: the sum of what is below them. */
function addParents(form: Form, cells: Map<CellAddress, ProposedCell>): void {
  for (const digits of [7, 5]) {
    const rows = new Set([...cells.keys()].map((cell) => cell.split("/")[1] ?? ""));
    const missing = new Map<string, string[]>();
    for (const row of rows) {
      const parent = /^\d+$/u.test(row) && row.length === digits ? parentCode(row) : undefined;
      if (parent === undefined || rows.has(parent)) continue;
      const children = missing.get(parent);
      if (children === undefined) missing.set(parent, [row]);
      else children.push(row);
    }
    for (const [parent, children] of missing) addRow(form, cells, parent, children);
  }
  const rows = [...new Set([...cells.keys()].map((cell) => cell.split("/")[1] ?? ""))];
  if (rows.length > 0 && !rows.includes("total")) {
    addRow(
      form,
      cells,
      "total",
      rows.filter((row) => /^\d{3}$/u.test(row)),
    );
  }
}

function addRow(
  form: Form,
  cells: Map<CellAddress, ProposedCell>,
  row: string,
  children: readonly string[],
): void {
  for (const { key: column } of form.blocks.flatMap((block) => block.columns)) {
    const parts = children.flatMap(
      (child) => cells.get(cellAddress({ table: form.id, row: child, column })) ?? [],
    );
    if (parts.length === 0) continue;
    const value = sumOf(parts.map((part) => part.value));
    const origins = parts.flatMap((part) => part.origins);
    cells.set(cellAddress({ table: form.id, row, column }), { value, origins, isSum: true });
  }
}

/** Cells that the form adds up itself and the accounts do not have, where they have all of its parts. */
function addSums(form: Form, cells: Map<CellAddress, ProposedCell>): void {
  const rows = isByCode(form)
    ? [...new Set([...cells.keys()].map((cell) => cell.split("/")[1] ?? ""))]
    : fixedRows(form).map(({ key }) => key);
  // A sum may be a part of another, above it or below.
  for (let pass = 0; pass < 3; pass += 1) {
    for (const row of rows) {
      for (const { key: column } of columnsOf(form, row)) {
        const ref = { table: form.id, row, column };
        if (cells.has(cellAddress(ref))) continue;
        const parts = partsOf(form, ref).map((part) => cells.get(cellAddress(part)));
        const known = parts.flatMap((part) => part ?? []);
        if (known.length === 0 || known.length < parts.length) continue;
        const value = sumOf(known.map((part) => part.value));
        const origins = known.flatMap((part) => part.origins);
        cells.set(cellAddress(ref), { value, origins, isSum: true });
      }
    }
  }
}

function sumOf(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

/** The figures of the accounts in place of the draft's; what they do not have, and what could not be read, is kept. */
function merged(
  form: Form,
  { cells, columns, codeNames, faults }: Gathered,
  draft: TableData,
): TableData {
  const faulty = new Set(
    faults.flatMap(({ target }) =>
      target === undefined ? [] : [`${target.row}/${target.column ?? ""}`],
    ),
  );
  const isFaulty = (row: string, column: string) =>
    faulty.has(`${row}/`) || faulty.has(`${row}/${column}`);
  const isGiven = (row: string, column: string) =>
    cells.has(cellAddress({ table: form.id, row, column })) ||
    (isByCode(form) && columns.has(column) && !isFaulty(row, column));
  const rows = new Map<string, LooseTable["rows"][number] & { cells: Record<string, number> }>();
  for (const { key, name, cells: old } of draft.rows) {
    const kept = Object.entries(old).filter(([column]) => !isGiven(key, column));
    if (kept.length > 0) rows.set(key, { key, name, cells: Object.fromEntries(kept) });
  }
  for (const [address, { value }] of cells) {
    const [, key = "", column = ""] = address.split("/");
    if (value === undefined) continue;
    const row = rows.get(key) ?? { key, name: codeNames.get(key), cells: {} };
    row.cells[column] = value;
    rows.set(key, row);
  }
  // A row that only the draft has needs the rows it is summed up in.
  for (const key of [...rows.keys()].toSorted((a, b) => a.length - b.length)) {
    const parent = isByCode(form) && key !== "total" ? parentCode(key) : undefined;
    if (parent !== undefined && !rows.has(parent)) rows.delete(key);
  }
  return canonicalTable(form, { rows: [...rows.values()] });
}
