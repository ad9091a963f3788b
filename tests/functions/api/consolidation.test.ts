import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { blobKey } from "../../../functions/storage/blobs.ts";
import { programOf } from "../../../functions/use-cases/give-up.ts";
import { handleCommand } from "../../../functions/use-cases/handle-command.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import type {
  ConsolidatedCell,
  ConsolidationView,
  FindingsView,
  ReportView,
} from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import type { Adjustments, Facts } from "../../../shared/report/sections.ts";
import { loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { shifted, type Change } from "../../shared/checks/sound-report.ts";
import { region, startService, type Service } from "./service.ts";
import { enterMember, everyMember } from "../enter.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  const [member] = (await everyMember(service.deps.registry, region)).filter(
    ({ subject }) => subject === "wangqiang",
  );
  if (member === undefined) throw new Error("The unit's reviewer is not there.");
  await enterMember(service.deps.registry, {
    ...member,
    memberships: [...member.memberships, { role: "unit_reviewer", orgCode: "137002" }],
  });
  for (const subject of consolidators) {
    await enterMember(service.deps.registry, {
      ...{ region, subject, name: `${subject}名`, version: 0 },
      memberships: everyRole.map((role) => ({ role, orgCode: "137" })),
    });
  }
});
afterAll(() => service.close());

/** Each may consolidate, review and sign at once, so that four eyes alone can keep them out. */
const consolidators = ["duanli", "maojun"] as const;
const everyRole = ["preparer", "department_reviewer", "secrecy_officer", "principal"] as const;

const id = `${region}-2022-137`;
const unitId = (orgCode: string) => `${region}-2022-${orgCode}`;
const at = (path: string, report = id) => `/api/reports/${report}${path}`;

async function ok<Body>(...request: Parameters<Service["call"]>): Promise<Body> {
  const answer = await service.call(...request);
  expect(answer.status, `${request[1]} ${request[2]} ${JSON.stringify(answer.body)}`).toBeLessThan(
    300,
  );
  return answer.body as Body;
}

async function refused(...request: Parameters<Service["call"]>): Promise<string> {
  const answer = await service.call(...request);
  expect(answer.status, JSON.stringify(answer.body)).toBeGreaterThanOrEqual(400);
  return (answer.body as { error: { code: string } }).error.code;
}

const view = (who = "zhaolin") => ok<ConsolidationView>(who, "GET", at("/consolidation"));
const findings = () => ok<FindingsView>("zhaolin", "GET", at("/findings"));
const section = async <Value>(name: string) =>
  (await ok<{ value: Value }>("zhaolin", "GET", at(`/sections/${name}`))).value;
const value = async (cell: string) => {
  const [table = "", row, column = ""] = cell.split("/");
  const { rows } = await section<TableData>(table);
  return rows.find(({ key }) => key === row)?.cells[column];
};

/** 2 万元 that the department's own office passes on to 137002. */
const passedOn = 2_000_000;
const by = (amount: number, ...cells: readonly string[]): Change =>
  Object.fromEntries(cells.map((cell) => [cell, amount]));
const payer = shifted(loadExampleUnit("137001"), {
  ...by(passedOn, "t03/total/total", "t03/201/total", "t03/20103/total", "t03/2010301/total"),
  ...by(passedOn, ...["total", "201", "20103", "2010301"].map((row) => `t03/${row}/to_affiliate`)),
  ...by(passedOn, "t01/201/final", "t01/expense_total/final"),
  ...by(-passedOn, "t01/closing/final"),
});
const payee = shifted(loadExampleUnit("137002"), {
  ...by(passedOn, "t02/total/total", "t02/201/total", "t02/20103/total", "t02/2010350/total"),
  ...by(passedOn, ...["total", "201", "20103", "2010350"].map((row) => `t02/${row}/superior`)),
  ...by(passedOn, "t01/superior/final", "t01/income_total/final", "t01/income_sum/final"),
  ...by(passedOn, "t01/closing/final", "t01/expense_sum/final"),
});
const pairId = `subsidy.137001.2010301.137002.2010350.${String(passedOn)}`;

const preparers: Record<string, string> = { "137001": "limin", "137002": "zhouting" };

