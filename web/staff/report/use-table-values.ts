import { useMemo } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition, Form, TableId } from "../../../shared/forms/form.ts";
import { isCount } from "../../../shared/forms/place-name.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { printExact, type AmountUnit } from "../../../shared/money.ts";
import { useSigned } from "../app/session-context.ts";
import type { TypedTable } from "../editing/typed-cells.ts";
import type { ComputedTable } from "../editing/computed-table.ts";
import { useComputedTable } from "../editing/use-computed-table.ts";
import { useUndo } from "./use-undo.ts";
import type { useSectionEditor } from "./use-section-editor.ts";

/** Where a table is on the page. */
export interface TableOnPage {
  readonly report: ReportView;
  readonly form: Form;
  readonly edition: Edition;
}

/** The section of the table with the state of its saving. */
export type TableEditor = ReturnType<typeof useSectionEditor<TableId>>;

/** The figures of a table as they are typed, and every way to change them. */
export interface TableValues extends TypedTable {
  readonly unit: AmountUnit;
  readonly computed: ComputedTable;
  /** 分 or a count; undefined of an empty cell. */
  readonly figureOf: (address: CellAddress) => number | undefined;
  /** The text an editor of the cell starts with, in the unit of entry. */
  readonly editText: (address: CellAddress) => string;
  /** One step that can be taken back. */
  readonly change: (table: TableData, unread?: TypedTable["unread"]) => void;
  readonly undo: () => void;
  readonly redo: () => void;
}

const nothingUnread: ReadonlyMap<CellAddress, string> = new Map();

export function useTableValues(
  at: TableOnPage,
  {
    editor,
    table,
    unit,
  }: {
    readonly editor: TableEditor;
    readonly table: TableData;
    readonly unit: AmountUnit;
  },
): TableValues {
  const { report, form, edition } = at;
  const { drafts } = useSigned();
  const { editable, unreadable } = editor;
  /** Kept on this machine until mended. */
  const unread = useMemo(
    () =>
      !editable || unreadable.size === 0
        ? nothingUnread
        : new Map(
            [...unreadable].map(([place, text]): [CellAddress, string] => [
              `${form.id}/${place}` as CellAddress,
              text,
            ]),
          ),
    [editable, unreadable, form.id],
  );
  const computed = useComputedTable(report.id, { edition, form, value: table, editable });
  const rows = useMemo(() => new Map(table.rows.map((row) => [row.key, row.cells])), [table]);
  const now = { table, unread };
  const put = (next: TypedTable) => {
    for (const address of new Set([...unread.keys(), ...next.unread.keys()])) {
      drafts.texts.set(report.id, `value/${address}`, next.unread.get(address));
    }
    if (next.table !== table) editor.change(next.table);
  };
  const { record, undo, redo } = useUndo(at, { now, put });
  const figureOf = (address: CellAddress): number | undefined => {
    const ref = parseCellAddress(address);
    return rows.get(ref?.row ?? "")?.[ref?.column ?? ""];
  };
  return {
    ...now,
    ...{ unit, computed, figureOf, undo, redo },
    editText: (address) => {
      const figure = figureOf(address);
      if (figure === undefined) return "";
      return isCount(address, edition) ? String(figure) : printExact(figure, unit);
    },
    change: (changed, nowUnread = unread) => {
      const after = { table: changed, unread: nowUnread };
      record(after);
      put(after);
    },
  };
}
