import { describe, expect, it } from "vitest";
import type { Role } from "../../../shared/workflow/roles.ts";
import type { Actor, ReportState } from "../../../shared/workflow/report-state.ts";
import type { RemarkLevel, ThreadAct } from "../../../shared/workflow/thread.ts";
import {
  allowedThreadActs,
  decideThreadEntry,
  isBlocking,
  maxEntries,
  maxThreads,
  roomRefusal,
  standpointOf,
  type ThreadSummary,
} from "../../../shared/workflow/decide-thread.ts";
import * as g from "./given.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const openerOf = {
  preparer: g.preparer,
  unit: g.unitReviewer,
  department: g.departmentReviewer,
  bureau: g.bureauReviewer,
} as const;
const madeBy = (actor: Actor, status: ThreadSummary["status"] = "open"): ThreadSummary => {
  const openedAt = standpointOf(g.unit.atUnit(), actor, []);
  return { status, openedBy: actor.id, ...omitUndefined({ openedAt }) };
};
const everybody = [
  g.preparer,
  g.secrecyOfficer,
  g.principal,
  g.unitReviewer,
  g.departmentReviewer,
  g.bureauReviewer,
];

const decide = (
  act: ThreadAct,
  thread: ThreadSummary,
  actor: Actor,
  {
    text = "已核对",
    state = g.unit.atUnit(),
    authors = [],
  }: { text?: string; state?: ReportState; authors?: readonly string[] } = {},
) => decideThreadEntry({ act, text }, thread, actor, { state, authors });
const settlers = (thread: ThreadSummary) =>
  everybody.filter((actor) => decide("resolve", thread, actor).ok).map(({ id }) => id);
const wrongLevel = (...by: Role[]) => ({ ok: false, error: { code: "wrong_level", by } });

