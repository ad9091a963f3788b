import { describe, expect, it } from "vitest";
import { absent, evolve } from "../../../shared/workflow/evolve.ts";
import type { Role } from "../../../shared/workflow/roles.ts";
import type { Actor, Command, ReportState } from "../../../shared/workflow/report-state.ts";
import {
  reportEventSchema,
  reportStateSchema,
} from "../../../shared/workflow/report-state-schema.ts";
import { turnOf, waitingSince } from "../../../shared/workflow/turn.ts";
import * as g from "./given.ts";

const { given, refused, unit } = g;

describe("a report that does not exist", () => {
  it("can be opened by its preparer", () => {
    expect(given(absent).when({ type: "open" }, g.preparer)).toMatchObject({
      ok: true,
      value: [{ type: "opened", kind: "unit", by: "wang", at: g.now }],
    });
  });

  it.each<Command>([
    g.submit(),
    { type: "withdraw" },
    g.approve(),
    g.giveBack(),
    g.signOff("secrecy"),
    { type: "correct", reason: "更正" },
    g.askTakeDown,
    { type: "take_down", askedAt: g.now },
    { type: "record_publication", editionHash: g.submissionA, path: "/2022/137001/" },
  ])("is not found by $type", (command) => {
    expect(given(absent).when(command, g.preparer)).toEqual(refused("not_found"));
  });
});

describe("a draft", () => {
  it("is handed in with the submission the server computed", () => {
    expect(given(unit.draft()).when(g.submit(), g.preparer)).toMatchObject({
      ok: true,
      value: [{ type: "submitted", editionHash: g.submissionA }],
    });
  });

  it("is not handed in while it has an error", () => {
    const command = { ...g.submit(), blockingFindings: 3 } as Command;
    expect(given(unit.draft()).when(command, g.preparer)).toEqual(
      refused("blocking_findings", { count: 3 }),
    );
  });

  it("of a department waits for its units", () => {
    const draft = g.life("department", [{ type: "open" }, g.preparer]);
    const command = { ...g.submit(), unitsOutstanding: ["137001"] } as Command;
    expect(given(draft, "department").when(command, g.preparer)).toEqual(
      refused("units_outstanding", { orgCodes: ["137001"] }),
    );
  });

  it("cannot be opened again", () => {
    expect(given(unit.draft()).when({ type: "open" }, g.preparer)).toEqual(
      refused("wrong_status", { status: "draft" }),
    );
  });

  it.each([g.unitReviewer, g.departmentReviewer, g.bureauReviewer, g.administrator, g.auditor])(
    "is not handed in by $id, who does not draw it up",
    (actor) => {
      expect(given(unit.draft()).when(g.submit(), actor)).toEqual(refused("wrong_role"));
    },
  );
});

