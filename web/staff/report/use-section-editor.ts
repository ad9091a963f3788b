import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import {
  savedSectionResponse,
  sectionConflictDetails,
} from "../../../shared/contract/responses.ts";
import { sectionSchemas, type SectionId, type Sections } from "../../../shared/report/sections.ts";
import { ApiRefusal } from "../api/client.ts";
import { useSection } from "../api/queries.ts";
import { useSigned } from "../app/session-context.ts";

export type SaveState =
  | { readonly kind: "saved"; readonly at?: string; readonly byName?: string }
  | { readonly kind: "dirty" | "saving" }
  | { readonly kind: "refused"; readonly message: string; readonly details: unknown }
  | { readonly kind: "offline" };

export interface Conflict<Value> {
  readonly byName: string;
  readonly base: Value;
  readonly mine: Value;
  readonly theirs: Value;
  readonly theirsHash: string;
}

const autosaveDelayMs = 1_200;

/**
 * One section being edited: shown at once, saved a moment after the last key with the hash it started from.
 * What is not saved yet is kept in the browser; what somebody else saved meanwhile becomes a conflict, never a loss.
 */
export function useSectionEditor<Id extends SectionId>(reportId: string, section: Id) {
  type Value = Sections[Id];
  const { api } = useSigned();
  const queries = useQueryClient();
  const stored = useSection(reportId, section);
  const [draft, setDraft] = useState<Value>();
  const [state, setState] = useState<SaveState>({ kind: "saved" });
  const [conflict, setConflict] = useState<Conflict<Value>>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const base = useRef<{ hash: string | null; value: Value }>(undefined);
  const backupKey = `juesuan/${reportId}/${section}`;

  useEffect(() => {
    if (stored.data === undefined || base.current !== undefined) return;
    base.current = { hash: stored.data.pointer?.sha256 ?? null, value: stored.data.value };
    const backup = readBackup(backupKey, section);
    if (backup?.base === base.current.hash && backup.value !== undefined) {
      setDraft(backup.value);
      setState({ kind: "dirty" });
    }
  }, [stored.data, backupKey, section]);

  const save = useCallback(
    async (value: Value) => {
      const started = base.current;
      if (started === undefined) return;
      setState({ kind: "saving" });
      try {
        const saved = await api.send(
          "PUT",
          `/reports/${reportId}/sections/${section}`,
          { base: started.hash, value },
          savedSectionResponse,
        );
        base.current = { hash: saved.pointer.sha256, value };
        queries.setQueryData(["report", reportId, "section", section], {
          pointer: saved.pointer,
          value,
        });
        setDraft((latest) => {
          if (latest === value) {
            localStorage.removeItem(backupKey);
            setState({ kind: "saved", at: saved.pointer.at, byName: saved.pointer.byName });
          }
          return latest;
        });
        await queries.invalidateQueries({
          queryKey: ["report", reportId],
          predicate: ({ queryKey }) => queryKey[2] !== "section",
        });
      } catch (error) {
        if (!(error instanceof ApiRefusal)) setState({ kind: "offline" });
        else if (error.code === "section_conflict") {
          const { current } = sectionConflictDetails.parse(error.details);
          setState({ kind: "dirty" });
          setConflict({
            byName: current.pointer?.byName ?? "",
            base: started.value,
            mine: value,
            theirs: sectionSchemas[section].parse(current.value) as Value,
            theirsHash: current.pointer?.sha256 ?? "",
          });
        } else setState({ kind: "refused", message: error.message, details: error.details });
      }
    },
    [api, backupKey, queries, reportId, section],
  );

  const change = useCallback(
    (value: Value) => {
      setDraft(value);
      setState({ kind: "dirty" });
      localStorage.setItem(backupKey, JSON.stringify({ base: base.current?.hash ?? null, value }));
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void save(value), autosaveDelayMs);
    },
    [backupKey, save],
  );

  /** Goes on from what the other person saved, with `value` as what should stand now. */
  const settle = useCallback(
    (settled: Conflict<Value>, value: Value) => {
      base.current = { hash: settled.theirsHash, value: settled.theirs };
      setConflict(undefined);
      change(value);
    },
    [change],
  );

  /** Takes over what the server has now (after an import), dropping what was typed here. */
  const reload = useCallback(async () => {
    clearTimeout(timer.current);
    localStorage.removeItem(backupKey);
    base.current = undefined;
    setDraft(undefined);
    setState({ kind: "saved" });
    await queries.invalidateQueries({ queryKey: ["report", reportId] });
  }, [backupKey, queries, reportId]);

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (state.kind !== "saved") event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [state.kind]);

  return {
    loading: stored.isLoading,
    error: stored.error,
    pointer: stored.data?.pointer,
    value: draft ?? stored.data?.value,
    state,
    conflict,
    change,
    settle,
    reload,
    retry: () => draft !== undefined && void save(draft),
  };
}

function readBackup<Id extends SectionId>(
  key: string,
  section: Id,
): { base: string | null; value: Sections[Id] | undefined } | undefined {
  const text = localStorage.getItem(key);
  if (text === null) return undefined;
  try {
    const backup = JSON.parse(text) as { base: string | null; value: unknown };
    const value = sectionSchemas[section].safeParse(backup.value);
    return { base: backup.base, value: value.success ? (value.data as Sections[Id]) : undefined };
  } catch {
    return undefined;
  }
}
