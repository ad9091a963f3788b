import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Progress, ProgressRowView } from "../../../shared/contract/responses.ts";
import { region, startService, type Service } from "./service.ts";
import { everyOrg } from "../enter.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.bring("137001", "unit");
});
afterAll(() => service.close());

const inRegion = (path: string) => `/api/regions/${region}${path}`;

describe("the organisation tree", () => {
  const act = (body: object) => service.call("xuning", "POST", inRegion("/org-acts"), body);

  it.each([
    ["a unit under a unit", { code: "137009", name: "甲", kind: "unit", parent: "137001" }],
    ["a unit under nothing", { code: "137009", name: "甲", kind: "unit" }],
    [
      "a department under a department",
      { code: "300", name: "乙", kind: "department", parent: "137" },
    ],
    ["a second bureau", { code: "001", name: "丙", kind: "bureau" }],
    ["code twice", { code: "137001", name: "丁", kind: "department", parent: "000" }],
  ])("takes no %s", async (_, node) => {
    const before = await everyOrg(service.deps.registry, region);
    const answer = await act({ type: "add", year: 2022, reason: "新设", ...node });
    expect(answer.status).toBe(400);
    expect(await everyOrg(service.deps.registry, region)).toEqual(before);
  });

  it("is changed over the version that was read, or not at all", async () => {
    const change = (version: number) =>
      act({
        ...{ type: "exempt", year: 2022, reason: "本年度新设" },
        org: { code: "137002", version },
      });
    expect((await change(7)).status).toBe(412);
    const changed = await change(1);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ items: [{ version: 2, exemptions: [{ year: 2022 }] }] });
    expect((await change(1)).status).toBe(412);
  });
});

describe("people", () => {
  it.each([
    ["a role where it is not held", [{ role: "bureau_reviewer", orgCode: "137" }]],
    ["a role at no node", [{ role: "preparer", orgCode: "999999" }]],
  ])("are given no %s", async (_, memberships) => {
    const answer = await service.call("xuning", "PUT", inRegion("/members/newcomer"), {
      name: "新人",
      memberships,
      version: 0,
    });
    expect(answer.status).toBe(400);
    expect(await service.deps.registry.membersBySubject("newcomer")).toEqual([]);
  });

  it("act from the next request on by what was just changed", async () => {
    const member = (memberships: object[], version: number) =>
      service.call("xuning", "PUT", inRegion("/members/newcomer"), {
        name: "新人",
        memberships,
        version,
      });
    const read = () => service.call("newcomer", "GET", `/api/reports/${region}-2022-137001`);
    expect((await read()).status).toBe(404);
    await member([{ role: "preparer", orgCode: "137001" }], 0);
    expect((await read()).status).toBe(200);
    await member([{ role: "preparer", orgCode: "200" }], 1);
    expect((await read()).status).toBe(404);
  });
});

describe("a role that goes to another", () => {
  const handOver = async (more: object = {}) => {
    const version = async (subject: string) =>
      (await service.deps.registry.member(region, subject))?.version ?? 0;
    return service.call("xuning", "POST", inRegion("/members/wangqiang/hand-over"), {
      ...{ orgCode: "137001", roles: ["unit_reviewer"], to: "waibu", reason: "岗位调动" },
      versions: { from: await version("wangqiang"), to: await version("waibu") },
      ...more,
    });
  };
  const waiting = async () =>
    (await service.call("xuning", "GET", inRegion("/orgs/137001/waiting"))).body;

  it("is named with what waits for it", async () => {
    expect(await waiting()).toMatchObject({
      items: [{ role: "unit_reviewer", reports: [{ id: `${region}-2022-137001` }], isCut: false }],
    });
  });

  it("goes in one change: who had it may no longer, and who takes over finds what waits", async () => {
    expect((await handOver({ versions: { from: 9, to: 9 } })).status).toBe(412);
    expect((await handOver({ roles: ["preparer"] })).status).toBe(400);
    const joined = await handOver({ to: "limin", versions: { from: 1, to: 1 } });
    expect(JSON.stringify(joined.body)).toContain("须由另一名财政管理员确认");
    const id = `/api/reports/${region}-2022-137001`;
    expect((await service.call("wangqiang", "GET", id)).status).toBe(200);
    const done = await handOver();
    expect(done.status, JSON.stringify(done.body)).toBe(200);
    expect((await service.call("wangqiang", "GET", id)).status).toBe(404);
    const { body } = await service.call("waibu", "GET", id);
    expect((body as { allowedActions: string[] }).allowedActions).toContain("approve");
    const events = await service.call("xuning", "GET", inRegion("/registry/events?limit=1"));
    expect(events.body).toMatchObject({
      items: [{ event: { type: "roles_handed_over", reason: "岗位调动", orgCode: "137001" } }],
    });
  });

  it("is neither given nor taken by who hands it over", async () => {
    const own = await service.call("xuning", "POST", inRegion("/members/xuning/hand-over"), {
      ...{ orgCode: "000", roles: ["bureau_admin"], to: "shenbo", reason: "岗位调动" },
      versions: { from: 1, to: 1 },
    });
    expect(own.body).toMatchObject({ error: { code: "own_membership" } });
  });
});