/** From the draft as it is through all levels to the bureau's approval. */
async function approve(orgCode: string): Promise<string> {
  const report = unitId(orgCode);
  const path = (act: string) => at(act, report);
  const { editionHash } = await ok<ReportView>(preparers[orgCode], "POST", path("/submit"), {});
  await ok("wangqiang", "POST", path("/approve"), { editionHash });
  await ok("qianli", "POST", path("/sign-offs"), { editionHash, kind: "secrecy" });
  await ok("zhenghua", "POST", path("/sign-offs"), { editionHash, kind: "principal" });
  await ok("suntao", "POST", path("/approve"), { editionHash });
  await ok("fengyuan", "POST", path("/approve"), {
    editionHash,
    documentNumber: "景财决〔2023〕1号",
  });
  return editionHash;
}

async function draw(orgCode: string, report: Report): Promise<void> {
  const who = preparers[orgCode] ?? "";
  await ok(who, "POST", "/api/reports", { region, year: 2022, orgCode });
  await service.fill(who, unitId(orgCode), report);
}

/** Publishes the unit's report and corrects one cell of its 公开10表. */
async function correct(orgCode: string, cell: Change): Promise<string> {
  const report = unitId(orgCode);
  const inHand = await reportInHand(service.deps, report);
  if (inHand?.head.state.status !== "approved") throw new Error(`${report} is not approved.`);
  const { editionHash } = inHand.head.state.submission;
  const published = await handleCommand(
    service.deps,
    inHand,
    { type: "record_publication", editionHash, path: `/2022/${orgCode}/` },
    programOf.publish,
  );
  expect(published.ok).toBe(true);
  const who = preparers[orgCode] ?? "";
  await ok(who, "POST", at("/correct", report), { reason: "更正国有资产数" });
  const { sections } = shifted(payee, cell);
  await ok(who, "PUT", at("/sections/t10", report), {
    base: (await service.head(report))?.sections.t10?.sha256,
    value: tableIn(sections, "t10"),
  });
  return report;
}

