import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import type { Sections } from "../../../shared/report/sections.ts";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { sectionQuery, useSection } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import { useUnreadable } from "../editing/use-kept-text.ts";

/** One section on a page: what to show, the state of its saving, and how to change it. */
export function useSectionEditor<Id extends SectionId>(
  { id, allowedActions }: { id: string; allowedActions: readonly string[] },
  section: Id,
) {
  const { api, drafts } = useSigned();
  const queries = useQueryClient();
  const stored = useSection(id, section);
  const editable = allowedActions.includes("edit");
  // What is typed in the moment somebody submits is kept as well, though it is not shown any more.
  const draft = drafts.of(id, section);
  const snapshot = useSyncExternalStore(draft.subscribe, draft.snapshot);
  const unreadable = useUnreadable(id, section);
  const data = stored.data;
  const hash = data?.pointer?.sha256 ?? null;
  const change = useCallback(
    (value: Sections[Id]) => {
      if (data !== undefined) draft.change({ hash, value: data.value }, value);
    },
    [draft, data, hash],
  );
  /** Changes what is there at that moment, which others may have changed since the page was drawn or left. */
  const update = useCallback(
    (by: (value: Sections[Id]) => Sections[Id]) => {
      const { queryKey, queryFn } = sectionQuery(api, id, section);
      const latest = queries.getQueryData<Awaited<ReturnType<typeof queryFn>>>(queryKey);
      if (latest === undefined) return;
      const base = { hash: latest.pointer?.sha256 ?? null, value: latest.value };
      const now = draft.shown(base.value, base.hash);
      const next = by(now);
      if (next !== now) draft.change(base, next);
    },
    [api, draft, id, queries, section],
  );
  return {
    editable,
    error: stored.error,
    pointer: data?.pointer,
    value: data === undefined ? undefined : editable ? draft.shown(data.value, hash) : data.value,
    state: editable ? snapshot.state : ({ kind: "untouched" } as const),
    conflict: editable ? snapshot.conflict : undefined,
    unreadable,
    isAtRisk: draft.isAtRisk(),
    change,
    update,
    settle: (value: Sections[Id]) => draft.settle(value),
    retry: () => void draft.flush(),
    discard: () => draft.discard(),
  };
}