describe("a report in review", () => {
  it("cannot be handed in twice", () => {
    expect(given(unit.atUnit()).when(g.submit(), g.preparer)).toEqual(
      refused("wrong_status", { status: "in_review", stage: "unit" }),
    );
  });

  it("starts a unit's report at the unit, a department's at the department", () => {
    expect(unit.atUnit()).toMatchObject({ status: "in_review", stage: "unit" });
    expect(
      g.life("department", [{ type: "open" }, g.preparer], [g.submit(), g.preparer]),
    ).toMatchObject({ status: "in_review", stage: "department" });
  });

  it.each([g.departmentReviewer, g.bureauReviewer])(
    "is not passed by $id before the level below has",
    (actor) => {
      expect(given(unit.atUnit()).when(g.approve(), actor)).toEqual(
        refused("wrong_status", { status: "in_review", stage: "unit" }),
      );
    },
  );

  it("is not passed by any level while a blocking remark is unanswered", () => {
    const facts = { blockingThreads: 2, unansweredThreads: 1 };
    expect(given(unit.atUnit()).when(g.approve(g.submissionA, facts), g.unitReviewer)).toEqual(
      refused("blocking_threads", { count: 1 }),
    );
  });

  it("passes the unit with an answered remark, which its author above has yet to resolve", () => {
    const facts = { blockingThreads: 1, unansweredThreads: 0 };
    expect(given(unit.atUnit()).when(g.approve(g.submissionA, facts), g.unitReviewer).ok).toBe(
      true,
    );
    expect(
      given(unit.signed()).when(g.approve(g.submissionA, facts), g.departmentReviewer),
    ).toEqual(refused("blocking_threads", { count: 1 }));
    expect(given(unit.atBureau()).when(g.approve(g.submissionA, facts), g.bureauReviewer)).toEqual(
      refused("blocking_threads", { count: 1 }),
    );
  });

  it("is passed or returned only in the submission the reviewer saw", () => {
    const stale = refused("stale_edition", { editionHash: g.submissionA });
    expect(given(unit.atUnit()).when(g.approve(g.submissionB), g.unitReviewer)).toEqual(stale);
    expect(
      given(unit.atUnit()).when(g.giveBack("preparer", g.submissionB), g.unitReviewer),
    ).toEqual(stale);
    expect(
      given(unit.atUnit()).when(g.signOff("secrecy", g.submissionB), g.secrecyOfficer),
    ).toEqual(stale);
  });

  it("reaches the bureau only with both sign-offs", () => {
    expect(given(unit.atDepartment()).when(g.approve(), g.departmentReviewer)).toEqual(
      refused("sign_offs_missing", { missing: ["secrecy", "principal"] }),
    );
    const half = g.later(unit.atDepartment(), "unit", [g.signOff("secrecy"), g.secrecyOfficer]);
    expect(given(half).when(g.approve(), g.departmentReviewer)).toEqual(
      refused("sign_offs_missing", { missing: ["principal"] }),
    );
    expect(given(unit.signed()).when(g.approve(), g.departmentReviewer)).toMatchObject({
      ok: true,
      value: [{ type: "passed", stage: "department", threadsHash: g.threadsHash }],
    });
  });

  it("takes each sign-off once, from its own office", () => {
    expect(given(unit.signed()).when(g.signOff("secrecy"), g.secrecyOfficer)).toEqual(
      refused("already_signed", { kind: "secrecy" }),
    );
    expect(given(unit.atUnit()).when(g.signOff("secrecy"), g.principal)).toEqual(
      refused("wrong_role"),
    );
  });

  it("is approved by the bureau under a document number, and public within 20 days", () => {
    expect(given(unit.atBureau()).when(g.approve(), g.bureauReviewer)).toEqual(
      refused("document_number_missing"),
    );
    expect(
      given(unit.atBureau()).when(
        g.approve(g.submissionA, { documentNumber: "景财决〔2023〕12号" }),
        g.bureauReviewer,
      ),
    ).toMatchObject({
      ok: true,
      value: [{ type: "approved", documentNumber: "景财决〔2023〕12号", publishBy: "2023-08-21" }],
    });
  });
});

describe("a return", () => {
  it("gives the report back to its preparer with the reason", () => {
    const state = g.later(unit.signed(), "unit", [g.giveBack(), g.departmentReviewer]);
    expect(state).toMatchObject({
      status: "draft",
      returned: { stage: "department", by: "zhao", reason: "请核对一般公共预算收入" },
    });
  });

  it("to the level below leaves the submission and its sign-offs, and asks that level anew", () => {
    const state = g.later(unit.atBureau(), "unit", [g.giveBack("level_below"), g.bureauReviewer]);
    expect(state).toMatchObject({
      status: "in_review",
      stage: "department",
      returned: { stage: "bureau" },
      verdicts: [{ stage: "unit" }],
      signOffs: { secrecy: { by: "sun" }, principal: { by: "zhou" } },
    });
    expect(given(state).when(g.approve(), g.departmentReviewer)).toMatchObject({ ok: true });
  });

  it("from the first level reaches the preparer whatever was asked", () => {
    expect(given(unit.atUnit()).when(g.giveBack("level_below"), g.unitReviewer)).toMatchObject({
      value: [{ type: "returned", to: "preparer" }],
    });
  });
});

