import { useCallback, useSyncExternalStore } from "react";
import type { SectionId, Sections } from "../../../shared/report/sections.ts";
import { useSection } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";
import type { SectionDraft } from "../editing/section-draft.ts";

const untouched = { state: { kind: "untouched" } } as const;
const nobodyTypes = () => () => undefined;

/** One section on a page: what to show, how its saving stands, and how to change it. */
export function useSectionEditor<Id extends SectionId>(
  { id, allowedActions }: { id: string; allowedActions: readonly string[] },
  section: Id,
) {
  const { drafts } = useSigned();
  const stored = useSection(id, section);
  const editable = allowedActions.includes("edit");
  const draft: SectionDraft<Sections[Id]> | undefined = editable
    ? drafts.of(id, section)
    : undefined;
  const snapshot = useSyncExternalStore(
    draft?.subscribe ?? nobodyTypes,
    draft?.snapshot ?? (() => untouched),
  );
  const data = stored.data;
  const hash = data?.pointer?.sha256 ?? null;
  const change = useCallback(
    (value: Sections[Id]) => {
      if (data !== undefined) draft?.change({ hash, value: data.value }, value);
    },
    [draft, data, hash],
  );
  return {
    editable,
    error: stored.error,
    pointer: data?.pointer,
    value: data === undefined ? undefined : (draft?.shown(data.value, hash) ?? data.value),
    state: snapshot.state,
    conflict: "conflict" in snapshot ? snapshot.conflict : undefined,
    change,
    settle: (value: Sections[Id]) => draft?.settle(value),
    retry: () => void draft?.flush(),
    discard: () => draft?.discard(),
  };
}
