import { assertNever, err, ok, type Result } from "../result.ts";
import type { Actor, ReportState } from "./report-state.ts";
import { preparerRole, reviewerOf, roleIds, roleOf, type Role } from "./roles.ts";
import type { RemarkLevel, Standpoint, ThreadAct, ThreadStatus } from "./thread.ts";
import { isAuthorOf } from "./transitions.ts";

/** Review remarks (审核意见): at which level one is made, who may settle it, and how much they hold. */

export type ThreadRejection =
  | { readonly code: "wrong_role" }
  | { readonly code: "wrong_thread_status"; readonly status: ThreadStatus }
  | { readonly code: "empty_text" }
  /** Settled or taken up again by the level that made it or a higher one; `by` lists their roles. */
  | { readonly code: "wrong_level"; readonly by: readonly Role[] }
  | { readonly code: "too_many_threads" }
  | { readonly code: "thread_full" };

/** The level at which a role writes remarks; undefined for one that writes none. */
function remarkLevelOf(role: Role): RemarkLevel | undefined {
  const { duty } = roleOf(role);
  switch (duty.kind) {
    case "prepares":
      return "preparer";
    case "signs":
      return "signer";
    case "reviews":
      return duty.stage;
    case "administers":
    case "reads":
      return undefined;
    default:
      return assertNever(duty);
  }
}

const remarkLevels = ["preparer", "signer", "unit", "department", "bureau"] as const;

/** The roles that write remarks, lowest level first. */
const remarkingRoles = remarkLevels.flatMap((level) =>
  roleIds.flatMap((role) => (remarkLevelOf(role) === level ? [{ role, level }] : [])),
);

/** Who settles a remark of a level, lowest first. A signer's is also settled by the same office. */
const settledBy = {
  preparer: [preparerRole, reviewerOf.unit, reviewerOf.department, reviewerOf.bureau],
  signer: [reviewerOf.department, reviewerOf.bureau],
  unit: [reviewerOf.unit, reviewerOf.department, reviewerOf.bureau],
  department: [reviewerOf.department, reviewerOf.bureau],
  bureau: [reviewerOf.bureau],
} as const satisfies Record<RemarkLevel, readonly Role[]>;

/** What deciding about a thread takes of it. */
export interface ThreadSummary {
  readonly status: ThreadStatus;
  readonly openedBy: string;
  /** Absent in threads opened before levels were kept: only their opener and the bureau settle those. */
  readonly openedAt?: Standpoint;
}

/** The roles that settle a thread or take it up again. */
export function settlingRoles({ openedAt }: Pick<ThreadSummary, "openedAt">): readonly Role[] {
  if (openedAt === undefined) return settledBy.bureau;
  const { level, role } = openedAt;
  return level === "signer" ? [role, ...settledBy.signer] : settledBy[level];
}

/**
 * The roles in which a person may write remarks here. An author of the edition writes as preparer
 * alone: a reviewer's remark on one's own figures is not settled by oneself in another role.
 */
function rolesIn(state: ReportState, actor: Actor, authors: readonly string[]): readonly Role[] {
  const isAuthor = authors.includes(actor.id) || isAuthorOf(state, actor.id);
  return isAuthor ? actor.roles.filter((role) => role === preparerRole) : actor.roles;
}

/** The level of a person who remarks: the level whose turn it is if it is theirs, else their highest. */
export function standpointOf(
  state: ReportState,
  actor: Actor,
  authors: readonly string[],
): Standpoint | undefined {
  const held = remarkingRoles.filter(({ role }) => rolesIn(state, actor, authors).includes(role));
  const turn = state.status === "in_review" ? reviewerOf[state.stage] : preparerRole;
  return held.find(({ role }) => role === turn) ?? held.at(-1);
}

interface Circumstances {
  readonly state: ReportState;
  /** Who wrote something of the edition; they act as preparers, whatever else they are. */
  readonly authors: readonly string[];
}

