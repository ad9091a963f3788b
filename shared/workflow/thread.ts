import { err, ok, type Result } from "../result.ts";
import type { Actor, Role } from "./report-state.ts";

export type ThreadStatus = "open" | "answered" | "resolved";
export type ThreadAct = "answer" | "resolve" | "reopen";
export type ThreadRejection =
  | { readonly code: "wrong_role" }
  | { readonly code: "wrong_thread_status"; readonly status: ThreadStatus };

const reviewing: readonly Role[] = [
  "unit_reviewer",
  "department_reviewer",
  "bureau_reviewer",
  "secrecy_officer",
  "principal",
];

/**
 * What an entry makes of a review thread (审核意见). Everyone who may comment may answer; only those
 * who review, or who opened it, may call it settled or take it up again.
 */
export function decideThreadEntry(
  act: ThreadAct,
  thread: { readonly status: ThreadStatus; readonly openedBy: string },
  actor: Actor,
): Result<ThreadStatus, ThreadRejection> {
  const isSettled = thread.status === "resolved";
  if (act === "answer") return isSettled ? wrongStatus(thread.status) : ok("answered");
  const maySettle =
    actor.id === thread.openedBy || actor.roles.some((role) => reviewing.includes(role));
  if (!maySettle) return err({ code: "wrong_role" });
  if (act === "resolve") return isSettled ? wrongStatus(thread.status) : ok("resolved");
  return isSettled ? ok("open") : wrongStatus(thread.status);
}

const wrongStatus = (status: ThreadStatus) => err({ code: "wrong_thread_status" as const, status });

/** Whether an open remark stands in the way of approval. */
export const isBlocking = (thread: { readonly blocking: boolean; readonly status: ThreadStatus }) =>
  thread.blocking && thread.status !== "resolved";
