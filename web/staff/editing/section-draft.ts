import { isEqualContent } from "./count-changes.ts";

/**
 * One section being edited: kept in the browser at every key, saved a moment after the last one with the
 * hash it started from. One save runs at a time; what somebody else saved meanwhile becomes a conflict.
 * Tabs of one person share the draft: the tab typed in last saves it, the others show it.
 */

export interface Stored<Value> {
  /** Hash of what the server holds; null for a section never saved. */
  readonly hash: string | null;
  readonly value: Value;
}

export type SaveAnswer<Value> =
  | {
      readonly kind: "saved";
      readonly hash: string;
      readonly at: string;
      /** As it was stored, where the server computed totals in it. */
      readonly value?: Value;
    }
  | { readonly kind: "conflict"; readonly byName: string; readonly theirs: Stored<Value> }
  | { readonly kind: "refused"; readonly message: string; readonly details: unknown }
  /** The server was not reached, or could not answer now: nothing is wrong with what was typed. */
  | { readonly kind: "offline" }
  | {
      readonly kind: "unavailable";
      /** How long to wait before the next request, by the server's `Retry-After`. */
      readonly retryAfterMs?: number;
    };

export type SaveState =
  | { readonly kind: "untouched" | "dirty" | "saving" | "offline" | "unavailable" | "conflict" }
  /** Typed in another tab of this person, which saves it. */
  | { readonly kind: "other_tab" }
  | { readonly kind: "saved"; readonly at: string }
  | { readonly kind: "refused"; readonly message: string; readonly details: unknown };

export interface Conflict<Value> {
  readonly byName: string;
  readonly base: Value;
  readonly mine: Value;
  readonly theirs: Stored<Value>;
}

export interface Backup<Value> {
  readonly base: Stored<Value>;
  readonly value: Value;
}

export interface DraftDeps<Value> {
  readonly save: (base: Stored<Value>, value: Value) => Promise<SaveAnswer<Value>>;
  /** Survives the page: a closed tab, a power cut. */
  readonly backup: {
    readonly read: () => Backup<Value> | undefined;
    /** False when the browser did not keep it. */
    readonly write: (backup: Backup<Value>) => boolean;
    readonly clear: () => void;
  };
  /** False while the report cannot be edited: the draft waits on this machine. */
  readonly maySend: () => boolean;
  /** Runs the work later; the returned function calls it off. */
  readonly schedule: (work: () => void, delayMs: number) => () => void;
}

interface Snapshot<Value> {
  /** The editor's content with the stored content it is based on; absent until somebody types. */
  readonly draft?: Backup<Value>;
  readonly state: SaveState;
  readonly conflict?: Conflict<Value>;
}

export interface SectionDraft<Value> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => Snapshot<Value>;
  /** What to show: the draft while it is mine, else what the server holds. */
  readonly shown: (stored: Value, storedHash: string | null) => Value;
  readonly change: (stored: Stored<Value>, value: Value) => void;
  /** Goes on from what the other person saved, with `value` as the new content. */
  readonly settle: (value: Value) => void;
  /** Saves what is not saved; true when nothing is left to save. */
  readonly flush: () => Promise<boolean>;
  /** Forgets what was typed here, as after an import. */
  readonly discard: () => void;
  /** Takes over what another tab of this person typed; undefined once that tab saved or gave it up. */
  readonly adopt: (backup: Backup<Value> | undefined) => void;
  /** What is typed is in this page's memory alone and is lost when it is closed. */
  readonly isAtRisk: () => boolean;
}

const autosaveDelayMs = 1_000;
/** The first wait before a save is sent again; each further one is twice as long. */
const retryDelayMs = 5_000;
const longestRetryDelayMs = 60_000;
/** The other tab saves within a second; one that was closed meanwhile does not. */
const otherTabDelayMs = 10_000;