describe("an event", () => {
  const roleOf = (state: ReportState, command: Command, actor: Actor) => {
    const decided = given(state).when(command, actor);
    if (!decided.ok) throw new Error(decided.error.code);
    return decided.value.map(({ byRole }) => byRole);
  };

  it("names the role of the level that decided, whatever else the person holds", () => {
    const all = g.person(
      "he",
      "preparer",
      "principal",
      "unit_reviewer",
      "department_reviewer",
      "bureau_reviewer",
    );
    expect(roleOf(unit.atUnit(), g.approve(), all)).toEqual(["unit_reviewer"]);
    expect(roleOf(unit.signed(), g.giveBack(), all)).toEqual(["department_reviewer"]);
    expect(roleOf(unit.atUnit(), g.signOff("principal"), all)).toEqual(["principal"]);
    expect(roleOf(unit.draft(), g.submit(), all)).toEqual(["preparer"]);
  });

  it("names the office that takes a report down, and our own functions as the system", () => {
    expect(roleOf(unit.published(), g.askTakeDown, g.principal)).toEqual(["principal"]);
    expect(roleOf(unit.published(), g.askTakeDown, g.administrator)).toEqual(["bureau_admin"]);
    const takeDown = { type: "take_down", askedAt: g.now } as const;
    expect(roleOf(unit.asked(), takeDown, g.bureauReviewer)).toEqual(["bureau_reviewer"]);
    const record = {
      type: "record_publication",
      editionHash: g.submissionA,
      path: "/2022/137001/",
    } as const;
    expect(roleOf(unit.approved(), record, g.publisher)).toEqual(["system"]);
  });

  it("carries the role into the state it leads to", () => {
    expect(unit.published()).toMatchObject({
      submission: { by: "wang", byRole: "preparer" },
      verdicts: [{ byRole: "unit_reviewer" }, { byRole: "department_reviewer" }],
      signOffs: { secrecy: { byRole: "secrecy_officer" }, principal: { byRole: "principal" } },
      approval: { byRole: "bureau_reviewer" },
    });
  });

  it("stored before roles were kept still loads, and leads to a state without them", () => {
    const stored = { at: g.now, by: "wang", byName: "王" };
    const opened = reportEventSchema.parse({ ...stored, type: "opened", kind: "unit" });
    const submitted = reportEventSchema.parse({
      ...stored,
      type: "submitted",
      editionHash: g.submissionA,
    });
    const state = [opened, submitted].reduce<ReportState>(
      (before, event) => evolve(before, event, "unit"),
      absent,
    );
    expect(state).toMatchObject({ submission: { by: "wang" } });
    expect(JSON.stringify(state)).not.toContain("byRole");
  });
});