describe("a department", () => {
  it("sees which units are still to be approved, and cannot be added up before one is", async () => {
    await ok("zhaolin", "POST", "/api/reports", { region, year: 2022, orgCode: "137" });
    await draw("137001", payer);
    const { units, consolidated, reportType, differences, editionHash } = await view();
    expect({ consolidated, reportType, differences }).toEqual({
      ...{ consolidated: false, reportType: "entered_sum" },
      differences: { count: 0, cells: [] },
    });
    expect(units).toEqual([
      expect.objectContaining({ orgCode: "137001", status: "draft", standing: "outstanding" }),
      expect.objectContaining({ orgCode: "137002", status: "absent", standing: "outstanding" }),
    ]);
    const answer = await service.call("zhaolin", "POST", at("/consolidation"), {
      ...{ editionHash, confirmed: [], adjustments: [] },
    });
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      error: { code: "units_outstanding", details: { orgCodes: ["137001", "137002"] } },
    });
  });

  it("sees the flows between approved units, and what is only on one side", async () => {
    const first = await approve("137001");
    const alone = await view("suntao");
    expect(alone.units[0]).toMatchObject({ standing: "not_used", approved: first });
    expect(alone.pairs).toEqual([]);
    expect(alone.unmatched).toEqual([
      expect.objectContaining({
        ...{ orgCode: "137001", side: "payer", fen: passedOn, kind: "subsidy" },
        cell: "t03/2010301/to_affiliate",
        label: "公开03表 2010301 行政运行 对附属单位补助支出",
      }),
    ]);
    await draw("137002", payee);
    await approve("137002");
    const both = await view("suntao");
    expect(both.unmatched).toEqual([]);
    expect(both.pairs).toEqual([
      expect.objectContaining({
        id: pairId,
        fen: passedOn,
        match: "same_amount",
        confirmed: false,
      }),
    ]);
    expect(both.differences.count).toBeGreaterThan(0);
  });

  it("is added up in one write, with the confirmed flow taken off both sides", async () => {
    const before = await view();
    const version = (await service.head(id))?.version ?? 0;
    const after = await ok<ConsolidationView>("zhaolin", "POST", at("/consolidation"), {
      ...{ editionHash: before.editionHash, confirmed: [pairId], adjustments: [] },
    });
    expect((await service.head(id))?.version).toBe(version + 1);
    expect(after.units.map(({ standing }) => standing)).toEqual(["used", "used"]);
    expect(after.reportType).toBe("stacked");
    expect(after.differences).toEqual({ count: 0, cells: [] });
    expect(after.moved).toEqual({ count: 0, cells: [] });
    expect(after.pairs).toEqual([expect.objectContaining({ id: pairId, confirmed: true })]);

    const one = loadExampleUnit("137001").sections;
    const other = loadExampleUnit("137002").sections;
    const final = (sections: typeof one, row: string) =>
      tableIn(sections, "t01").rows.find(({ key }) => key === row)?.cells["final"] ?? 0;
    for (const row of ["income_sum", "income_total", "201", "expense_total", "expense_sum"]) {
      expect(await value(`t01/${row}/final`)).toBe(final(one, row) + final(other, row));
    }
    expect(await value("t01/superior/final")).toBe(0);
    expect(await value("t03/total/to_affiliate")).toBe(0);
    const facts = await section<Facts>("facts");
    expect(facts.people?.active).toBe(28);
    expect(facts.operatingCost).toEqual({ current: 26_030_000, prior: 90_560_000 });
    const { basis, entries } = await section<Adjustments>("adjustments");
    expect(Object.keys(basis ?? {})).toEqual(["137001", "137002"]);
    expect(entries.map(({ id: entry, pair }) => [entry, pair])).toEqual([[pairId, pairId]]);

    const rules = (await findings()).ledger.filter(({ rule }) => /^R30\d$/u.test(rule));
    expect(rules.map(({ rule, outcome }) => [rule, outcome])).toEqual([
      ["R301", "passed"],
      ["R302", "passed"],
      ["R303", "passed"],
      ["R305", "passed"],
      ["R306", "passed"],
      ["R304", "passed"],
    ]);
  });

  it("answers of any cell which units and entries it is made of", async () => {
    const cell = "t03/total/total";
    const of = await ok<ConsolidatedCell>(
      "fengyuan",
      "GET",
      at(`/consolidation/cells?cell=${cell}`),
    );
    expect(of.actual).toBe(of.expected);
    expect(of.units.map(({ reportId, value: part }) => [reportId, part])).toEqual([
      [unitId("137001"), 4_277_850_000 + passedOn],
      [unitId("137002"), 362_360_000],
    ]);
    expect(of.entries).toEqual([
      expect.objectContaining({
        id: pairId,
        value: -passedOn,
        reason: expect.stringContaining("抵销") as string,
      }),
    ]);
    // Its table alone is read, of the draft and of each unit, beside 调整表 and the units' manifests.
    const read = vi.spyOn(service.deps.vault, "get");
    await ok("fengyuan", "GET", at(`/consolidation/cells?cell=${cell}`));
    expect(read.mock.calls.length).toBeLessThanOrEqual(6);
    read.mockRestore();
    const partsOf = (address: string) => at(`/consolidation/cells?cell=${address}`);
    expect(await refused("zhaolin", "GET", partsOf("t11/a/b"))).toBe("not_found");
    expect(await refused("zhaolin", "GET", partsOf("t1/a/b"))).toBe("invalid_request");
  });

  it("is not added to in a table that its edition does not have", async () => {
    const { editionHash } = await view();
    const entry = { cells: [{ cell: "t11/a/b", fen: 1 }], reason: "调整不存在的表" };
    const request = { editionHash, confirmed: [], adjustments: [entry] };
    expect(await refused("zhaolin", "POST", at("/consolidation"), request)).toBe("not_found");
    const answer = await ok<{ pointer?: { sha256: string }; value: Adjustments }>(
      ...(["zhaolin", "GET", at("/sections/adjustments")] as const),
    );
    const { basis } = answer.value;
    const saved = {
      base: answer.pointer?.sha256 ?? null,
      value: { ...(basis && { basis }), entries: [{ id: "manual.1", ...entry }] },
    };
    expect(await refused("zhaolin", "PUT", at("/sections/adjustments"), saved)).toBe("not_found");
  });

  it("is found at fault in the very cell somebody changes by hand", async () => {
    const t01 = await section<TableData>("t01");
    const changed = t01.rows.map((row) =>
      row.key === "other" ? { ...row, cells: { final: 470_001 } } : row,
    );
    await ok("zhaolin", "PUT", at("/sections/t01"), {
      base: (await service.head(id))?.sections.t01?.sha256,
      value: { rows: changed },
    });
    expect((await view()).differences.cells).toEqual([
      expect.objectContaining({ cell: "t01/other/final", expected: 470_000, actual: 470_001 }),
    ]);
    const found = (await findings()).findings.filter(({ rule }) => rule === "R301");
    expect(found).toEqual([
      expect.objectContaining({
        ...{ severity: "error", cells: ["t01/other/final"], expected: 470_000, actual: 470_001 },
        message: expect.stringContaining("所属单位合计加调整表应为") as string,
      }),
    ]);
  });

  it("takes a correction by hand as an entry with its reason, and by nobody but its preparer", async () => {
    const { editionHash } = await view();
    const adjustments = [
      { cells: [{ cell: "t10/equipment/final", fen: 1 }], reason: "本级漏列的一台设备" },
    ];
    const request = { editionHash, confirmed: [pairId], adjustments };
    expect(await refused("suntao", "POST", at("/consolidation"), request)).toBe("wrong_role");
    expect(await refused("limin", "POST", at("/consolidation"), request)).toBe("not_found");
    const after = await ok<ConsolidationView>("zhaolin", "POST", at("/consolidation"), request);
    expect(after.differences.count).toBe(0);
    expect(after.entries.map(({ id: entry }) => entry)).toEqual([pairId, "manual.1"]);
    expect(await value("t01/other/final")).toBe(470_000);
  });

  it("has as its authors who added it up before somebody else, and who only confirmed that", async () => {
    const [consolidator, confirmer] = consolidators;
    const before = await view();
    const undone = { editionHash: before.editionHash, confirmed: [], adjustments: [] };
    const { editionHash } = await ok<ConsolidationView>(
      ...[consolidator, "POST", at("/consolidation"), undone],
    );
    expect(editionHash).not.toBe(before.editionHash);
    // The very sums again: nothing is written over, and who answers for them is added.
    const written = (await service.head(id))?.sections;
    await ok(confirmer, "POST", at("/consolidation"), { ...undone, editionHash });
    expect((await service.head(id))?.sections).toEqual(written);
    const adjustments = [
      { cells: [{ cell: "t10/equipment/final", fen: 1 }], reason: "本级漏列的一台设备" },
    ];
    const request = { editionHash, confirmed: [pairId], adjustments };
    const after = await ok<ConsolidationView>("zhaolin", "POST", at("/consolidation"), request);
    expect(after.editionHash).toBe(before.editionHash);
    const head = await service.head(id);
    expect(head?.editors).toEqual(["duanli", "maojun", "zhaolin"]);
    expect(new Set(Object.values(head?.sections ?? {}).map(({ by: who }) => who))).toEqual(
      new Set(["zhaolin"]),
    );
  });

  it("is not added up over a draft, a pair or a form that is not as asked for", async () => {
    const { editionHash } = await view();
    const before = await service.head(id);
    const ask = (body: object) =>
      refused("zhaolin", "POST", at("/consolidation"), {
        ...{ editionHash, confirmed: [], adjustments: [], ...body },
      });
    const entry = (cell: string, fen = 1) => [{ cells: [{ cell, fen }], reason: "调整" }];
    expect(await ask({ editionHash: "a".repeat(64) })).toBe("stale_edition");
    expect(await ask({ confirmed: [`${pairId}0`] })).toBe("stale_version");
    expect(await ask({ adjustments: entry("t01/nowhere/final") })).toBe("invalid_request");
    expect(await ask({ adjustments: entry("t09/stats/final") })).toBe("invalid_request");
    expect(await ask({ adjustments: entry("t10/equipment/final", -1_000) })).toBe(
      "invalid_request",
    );
    expect(await ask({ adjustments: [{ cells: [], reason: "调整" }] })).toBe("invalid_request");
    expect(
      await refused("zhaolin", "PUT", at("/sections/adjustments"), {
        base: before?.sections.adjustments?.sha256,
        value: { basis: {}, entries: [] },
      }),
    ).toBe("invalid_request");
    expect(await service.head(id)).toEqual(before);
  });
});

