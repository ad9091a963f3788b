import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { tableName } from "../../../shared/forms/place-name.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { sectionQuery } from "../api/queries.ts";
import { message } from "../app/feedback.tsx";
import { useSigned } from "../app/session-context.ts";
import { unreadablePrefix } from "../editing/drafts.ts";
import type { TypedTable } from "../editing/typed-cells.ts";
import { cellOfStep, retraced, type TableStep } from "../editing/undo-history.ts";
import type { TableOnPage } from "./use-table-values.ts";

/**
 * One history for all tables of a report: what was done last is taken back first, and what was done in another table is
 * taken back there, where the page then goes.
 */
export function useUndo(
  { report, form, edition }: TableOnPage,
  { now, put }: { readonly now: TypedTable; readonly put: (table: TypedTable) => void },
): {
  readonly record: (after: TypedTable) => void;
  readonly undo: () => void;
  readonly redo: () => void;
} {
  const { api, drafts } = useSigned();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const history = drafts.history(report.id);

  const retrace = async (step: TableStep, isUndo: boolean) => {
    const { table, before, after } = step;
    const way = isUndo ? { from: after, to: before } : { from: before, to: after };
    if (table === form.id) {
      put(retraced(table, now, way));
      return;
    }
    const { pointer, value } = await queries.query({
      ...sectionQuery(api, report.id, table),
      staleTime: "static",
    });
    const stored = { hash: pointer?.sha256 ?? null, value };
    const draft = drafts.of(report.id, table);
    const prefix = unreadablePrefix(table);
    const unread = new Map(
      [...drafts.texts.under(report.id, prefix)].map(
        ([place, text]) => [`${table}/${place}`, text] as const,
      ),
    ) as TypedTable["unread"];
    const next = retraced(table, { table: draft.shown(value, stored.hash), unread }, way);
    for (const address of new Set([...unread.keys(), ...next.unread.keys()])) {
      drafts.texts.set(report.id, `value/${address}`, next.unread.get(address));
    }
    draft.change(stored, next.table);
    await navigate({
      to: "/reports/$id/$part",
      params: { id: report.id, part: table },
      search: omitUndefined({ cell: cellOfStep(step) }),
    });
    message.info(`已${isUndo ? "撤销" : "恢复"}在${tableName(table, edition)}中的修改。`);
  };
  const back = (step: TableStep | undefined, isUndo: boolean) => {
    if (step !== undefined) void retrace(step, isUndo);
    else message.info(isUndo ? "没有可以撤销的修改。" : "没有可以恢复的修改。");
  };
  return {
    record: (after) => history.record({ table: form.id, before: now, after }),
    undo: () => back(history.undo(), true),
    redo: () => back(history.redo(), false),
  };
}
