/**
 * A piece of the app that is fetched when it is first needed, or in idle time before that. A piece that does
 * not arrive is requested again, ever less often, until it does; after a release, whose server no longer has
 * the old pieces, the page is loaded anew.
 */

export type ChunkState<Value> =
  | { readonly kind: "idle" | "loading" | "failed" }
  | { readonly kind: "ready"; readonly value: Value };

export interface Chunk<Value> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => ChunkState<Value>;
  /** Fetches it unless it is here or on its way; never rejects. */
  readonly load: () => Promise<void>;
}

/** `unreachable`: no answer · `same`: the app this page runs · `newer`: another build. */
export type ServedBuild = "unreachable" | "same" | "newer";

export interface ChunkDeps {
  /** Runs the work later. */
  readonly schedule: (work: () => void, delayMs: number) => void;
  readonly servedBuild: () => Promise<ServedBuild>;
  /** Loads the page anew, unless that has just been done in vain. */
  readonly reload: () => void;
}

const firstDelayMs = 3_000;
const longestDelayMs = 60_000;
/** A browser may remember that a module was not found: then only a new page requests it again. */
const attemptsAtReachableServer = 3;

export function createChunk<Value>(fetchIt: () => Promise<Value>, deps: ChunkDeps): Chunk<Value> {
  const listeners = new Set<() => void>();
  let state: ChunkState<Value> = { kind: "idle" };
  let running: Promise<void> | undefined;
  let delayMs = firstDelayMs;
  let failuresInReach = 0;
  const set = (next: ChunkState<Value>) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const attempt = async () => {
    if (state.kind === "idle") set({ kind: "loading" });
    try {
      set({ kind: "ready", value: await fetchIt() });
    } catch {
      set({ kind: "failed" });
      const served = await deps.servedBuild();
      failuresInReach += served === "same" ? 1 : 0;
      if (served === "newer" || failuresInReach >= attemptsAtReachableServer) deps.reload();
      deps.schedule(() => void load(), delayMs);
      delayMs = Math.min(delayMs * 2, longestDelayMs);
    }
  };
  const load = (): Promise<void> => {
    if (state.kind === "ready") return Promise.resolve();
    running ??= attempt().finally(() => {
      running = undefined;
    });
    return running;
  };

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    load,
  };
}
