import { isByCode } from "../canonical-table.ts";
import { lineageOfCode } from "../codes/code-table.ts";
import { cellAddress, type CellAddress, type CellRef } from "../cell.ts";
import type { Edition, Form, TableId } from "../form.ts";
import { fixedRows } from "../layout.ts";
import type { TableData, TableRow } from "../table-data.ts";
import {
  formulaBook,
  type FiguresByTable,
  type Formula,
  budgetTableOf,
  itemLength,
  tableOfBudget,
  type FormulaBook,
  type FormulaFacts,
} from "./formula.ts";

/**
 * Computed cells (计算得出的格): a total is typed by nobody but follows its parts. A cell follows its formula as long as
 * it holds what the formula gives; one that holds another figure, as a total that was imported as printed or typed
 * because of a difference in rounding (尾差), is left as it is, and the checks report the difference.
 */

/** The figures of tables, and the formulas that their rows give. */
export interface Sheet {
  readonly book: FormulaBook;
  /** Rows by code of a table, those that follow from other tables among them. */
  readonly codesOf: (table: TableId) => ReadonlySet<string>;
  /** 分 or a count; undefined of an empty cell. */
  readonly valueOf: (ref: CellRef) => number | undefined;
}

export function sheetOf(edition: Edition, tables: FiguresByTable): Sheet {
  const rows = new Map<TableId, ReadonlyMap<string, TableRow>>();
  const codes = new Map<TableId, ReadonlySet<string>>();
  for (const { id } of edition.forms) {
    const found = tables[id]?.rows ?? [];
    rows.set(id, new Map(found.map((row) => [row.key, row])));
    codes.set(id, codesOf(found));
  }
  const valueOf: Sheet["valueOf"] = ({ table, row, column }) =>
    rows.get(table)?.get(row)?.cells[column];
  const alone = fiscalAloneIn((table) => rows.get(table)?.values() ?? [], valueOf);
  /** A code that is entered in another budget's table than its own is for people to divide. */
  const fiscalAlone: FormulaFacts["fiscalAlone"] = (code) =>
    Object.values<TableId>(tableOfBudget).some(
      (table) => table !== budgetTableOf(code, edition.year) && rows.get(table)?.has(code) === true,
    )
      ? undefined
      : alone(code);
  for (const [table, added] of spentCodes(edition, codes.get("t03"), fiscalAlone)) {
    const own = codes.get(table);
    if (own !== undefined) codes.set(table, new Set([...own, ...added]));
  }
  return {
    book: formulaBook(edition, {
      rowsByCode: (table) => codes.get(table) ?? new Set(),
      fiscalAlone,
    }),
    codesOf: (table) => codes.get(table) ?? new Set(),
    valueOf,
  };
}

const codesOf = (rows: readonly TableRow[]): ReadonlySet<string> =>
  new Set(rows.flatMap(({ key }) => (/^\d{3,7}$/u.test(key) ? lineageOfCode(key) : [])));

const ownIncome = ["superior", "business", "operating", "affiliate", "other"] as const;
const ownSpending = ["to_superior", "operating", "to_affiliate"] as const;

/** A report without other money spends 财政拨款 alone; in any other, likely a code does that received nothing else. */
function fiscalAloneIn(
  rowsOf: (table: TableId) => Iterable<TableRow>,
  valueOf: Sheet["valueOf"],
): FormulaFacts["fiscalAlone"] {
  const isZero = (ref: CellRef) => (valueOf(ref) ?? 0) === 0;
  const isEmpty = (table: TableId, columns: readonly string[]) =>
    [...rowsOf(table)].every(({ cells }) => columns.every((column) => (cells[column] ?? 0) === 0));
  const hasOwnMoney =
    !isEmpty("t02", ownIncome) ||
    !isEmpty("t03", ownSpending) ||
    !isZero({ table: "t01", row: "surplus_used", column: "final" }) ||
    !isZero({ table: "t01", row: "distribution", column: "final" }) ||
    hasOwnOpening(rowsOf, valueOf);
  if (!hasOwnMoney) return () => "surely";
  const received = (row: string, column: string): CellRef => ({ table: "t02", row, column });
  return (code) =>
    !isZero(received(code, "fiscal")) && ownIncome.every((column) => isZero(received(code, column)))
      ? "likely"
      : undefined;
}

/** More was carried over from last year than 财政拨款, which may so far be entered by code alone. */
function hasOwnOpening(rowsOf: (table: TableId) => Iterable<TableRow>, valueOf: Sheet["valueOf"]) {
  const all = valueOf({ table: "t01", row: "opening", column: "final" });
  const byCode = (table: TableId): number =>
    [...rowsOf(table)]
      .filter(({ key }) => key.length === itemLength)
      .reduce((sum, { cells }) => sum + (cells["opening"] ?? 0), 0);
  const fiscal = Object.entries(tableOfBudget).map(
    ([budget, table]) =>
      valueOf({ table: "t04", row: `opening_${budget}`, column: "final" }) ?? byCode(table),
  );
  return all !== undefined && all !== fiscal.reduce((sum, one) => sum + one, 0);
}