describe("four eyes", () => {
  const both = (id: string, ...roles: Role[]) => g.person(id, ...roles);

  it("keep who handed the report in from passing it at any level", () => {
    const wang = both("wang", "preparer", "unit_reviewer", "department_reviewer");
    expect(given(unit.atUnit()).when(g.approve(), wang)).toEqual(refused("four_eyes"));
    expect(given(unit.atUnit()).when(g.giveBack(), wang)).toEqual(refused("four_eyes"));
    expect(given(unit.signed()).when(g.approve(), wang)).toEqual(refused("four_eyes"));
  });

  it("keep who passed one level from passing the next", () => {
    const li = both("li", "unit_reviewer", "department_reviewer");
    expect(given(unit.signed()).when(g.approve(), li)).toEqual(refused("four_eyes"));
  });

  it("keep who returned it at one level from passing it at another", () => {
    const state = g.later(unit.signed(), "unit", [g.giveBack("level_below"), g.departmentReviewer]);
    const zhao = both("zhao", "unit_reviewer", "department_reviewer");
    expect(given(state).when(g.approve(), zhao)).toEqual(refused("four_eyes"));
  });

  it("keep who handed it in from signing it", () => {
    const wang = both("wang", "preparer", "principal");
    expect(given(unit.atUnit()).when(g.signOff("principal"), wang)).toEqual(refused("four_eyes"));
  });

  it("keep who wrote in it from passing it, though another handed it in", () => {
    const state = g.later(unit.draft(), "unit", [
      { ...g.submit(), editors: ["li", "feng"] } as Command,
      g.preparer,
    ]);
    expect(given(state).when(g.approve(), g.unitReviewer)).toEqual(refused("four_eyes"));
    expect(given(state).when(g.approve(), g.person("he", "unit_reviewer"))).toMatchObject({
      ok: true,
    });
  });

  it("keep who wrote in it from signing it off, as principal or as secrecy officer", () => {
    const state = g.later(unit.draft(), "unit", [
      { ...g.submit(), editors: ["sun", "zhou"] } as Command,
      g.preparer,
    ]);
    expect(given(state).when(g.signOff("secrecy"), g.secrecyOfficer)).toEqual(refused("four_eyes"));
    expect(given(state).when(g.signOff("principal"), g.principal)).toEqual(refused("four_eyes"));
  });

  it("void a sign-off whose signer wrote before the same submission came again", () => {
    const returned = g.later(unit.signed(), "unit", [g.giveBack(), g.departmentReviewer]);
    const again = { ...g.submit(g.submissionA), editors: ["wang", "zhou"] } as Command;
    expect(given(returned).when(again, g.preparer)).toMatchObject({
      value: [{ type: "submitted", voided: ["principal"] }],
    });
    const state = g.later(returned, "unit", [again, g.preparer]);
    expect(state).toMatchObject({ signOffs: { secrecy: { by: "sun" } } });
    expect(state).not.toHaveProperty("signOffs.principal");
    expect(given(state).when(g.signOff("principal"), g.principal)).toEqual(refused("four_eyes"));
    const other = g.person("chu", "principal");
    expect(given(state).when(g.signOff("principal"), other)).toMatchObject({ ok: true });
  });

  it("hold when a submission comes back after another came between", () => {
    const li = both("li", "preparer", "unit_reviewer");
    const state = g.later(
      unit.atUnit(),
      "unit",
      [g.giveBack(), g.unitReviewer],
      [g.submit(g.submissionB), g.preparer],
      [g.giveBack("preparer", g.submissionB), g.person("he", "unit_reviewer")],
    );
    expect(given(state).when(g.submit(g.submissionA), li)).toEqual(refused("four_eyes"));
  });

  it("hold when the same submission is handed in again unchanged", () => {
    const returned = g.later(unit.atUnit(), "unit", [g.giveBack(), g.unitReviewer]);
    const li = both("li", "preparer", "unit_reviewer");
    expect(given(returned).when(g.submit(g.submissionA), li)).toEqual(refused("four_eyes"));
    expect(given(returned).when(g.submit(g.submissionB), li)).toMatchObject({ ok: true });
  });
});

describe("a withdrawal", () => {
  it("is the submitter's until a level has acted", () => {
    expect(given(unit.atUnit()).when({ type: "withdraw" }, g.preparer)).toMatchObject({ ok: true });
    expect(given(unit.atDepartment()).when({ type: "withdraw" }, g.preparer)).toEqual(
      refused("wrong_status", { status: "in_review", stage: "department" }),
    );
  });

  it("is not another preparer's", () => {
    expect(given(unit.atUnit()).when({ type: "withdraw" }, g.person("feng", "preparer"))).toEqual(
      refused("wrong_role"),
    );
  });

  it("is over once a level above has sent the report back below", () => {
    const state = g.later(unit.signed(), "unit", [g.giveBack("level_below"), g.departmentReviewer]);
    expect(given(state).when({ type: "withdraw" }, g.preparer)).toEqual(
      refused("wrong_status", { status: "in_review", stage: "unit" }),
    );
  });
});

describe("sign-offs", () => {
  it("are void when the submission changes", () => {
    const state = g.later(
      unit.signed(),
      "unit",
      [g.giveBack(), g.departmentReviewer],
      [g.submit(g.submissionB), g.preparer],
    );
    expect(state).toMatchObject({ signOffs: {} });
  });

  it("stay in sight on the draft, bound to the submission they were given for", () => {
    const state = g.later(unit.signed(), "unit", [g.giveBack(), g.departmentReviewer]);
    expect(state).toMatchObject({
      lastReview: { editionHash: g.submissionA, signOffs: { secrecy: { by: "sun" } } },
    });
  });

  it("still count when the very same submission comes again", () => {
    const state = g.later(
      unit.signed(),
      "unit",
      [g.giveBack(), g.departmentReviewer],
      [g.submit(g.submissionA), g.preparer],
    );
    expect(state).toMatchObject({
      signOffs: { secrecy: { by: "sun" }, principal: { by: "zhou" } },
    });
  });
});

