import type { QueryClient } from "@tanstack/react-query";
import {
  savedSectionResponse,
  sectionConflictDetails,
} from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { sectionSchemas, type SectionId, type Sections } from "../../../shared/report/sections.ts";
import { ApiRefusal, type ApiClient } from "../api/client.ts";
import {
  createSectionDraft,
  type Backup,
  type SaveAnswer,
  type SectionDraft,
  type Stored,
} from "./section-draft.ts";

/** Everything this person is typing, on whatever page; it outlives the page that shows it. */
export interface Drafts {
  readonly of: <Id extends SectionId>(reportId: string, section: Id) => SectionDraft<Sections[Id]>;
  /** Saves what is typed and not saved in a report; true when nothing is left. */
  readonly flush: (reportId: string) => Promise<boolean>;
  readonly hasUnsaved: () => boolean;
  /** Cells whose typed text is no number yet, by report and table. */
  readonly unread: Map<string, ReadonlyMap<CellAddress, string>>;
}

export function createDrafts({
  api,
  queries,
}: {
  readonly api: ApiClient;
  readonly queries: QueryClient;
}): Drafts {
  const drafts = new Map<string, SectionDraft<unknown>>();

  const create = <Id extends SectionId>(reportId: string, section: Id) => {
    const parse = (value: unknown) => sectionSchemas[section].parse(value) as Sections[Id];
    const key = `juesuan/${reportId}/${section}`;
    return createSectionDraft<Sections[Id]>({
      schedule: (work, delayMs) => {
        const timer = setTimeout(work, delayMs);
        return () => clearTimeout(timer);
      },
      backup: {
        read: () => readBackup(localStorage.getItem(key), parse),
        write: (backup) => localStorage.setItem(key, JSON.stringify(backup)),
        clear: () => localStorage.removeItem(key),
      },
      save: async (base, value): Promise<SaveAnswer<Sections[Id]>> => {
        try {
          const { pointer } = await api.send(
            "PUT",
            `/reports/${reportId}/sections/${section}`,
            { base: base.hash, value },
            savedSectionResponse,
          );
          const queryKey = ["report", reportId, "section", section];
          await queries.cancelQueries({ queryKey });
          queries.setQueryData(queryKey, { pointer, value });
          void queries.invalidateQueries({
            queryKey: ["report", reportId],
            predicate: (query) => query.queryKey[2] !== "section",
          });
          return { kind: "saved", hash: pointer.sha256, at: pointer.at };
        } catch (error) {
          if (!(error instanceof ApiRefusal)) return { kind: "offline" };
          if (error.isPassing) return { kind: "unavailable" };
          const conflict = sectionConflictDetails.safeParse(error.details);
          if (error.code !== "section_conflict" || !conflict.success) {
            return { kind: "refused", message: error.message, details: error.details };
          }
          const { pointer, value: theirs } = conflict.data.current;
          return {
            kind: "conflict",
            byName: pointer?.byName ?? "另一位编制人",
            theirs: { hash: pointer?.sha256 ?? null, value: parse(theirs) },
          };
        }
      },
    });
  };

  return {
    unread: new Map(),
    of: <Id extends SectionId>(reportId: string, section: Id) => {
      const key = `${reportId}/${section}`;
      const known = drafts.get(key) as SectionDraft<Sections[Id]> | undefined;
      if (known !== undefined) return known;
      const created = create(reportId, section);
      drafts.set(key, created as SectionDraft<unknown>);
      return created;
    },
    hasUnsaved: () =>
      [...drafts.values()].some(
        (draft) => !["untouched", "saved"].includes(draft.snapshot().state.kind),
      ),
    flush: async (reportId) => {
      const own = [...drafts].filter(([key]) => key.startsWith(`${reportId}/`));
      const saved = await Promise.all(own.map(([, draft]) => draft.flush()));
      return saved.every(Boolean);
    },
  };
}

/** A backup of another shape (an older version of the app) is of no use and is left alone. */
function readBackup<Value>(
  text: string | null,
  parse: (value: unknown) => Value,
): Backup<Value> | undefined {
  if (text === null) return undefined;
  try {
    const backup = JSON.parse(text) as { base: Stored<unknown>; value: unknown };
    return {
      base: { hash: backup.base.hash, value: parse(backup.base.value) },
      value: parse(backup.value),
    };
  } catch {
    return undefined;
  }
}
