import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { programOf, recordFailure } from "../../../functions/use-cases/give-up.ts";
import { handleCommand } from "../../../functions/use-cases/handle-command.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import type { ReportView, ThreadView } from "../../../shared/contract/responses.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { region, startService, type Service } from "./service.ts";
import { enterMember } from "../enter.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const id = `${region}-2022-137001`;
const at = (path: string) => `/api/reports/${id}${path}`;

async function ok<Body>(...request: Parameters<Service["call"]>): Promise<Body> {
  const answer = await service.call(...request);
  expect(answer.status, `${request[1]} ${request[2]} ${JSON.stringify(answer.body)}`).toBeLessThan(
    300,
  );
  return answer.body as Body;
}

async function refusal(...request: Parameters<Service["call"]>): Promise<string> {
  const answer = await service.call(...request);
  expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
  return (answer.body as { error: { code: string } }).error.code;
}

const view = (who: string) => ok<ReportView>(who, "GET", at(""));
const mine = async (who: string) =>
  (await ok<{ mine: { id: string }[] }>(who, "GET", `/api/regions/${region}/worklist`)).mine.map(
    (report) => report.id,
  );

/** The cell changed by hand in the return. */
const cell = { row: "30201", column: "final", value: 12_345_00 } as const;

describe("a unit's report, from its opening to the portal", () => {
  let first: string;
  let second: string;

  it("waits to be opened in its preparer's worklist, and in nobody else's", async () => {
    const list = await ok<{ toOpen: object[] }>("limin", "GET", `/api/regions/${region}/worklist`);
    expect(list.toOpen).toEqual([
      expect.objectContaining({ orgCode: "137001", year: 2022, due: "2023-07-31" }) as unknown,
    ]);
    const other = await ok<{ toOpen: object[] }>(
      "wangqiang",
      "GET",
      `/api/regions/${region}/worklist`,
    );
    expect(other.toOpen).toEqual([]);
  });

  it("is opened, filled in, and refused while it is not complete", async () => {
    await ok("limin", "POST", "/api/reports", { region, year: 2022, orgCode: "137001" });
    expect(await mine("limin")).toEqual([id]);
    const { blocking } = await ok<{ blocking: number }>("limin", "GET", at("/findings"));
    expect(blocking).toBeGreaterThan(0);
    const answer = await service.call("limin", "POST", at("/submit"), {});
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      error: { code: "blocking_findings", details: { count: blocking } },
    });
    expect((await service.head(id))?.state).toEqual({ status: "draft" });
    await service.fill("limin", id, loadExampleUnit("137001"));
    expect((await ok<{ blocking: number }>("limin", "GET", at("/findings"))).blocking).toBe(0);
  });

  it("is handed in as the submission that was read, which waits for the unit's reviewer", async () => {
    const draft = await view("limin");
    const submitted = await ok<ReportView>(
      "limin",
      "POST",
      at("/submit"),
      {},
      {
        "if-match": `"${String(draft.version)}"`,
      },
    );
    first = submitted.editionHash;
    expect(submitted).toMatchObject({
      status: "in_review",
      stage: "unit",
      editionHash: draft.editionHash,
      turn: { role: "unit_reviewer", orgCode: "137001", due: "2023-07-31" },
      allowedActions: ["comment", "withdraw"],
    });
    expect(await mine("wangqiang")).toEqual([id]);
    expect(await mine("limin")).toEqual([]);
    expect(
      await refusal("limin", "PUT", at("/sections/t10"), { base: null, value: { rows: [] } }),
    ).toBe("wrong_status");
  });

  it("is not passed by who may draw it up and review it, once he wrote in it", async () => {
    // heping is both; he has not written here, so he may review, as the table says.
    expect((await view("heping")).allowedActions).toContain("approve");
    await ok("limin", "POST", at("/withdraw"), { reason: "附件传错" });
    const t10 = await ok<{ pointer?: { sha256: string }; value: TableData }>(
      "heping",
      "GET",
      at("/sections/t10"),
    );
    await ok("heping", "PUT", at("/sections/t10"), {
      base: t10.pointer?.sha256 ?? null,
      value: t10.value,
    });
    const { editionHash } = await ok<ReportView>("limin", "POST", at("/submit"), {});
    expect(editionHash).toBe(first);
    expect(await refusal("heping", "POST", at("/approve"), { editionHash })).toBe("four_eyes");
    expect((await view("heping")).allowedActions).not.toContain("approve");
    expect((await service.head(id))?.state).toMatchObject({ stage: "unit", verdicts: [] });
  });

  it("passes the unit and is returned by the department, with a remark on a cell", async () => {
    await ok("wangqiang", "POST", at("/approve"), { editionHash: first });
    expect(await mine("suntao")).toEqual([id]);
    expect(await mine("qianli")).toEqual([id]);
    await ok<ThreadView>("suntao", "POST", at("/threads"), {
      anchor: { kind: "cell", cell: "t06/30201/final" },
      text: "办公费与明细账不符，请核对。",
    });
    expect(await refusal("suntao", "POST", at("/approve"), { editionHash: first })).toBe(
      "blocking_threads",
    );
    await ok("qianli", "POST", at("/sign-offs"), { editionHash: first, kind: "secrecy" });
    const returned = await ok<ReportView>("suntao", "POST", at("/return"), {
      editionHash: first,
      reason: "请核对办公费后重新提交。",
    });
    expect(returned).toMatchObject({ status: "draft", returned: true });
    expect(await mine("limin")).toEqual([id]);
  });

  it("is mended, answered and handed in again; the sign-off of the old submission is void", async () => {
    const { pointer, value } = await ok<{ pointer: { sha256: string }; value: TableData }>(
      "limin",
      "GET",
      at("/sections/t06"),
    );
    // Two economic items trade places by the same amount, so that all sums still agree.
    const was = value.rows.find(({ key }) => key === cell.row)?.cells[cell.column] ?? 0;
    const shift = cell.value - was;
    const rows = value.rows.map((row) => {
      if (row.key === cell.row) return { ...row, cells: { final: cell.value } };
      if (row.key === "30202") {
        return { ...row, cells: { final: (row.cells["final"] ?? 0) - shift } };
      }
      return row;
    });
    await ok("limin", "PUT", at("/sections/t06"), { base: pointer.sha256, value: { rows } });
    const diff = await ok<{ cells: object[] }>("limin", "GET", at(`/diff?from=${first}`));
    expect(diff.cells).toContainEqual(
      expect.objectContaining({ cell: "t06/30201/final", old: was, new: cell.value }) as unknown,
    );
    const [thread] = (await ok<{ items: ThreadView[] }>("limin", "GET", at("/threads"))).items;
    await ok("limin", "POST", at(`/threads/${thread?.id ?? ""}/entries`), {
      act: "answer",
      text: "已按明细账改正。",
      version: thread?.version,
    });
    const submitted = await ok<ReportView>("limin", "POST", at("/submit"), {});
    second = submitted.editionHash;
    expect(second).not.toBe(first);
    expect(submitted.state).toMatchObject({ signOffs: {}, verdicts: [] });
    expect(await refusal("wangqiang", "POST", at("/approve"), { editionHash: first })).toBe(
      "stale_edition",
    );
    await ok("wangqiang", "POST", at("/approve"), { editionHash: second });
  });

  it("reaches the bureau resolved and signed off, and not before", async () => {
    expect(await refusal("suntao", "POST", at("/approve"), { editionHash: second })).toBe(
      "blocking_threads",
    );
    const [thread] = (await ok<{ items: ThreadView[] }>("suntao", "GET", at("/threads"))).items;
    const entries = at(`/threads/${thread?.id ?? ""}/entries`);
    expect(
      await refusal("limin", "POST", entries, {
        act: "resolve",
        text: "已改",
        version: thread?.version,
      }),
    ).toBe("wrong_level");
    expect(
      await refusal("suntao", "POST", entries, { act: "resolve", text: "已核对", version: 1 }),
    ).toBe("stale_version");
    await ok("suntao", "POST", entries, {
      act: "resolve",
      text: "已核对",
      version: thread?.version,
    });
    expect(await refusal("suntao", "POST", at("/approve"), { editionHash: second })).toBe(
      "sign_offs_missing",
    );
    await ok("qianli", "POST", at("/sign-offs"), { editionHash: second, kind: "secrecy" });
    expect(
      await refusal("qianli", "POST", at("/sign-offs"), { editionHash: second, kind: "secrecy" }),
    ).toBe("already_signed");
    await ok("zhenghua", "POST", at("/sign-offs"), { editionHash: second, kind: "principal" });
    await ok("suntao", "POST", at("/approve"), { editionHash: second });
    expect(await mine("fengyuan")).toEqual([id]);
  });

  it("is approved under its number, and the 20 days begin", async () => {
    expect(await refusal("fengyuan", "POST", at("/approve"), { editionHash: second })).toBe(
      "document_number_missing",
    );
    const approved = await ok<ReportView>("fengyuan", "POST", at("/approve"), {
      editionHash: second,
      documentNumber: "景财决〔2023〕12号",
    });
    expect(approved).toMatchObject({
      status: "approved",
      publishBy: "2023-08-21",
      turn: { role: "bureau_admin", orgCode: "000", due: "2023-08-21" },
    });
    expect(await ok("shenbo", "GET", at("/publication"))).toEqual({
      status: "rendering",
      publishBy: "2023-08-21",
      allowedActions: [],
      overdue: false,
    });
  });

  const fails = () =>
    recordFailure(
      service.deps,
      { reportId: id, editionHash: second },
      {
        step: "print",
        cause: { code: "glyph_missing", pages: [16] },
        attempts: 1,
      },
    );

  it("that cannot be printed says why to the bureau first, and is tried again by it", async () => {
    expect(await refusal("xuning", "POST", at("/retry-publication"))).toBe("wrong_status");
    expect(await fails()).toBe("failed");
    for (const who of ["xuning", "fengyuan"]) expect((await mine(who))[0]).toBe(id);
    expect(await view("limin")).toMatchObject({
      status: "approved",
      failure: { step: "print", cause: "第 16 页有字库没有的字" },
      allowedActions: [],
    });
    expect(await ok("fengyuan", "GET", at("/publication"))).toMatchObject({
      status: "failed",
      failure: {
        step: "print",
        cause: "第 16 页有字库没有的字",
        remedy: expect.stringContaining("撤销批复") as unknown,
        attempts: 1,
      },
      allowedActions: ["retry_publication", "undo_approval"],
    });
    expect(await refusal("limin", "POST", at("/retry-publication"))).toBe("wrong_role");
    const retried = await ok<ReportView>("xuning", "POST", at("/retry-publication"));
    expect(retried.failure).toBeUndefined();
    expect(await mine("fengyuan")).toEqual([]);
    // The failure of the first try, delivered once more, is not that of the second.
    expect(await fails()).toBe("no_longer_wanted");
  });

  it("whose approval is undone with a reason is the preparer's again, and approved anew", async () => {
    const undo = { editionHash: second, reason: "第16页用字须更换" };
    expect(await refusal("xuning", "POST", at("/undo-approval"), undo)).toBe("wrong_role");
    expect(
      await refusal("fengyuan", "POST", at("/undo-approval"), { editionHash: second, reason: " " }),
    ).toBe("invalid_request");
    expect(
      await refusal("fengyuan", "POST", at("/undo-approval"), { ...undo, editionHash: first }),
    ).toBe("stale_edition");
    expect(await ok<ReportView>("fengyuan", "POST", at("/undo-approval"), undo)).toMatchObject({
      status: "draft",
      returned: true,
      turn: { role: "preparer", orgCode: "137001" },
      state: { returned: { byName: "fengyuan名", reason: undo.reason } },
    });
    // Handed in unchanged its sign-offs hold, and every level decides anew.
    await ok("limin", "POST", at("/submit"));
    for (const who of ["wangqiang", "suntao"]) {
      await ok(who, "POST", at("/approve"), { editionHash: second });
    }
    await ok("fengyuan", "POST", at("/approve"), {
      editionHash: second,
      documentNumber: "景财决〔2023〕12号",
    });
  });

  it("is public once the publish function says so, then corrected and taken down", async () => {
    const inHand = await reportInHand(service.deps, id);
    if (inHand === undefined) throw new Error("The report is gone.");
    const recorded = await handleCommand(
      service.deps,
      inHand,
      { type: "record_publication", editionHash: second, path: "/2022/137001/" },
      programOf.publish,
    );
    expect(recorded.ok).toBe(true);
    expect(await ok("shenbo", "GET", at("/publication"))).toMatchObject({
      status: "published",
      url: "https://portal.test/2022/137001/",
      number: 1,
    });
    expect(
      await ok<ReportView>("limin", "POST", at("/correct"), { reason: "更正办公费" }),
    ).toMatchObject({ status: "draft", correcting: true, publicationPath: "/2022/137001/" });
    expect(await ok("shenbo", "GET", at("/public-notice"))).toEqual({
      notice: {
        title: "更正公告",
        lines: [{ text: "本报告于（办理之时）更正后第2次公开。更正原因：更正办公费" }],
      },
      changes: { count: 0, items: [] },
    });
    const request = { legalBasis: "保密法 第二十七条", summary: "附表不宜公开" };
    const asked = await ok<ReportView>("xuning", "POST", at("/take-down"), request);
    expect(asked).toMatchObject({
      status: "draft",
      takeDownAsked: { byName: "xuning名" },
      turn: { role: "bureau_admin", orgCode: "000" },
      allowedActions: ["withdraw_take_down"],
    });
    const seen = { askedAt: asked.takeDownAsked?.at };
    expect(await refusal("xuning", "POST", at("/take-down/confirm"), seen)).toBe("four_eyes");
    expect(await refusal("limin", "POST", at("/take-down/confirm"), seen)).toBe("wrong_role");
    type Lists = Record<"mine" | "following", { id: string; takeDownAsked?: object }[]>;
    const listed = async (who: string) => {
      const lists = await ok<Lists>(who, "GET", `/api/regions/${region}/worklist`);
      const asked = (list: keyof Lists) =>
        lists[list].some((one) => one.id === id && one.takeDownAsked !== undefined);
      return [asked("mine"), asked("following")];
    };
    expect(await listed("fengyuan")).toEqual([true, false]);
    expect(await listed("xuning")).toEqual([false, true]);
    expect(await listed("limin")).toEqual([false, true]);
    const other = { askedAt: "2000-01-01T00:00:00.000Z" };
    expect(await refusal("fengyuan", "POST", at("/take-down/confirm"), other)).toBe(
      "stale_version",
    );
    expect(await ok<ReportView>("fengyuan", "POST", at("/take-down/confirm"), seen)).toMatchObject({
      status: "taken_down",
      allowedActions: [],
      state: {
        tombstone: { ...request, byName: "fengyuan名", asked: { byName: "xuning名" } },
      },
    });
  });

  it("names everybody in its history as they were when they acted", async () => {
    const member = (await service.deps.registry.membersBySubject("fengyuan")).find(
      (one) => one.region === region,
    );
    if (member === undefined) throw new Error("The city has no fengyuan.");
    const moved = { ...member, name: "冯改名", memberships: [] };
    await enterMember(service.deps.registry, moved);
    const { items } = await ok<{
      items: { event: { type: string; byName: string; byRole?: string } }[];
    }>("shenbo", "GET", at("/events"));
    expect(items.find(({ event }) => event.type === "approved")?.event).toMatchObject({
      byName: "fengyuan名",
      byRole: "bureau_reviewer",
    });
    const roles = items.map(({ event }) => `${event.type} ${event.byRole ?? "?"}`);
    expect(new Set(roles)).toEqual(
      new Set([
        "opened preparer",
        "submitted preparer",
        "withdrawn preparer",
        "passed unit_reviewer",
        "passed department_reviewer",
        "returned department_reviewer",
        "signed_off secrecy_officer",
        "signed_off principal",
        "approved bureau_reviewer",
        "publication_failed system",
        "publication_retried bureau_admin",
        "approval_undone bureau_reviewer",
        "published system",
        "correction_opened preparer",
        "take_down_asked bureau_admin",
        "taken_down bureau_reviewer",
      ]),
    );
  });

  it("leaves a chain of every act that anybody can check, and both submissions to read", async () => {
    const { items } = await ok<{ items: { seq: number; event: { type: string; by: string } }[] }>(
      "shenbo",
      "GET",
      at("/events"),
    );
    expect(items.map(({ event }) => event.type)).toEqual([
      "opened",
      "submitted",
      "withdrawn",
      "submitted",
      "passed",
      "signed_off",
      "returned",
      "submitted",
      "passed",
      "signed_off",
      "signed_off",
      "passed",
      "approved",
      "publication_failed",
      "publication_retried",
      "approval_undone",
      "submitted",
      "passed",
      "passed",
      "approved",
      "published",
      "correction_opened",
      "take_down_asked",
      "taken_down",
    ]);
    expect(items.map(({ seq }) => seq)).toEqual(items.map((_, index) => index + 1));
    // Nothing was printed or published here: the publications were recorded without their files.
    expect(await ok("shenbo", "GET", at("/events/verification"))).toMatchObject({
      events: 24,
      faultCount: 1,
      faults: [{ kind: "receipt_missing", place: "公开文件 /catalogue/2022/137001/1.json" }],
    });
    const audit = await ok<{ items: object[] }>(
      "shenbo",
      "GET",
      `/api/regions/${region}/years/2022/audit`,
    );
    expect(audit.items).toEqual([
      expect.objectContaining({
        reportId: id,
        intact: true,
        events: 24,
        last: expect.objectContaining({ type: "taken_down" }) as unknown,
      }) as unknown,
    ]);
    const editions = await ok<{ items: { editionHash: string; published: boolean }[] }>(
      "shenbo",
      "GET",
      at("/editions"),
    );
    expect(editions.items.map(({ editionHash, published }) => [editionHash, published])).toEqual([
      [second, true],
      [first, false],
    ]);
    for (const [hash, figure] of [
      [first, false],
      [second, true],
    ] as const) {
      const { value } = await ok<{ value: TableData }>(
        "shenbo",
        "GET",
        at(`/editions/${hash}/sections/t06`),
      );
      const row = value.rows.find(({ key }) => key === cell.row);
      expect(row?.cells[cell.column] === cell.value).toBe(figure);
    }
  });
});

describe("a department's report", () => {
  it("is not handed in before every unit is approved or exempt", async () => {
    const dept = `/api/reports/${region}-2022-137`;
    await ok("zhaolin", "POST", "/api/reports", { region, year: 2022, orgCode: "137" });
    await service.fill("zhaolin", `${region}-2022-137`, loadExample("jingdezhen-2022"));
    const answer = await service.call("zhaolin", "POST", `${dept}/submit`, {});
    expect(answer.status).toBe(422);
    // 137001 was taken down above, 137002 never opened.
    expect(answer.body).toMatchObject({
      error: { code: "units_outstanding", details: { orgCodes: ["137001", "137002"] } },
    });
    for (const code of ["137001", "137002"]) {
      const org = (await service.deps.registry.org(region, code)) ?? { version: 0 };
      await ok("xuning", "POST", `/api/regions/${region}/org-acts`, {
        ...{ type: "exempt", year: 2022, reason: "机构改革，由本级代编" },
        org: { code, version: org.version },
      });
    }
    expect(await ok<ReportView>("zhaolin", "POST", `${dept}/submit`, {})).toMatchObject({
      status: "in_review",
      stage: "department",
    });
  });
});
