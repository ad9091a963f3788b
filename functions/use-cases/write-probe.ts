import type { Log } from "../platform/log.ts";
import type { FileStore, StoreProbe } from "../storage/ports.ts";

interface WriteProbeDeps {
  readonly probe: StoreProbe;
  readonly vault: Pick<FileStore, "put">;
  readonly now: () => string;
  readonly log: Pick<Log, "error" | "info">;
  /** A write that takes longer has failed; for tests. */
  readonly timeoutMs?: number;
}

/** Its versions expire (infra/aws/storage-stack.ts). */
const probeKey = "health/probe";
/** Anybody may ask for health; nobody makes us write more often. */
const restMs = 10_000;

/**
 * Whether writing works, found by writing: one item and one file, overwritten. The result is remembered
 * for ten seconds, and while one attempt is not over no other begins.
 */
export function createWriteProbe({
  probe,
  vault,
  now,
  log,
  timeoutMs = 5_000,
}: WriteProbeDeps): () => Promise<boolean> {
  let latest: { readonly atMs: number; readonly works: Promise<boolean> } | undefined;
  let writing: Promise<unknown> | undefined;
  let worked = true;

  async function write(): Promise<void> {
    const at = now();
    await Promise.all([
      probe.write(at),
      vault.put(probeKey, new TextEncoder().encode(at), "text/plain"),
    ]);
  }

  async function attempt(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`Not written within ${String(timeoutMs)} ms.`));
      }, timeoutMs);
    });
    try {
      writing ??= write().finally(() => (writing = undefined));
      await Promise.race([writing, late]);
      if (!worked) log.info("Writing works again.");
      worked = true;
    } catch (error) {
      if (worked)
        log.error("Writing fails: nothing can be saved, submitted or approved.", { error });
      worked = false;
    } finally {
      clearTimeout(timer);
    }
    return worked;
  }

  return () => {
    const atMs = Date.parse(now());
    if (latest === undefined || Math.abs(atMs - latest.atMs) >= restMs) {
      latest = { atMs, works: attempt() };
    }
    return latest.works;
  };
}
