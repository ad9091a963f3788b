import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { ChainedEvent } from "../../../shared/workflow/report-state.ts";
import type { Thread, ThreadEntry } from "../../../shared/workflow/thread.ts";
import type { Found } from "../../storage/ports.ts";
import { threadFacts, threadsHashAt } from "../thread-facts.ts";
import type { AuditGap, ThreadFault } from "./fault.ts";

/** Compares the review threads with the hashes that the verdicts put into the chain. */
export function threadFaults(
  events: readonly ChainedEvent[],
  found: readonly Found<Thread>[],
  sha256: Sha256,
): { readonly faults: readonly ThreadFault[]; readonly gaps: readonly AuditGap[] } {
  const threads = found.flatMap((one) => ("value" in one ? [one.value] : []));
  const faults: ThreadFault[] = [
    ...found.flatMap((one): ThreadFault[] =>
      "value" in one ? [] : [{ kind: "thread_unreadable", id: one.name, members: one.corrupt }],
    ),
    ...threads
      .filter((thread) => !isWhole(thread))
      .map(({ anchor }): ThreadFault => ({ kind: "thread_inconsistent", anchor })),
  ];
  const gaps: AuditGap[] = [];
  for (const { seq, event } of events) {
    if (!("threadsHash" in event)) continue;
    const { type, threadsHash, at } = event;
    if (threads.length < found.length) {
      gaps.push({ kind: "threads_unnamed", seq, type });
      continue;
    }
    const seen = threads.filter(({ entries: [first] }) => (first?.at ?? "") <= at);
    const isStored =
      event.threads === undefined
        ? [...threadsBefore(seen, at)].some(
            (earlier) => threadFacts(earlier, sha256).threadsHash === threadsHash,
          )
        : threadsHashAt(threads, event.threads, sha256) === threadsHash;
    if (isStored) continue;
    faults.push({
      kind: "threads_changed",
      seq,
      type,
      anchors: seen.map(({ anchor }) => anchor).slice(0, 3),
    });
  }
  return { faults, gaps };
}

/** Status after each act of an entry. */
const statusAfter = {
  open: "open",
  answer: "answered",
  resolve: "resolved",
  reopen: "open",
} as const satisfies Record<ThreadEntry["act"], Thread["status"]>;

/** A thread as it was when it had so many entries; each entry counts its version up by one. */
function threadAt(thread: Thread, version: number): Thread {
  const entries = thread.entries.slice(0, version);
  return { ...thread, version, entries, status: statusAfter[entries.at(-1)?.act ?? "open"] };
}

const isWhole = ({ version, status, entries }: Thread): boolean =>
  version === entries.length &&
  entries.every(({ act }, index) => (act === "open") === (index === 0)) &&
  status === statusAfter[entries.at(-1)?.act ?? "open"];

/** Moments, and combinations of versions, that are tried at most for one verdict. */
const momentsTried = 30;
const combinationsTried = 500;

/**
 * What a verdict may have read: the threads as they were at some moment before it; and, where entries
 * share a moment, any of their versions. Each is judged by the verdict's own hash, so trying more of
 * them never takes a thread for right that is not.
 */
function* threadsBefore(threads: readonly Thread[], at: string): Generator<Thread[]> {
  const moments = threads.flatMap(({ entries }) => entries.map((entry) => entry.at));
  const before = [...new Set(moments)].filter((moment) => moment <= at).sort();
  for (const moment of ["", ...before].slice(-momentsTried).reverse()) {
    yield threads.flatMap((thread) =>
      atVersion(thread, thread.entries.filter((entry) => entry.at <= moment).length),
    );
  }
  const count = threads.reduce((product, { entries }) => product * (entries.length + 1), 1);
  if (count <= combinationsTried) yield* combinations(threads);
}

function* combinations([first, ...rest]: readonly Thread[]): Generator<Thread[]> {
  if (first === undefined) {
    yield [];
    return;
  }
  for (const others of combinations(rest)) {
    for (let version = 0; version <= first.entries.length; version += 1) {
      yield [...atVersion(first, version), ...others];
    }
  }
}

const atVersion = (thread: Thread, version: number): Thread[] =>
  version === 0 ? [] : [threadAt(thread, version)];