/** 项 of 公开03表 that the table of a fiscal budget has as well, with those above them. */
function spentCodes(
  edition: Edition,
  spent: ReadonlySet<string> | undefined,
  fiscalAlone: FormulaFacts["fiscalAlone"],
): ReadonlyMap<TableId, readonly string[]> {
  const paid = [...(spent ?? [])].filter(
    (code) => code.length === itemLength && fiscalAlone(code) !== undefined,
  );
  return new Map(
    Object.values<TableId>(tableOfBudget).map((table) => [
      table,
      paid
        .filter((code) => budgetTableOf(code, edition.year) === table)
        .flatMap((code) => lineageOfCode(code)),
    ]),
  );
}

/** What a formula gives; nothing where all its cells are empty, for empty is not zero. */
export function resultOf(
  formula: Formula,
  valueOf: (ref: CellRef) => number | undefined,
): number | undefined {
  let sum: number | undefined;
  for (const term of formula.terms) {
    const value = valueOf(term);
    if (value !== undefined) sum = (sum ?? 0) + (term.minus ? -value : value);
  }
  return sum;
}

/** Whether a cell has a formula and holds what it gives; nobody types in it unless it is preset. */
export function isComputed({ book, valueOf }: Sheet, ref: CellRef): boolean {
  const formula = book.formulaOf(ref);
  return formula !== undefined && valueOf(ref) === resultOf(formula, valueOf);
}

/**
 * The tables after somebody changed cells that are typed: every cell that followed its formula before follows it now,
 * through all tables, and so does an empty total; a preset that was emptied stays so. Tables of which nothing changed are the very objects handed in.
 */
export function recompute(
  edition: Edition,
  { before, after }: { readonly before: FiguresByTable; readonly after: FiguresByTable },
): FiguresByTable {
  const was = sheetOf(edition, before);
  const now = sheetOf(edition, after);
  const found = new Map<CellAddress, number | undefined>();
  /** Holds another figure than its formula gave, or was typed in this very change. */
  const isTyped = (ref: CellRef): boolean => {
    const value = was.valueOf(ref);
    if (now.valueOf(ref) !== value) return true;
    const formula = was.book.formulaOf(ref);
    const isEmptyTotal = value === undefined && formula?.isPreset !== true;
    return !isEmptyTotal && value !== (formula && resultOf(formula, was.valueOf));
  };
  const valueOf = (ref: CellRef): number | undefined => {
    const address = cellAddress(ref);
    if (found.has(address)) return found.get(address);
    const formula = now.book.formulaOf(ref);
    const isEmptied = formula === undefined && hadRowsBelow(ref, was);
    const value =
      (formula === undefined && !isEmptied) || isTyped(ref)
        ? now.valueOf(ref)
        : formula && resultOf(formula, valueOf);
    found.set(address, value);
    return value;
  };
  const changed = edition.forms.flatMap((form): [TableId, TableData][] => {
    const table = after[form.id] ?? { rows: [] };
    const computed = withValues(form, { table, codes: now.codesOf(form.id) }, valueOf);
    return computed === table ? [] : [[form.id, computed]];
  });
  return { ...after, ...Object.fromEntries(changed) };
}

/** The last code below it was taken out: its sum goes with it. */
const hadRowsBelow = (ref: CellRef, was: Sheet): boolean =>
  was.book.formulaOf(ref)?.terms.every(({ row }) => row !== ref.row && row.startsWith(ref.row)) ===
  true;

/** The table with every cell as computed; the same object where all were so already. */
function withValues(
  form: Form,
  { table, codes }: { readonly table: TableData; readonly codes: ReadonlySet<string> },
  valueOf: (ref: CellRef) => number | undefined,
): TableData {
  const rowKeys = isByCode(form) ? ["total", ...codes] : fixedRows(form).map(({ key }) => key);
  const keys = new Set([...rowKeys, ...table.rows.map(({ key }) => key)]);
  const known = new Map(table.rows.map((row) => [row.key, row]));
  const columns = [...new Set(form.blocks.flatMap((block) => block.columns.map(({ key }) => key)))];
  const rows = [...keys].flatMap((key): TableRow[] => {
    const row = known.get(key);
    const different = columns.filter(
      (column) => row?.cells[column] !== valueOf({ table: form.id, row: key, column }),
    );
    if (different.length === 0) return row === undefined ? [] : [row];
    const cells = { ...row?.cells };
    for (const column of different) {
      const value = valueOf({ table: form.id, row: key, column });
      if (value === undefined) Reflect.deleteProperty(cells, column);
      else cells[column] = value;
    }
    return [{ ...(row ?? { key }), cells }];
  });
  const isSame =
    rows.length === table.rows.length && rows.every((row) => known.get(row.key) === row);
  return isSame ? table : { rows };
}
