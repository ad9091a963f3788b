import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import { isEqualContent } from "./count-changes.ts";
import { mergeTables } from "./edit-table.ts";
import type { TypedTable } from "./typed-cells.ts";

/** One act in a table of a report, that can be taken back as a whole. */
export interface TableStep {
  readonly table: TableId;
  readonly before: TypedTable;
  readonly after: TypedTable;
}

/** What was done in the tables of one report, in the order in which it was done, whichever table it was. */
export interface UndoHistory {
  readonly record: (step: TableStep) => void;
  /** The step that is taken back, now to be done again by `redo`. */
  readonly undo: () => TableStep | undefined;
  readonly redo: () => TableStep | undefined;
}

/** Steps kept; a table of 2,000 rows is a few hundred kB, and steps share the rows that they do not change. */
const mostSteps = 100;

export function createUndoHistory(): UndoHistory {
  let past: readonly TableStep[] = [];
  let future: readonly TableStep[] = [];
  return {
    record: (step) => {
      past = [...past.slice(1 - mostSteps), step];
      future = [];
    },
    undo: () => {
      const step = past.at(-1);
      if (step === undefined) return undefined;
      past = past.slice(0, -1);
      future = [step, ...future];
      return step;
    },
    redo: () => {
      const [step, ...rest] = future;
      if (step === undefined) return undefined;
      past = [...past, step];
      future = rest;
      return step;
    },
  };
}

/**
 * The table as it is now without a step (`from` its after, `to` its before), or with it again. What was done meanwhile by
 * somebody else, or follows from other tables, stays.
 */
export function retraced(
  table: TableId,
  now: TypedTable,
  { from, to }: { readonly from: TypedTable; readonly to: TypedTable },
): TypedTable {
  const unread = new Map(now.unread);
  for (const address of new Set([...from.unread.keys(), ...to.unread.keys()])) {
    const text = to.unread.get(address);
    if (text === from.unread.get(address)) continue;
    if (text === undefined) unread.delete(address);
    else unread.set(address, text);
  }
  if (isEqualContent(now.table, from.table)) return { table: to.table, unread };
  const { merged } = mergeTables(table, { base: from.table, mine: to.table, theirs: now.table });
  return { table: merged, unread };
}

/** A cell that a step changed, to show where it was. */
export function cellOfStep({ table, before, after }: TableStep): CellAddress | undefined {
  const rows = new Map(before.table.rows.map((row) => [row.key, row]));
  for (const { key, cells } of after.table.rows) {
    const was = rows.get(key)?.cells ?? {};
    rows.delete(key);
    for (const column of new Set([...Object.keys(was), ...Object.keys(cells)])) {
      if (was[column] !== cells[column]) return `${table}/${key}/${column}`;
    }
  }
  for (const { key, cells } of rows.values()) {
    const [column] = Object.keys(cells);
    if (column !== undefined) return `${table}/${key}/${column}`;
  }
  const texts = new Set([...before.unread.keys(), ...after.unread.keys()]);
  return [...texts].find((address) => before.unread.get(address) !== after.unread.get(address));
}