describe("an approved report", () => {
  it("is recorded as published by the publish function alone, in its own submission", () => {
    const record = {
      type: "record_publication",
      editionHash: g.submissionA,
      path: "/2022/137001/",
    } as const;
    expect(given(unit.approved()).when(record, g.administrator)).toEqual(refused("wrong_role"));
    expect(
      given(unit.approved()).when({ ...record, editionHash: g.submissionB }, g.publisher),
    ).toEqual(refused("stale_edition", { editionHash: g.submissionA }));
    expect(given(unit.approved()).when(record, g.publisher)).toMatchObject({
      value: [{ type: "published", number: 1, path: "/2022/137001/" }],
    });
  });

  it("has the hash of its record of publication in the event, so that the files are chained", () => {
    const record = {
      type: "record_publication",
      editionHash: g.submissionA,
      path: "/2022/137001/",
      receipt: "c".repeat(64),
    } as const;
    expect(given(unit.approved()).when(record, g.publisher)).toMatchObject({
      value: [{ type: "published", receipt: record.receipt }],
    });
  });
});

describe("a published report", () => {
  it("stays public while its correction walks the levels, which counts the publication up", () => {
    const correcting = g.later(unit.published(), "unit", [
      { type: "correct", reason: "公开05表合计有误" },
      g.preparer,
    ]);
    expect(correcting).toMatchObject({
      status: "draft",
      correcting: { reason: "公开05表合计有误" },
      publication: { number: 1, editionHash: g.submissionA },
    });
    const again = g.later(
      correcting,
      "unit",
      [g.submit(g.submissionB), g.preparer],
      [g.approve(g.submissionB), g.unitReviewer],
      [g.signOff("secrecy", g.submissionB), g.secrecyOfficer],
      [g.signOff("principal", g.submissionB), g.principal],
      [g.approve(g.submissionB), g.departmentReviewer],
      [g.approve(g.submissionB, { documentNumber: "景财决〔2023〕40号" }), g.bureauReviewer],
      [
        { type: "record_publication", editionHash: g.submissionB, path: "/2022/137001/" },
        g.publisher,
      ],
    );
    expect(again).toMatchObject({ status: "published", publication: { number: 2 } });
  });

  it("is taken down by a second person, with what the first one gave for the public", () => {
    const { legalBasis, summary } = g.askTakeDown;
    expect(unit.asked()).toMatchObject({
      status: "published",
      takeDownAsked: { by: "wu", at: g.now, legalBasis, summary },
    });
    const done = g.later(unit.asked(), "unit", [g.takeDown, g.bureauReviewer]);
    expect(done).toMatchObject({
      status: "taken_down",
      tombstone: { by: "qian", legalBasis, summary, asked: { by: "wu", byName: "wu" } },
      publication: { number: 1 },
    });
    expect(done).not.toHaveProperty("takeDownAsked");
  });

  it("is taken down by nobody alone, whatever roles they hold", () => {
    const all = g.person("wu", "bureau_admin", "bureau_reviewer", "principal");
    for (const command of [g.takeDown, g.declineTakeDown]) {
      expect(given(unit.asked()).when(command, all)).toEqual(refused("own_take_down"));
      expect(given(unit.published()).when(command, all)).toEqual(refused("no_take_down_asked"));
      expect(given(unit.asked()).when(command, g.principal)).toEqual(refused("wrong_role"));
    }
    expect(given(unit.published()).when(g.askTakeDown, g.preparer)).toEqual(refused("wrong_role"));
  });

  it("keeps one request, which its author alone takes back", () => {
    expect(given(unit.asked()).when(g.askTakeDown, g.principal)).toEqual(
      refused("take_down_asked"),
    );
    const back = { type: "withdraw_take_down", askedAt: g.now } as const;
    expect(given(unit.asked()).when(back, g.principal)).toEqual(refused("wrong_role"));
    expect(g.later(unit.asked(), "unit", [back, g.administrator])).toEqual(unit.published());
  });

  it("stays public where the request is declined with a reason", () => {
    expect(g.later(unit.asked(), "unit", [g.declineTakeDown, g.bureauReviewer])).toEqual(
      unit.published(),
    );
  });

  it("is decided on by nobody who saw another request", () => {
    const another = { ...g.takeDown, askedAt: "2023-08-02T02:00:00.000Z" } as const;
    expect(given(unit.asked()).when(another, g.bureauReviewer)).toEqual(refused("stale_request"));
  });

  it("keeps the request through a whole correction, and is taken down after it", () => {
    const inCorrection = g.later(
      unit.asked(),
      "unit",
      [{ type: "correct", reason: "更正" }, g.preparer],
      [g.submit(g.submissionB), g.preparer],
      [g.approve(g.submissionB), g.unitReviewer],
      [g.signOff("secrecy", g.submissionB), g.secrecyOfficer],
      [g.signOff("principal", g.submissionB), g.principal],
      [g.approve(g.submissionB), g.departmentReviewer],
      [g.approve(g.submissionB, { documentNumber: "景财决〔2023〕40号" }), g.bureauReviewer],
    );
    expect(inCorrection).toMatchObject({ status: "approved", takeDownAsked: { by: "wu" } });
    expect(g.later(inCorrection, "unit", [g.takeDown, g.bureauReviewer])).toMatchObject({
      status: "taken_down",
      publication: { number: 1 },
    });
    const again = g.later(inCorrection, "unit", [
      { type: "record_publication", editionHash: g.submissionB, path: "/2022/137001/" },
      g.publisher,
    ]);
    expect(again).toMatchObject({ publication: { number: 2 }, takeDownAsked: { by: "wu" } });
  });

  it("waits for the bureau for three days once somebody asked, whoever else works on it", () => {
    const due = { unitDue: "2023-07-31", departmentDue: "2023-08-15", bureauDue: "2023-08-31" };
    const lineage = { kind: "unit", orgCode: "1", departmentCode: "2", bureauCode: "000" } as const;
    const waits = { role: "bureau_admin", orgCode: "000", due: "2023-08-04" };
    expect(turnOf(unit.asked(), lineage, due)).toEqual(waits);
    const correcting = g.later(unit.asked(), "unit", [
      { type: "correct", reason: "更正" },
      g.preparer,
    ]);
    expect(turnOf(correcting, lineage, due)).toEqual(waits);
    expect(waitingSince(correcting)).toBe(g.now);
  });
});

