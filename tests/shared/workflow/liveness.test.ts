import { describe, expect, it } from "vitest";
import { allowedActions } from "../../../shared/workflow/available.ts";
import type { evolve } from "../../../shared/workflow/evolve.ts";
import {
  causeText,
  isLasting,
  publicationSettledMs,
  remedyText,
  type FailureCause,
} from "../../../shared/workflow/failure.ts";
import { react } from "../../../shared/workflow/react.ts";
import type { Command, ReportState } from "../../../shared/workflow/report-state.ts";
import {
  failureCauseSchema,
  reportStateSchema,
} from "../../../shared/workflow/report-state-schema.ts";
import { decide } from "../../../shared/workflow/decide.ts";
import * as g from "./given.ts";

const { given, later, refused, unit } = g;

const start = (run = "run-1"): Command => ({
  type: "start_publication",
  editionHash: g.submissionA,
  run,
});
const fail = (more: Partial<Extract<Command, { type: "record_failure" }>> = {}): Command => ({
  type: "record_failure",
  editionHash: g.submissionA,
  step: "publish",
  cause: { code: "portal_unwritable" },
  attempts: 5,
  ...more,
});
const undo: Command = {
  type: "undo_approval",
  editionHash: g.submissionA,
  reason: "附件有误，退回更换",
};
const publish: Command = {
  type: "record_publication",
  editionHash: g.submissionA,
  path: "/2022/137001/",
};
const settled = new Date(Date.parse(g.now) + publicationSettledMs).toISOString();

const failed = () => later(unit.approved(), "unit", [fail(), g.publisher]);
const started = () => later(unit.approved(), "unit", [start(), g.publisher]);

describe("an approved report that could not be made public", () => {
  it("shows the step, the cause, since when and how often it was tried", () => {
    expect(failed()).toMatchObject({
      status: "approved",
      failure: {
        step: "publish",
        cause: { code: "portal_unwritable" },
        at: g.now,
        attempts: 5,
      },
    });
    expect(reportStateSchema.parse(failed())).toEqual(failed());
  });

  it("is recorded as failed once, and by nobody but our own functions", () => {
    expect(given(failed()).when(fail(), g.publisher)).toEqual(
      refused("wrong_status", { status: "approved" }),
    );
    expect(given(unit.approved()).when(fail(), g.administrator)).toEqual(refused("wrong_role"));
    expect(given(unit.approved()).when(start(), g.bureauReviewer)).toEqual(refused("wrong_role"));
  });

  it("fails in the submission that was approved and in no other", () => {
    expect(given(unit.approved()).when(fail({ editionHash: g.submissionB }), g.publisher)).toEqual(
      refused("stale_edition", { editionHash: g.submissionA }),
    );
  });

  it.each([g.bureauReviewer, g.administrator])("is tried again by $id", (actor) => {
    const retried = later(failed(), "unit", [{ type: "retry_publication" }, actor]);
    expect(retried).not.toHaveProperty("failure");
    expect(retried).toMatchObject({ status: "approved", retriedAt: g.now });
    expect(later(retried, "unit", [publish, g.publisher])).toEqual(unit.published());
  });

  it("is not tried again while nothing has failed, nor by others", () => {
    expect(given(unit.approved()).when({ type: "retry_publication" }, g.administrator)).toEqual(
      refused("nothing_failed"),
    );
    expect(given(failed()).when({ type: "retry_publication" }, g.preparer)).toEqual(
      refused("wrong_role"),
    );
  });

  it("is published by a late success, which clears the failure", () => {
    expect(later(failed(), "unit", [publish, g.publisher])).toEqual(unit.published());
    expect(later(failed(), "unit", [start(), g.publisher])).not.toHaveProperty("failure");
  });

  it("can fail again after a retry", () => {
    const again = later(
      failed(),
      "unit",
      [{ type: "retry_publication" }, g.administrator],
      [fail({ step: "print", cause: { code: "printer_unavailable" } }), g.publisher],
    );
    expect(again).toMatchObject({ failure: { step: "print" } });
  });
});

describe("undoing an approval (撤销批复)", () => {
  it("gives the report back to its preparer with the reason; acts stay, sign-offs wait for the same submission", () => {
    const state = later(failed(), "unit", [undo, g.bureauReviewer]);
    expect(state).toMatchObject({
      status: "draft",
      returned: { stage: "bureau", by: "qian", reason: "附件有误，退回更换", undone: true },
      lastReview: { editionHash: g.submissionA, signOffs: { secrecy: { by: "sun" } } },
    });
    expect(state).toHaveProperty("acts", (unit.approved() as { acts: unknown }).acts);
    expect(state).not.toHaveProperty("failure");
    expect(given(state).when(g.submit(), g.preparer).ok).toBe(true);
    expect(given(state).when(publish, g.publisher)).toEqual(
      refused("wrong_status", { status: "draft" }),
    );
  });

  it("is open to the bureau's reviewers alone, the one who approved included", () => {
    expect(given(failed()).when(undo, g.bureauReviewer).ok).toBe(true);
    for (const actor of [g.administrator, g.departmentReviewer, g.preparer, g.publisher]) {
      expect(given(failed()).when(undo, actor)).toEqual(refused("wrong_role"));
    }
  });

  it("is possible before anything was written to the portal", () => {
    expect(given(unit.approved()).when(undo, g.bureauReviewer).ok).toBe(true);
  });

  it("is refused while the portal is being written, and again possible once that has failed", () => {
    expect(given(started()).when(undo, g.bureauReviewer)).toEqual(refused("publication_under_way"));
    const gaveUp = later(started(), "unit", [fail({ run: "run-1" }), g.publisher]);
    expect(given(gaveUp).when(undo, g.bureauReviewer).ok).toBe(true);
    const runsAgain = later(gaveUp, "unit", [start("run-2"), g.publisher]);
    expect(given(runsAgain).when(undo, g.bureauReviewer)).toEqual(refused("publication_under_way"));
  });

  it("is refused for what is published: that is corrected or taken down", () => {
    expect(given(unit.published()).when(undo, g.bureauReviewer)).toEqual(
      refused("wrong_status", { status: "published" }),
    );
  });

  it("concerns the submission the reviewer saw", () => {
    expect(given(failed()).when({ ...undo, editionHash: g.submissionB }, g.bureauReviewer)).toEqual(
      refused("stale_edition", { editionHash: g.submissionA }),
    );
  });

  it("of a correction leaves what is public as it is", () => {
    const correction = later(
      unit.published(),
      "unit",
      [{ type: "correct", reason: "更正收入" }, g.preparer],
      [g.submit(g.submissionB), g.preparer],
      [g.approve(g.submissionB), g.unitReviewer],
      [g.signOff("secrecy", g.submissionB), g.secrecyOfficer],
      [g.signOff("principal", g.submissionB), g.principal],
      [g.approve(g.submissionB), g.departmentReviewer],
      [g.approve(g.submissionB, { documentNumber: "景财决〔2023〕13号" }), g.bureauReviewer],
      [{ ...undo, editionHash: g.submissionB }, g.bureauReviewer],
    );
    const { publication } = unit.published() as { publication: unknown };
    expect(correction).toMatchObject({ status: "draft", publication });
  });
});