describe("a year", () => {
  const year = {
    edition: "jiangxi-2022",
    status: "open",
    unitDue: "2023-07-31",
    departmentDue: "2023-08-15",
    bureauDue: "2023-08-31",
  };

  it.each([
    ["an edition there is none of", "2022", { ...year, edition: "jiangxi-2031" }],
    ["another year's edition", "2023", year],
    ["deadlines out of order", "2022", { ...year, unitDue: "2023-09-01" }],
    ["a day that is none", "2022", { ...year, unitDue: "2023-02-30" }],
  ])("takes no %s", async (_, code, body) => {
    const answer = await service.call("xuning", "PUT", inRegion(`/years/${code}`), {
      ...body,
      version: code === "2022" ? 1 : 0,
    });
    expect(answer.status).toBe(400);
  });

  it("shows the bureau how far everybody is, a department its own, a unit itself", async () => {
    await service.relay();
    const progress = async (who: string) =>
      (await service.call(who, "GET", inRegion("/years/2022/progress"))).body as Progress;
    const department = (who: string, code: string) =>
      service.call(who, "GET", inRegion(`/years/2022/progress/${code}`));
    const whole = await progress("shenbo");
    expect(whole.departments.map(({ code }) => code)).toEqual(["137", "200"]);
    expect(whole.counts).toEqual({ in_review: 1, exempt: 1, not_opened: 2 });
    expect(whole.departments[0]).toMatchObject({ own: "not_opened", overdue: 1 });
    const { rows } = (await department("shenbo", "137")).body as { rows: ProgressRowView[] };
    expect(rows.map(({ orgCode }) => orgCode)).toEqual(["137", "137001", "137002"]);
    expect(rows[1]).toMatchObject({ report: { status: "in_review" }, overdue: true });
    expect(rows[2]).toMatchObject({ exempt: true, overdue: false });
    const own = await progress("suntao");
    expect(own.departments.map(({ code }) => code)).toEqual(["137"]);
    expect(own.counts).toEqual({ in_review: 1, exempt: 1, not_opened: 1 });
    expect((await department("suntao", "137")).body).toEqual({ rows });
    expect((await department("suntao", "200")).status).toBe(404);
    const unit = await progress("limin");
    expect(unit.departments).toEqual([]);
    expect(unit.rows.map(({ orgCode }) => orgCode)).toEqual(["137001"]);
    expect((await department("limin", "137")).status).toBe(404);
    const list = async (who: string) =>
      (
        (await service.call(who, "GET", inRegion("/years/2022/reports"))).body as {
          items: { id: string }[];
        }
      ).items.map((report) => report.id);
    expect(await list("shenbo")).toEqual([`${region}-2022-137001`]);
    expect(await list("zhaolin")).toEqual([`${region}-2022-137001`]);
    expect(await list("zhouting")).toEqual([]);
  });
});

it("a person learns their own roles by name, region by region", async () => {
  expect((await service.call("heping", "GET", "/api/me")).body).toEqual({
    subject: "heping",
    name: "heping名",
    regions: [
      {
        region,
        regionName: "景德镇市",
        memberships: [
          expect.objectContaining({ role: "preparer", orgCode: "137001" }) as unknown,
          expect.objectContaining({ role: "unit_reviewer", orgCode: "137001" }) as unknown,
          expect.objectContaining({
            role: "principal",
            orgName: "景德镇市人民政府行政服务中心管理委员会",
          }) as unknown,
        ],
      },
    ],
  });
});