describe("a unit that hands in anew", () => {
  it("leaves the department's sums as they are until it is approved again", async () => {
    await correct("137002", { "t10/vehicles_total/final": 1, "t10/leader_cars/final": 1 });
    const { units, moved } = await view();
    expect(units[1]).toMatchObject({ status: "draft", correcting: true, standing: "outstanding" });
    expect(moved.count).toBe(0);
  });

  it("makes the draft outdated in exactly the cells that moved, and stops its submission", async () => {
    await approve("137002");
    const { units, moved } = await view("suntao");
    expect(units.map(({ standing }) => standing)).toEqual(["used", "resubmitted"]);
    expect(units.map((unit) => unit.moved)).toEqual([
      undefined,
      { count: 2, tables: ["国有资产占用情况表"] },
    ]);
    expect(moved.cells.map(({ cell, orgCodes }) => [cell, orgCodes])).toEqual([
      ["t10/vehicles_total/final", ["137002"]],
      ["t10/leader_cars/final", ["137002"]],
    ]);
    const [cars] = moved.cells;
    expect((cars?.is ?? 0) - (cars?.was ?? 0)).toBe(1);
    const { findings: found, blocking } = await findings();
    expect(found.filter(({ rule }) => rule === "R304")).toEqual([
      expect.objectContaining({
        severity: "error",
        message: expect.stringContaining("137002") as string,
      }),
    ]);
    const answer = await service.call("zhaolin", "POST", at("/submit"), {});
    expect(answer.body).toMatchObject({
      error: { code: "blocking_findings", details: { count: blocking } },
    });
  });

  it("is in the sums after the next 汇总, by which the department can be handed in", async () => {
    const { editionHash } = await view();
    const after = await ok<ConsolidationView>("zhaolin", "POST", at("/consolidation"), {
      ...{ editionHash, confirmed: [pairId], adjustments: [] },
    });
    expect(after.units.map(({ standing }) => standing)).toEqual(["used", "used"]);
    expect(after.moved.count).toBe(0);
    const { sections } = loadExample("jingdezhen-2022");
    const facts = await section<Facts>("facts");
    const { duties, units } = sections.facts;
    for (const [name, content] of Object.entries({
      facts: { ...facts, duties, units: units.slice(0, 2) },
      narrative: sections.narrative,
      // Two units of three: what all of them spent would be more than these tables hold.
      performance: { ...sections.performance, overall: undefined },
    })) {
      await ok("zhaolin", "PUT", at(`/sections/${name}`), {
        base: (await service.head(id))?.sections[name as "facts"]?.sha256 ?? null,
        value: content,
      });
    }
    const { findings: found } = await findings();
    expect(found.filter(({ severity }) => severity === "error")).toEqual([]);
    await service.explain("zhaolin", id);
    expect(await ok<ReportView>("zhaolin", "POST", at("/submit"), {})).toMatchObject({
      status: "in_review",
      stage: "department",
    });
    expect(
      await refused("zhaolin", "POST", at("/consolidation"), {
        ...{ editionHash: (await view()).editionHash, confirmed: [], adjustments: [] },
      }),
    ).toBe("wrong_status");
  });

  it("is neither reviewed nor signed by anybody who consolidated or confirmed it", async () => {
    const { editionHash } = await ok<ReportView>("zhaolin", "GET", at(""));
    for (const who of consolidators) {
      for (const [path, body] of [
        ["/approve", { editionHash }],
        ["/return", { editionHash, reason: "请核对。" }],
        ["/sign-offs", { editionHash, kind: "principal" }],
        ["/sign-offs", { editionHash, kind: "secrecy" }],
      ] as const) {
        expect(await refused(who, "POST", at(path), body), `${who} ${path}`).toBe("four_eyes");
      }
      const { allowedActions } = await ok<ReportView>(who, "GET", at(""));
      expect(allowedActions).not.toContain("approve");
      expect(allowedActions).not.toContain("sign_off_principal");
    }
    expect((await service.head(id))?.state).toMatchObject({ verdicts: [], signOffs: {} });
  });

  it("is named when its approved submission is damaged, before the department's is approved", async () => {
    const { editionHash } = await ok<ReportView>("zhaolin", "GET", at(""));
    await ok("qianli", "POST", at("/sign-offs"), { editionHash, kind: "secrecy" });
    await ok("zhenghua", "POST", at("/sign-offs"), { editionHash, kind: "principal" });
    await ok("suntao", "POST", at("/approve"), { editionHash });
    const { vault } = service.deps;
    const blob = blobKey((await service.head(unitId("137002")))?.sections.t03?.sha256 ?? "");
    const whole = await vault.get(blob);
    const order = { editionHash, documentNumber: "景财决〔2023〕2号" };
    await vault.delete(blob);
    expect(await service.call("fengyuan", "POST", at("/approve"), order)).toMatchObject({
      status: 422,
      body: {
        error: {
          code: "content_damaged",
          message: expect.stringContaining("所属单位 137002 ") as string,
          details: { damage: [{ section: "t03", fault: "missing", source: { kind: "unit" } }] },
        },
      },
    });
    expect((await service.head(id))?.state.status).toBe("in_review");
    await vault.put(blob, whole ?? new Uint8Array(), "application/json");
    await ok("fengyuan", "POST", at("/approve"), order);
  });
});