describe("a review remark", () => {
  it.each<[Exclude<RemarkLevel, "signer">, readonly string[]]>([
    ["preparer", ["wang", "li", "zhao", "qian"]],
    ["unit", ["li", "zhao", "qian"]],
    ["department", ["zhao", "qian"]],
    ["bureau", ["qian"]],
  ])("of the level %s is settled by that level and those above: %j", (level, who) => {
    expect(settlers(madeBy(openerOf[level]))).toEqual(who);
  });

  it("of a signer is settled by that office, the department and the bureau", () => {
    expect(settlers(madeBy(g.secrecyOfficer))).toEqual(["sun", "zhao", "qian"]);
    expect(settlers(madeBy(g.principal))).toEqual(["zhou", "zhao", "qian"]);
  });

  it("opened before levels were kept is settled by its opener and the bureau alone", () => {
    expect(settlers({ status: "open", openedBy: "li" })).toEqual(["li", "qian"]);
  });

  it("of the bureau is not settled nor taken up again by the unit, who learns who may", () => {
    const thread = madeBy(g.bureauReviewer);
    expect(decide("resolve", thread, g.unitReviewer)).toEqual(wrongLevel("bureau_reviewer"));
    expect(decide("reopen", { ...thread, status: "resolved" }, g.departmentReviewer)).toEqual(
      wrongLevel("bureau_reviewer"),
    );
    expect(decide("answer", thread, g.unitReviewer)).toEqual({
      ok: true,
      value: { status: "answered", standpoint: { level: "unit", role: "unit_reviewer" } },
    });
  });

  it("takes no entry without a text, whatever it does", () => {
    const empty = { ok: false, error: { code: "empty_text" } };
    for (const [act, status] of [
      ["answer", "open"],
      ["resolve", "open"],
      ["reopen", "resolved"],
    ] as const) {
      const thread = madeBy(g.unitReviewer, status);
      expect(decide(act, thread, g.unitReviewer, { text: " \n" })).toEqual(empty);
    }
  });

  it("once settled takes nothing but being taken up again", () => {
    const refused = { ok: false, error: { code: "wrong_thread_status", status: "resolved" } };
    const resolved = madeBy(g.unitReviewer, "resolved");
    expect(decide("answer", resolved, g.preparer)).toEqual(refused);
    expect(decide("resolve", resolved, g.unitReviewer)).toEqual(refused);
    expect(decide("reopen", resolved, g.unitReviewer)).toMatchObject({
      ok: true,
      value: { status: "open" },
    });
    expect(decide("reopen", madeBy(g.unitReviewer), g.unitReviewer).ok).toBe(false);
  });

  it("on one's own figures is not settled by oneself in a reviewer's role", () => {
    const both = g.person("he", "preparer", "unit_reviewer", "department_reviewer");
    const thread = madeBy(g.unitReviewer);
    expect(decide("resolve", thread, both).ok).toBe(true);
    expect(decide("resolve", thread, both, { authors: ["he"] })).toMatchObject({
      error: { code: "wrong_level" },
    });
    const state = g.life("unit", [{ type: "open" }, both], [g.submit(), both]);
    expect(decide("resolve", thread, both, { state })).toMatchObject({
      error: { code: "wrong_level" },
    });
    expect(decide("answer", thread, both, { state })).toMatchObject({
      value: { standpoint: { level: "preparer", role: "preparer" } },
    });
  });

  it("is made at the level whose turn it is, where that is theirs, else at their highest", () => {
    const all = g.person("he", "unit_reviewer", "department_reviewer", "principal");
    expect(standpointOf(g.unit.atUnit(), all, [])).toEqual({
      level: "unit",
      role: "unit_reviewer",
    });
    expect(standpointOf(g.unit.atBureau(), all, [])).toMatchObject({ level: "department" });
    expect(standpointOf(g.unit.atUnit(), g.administrator, [])).toBeUndefined();
  });

  it("is offered just the acts that would be accepted", () => {
    for (const opener of everybody) {
      for (const status of ["open", "answered", "resolved"] as const) {
        const thread = madeBy(opener, status);
        for (const actor of [...everybody, g.administrator, g.auditor]) {
          const offered = allowedThreadActs(thread, actor, { state: g.unit.atUnit(), authors: [] });
          for (const act of ["answer", "resolve", "reopen"] as const) {
            expect(offered.includes(act)).toBe(decide(act, thread, actor).ok);
          }
        }
      }
    }
  });

  it("is in the way until it is settled, answered or not", () => {
    expect(isBlocking({ blocking: true, status: "answered" })).toBe(true);
    expect(isBlocking({ blocking: true, status: "resolved" })).toBe(false);
    expect(isBlocking({ blocking: false, status: "open" })).toBe(false);
  });
});

describe("the room for remarks", () => {
  const thread = (entries: number, length = 10) => ({
    entries: Array.from({ length: entries }, () => ({ text: "核".repeat(length) })),
  });

  it("ends at so many threads, and at so many entries of one", () => {
    const full = Array.from({ length: maxThreads }, () => thread(1));
    expect(roomRefusal(full.slice(1), "又一条")).toBeUndefined();
    expect(roomRefusal(full, "又一条")).toEqual({ code: "too_many_threads" });
    expect(roomRefusal(full, "答复", thread(1))).toBeUndefined();
    expect(roomRefusal([], "答复", thread(maxEntries - 1))).toBeUndefined();
    expect(roomRefusal([], "答复", thread(maxEntries))).toEqual({ code: "thread_full" });
  });

  it("ends before a thread outgrows its item of 400 KB, or all of them an answer of 6 MB", () => {
    const longest = thread(27, 4_000);
    expect(roomRefusal([longest], "完", longest)).toBeUndefined();
    expect(roomRefusal([longest], "核".repeat(4_000), longest)).toEqual({ code: "thread_full" });
    const many = Array.from({ length: 15 }, () => longest);
    expect(roomRefusal(many, "又一条")).toEqual({ code: "too_many_threads" });
  });
});
