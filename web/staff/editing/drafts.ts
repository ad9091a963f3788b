import type { QueryClient } from "@tanstack/react-query";
import type { SectionConflictDetails } from "../../../shared/contract/responses.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import {
  isSectionId,
  isTable,
  namedSections,
  type SectionId,
} from "../../../shared/report/section-ids.ts";
import { ApiRefusal, type ApiClient } from "../api/client.ts";
import { countChanges, isEqualContent } from "./count-changes.ts";
import { createKeptTexts, type KeptTexts } from "./kept-texts.ts";
import type { LocalItems } from "./local-items.ts";
import {
  createSectionDraft,
  isSaved,
  type Backup,
  type SaveAnswer,
  type SaveState,
  type SectionDraft,
} from "./section-draft.ts";
import { createUndoHistory, type UndoHistory } from "./undo-history.ts";

/** A section with something on this machine that the server does not hold. */
export interface UnsentSection {
  readonly section: SectionId;
  readonly state: SaveState;
  /** Hash of the section this builds on, as far as anything was typed into it here. */
  readonly base: string | null;
  /** Cells, or members of a record, that differ from what was stored; 0 when only texts are unreadable. */
  readonly changes: number;
  /** Texts that are no figure, by their place in the section. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** Everything this person is typing, on whatever page; it outlives the page that shows it. */
export interface Drafts {
  readonly of: <Id extends SectionId>(reportId: string, section: Id) => SectionDraft<Sections[Id]>;
  readonly texts: KeptTexts;
  /** What was done in the tables of a report since this page was opened. */
  readonly history: (reportId: string) => UndoHistory;
  /** Loads every draft of a report that this machine keeps, and sends them where it may be edited. */
  readonly open: (reportId: string, editable: boolean) => void;
  /** A field in which somebody is typing; `commit` takes its text over without closing it. */
  readonly addEditor: (commit: () => void) => () => void;
  /** Takes over what is being typed in open fields. */
  readonly commitEditors: () => void;
  /** Gives up everything typed into a report and not saved. */
  readonly discardAll: (reportId: string) => void;
  /** Saves what is typed and not saved in a report; true when nothing is left, unreadable texts included. */
  readonly flush: (reportId: string) => Promise<boolean>;
  /** The person turns to something else: everything typed is kept and sent. */
  readonly leave: () => void;
  /** The same list until something of it changes. */
  readonly unsent: (reportId: string) => readonly UnsentSection[];
  /** Reports in hand that may be edited. */
  readonly editable: () => readonly string[];
  readonly subscribe: (listener: () => void) => () => void;
  /** Some change is in this page's memory alone and is lost when it is closed. */
  readonly isAtRisk: () => boolean;
}

/** Where texts that a section cannot hold are kept, before the place in the section. */
export const unreadablePrefix = (section: SectionId): string => `value/${section}/`;

export function createDrafts({
  api,
  queries,
  items,
}: {
  readonly api: ApiClient;
  readonly queries: QueryClient;
  readonly items: LocalItems;
}): Drafts {
  const drafts = new Map<string, SectionDraft<unknown>>();
  const editable = new Set<string>();
  const editors = new Set<() => void>();
  const listeners = new Set<() => void>();
  const lists = new Map<string, readonly UnsentSection[]>();
  const histories = new Map<string, UndoHistory>();
  const texts = createKeptTexts(items);
  const changed = () => {
    for (const listener of listeners) listener();
  };
  texts.subscribe(changed);

  const create = <Id extends SectionId>(reportId: string, section: Id) => {
    const key = `${reportId}/${section}`;
    const queryKey = ["report", reportId, "section", section];
    const taken = async (stored: {
      pointer: { sha256: string; at: string };
      value: Sections[Id];
    }) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, stored);
      void queries.invalidateQueries({
        queryKey: ["report", reportId],
        predicate: (query) => query.queryKey[2] !== "section",
      });
      const { sha256, at } = stored.pointer;
      return { kind: "saved", hash: sha256, at } as const;
    };
    return createSectionDraft<Sections[Id]>({
      maySend: () => editable.has(reportId),
      schedule: (work, delayMs) => {
        const timer = setTimeout(work, delayMs);
        return () => clearTimeout(timer);
      },
      backup: {
        read: () => readBackup<Sections[Id]>(items.read(key)),
        write: (backup) => items.write(key, JSON.stringify(backup)),
        clear: () => items.clear(key),
      },
      save: async (base, value): Promise<SaveAnswer<Sections[Id]>> => {
        try {
          const { pointer, ...saved } = await api.send(
            "PUT",
            `/reports/${reportId}/sections/${section}`,
            { base: base.hash, value, ...(isTable(section) && { follow: true }) },
            "savedSectionResponse",
          );
          for (const other of saved.followed ?? []) {
            const followed = ["report", reportId, "section", other];
            void queries.invalidateQueries({ queryKey: followed });
          }
          const stored = saved.value === undefined ? value : (saved.value as Sections[Id]);
          return { ...(await taken({ pointer, value: stored })), value: stored };
        } catch (error) {
          if (!(error instanceof ApiRefusal)) return { kind: "offline" };
          if (error.isPassing) {
            const { retryAfter } = error;
            return {
              kind: "unavailable",
              ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter * 1_000 }),
            };
          }
          if (error.code !== "section_conflict") {
            // Somebody may have handed the report in meanwhile: the page learns of it now, not in a while.
            void queries.invalidateQueries({ queryKey: ["report", reportId], exact: true });
            return { kind: "refused", message: error.message, details: error.details };
          }
          const { pointer, value: theirs } = (error.details as SectionConflictDetails).current;
          const current = theirs as Sections[Id];
          if (pointer !== undefined && isEqualContent(current, value)) {
            // Our own save, whose answer was lost with the connection or the page.
            return await taken({ pointer, value: current });
          }
          return {
            kind: "conflict",
            byName: pointer?.byName ?? "另一位编制人",
            theirs: { hash: pointer?.sha256 ?? null, value: current },
          };
        }
      },
    });
  };

  const of = <Id extends SectionId>(reportId: string, section: Id) => {
    const key = `${reportId}/${section}`;
    const known = drafts.get(key) as SectionDraft<Sections[Id]> | undefined;
    if (known !== undefined) return known;
    const created = create(reportId, section);
    created.subscribe(changed);
    drafts.set(key, created as SectionDraft<unknown>);
    return created;
  };
  /** Sections of a report of which this machine or this page holds anything. */
  const inHand = (reportId: string): readonly SectionId[] => {
    const start = `${reportId}/`;
    const held = [...drafts.keys(), ...items.keys()]
      .filter((key) => key.startsWith(start))
      .map((key) => key.slice(start.length));
    const typed = [...texts.under(reportId, "value/").keys()].map(
      (place) => place.split("/")[0] ?? "",
    );
    return namedSections(Object.fromEntries([...held, ...typed].map((name) => [name, true])));
  };
  const ofReport = (reportId: string) =>
    inHand(reportId).flatMap((section) => {
      const draft = drafts.get(`${reportId}/${section}`);
      return draft === undefined ? [] : [{ section, draft }];
    });
  const unreadable = (reportId: string, section: SectionId) =>
    texts.under(reportId, unreadablePrefix(section));

  items.onOtherTab((key, text) => {
    const [reportId = "", name = "", ...more] = key.split("/");
    if (!isSectionId(name) || more.length > 0) return;
    const backup = readBackup<unknown>(text);
    (of(reportId, name) as SectionDraft<unknown>).adopt(backup);
    if (backup === undefined) void queries.invalidateQueries({ queryKey: ["report", reportId] });
  });

  const commitEditors = () => {
    for (const commit of [...editors]) commit();
  };
  const flush = async (reportId: string): Promise<boolean> => {
    commitEditors();
    const saved = await Promise.all(ofReport(reportId).map(({ draft }) => draft.flush()));
    return (
      saved.every(Boolean) &&
      inHand(reportId).every((section) => unreadable(reportId, section).size === 0)
    );
  };

  const findUnsent = (reportId: string): readonly UnsentSection[] =>
    inHand(reportId).flatMap((section) => {
      const snapshot = drafts.get(`${reportId}/${section}`)?.snapshot();
      const state = snapshot?.state ?? untouched;
      const texts = unreadable(reportId, section);
      if (isSaved(state) && texts.size === 0) return [];
      const draft = isSaved(state) ? undefined : snapshot?.draft;
      const changes =
        draft === undefined ? 0 : Math.max(1, countChanges(draft.base.value, draft.value));
      const base = snapshot?.draft?.base.hash ?? null;
      return [{ section, state, base, changes, unreadable: texts }];
    });

  return {
    of,
    texts,
    history: (reportId) => {
      const known = histories.get(reportId) ?? createUndoHistory();
      histories.set(reportId, known);
      return known;
    },
    open: (reportId, mayEdit) => {
      if (mayEdit) editable.add(reportId);
      else editable.delete(reportId);
      for (const section of inHand(reportId)) {
        if (items.read(`${reportId}/${section}`) !== undefined) of(reportId, section);
      }
      if (mayEdit) for (const { draft } of ofReport(reportId)) void draft.flush();
    },
    addEditor: (commit) => {
      editors.add(commit);
      return () => editors.delete(commit);
    },
    commitEditors,
    discardAll: (reportId) => {
      for (const { draft } of ofReport(reportId)) draft.discard();
    },
    flush,
    leave: () => {
      commitEditors();
      for (const reportId of editable) void flush(reportId);
    },
    unsent: (reportId) => {
      const found = findUnsent(reportId);
      const known = lists.get(reportId);
      if (known !== undefined && isSameList(known, found)) return known;
      lists.set(reportId, found);
      return found;
    },
    editable: () => [...editable],
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isAtRisk: () => texts.isAtRisk() || [...drafts.values()].some((draft) => draft.isAtRisk()),
  };
}

const isSameList = (one: readonly UnsentSection[], other: readonly UnsentSection[]): boolean =>
  one.length === other.length &&
  one.every((section, index) => {
    const next = other[index];
    return (
      section.section === next?.section &&
      section.state === next.state &&
      section.base === next.base &&
      section.changes === next.changes &&
      section.unreadable === next.unreadable
    );
  });

/** One object, as whoever watches compares states by identity. */
const untouched: SaveState = { kind: "untouched" };

/**
 * What this machine kept of a section, if it is one: an earlier version of the app may have kept it, whose content this
 * one still reads; the service judges it when it is sent.
 */
function readBackup<Value>(text: string | undefined): Backup<Value> | undefined {
  if (text === undefined) return undefined;
  try {
    const { base, value } = JSON.parse(text) as Partial<Backup<Value>>;
    const isContent = (one: unknown) => typeof one === "object" && one !== null;
    return base !== undefined && value !== undefined && isContent(base.value) && isContent(value)
      ? { base, value }
      : undefined;
  } catch {
    return undefined;
  }
}
