import { describe, expect, it } from "vitest";
import { decideThreadEntry, isBlocking } from "../../../shared/workflow/thread.ts";
import { preparer, unitReviewer } from "./given.ts";

const open = { status: "open", openedBy: "li" } as const;
const resolved = { status: "resolved", openedBy: "li" } as const;

describe("a review remark", () => {
  it("is answered by anyone who may comment, and settled only by who reviews", () => {
    expect(decideThreadEntry("answer", open, preparer)).toEqual({ ok: true, value: "answered" });
    expect(decideThreadEntry("resolve", open, preparer)).toEqual({
      ok: false,
      error: { code: "wrong_role" },
    });
    expect(decideThreadEntry("resolve", open, unitReviewer)).toEqual({
      ok: true,
      value: "resolved",
    });
  });

  it("may be settled by the preparer who opened it", () => {
    expect(
      decideThreadEntry("resolve", { status: "open", openedBy: preparer.id }, preparer),
    ).toEqual({ ok: true, value: "resolved" });
  });

  it("once settled takes nothing but being taken up again", () => {
    const refused = { ok: false, error: { code: "wrong_thread_status", status: "resolved" } };
    expect(decideThreadEntry("answer", resolved, preparer)).toEqual(refused);
    expect(decideThreadEntry("resolve", resolved, unitReviewer)).toEqual(refused);
    expect(decideThreadEntry("reopen", resolved, unitReviewer)).toEqual({
      ok: true,
      value: "open",
    });
    expect(decideThreadEntry("reopen", open, unitReviewer).ok).toBe(false);
  });

  it("is in the way until it is settled, answered or not", () => {
    expect(isBlocking({ blocking: true, status: "answered" })).toBe(true);
    expect(isBlocking({ blocking: true, status: "resolved" })).toBe(false);
    expect(isBlocking({ blocking: false, status: "open" })).toBe(false);
  });
});