describe("a withdrawal", () => {
  it("keeps its reason for those who were to review", () => {
    expect(given(unit.atUnit()).when({ type: "withdraw", reason: "附件传错" }, g.preparer)).toEqual(
      { ok: true, value: [expect.objectContaining({ type: "withdrawn", reason: "附件传错" })] },
    );
  });
});

describe("an impossible history", () => {
  const stamp = { at: g.now, by: "x", byName: "x" };
  it.each([
    { ...stamp, type: "submitted", editionHash: g.submissionA } as const,
    { ...stamp, type: "withdrawn" } as const,
    { ...stamp, type: "correction_opened", reason: "更正" } as const,
    { ...stamp, type: "taken_down", legalBasis: "依据" } as const,
    { ...stamp, type: "opened", kind: "department" } as const,
  ])("throws: $type on nothing", (event) => {
    expect(() => evolve(absent, event, "unit")).toThrow("Impossible history");
  });

  it("throws when a verdict names another submission or level", () => {
    const verdict = { ...stamp, type: "passed", threadsHash: g.threadsHash } as const;
    expect(() =>
      evolve(unit.atUnit(), { ...verdict, stage: "unit", editionHash: g.submissionB }, "unit"),
    ).toThrow("Impossible history");
    expect(() =>
      evolve(
        unit.atUnit(),
        { ...verdict, stage: "department", editionHash: g.submissionA },
        "unit",
      ),
    ).toThrow("Impossible history");
  });
});

it("every state of a life is one that storage can hold", () => {
  for (const state of Object.values(unit)) {
    expect(reportStateSchema.parse(state())).toEqual(state());
  }
});
