import type { Log } from "../../functions/platform/log.ts";
import type { RelayDeps } from "../../functions/relay/relay.ts";

/** Runs the relay in this process, without anybody waiting for it. */
export interface RelayRunner {
  /** Begins to relay; what was to be run before is left to the first sweep. */
  readonly begin: (deps: RelayDeps) => void;
  readonly run: (work: (deps: RelayDeps) => Promise<unknown>) => void;
  readonly settled: () => Promise<void>;
  /** Begins nothing more, and waits for what runs. */
  readonly stop: () => Promise<void>;
}

export function createRelayRunner(log: Log): RelayRunner {
  let current: RelayDeps | undefined;
  const running = new Set<Promise<unknown>>();
  const settled = async () => {
    await Promise.all(running);
  };
  return {
    begin: (deps) => {
      current = deps;
    },
    run: (work) => {
      if (current === undefined) return;
      const one = work(current)
        .catch((error: unknown) =>
          log.error("The relay failed; the next sweep goes on.", { error }),
        )
        .finally(() => running.delete(one));
      running.add(one);
    },
    settled,
    stop: async () => {
      current = undefined;
      await settled();
    },
  };
}