describe("giving up while a run may still be writing", () => {
  const when = (state: ReportState, command: Command, now: string) =>
    decide(command, state, g.publisher, { kind: "unit", now });

  it("is for that very run; everybody else waits until its time is over", () => {
    expect(when(started(), fail({ run: "run-1" }), g.now).ok).toBe(true);
    expect(when(started(), fail({ run: "run-0" }), g.now)).toEqual(
      refused("publication_under_way"),
    );
    const justBefore = new Date(Date.parse(settled) - 1).toISOString();
    expect(when(started(), fail(), justBefore)).toEqual(refused("publication_under_way"));
    expect(when(started(), fail(), settled).ok).toBe(true);
  });
});

const causes: Readonly<Record<FailureCause["code"], FailureCause>> = {
  content_missing: { code: "content_missing" },
  content_changed: { code: "content_changed" },
  attachment_missing: { code: "attachment_missing", name: "绩效自评.pdf" },
  attachment_changed: { code: "attachment_changed", name: "绩效自评.pdf" },
  glyph_missing: { code: "glyph_missing", pages: [3, 16] },
  page_oversize: { code: "page_oversize", pages: [7] },
  too_many_pages: { code: "too_many_pages", pages: 3000, limit: 2000 },
  document_too_large: { code: "document_too_large", megabytes: 90, limit: 60 },
  print_timed_out: { code: "print_timed_out", seconds: 60 },
  printer_unavailable: { code: "printer_unavailable" },
  print_missing: { code: "print_missing" },
  portal_unwritable: { code: "portal_unwritable" },
  report_moved: { code: "report_moved" },
  interrupted: { code: "interrupted" },
  other: { code: "other", reference: "360200-2022-137001.7.render" },
};

describe("every cause of failure", () => {
  it.each(Object.values(causes))(
    "$code is stored, and worded in Chinese with a way out",
    (cause) => {
      expect(failureCauseSchema.parse(cause)).toEqual(cause);
      expect(causeText(cause)).toMatch(/[\u4e00-\u9fff]{4}/u);
      expect(remedyText(cause)).toMatch(/重试|撤销批复/u);
    },
  );

  it("has words of its own", () => {
    const words = Object.values(causes).map(causeText);
    expect(new Set(words).size).toBe(words.length);
  });

  it("is tried again only where it may pass by itself", () => {
    expect(isLasting(causes.glyph_missing)).toBe(true);
    expect(isLasting(causes.attachment_missing)).toBe(true);
    expect(isLasting(causes.portal_unwritable)).toBe(false);
    expect(isLasting(causes.interrupted)).toBe(false);
  });
});

describe("what follows", () => {
  const stamp = { at: g.now, by: "qian", byName: "钱" };
  const reportId = "360200-2022-137001";
  const chained = (event: Parameters<typeof evolve>[1]) =>
    react({ reportId, seq: 9, event, previous: "0".repeat(64), hash: "1".repeat(64) });
  const { submissionA: editionHash } = g;

  it("from a retry is a new print, which hands on what is printed already", () => {
    expect(chained({ ...stamp, type: "publication_retried", editionHash })).toEqual([
      { type: "render", reportId, editionHash, seq: 9 },
    ]);
  });

  it("from an undone approval is that nothing of the submission stays on the portal, its line there, and mail", () => {
    expect(chained({ ...stamp, type: "approval_undone", editionHash, reason: "附件有误" })).toEqual(
      [
        { type: "discard", reportId, editionHash },
        { type: "index", reportId },
        { type: "notify", reportId, seq: 9 },
      ],
    );
  });
});

it("the buttons 重试公开 and 撤销批复 are offered exactly to whom the server lets", () => {
  expect(allowedActions(failed(), g.bureauReviewer)).toEqual([
    "retry_publication",
    "undo_approval",
  ]);
  expect(allowedActions(failed(), g.administrator)).toEqual(["retry_publication"]);
  expect(allowedActions(started(), g.bureauReviewer)).toEqual([]);
  expect(allowedActions(unit.approved(), g.bureauReviewer)).toEqual(["undo_approval"]);
  expect(allowedActions(failed(), g.preparer)).toEqual([]);
});