export function createSectionDraft<Value>(deps: DraftDeps<Value>): SectionDraft<Value> {
  const listeners = new Set<() => void>();
  let current: Snapshot<Value> = { state: { kind: "untouched" } };
  let callOff = (): void => undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  let isKept = true;
  /** The last key was pressed in this tab. */
  let isTypedHere = false;
  const set = (next: Snapshot<Value>) => {
    current = next;
    for (const listener of listeners) listener();
  };
  const later = (delayMs: number) => {
    callOff();
    callOff = deps.schedule(() => void flush(), delayMs);
  };
  const type = (draft: Backup<Value>) => {
    isKept = deps.backup.write(draft);
    set({ draft, state: { kind: "dirty" } });
  };
  const forget = () => {
    deps.backup.clear();
    isKept = true;
  };

  const saveOnce = async (draft: Backup<Value>): Promise<void> => {
    set({ draft, state: { kind: "saving" } });
    const answer = await deps.save(draft.base, draft.value);
    const isPassing = answer.kind === "offline" || answer.kind === "unavailable";
    failures = isPassing ? failures + 1 : 0;
    const latest = current.draft;
    if (latest === undefined) return;
    switch (answer.kind) {
      case "saved": {
        const base = { hash: answer.hash, value: answer.value ?? draft.value };
        if (latest.value === draft.value) {
          forget();
          set({ draft: { base, value: base.value }, state: { kind: "saved", at: answer.at } });
        } else type({ base, value: latest.value });
        return;
      }
      case "conflict":
        if (isEqualContent(answer.theirs.value, latest.value)) {
          // Another tab of this person was faster with the same draft.
          forget();
          set({ state: { kind: "untouched" } });
          return;
        }
        set({
          draft: latest,
          state: { kind: "conflict" },
          conflict: {
            byName: answer.byName,
            base: latest.base.value,
            mine: latest.value,
            theirs: answer.theirs,
          },
        });
        return;
      case "refused":
        set({
          draft: latest,
          state:
            latest.value === draft.value
              ? { kind: "refused", message: answer.message, details: answer.details }
              : { kind: "dirty" },
        });
        return;
      case "offline":
      case "unavailable":
        set({ draft: latest, state: { kind: answer.kind } });
        later(
          Math.max(
            Math.min(retryDelayMs * 2 ** (failures - 1), longestRetryDelayMs),
            answer.kind === "unavailable" ? (answer.retryAfterMs ?? 0) : 0,
          ),
        );
    }
  };

  const unsaved = () =>
    ["dirty", "offline", "unavailable", "refused", "other_tab"].includes(current.state.kind)
      ? current.draft
      : undefined;
  const flush = async (): Promise<boolean> => {
    callOff();
    if (!deps.maySend()) return isSaved(current.state);
    while (true) {
      if (running !== undefined) {
        await running;
        continue;
      }
      const draft = unsaved();
      if (draft === undefined) return isSaved(current.state);
      running = saveOnce(draft).finally(() => {
        running = undefined;
      });
      await running;
      if (current.state.kind !== "dirty") return isSaved(current.state);
    }
  };

  const backup = deps.backup.read();
  if (backup !== undefined) {
    current = { draft: backup, state: { kind: "dirty" } };
    later(0);
  }
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => current,
    shown: (stored, storedHash) => {
      const { draft, state } = current;
      if (draft === undefined) return stored;
      return state.kind === "saved" && draft.base.hash !== storedHash ? stored : draft.value;
    },
    change: (stored, value) => {
      const { draft, state } = current;
      if (state.kind === "conflict") return;
      isTypedHere = true;
      const isMine =
        draft !== undefined && (state.kind !== "saved" || draft.base.hash === stored.hash);
      type({ base: isMine ? draft.base : stored, value });
      if (running === undefined) later(autosaveDelayMs);
    },
    settle: (value) => {
      if (current.conflict === undefined) return;
      type({ base: current.conflict.theirs, value });
      void flush();
    },
    flush,
    discard: () => {
      callOff();
      forget();
      set({ state: { kind: "untouched" } });
    },
    adopt: (backup) => {
      const { draft, state } = current;
      if (backup !== undefined) {
        isTypedHere = false;
        if (running !== undefined) {
          // Our save is on its way and knows the newer base: this tab sends what the other one typed.
          set({ draft: backup, state: { kind: "dirty" } });
          return;
        }
        set({ draft: backup, state: { kind: "other_tab" } });
        later(otherTabDelayMs);
      } else if (isSaved(state) || draft === undefined) return;
      else if (isTypedHere && state.kind !== "conflict") isKept = deps.backup.write(draft);
      else if (running === undefined) {
        callOff();
        set({ state: { kind: "untouched" } });
      }
    },
    isAtRisk: () => !isKept && !isSaved(current.state),
  };
}

export const isSaved = ({ kind }: SaveState): boolean => kind === "untouched" || kind === "saved";