/** What an entry makes of a thread, and its author's level; or why it is refused. */
export function decideThreadEntry(
  { act, text }: { readonly act: ThreadAct; readonly text: string },
  thread: ThreadSummary,
  actor: Actor,
  { state, authors }: Circumstances,
): Result<{ readonly status: ThreadStatus; readonly standpoint: Standpoint }, ThreadRejection> {
  const refused = actRefusal(act, thread, actor, { state, authors });
  if (refused !== undefined) return err(refused);
  if (text.trim() === "") return err({ code: "empty_text" });
  const standpoint =
    act === "answer"
      ? standpointOf(state, actor, authors)
      : settlingStandpoint(thread, actor, { state, authors });
  if (standpoint === undefined) return err({ code: "wrong_role" });
  return ok({ status: statusAfter[act], standpoint });
}

/** The acts a person is offered on a thread, from the same rule as the refusal. */
export const allowedThreadActs = (
  thread: ThreadSummary,
  actor: Actor,
  circumstances: Circumstances,
): readonly ThreadAct[] =>
  threadActs.filter((act) => actRefusal(act, thread, actor, circumstances) === undefined);

const threadActs = ["answer", "resolve", "reopen"] as const satisfies readonly ThreadAct[];

function actRefusal(
  act: ThreadAct,
  thread: ThreadSummary,
  actor: Actor,
  circumstances: Circumstances,
): ThreadRejection | undefined {
  const isSettled = thread.status === "resolved";
  if (isSettled !== (act === "reopen")) {
    return { code: "wrong_thread_status", status: thread.status };
  }
  const { state, authors } = circumstances;
  if (standpointOf(state, actor, authors) === undefined) return { code: "wrong_role" };
  if (act === "answer" || settlingStandpoint(thread, actor, circumstances) !== undefined) {
    return undefined;
  }
  return { code: "wrong_level", by: settlingRoles(thread) };
}

function settlingStandpoint(
  thread: ThreadSummary,
  actor: Actor,
  { state, authors }: Circumstances,
): Standpoint | undefined {
  if (thread.openedAt === undefined && thread.openedBy === actor.id) {
    return standpointOf(state, actor, authors);
  }
  const roles = rolesIn(state, actor, authors);
  const role = settlingRoles(thread).find((one) => roles.includes(one));
  return remarkingRoles.find((one) => one.role === role);
}

/** What each act makes of a thread; `open` is how it begins. */
export const statusAfter = {
  open: "open",
  answer: "answered",
  resolve: "resolved",
  reopen: "open",
} as const satisfies Record<"open" | ThreadAct, ThreadStatus>;

/** Whether an open remark prevents approval. */
export const isBlocking = (thread: { readonly blocking: boolean; readonly status: ThreadStatus }) =>
  thread.blocking && thread.status !== "resolved";

/** So many remarks a report holds, and so many entries one of them. */
export const maxThreads = 500;
export const maxEntries = 200;
/**
 * An entry weighs its text and 400 characters for whom, when and what else it names. One thread is one
 * stored item of at most 400 KB: 120,000 characters of up to 3 bytes are 360 KB. All threads of a
 * report are one answer of at most 6 MB: 1,200,000 characters are 3.6 MB, and the rest is for the
 * anchors and for the entries that settle, which are always taken.
 */
const entryWeight = 400;
const maxThreadWeight = 120_000;
const maxReportWeight = 1_200_000;

interface Entries {
  readonly entries: readonly { readonly text: string }[];
}

const weightOf = ({ entries }: Entries): number =>
  entries.reduce((sum, { text }) => sum + text.length + entryWeight, 0);

/** Why a report takes no further remark, or one of its threads no further entry. */
export function roomRefusal(
  threads: readonly Entries[],
  text: string,
  thread?: Entries,
): ThreadRejection | undefined {
  const added = text.length + entryWeight;
  const total = threads.reduce((sum, one) => sum + weightOf(one), added);
  if (total > maxReportWeight) return { code: "too_many_threads" };
  if (thread === undefined) {
    return threads.length >= maxThreads ? { code: "too_many_threads" } : undefined;
  }
  return thread.entries.length >= maxEntries || weightOf(thread) + added > maxThreadWeight
    ? { code: "thread_full" }
    : undefined;
}
