import { canonicalJson, type Sha256 } from "../../shared/canonical-json.ts";
import type { VerdictFacts } from "../../shared/workflow/report-state.ts";
import { isBlocking } from "../../shared/workflow/thread.ts";
import type { Thread } from "../storage/ports.ts";

/** What a verdict must know of the review threads; their hash puts them into the event chain. */
export const threadFacts = (threads: readonly Thread[], sha256: Sha256): VerdictFacts => ({
  blockingThreads: threads.filter(isBlocking).length,
  unansweredThreads: threads.filter((thread) => isBlocking(thread) && thread.status === "open")
    .length,
  threadsHash: sha256(
    canonicalJson(
      threads
        .toSorted((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ anchor, entries, ...thread }) => ({
          ...thread,
          anchor: { ...anchor },
          entries: entries.map((entry) => ({ ...entry })),
        })),
    ),
  ),
});
