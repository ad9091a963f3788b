import { canonicalJson, type Sha256 } from "../../shared/canonical-json.ts";
import type { Stage, ThreadVersions, VerdictFacts } from "../../shared/workflow/report-state.ts";
import { isBlocking, statusAfter } from "../../shared/workflow/decide-thread.ts";
import type { Thread } from "../../shared/workflow/thread.ts";

/**
 * What a verdict must know of the review threads, as seen from the level that decides (the bureau when
 * left out). A remark of the bureau's own, once answered, goes up to be settled there: the levels
 * below may not settle it. Hash and versions put what was seen into the event chain.
 */
export function threadFacts(
  threads: readonly Thread[],
  sha256: Sha256,
  stage: Stage = "bureau",
): VerdictFacts {
  const blocking = threads.filter(isBlocking);
  const goesUp = ({ status, entries }: Thread) =>
    stage !== "bureau" && status === "answered" && entries[0]?.level === "bureau";
  return {
    blockingThreads: blocking.filter((thread) => !goesUp(thread)).length,
    unansweredThreads: blocking.filter(({ status }) => status === "open").length,
    threadsHash: hashOf(threads, sha256),
    threads: Object.fromEntries(threads.map(({ id, version }) => [id, version])),
  };
}

/**
 * The hash a verdict recorded, computed again from the threads as they are now: entries are only
 * appended, so what it saw is what their first entries say. Undefined when a thread it saw is gone or
 * shorter than it was.
 */
export function threadsHashAt(
  threads: readonly Thread[],
  seen: ThreadVersions,
  sha256: Sha256,
): string | undefined {
  const byId = new Map(threads.map((thread) => [thread.id, thread]));
  const then: Thread[] = [];
  for (const [id, version] of Object.entries(seen)) {
    const thread = byId.get(id);
    const was = thread === undefined ? undefined : threadAt(thread, version);
    if (was === undefined) return undefined;
    then.push(was);
  }
  return hashOf(then, sha256);
}

/** A thread as it was at a version; undefined when it never had that many entries. */
export function threadAt(thread: Thread, version: number): Thread | undefined {
  const entries = thread.entries.slice(0, version);
  const last = entries.at(-1);
  return last === undefined || entries.length !== version
    ? undefined
    : { ...thread, version, entries, status: statusAfter[last.act] };
}

const hashOf = (threads: readonly Thread[], sha256: Sha256): string =>
  sha256(
    canonicalJson(
      threads
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ anchor, entries, ...thread }) => ({
          ...thread,
          anchor: { ...anchor },
          entries: entries.map((entry) => ({ ...entry })),
        })),
    ),
  );
