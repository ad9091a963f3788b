/**
 * One section being edited: kept in the browser at every key, saved a moment after the last one with the
 * hash it started from. One save runs at a time; what somebody else saved meanwhile becomes a conflict.
 */

export interface Stored<Value> {
  /** Hash of what the server holds; null for a section never saved. */
  readonly hash: string | null;
  readonly value: Value;
}

export type SaveAnswer<Value> =
  | { readonly kind: "saved"; readonly hash: string; readonly at: string }
  | { readonly kind: "conflict"; readonly byName: string; readonly theirs: Stored<Value> }
  | { readonly kind: "refused"; readonly message: string; readonly details: unknown }
  /** The server was not reached, or could not answer now: nothing is wrong with what was typed. */
  | { readonly kind: "offline" | "unavailable" };

export type SaveState =
  | { readonly kind: "untouched" | "dirty" | "saving" | "offline" | "unavailable" | "conflict" }
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
    readonly write: (backup: Backup<Value>) => void;
    readonly clear: () => void;
  };
  /** Runs the work later; the returned function calls it off. */
  readonly schedule: (work: () => void, delayMs: number) => () => void;
}

interface Snapshot<Value> {
  /** What stands in the editor with what it was built on; absent until somebody types. */
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
  /** Goes on from what the other person saved, with `value` as what should stand now. */
  readonly settle: (value: Value) => void;
  /** Saves what is not saved; true when nothing is left to save. */
  readonly flush: () => Promise<boolean>;
  /** Forgets what was typed here, as after an import. */
  readonly discard: () => void;
}

const autosaveDelayMs = 1_000;
/** The first wait before a save is sent again; each further one is twice as long. */
const retryDelayMs = 5_000;
const longestRetryDelayMs = 60_000;

export function createSectionDraft<Value>(deps: DraftDeps<Value>): SectionDraft<Value> {
  const listeners = new Set<() => void>();
  let current: Snapshot<Value> = { state: { kind: "untouched" } };
  let callOff = (): void => undefined;
  let running: Promise<void> | undefined;
  let failures = 0;
  const set = (next: Snapshot<Value>) => {
    current = next;
    for (const listener of listeners) listener();
  };
  const later = (delayMs: number) => {
    callOff();
    callOff = deps.schedule(() => void flush(), delayMs);
  };
  const type = (draft: Backup<Value>) => {
    deps.backup.write(draft);
    set({ draft, state: { kind: "dirty" } });
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
        const rebased = { base: { hash: answer.hash, value: draft.value }, value: latest.value };
        if (latest.value === draft.value) {
          deps.backup.clear();
          set({ draft: rebased, state: { kind: "saved", at: answer.at } });
        } else type(rebased);
        return;
      }
      case "conflict":
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
        later(Math.min(retryDelayMs * 2 ** (failures - 1), longestRetryDelayMs));
    }
  };

  const unsaved = () =>
    ["dirty", "offline", "unavailable", "refused"].includes(current.state.kind)
      ? current.draft
      : undefined;
  const flush = async (): Promise<boolean> => {
    callOff();
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
      deps.backup.clear();
      set({ state: { kind: "untouched" } });
    },
  };
}

const isSaved = ({ kind }: SaveState) => kind === "untouched" || kind === "saved";
