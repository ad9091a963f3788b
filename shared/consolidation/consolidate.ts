import { canonicalTable } from "../forms/canonical-table.ts";
import { cellAddress, parseCellAddress, type CellAddress } from "../forms/cell.ts";
import type { Edition, Form, TableId } from "../forms/form.ts";
import { cellValue, type UnitSubmission } from "../report/report.ts";
import type { TableData } from "../forms/table-data.ts";
import type { AdjustmentEntry, Tables } from "../report/sections.ts";
import { tableIn } from "../report/section-ids.ts";
import { addedFacts, type AddedFacts } from "./added-facts.ts";
import { omitUndefined } from "../omit-undefined.ts";

/** What a department's report is by its units (汇总): every cell Σ units + 调整表. */
export interface Consolidated {
  readonly tables: Tables;
  readonly facts: AddedFacts;
}

/**
 * Adds up unit submissions and adjustment entries, cell by cell: all cells of the forms are amounts or counts, and these
 * add up; percentages and text are no cells, they are written anew. A cell that nobody filled stays empty.
 */
export const consolidate = (
  edition: Edition,
  units: readonly UnitSubmission[],
  entries: readonly AdjustmentEntry[],
): Consolidated => ({
  tables: addedTables(edition, units, entries),
  facts: addedFacts(units),
});

export function addedTables(
  edition: Edition,
  units: readonly UnitSubmission[],
  entries: readonly AdjustmentEntry[],
): Tables {
  return Object.fromEntries(
    edition.forms.map((form) => [form.id, addedTable(form, units, entries)] as const),
  );
}

/** What a consolidated cell is made of. */
export interface CellParts {
  /** Units that filled the cell, with what they filled in. */
  readonly units: readonly { readonly orgCode: string; readonly value: number }[];
  /** Adjustment entries on the cell, by id. */
  readonly entries: readonly { readonly id: string; readonly value: number }[];
  /** The sum of all; absent where there is nothing to add. */
  readonly value?: number;
}

export function cellParts(
  cell: CellAddress,
  units: readonly UnitSubmission[],
  entries: readonly AdjustmentEntry[],
): CellParts {
  const ref = parseCellAddress(cell);
  const parts = {
    units: units.flatMap(({ orgCode, sections }) => {
      const value = ref && cellValue(sections, ref);
      return value === undefined ? [] : [{ orgCode, value }];
    }),
    entries: entries.flatMap(({ id, cells }) =>
      cells.flatMap((adjusted) => (adjusted.cell === cell ? [{ id, value: adjusted.fen }] : [])),
    ),
  };
  const all = [...parts.units, ...parts.entries];
  if (all.length === 0) return parts;
  return { ...parts, value: all.reduce((sum, { value }) => sum + value, 0) };
}

/** A cell that holds one thing in one set of tables and another in another; absent is empty. */
export interface CellDifference {
  readonly cell: CellAddress;
  readonly left?: number;
  readonly right?: number;
}

/** Cells that differ, in the order of the forms; an empty cell and a zero are no difference in money. */
export function differingCells(edition: Edition, left: Tables, right: Tables): CellDifference[] {
  return edition.forms.flatMap(({ id }) => {
    const rows = { left: cellsOf(id, tableIn(left, id)), right: cellsOf(id, tableIn(right, id)) };
    return [...new Set([...rows.left.keys(), ...rows.right.keys()])].flatMap((cell) => {
      const [one, other] = [rows.left.get(cell), rows.right.get(cell)];
      if ((one ?? 0) === (other ?? 0)) return [];
      return [
        {
          cell,
          ...omitUndefined({ left: one, right: other }),
        },
      ];
    });
  });
}

function addedTable(
  form: Form,
  units: readonly UnitSubmission[],
  entries: readonly AdjustmentEntry[],
): TableData {
  const sums = new Map<string, { name: string | undefined; cells: Record<string, number> }>();
  const add = (key: string, column: string, value: number, name?: string) => {
    const row = sums.get(key) ?? { name, cells: {} };
    row.name ??= name;
    row.cells[column] = (row.cells[column] ?? 0) + value;
    sums.set(key, row);
  };
  for (const row of units.flatMap(({ sections }) => tableIn(sections, form.id).rows)) {
    for (const [column, value] of Object.entries(row.cells)) add(row.key, column, value, row.name);
  }
  for (const { cell, fen } of entries.flatMap(({ cells }) => cells)) {
    const ref = parseCellAddress(cell);
    if (ref?.table === form.id) add(ref.row, ref.column, fen);
  }
  return canonicalTable(form, {
    rows: [...sums].map(([key, { name, cells }]) => ({ key, name, cells })),
  });
}

const cellsOf = (table: TableId, { rows }: TableData): ReadonlyMap<CellAddress, number> =>
  new Map(
    rows.flatMap(({ key, cells }) =>
      Object.entries(cells).map(
        ([column, value]) => [cellAddress({ table, row: key, column }), value] as const,
      ),
    ),
  );
