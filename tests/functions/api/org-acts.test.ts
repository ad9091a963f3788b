import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Progress, ProgressRowView, Worklist } from "../../../shared/contract/responses.ts";
import { verifyRegistry } from "../../../functions/use-cases/registry-history.ts";
import { enterMember, enterYear, everyOrg } from "../enter.ts";
import { region, startService, type Service } from "./service.ts";

/** The tree changes from a year on, by the door; every year keeps the organisation it had. */
let service: Service;
beforeAll(async () => {
  service = await startService();
  await enterYear(service.deps.registry, {
    ...{ region, year: 2023, edition: "jiangxi-2022", status: "open", version: 0 },
    ...{ unitDue: "2024-07-31", departmentDue: "2024-08-15", bureauDue: "2024-08-31" },
  });
});
afterAll(() => service.close());

const inRegion = (path: string) => `/api/regions/${region}${path}`;
const act = (body: object, path = "/org-acts") =>
  service.call("xuning", "POST", inRegion(path), body);
const seen = async (code: string) => ({
  code,
  version: (await service.deps.registry.org(region, code))?.version ?? 0,
});
const messageOf = ({ body }: { readonly body: unknown }) =>
  (body as { error: { message: string } }).error.message;
async function unitsIn(year: number): Promise<string[]> {
  await service.relay();
  const { body } = await service.call(
    "shenbo",
    "GET",
    inRegion(`/years/${String(year)}/progress/137`),
  );
  return (body as { rows: ProgressRowView[] }).rows.map(
    ({ orgCode, orgName }) => orgCode + orgName,
  );
}
const toOpen = async (who: string) =>
  ((await service.call(who, "GET", inRegion("/worklist"))).body as Worklist).toOpen.map(
    ({ year, orgName }) => `${String(year)}${orgName}`,
  );

it("a preview says what would follow and stores nothing", async () => {
  const before = await everyOrg(service.deps.registry, region);
  const wanted = {
    ...{ type: "dissolve", year: 2023, reason: "机构改革" },
    org: await seen("137002"),
  };
  const { status, body } = await act(wanted, "/org-acts/preview");
  expect(status).toBe(200);
  const { changes, consequences } = body as {
    changes: { code: string; lines: string[] }[];
    consequences: string[];
  };
  expect(changes).toEqual([
    expect.objectContaining({ code: "137002", lines: ["撤销：无 → 2023 年度起"] }) as unknown,
  ]);
  expect(consequences.join()).toContain("zhouting名（编制人）");
  expect(await everyOrg(service.deps.registry, region)).toEqual(before);
});

describe("a unit that ends with 2023", () => {
  beforeAll(async () => {
    const ended = await act({
      ...{ type: "dissolve", year: 2023, reason: "机构改革" },
      org: await seen("137002"),
    });
    expect(ended.status, JSON.stringify(ended.body)).toBe(200);
  });

  it("is in the lists of 2022 and in none of 2023", async () => {
    expect((await unitsIn(2022)).map((row) => row.slice(0, 6))).toContain("137002");
    expect((await unitsIn(2023)).map((row) => row.slice(0, 6))).not.toContain("137002");
    expect(await toOpen("zhouting")).toEqual(["2022景德镇市公共资源交易中心"]);
  });

  it("opens no report of that year, and its people learn why", async () => {
    const opened = await service.call("zhouting", "POST", "/api/reports", {
      ...{ region, year: 2023, orgCode: "137002" },
    });
    expect(opened.status).toBe(409);
    expect(messageOf(opened)).toContain("在 2023 年度不编报");
    expect(await service.head(`${region}-2023-137002`)).toBeUndefined();
  });
});

describe("a unit renamed from 2023 on", () => {
  const renamed = async () =>
    act({
      ...{ type: "rename", year: 2023, reason: "更名", name: "政务服务中心（本级）" },
      org: await seen("137001"),
    });

  it("keeps its name in 2022, and a draft of 2023 takes the new one until it is handed in", async () => {
    const report = `/api/reports/${region}-2023-137001`;
    await service.call("limin", "POST", "/api/reports", {
      ...{ region, year: 2023, orgCode: "137001" },
    });
    const before = await service.call("limin", "GET", report);
    expect((await renamed()).status).toBe(200);
    const after = await service.call("limin", "GET", report);
    expect(after.body).toMatchObject({ orgName: "政务服务中心（本级）" });
    expect(after.body).not.toMatchObject({
      editionHash: (before.body as { editionHash: string }).editionHash,
    });
    const rows = await unitsIn(2022);
    expect(rows.find((row) => row.startsWith("137001"))).not.toContain("政务服务中心（本级）");
    expect(await unitsIn(2023)).toContain("137001政务服务中心（本级）");
  });
});

describe("a unit in mid-review", () => {
  it("is not moved in that year, and nothing is stored; from the next year on it is", async () => {
    await service.bring("137001", "department");
    await enterMember(service.deps.registry, {
      ...{ region, subject: "yejun", name: "叶军", version: 0 },
      memberships: [{ role: "department_reviewer", orgCode: "200" }],
    });
    const before = await everyOrg(service.deps.registry, region);
    const move = async (year: number) =>
      act({ type: "move", year, reason: "划转", org: await seen("137001"), to: "200" });
    const refused = await move(2022);
    expect(refused.status).toBe(400);
    expect(messageOf(refused)).toContain("正在审核（部门审核）");
    expect(await everyOrg(service.deps.registry, region)).toEqual(before);

    expect((await move(2023)).status).toBe(200);
    const id = `/api/reports/${region}-2022-137001`;
    const { body } = await service.call("suntao", "GET", id);
    expect((body as { allowedActions: string[] }).allowedActions).toContain("approve");
    expect((await service.call("yejun", "GET", id)).status).toBe(404);
    expect((await service.call("yejun", "GET", `/api/reports/${region}-2023-137001`)).status).toBe(
      200,
    );
    expect(await unitsIn(2022)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^137001/u) as unknown]),
    );
    expect(await unitsIn(2023)).toEqual([expect.stringMatching(/^137/u)]);
  });
});

it("a department merged away leaves its line in the years before", async () => {
  // Who draws up a unit that comes along must hold no other level of the line it comes to.
  const heping = await service.deps.registry.member(region, "heping");
  if (heping === undefined) throw new Error("The city has no heping.");
  await enterMember(service.deps.registry, { ...heping, memberships: [] });
  const merged = await act({
    ...{ type: "merge", year: 2023, reason: "机构改革" },
    ...{ orgs: [await seen("200")], into: await seen("137") },
  });
  expect(merged.status, JSON.stringify(merged.body)).toBe(200);
  await service.relay();
  const departments = async (year: number) =>
    (
      (await service.call("shenbo", "GET", inRegion(`/years/${String(year)}/progress`)))
        .body as Progress
    ).departments.map(({ code }) => code);
  expect(await departments(2022)).toEqual(["137", "200"]);
  expect(await departments(2023)).toEqual(["137"]);
  const verified = await verifyRegistry({ ...service.deps }, region);
  expect(verified).toMatchObject({ intact: true, faults: [] });
});
