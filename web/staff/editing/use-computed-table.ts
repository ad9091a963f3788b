import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { cellAddress, type CellAddress, type CellRef } from "../../../shared/forms/cell.ts";
import { budgetTableOf, itemLength, type Formula } from "../../../shared/forms/computed/formula.ts";
import {
  recompute,
  resultOf,
  sheetOf,
  type Sheet,
} from "../../../shared/forms/computed/recompute.ts";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import type { Edition, Form, TableId } from "../../../shared/forms/form.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { sectionQuery } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";

/** A table whose totals follow from what is typed, here and in the other tables of the report. */
export interface ComputedTable {
  /** The table with what follows from a change of it. */
  readonly follow: (changed: TableData) => TableData;
  /** Undefined of a cell that is typed. */
  readonly formulaOf: (ref: CellRef) => Formula | undefined;
  /** What a formula gives. */
  readonly resultOf: (formula: Formula) => number | undefined;
  /** Cells that hold what their formula gives: nobody types in them. */
  readonly isLocked: (ref: CellRef) => boolean;
  /** 项 that other tables of the report have and this one does not yet. */
  readonly codesElsewhere: readonly string[];
}

export function useComputedTable(
  reportId: string,
  {
    edition,
    form,
    value,
    editable,
  }: { edition: Edition; form: Form; value: TableData | undefined; editable: boolean },
): ComputedTable {
  const others = useOtherTables(reportId, edition, { own: form.id, enabled: editable });
  const sheet = useMemo(
    () => sheetOf(edition, { ...others, [form.id]: value ?? { rows: [] } }),
    [edition, others, form.id, value],
  );
  const codesElsewhere = useMemo(
    () => (isByCode(form) ? spentOrReceived(edition, form.id, sheet) : []),
    [edition, form, sheet],
  );
  return useMemo(
    () => ({
      follow: (changed) => {
        const before = { ...others, [form.id]: value ?? { rows: [] } };
        const after = recompute(edition, { before, after: { ...before, [form.id]: changed } });
        return after[form.id] ?? changed;
      },
      formulaOf: sheet.book.formulaOf,
      resultOf: (formula) => resultOf(formula, sheet.valueOf),
      isLocked: (ref) => {
        const formula = sheet.book.formulaOf(ref);
        return (
          formula?.isPreset === false && sheet.valueOf(ref) === resultOf(formula, sheet.valueOf)
        );
      },
      codesElsewhere,
    }),
    [codesElsewhere, edition, form.id, others, sheet, value],
  );
}

/** The other tables as they are stored; those that have not come yet are empty. */
function useOtherTables(
  reportId: string,
  edition: Edition,
  { own, enabled }: { own: TableId; enabled: boolean },
): { readonly [id: TableId]: TableData } {
  const { api } = useSigned();
  const ids = useMemo(
    () => edition.forms.map(({ id }) => id).filter((id) => id !== own),
    [edition, own],
  );
  const tables = useQueries({
    queries: ids.map((section) => ({ ...sectionQuery(api, reportId, section), enabled })),
    combine: (answers) => answers.map(({ data }) => data?.value),
  });
  return useMemo(
    () =>
      Object.fromEntries(
        ids.flatMap((id, index): [TableId, TableData][] => {
          const table = tables[index];
          return table === undefined ? [] : [[id, table]];
        }),
      ),
    [ids, tables],
  );
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
