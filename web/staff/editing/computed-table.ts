import { cellAddress, type CellAddress, type CellRef } from "../../../shared/forms/cell.ts";
import {
  budgetTableOf,
  itemLength,
  type FiguresByTable,
  type Formula,
} from "../../../shared/forms/computed/formula.ts";
import {
  recompute,
  resultOf,
  sheetOf,
  type Sheet,
} from "../../../shared/forms/computed/recompute.ts";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import type { Edition, Form, TableId } from "../../../shared/forms/form.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";

/** A table whose totals follow from what is typed, here and in the other tables of the report. */
export interface ComputedTable {
  /** The table with what follows from a change of it. */
  readonly follow: (changed: TableData) => TableData;
  /** Undefined of a cell that is typed. */
  readonly formulaOf: (ref: CellRef) => Formula | undefined;
  /** The same where this table has other rows. */
  readonly formulaIn: (changed: TableData) => (ref: CellRef) => Formula | undefined;
  /** What a formula gives. */
  readonly resultOf: (formula: Formula) => number | undefined;
  /** Cells that hold what their formula gives: nobody types in them. */
  readonly isLocked: (ref: CellRef) => boolean;
  /** 项 that other tables of the report have and this one does not yet. */
  readonly codesElsewhere: readonly string[];
}

export function computedTable(
  edition: Edition,
  form: Form,
  { value, others }: { readonly value: TableData; readonly others: FiguresByTable },
): ComputedTable {
  const before = { ...others, [form.id]: value };
  const sheet = sheetOf(edition, before);
  return {
    follow: (changed) =>
      recompute(edition, { before, after: { ...before, [form.id]: changed } })[form.id] ?? changed,
    formulaOf: sheet.book.formulaOf,
    formulaIn: (changed) => sheetOf(edition, { ...others, [form.id]: changed }).book.formulaOf,
    resultOf: (formula) => resultOf(formula, sheet.valueOf),
    isLocked: (ref) => {
      const formula = sheet.book.formulaOf(ref);
      return formula?.isPreset === false && sheet.valueOf(ref) === resultOf(formula, sheet.valueOf);
    },
    codesElsewhere: isByCode(form) ? spentOrReceived(edition, form.id, sheet) : [],
  };
}

/** What was spent was received, and is spent from one of the three budgets. */
function spentOrReceived(edition: Edition, own: TableId, { codesOf }: Sheet): readonly string[] {
  const items = [...new Set([...codesOf("t02"), ...codesOf("t03")])].filter(
    (code) => code.length === itemLength && !codesOf(own).has(code),
  );
  if (own === "t02" || own === "t03") return items;
  return items.filter((code) => budgetTableOf(code, edition.year) === own);
}

/** The cells of a table that nobody types in, but for those that somebody unlocked. */
export function lockedCells(
  table: ComputedTable,
  refs: Iterable<CellRef>,
  unlocked: ReadonlySet<CellAddress>,
): ReadonlySet<CellAddress> {
  const locked = new Set<CellAddress>();
  for (const ref of refs) {
    const address = cellAddress(ref);
    if (!unlocked.has(address) && table.isLocked(ref)) locked.add(address);
  }
  return locked;
}
