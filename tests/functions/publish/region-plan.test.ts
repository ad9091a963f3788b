import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createPublishHandler } from "../../../functions/publish/handler.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import type { RegistryStore, ReportStore } from "../../../functions/storage/ports.ts";
import { catalogueRowSchema, type CatalogueRow } from "../../../shared/disclosure/catalogue.ts";
import { type Bureau, openBureau, region, reportOf, sqsEvent, year } from "../effects/bureau.ts";
import { omit } from "../../../shared/omit.ts";
import type { OrgNode } from "../../../shared/registry/registry.ts";
import { enterOrg, enterYear } from "../enter.ts";
import { memoryFiles, treeOf } from "./memory-files.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

let bureau: Bureau;
beforeEach(async () => {
  bureau = await openBureau();
});
afterEach(() => bureau.close());

/** The publish function with a portal of its own; every call it makes on registry and reports is counted. */
function openPortal() {
  const { data, now, newId, log } = bureau;
  const portal = memoryFiles();
  const calls: string[] = [];
  const counted = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== "function") return member;
        return (...given: unknown[]): unknown => {
          calls.push(String(name));
          return Reflect.apply(member, target, given);
        };
      },
    });
  const handler = createPublishHandler({
    ...data,
    registry: counted<RegistryStore>(data.registry),
    reports: counted<ReportStore>(data.reports),
    files: data.vault,
    portal,
    sha256,
    editions: shippedEditions,
    now,
    newId,
    log,
    settingsOf: portalSettings([region], "https://gongkai.example.gov.cn"),
  });
  const text = (key: string) => new TextDecoder().decode(portal.files.get(key));
  const send = async (message: object) => {
    calls.length = 0;
    return handler(sqsEvent([["message", JSON.stringify(message)]]));
  };
  return {
    portal,
    calls,
    text,
    plan: (of = region.code) => send({ type: "plan", region: of }),
    index: (orgCode: string) => send({ type: "index", reportId: reportOf(orgCode) }),
    rows: (): CatalogueRow[] => {
      const { rows } = JSON.parse(text("catalogue/2022/part.json")) as { rows: unknown[] };
      return rows.map((row) => catalogueRowSchema.parse(row));
    },
  };
}
type Portal = ReturnType<typeof openPortal>;

const rowOf = ({ rows }: Portal, wanted: string) => rows().find(({ code }) => code === wanted);

async function approve(portal: Portal) {
  await bureau.open("137001");
  await bureau.walk.submit("137001");
  await bureau.walk.approve("137001");
  expect(await portal.index("137001")).toEqual({ batchItemFailures: [] });
}

async function changeOrg(code: string, change: object) {
  const node = await bureau.data.registry.org(region.code, code);
  if (node === undefined) throw new Error(`No node ${code}.`);
  await enterOrg(bureau.data.registry, { ...node, ...change });
}

describe("who must publish until when", () => {
  it("names every department and unit, and not the bureau", async () => {
    const portal = openPortal();
    expect(await portal.plan()).toEqual({ batchItemFailures: [] });
    expect(portal.rows().map(({ code }) => code)).toEqual(["137", "137001", "137002", "137003"]);
    expect(new Set(portal.rows().map(({ department }) => department.code))).toEqual(
      new Set(["137"]),
    );
    expect(portal.rows().every(({ publishBy }) => publishBy === undefined)).toBe(true);
    expect(portal.text("2022/index.html")).toContain("应公开4份，已公开0份");
    expect(portal.text("2022/index.html")).toContain("尚未批复");
    expect(portal.text("index.html")).toContain("2022年度");
  });

  it("gives an approved report its last day, takes it back with the approval, and says when it is overdue", async () => {
    const portal = openPortal();
    await portal.plan();
    await approve(portal);
    expect(rowOf(portal, "137001")?.publishBy).toBe("2023-08-21");
    expect(portal.text("2022/index.html")).toContain("应于2023年8月21日前公开");
    const before = bureau.clock.at;
    bureau.clock.at = "2023-08-21T15:59:59.000Z";
    await portal.plan();
    expect(portal.text("2022/index.html")).toContain("没有逾期未公开的");
    bureau.clock.at = "2023-08-21T16:00:00.000Z";
    await portal.plan();
    expect(portal.text("2022/index.html")).toContain("应公开未公开1份");
    expect(portal.text("org/137/2022/index.html")).toContain("应公开未公开</span>");
    bureau.clock.at = before;
    const { state } = await bureau.head("137001");
    if (state.status !== "approved") throw new Error(`It is ${state.status}.`);
    const { editionHash } = state.submission;
    const reason = "附件有误，退回更换";
    await bureau.act("137001", "fengyuan", { type: "undo_approval", editionHash, reason });
    await portal.index("137001");
    expect(rowOf(portal, "137001")).not.toHaveProperty("publishBy");
    expect(portal.text("2022/index.html")).toContain("没有逾期未公开的");
  });

  it("says why a node is exempt from this year's report, once the registry says so", async () => {
    const portal = openPortal();
    await portal.plan();
    await changeOrg("137003", { exempt: { year, reason: "当年新设，尚无收支" } });
    await portal.plan();
    expect(portal.text("2022/index.html")).toContain("不公开：当年新设，尚无收支");
    expect(portal.text("2022/index.html")).toContain("应公开3份");
    expect(portal.calls).not.toContain("orgs");
  });

  it("follows a unit to another department, and no row is left behind", async () => {
    const portal = openPortal();
    await portal.plan();
    const node = await bureau.data.registry.org(region.code, "137");
    if (node === undefined) throw new Error("No node 137.");
    await enterOrg(bureau.data.registry, { ...node, code: "205", name: "某市教育局", version: 0 });
    await changeOrg("137003", { parent: "205", formerParents: ["137"] });
    await portal.plan();
    expect(rowOf(portal, "137003")?.department).toEqual({ code: "205" });
    expect(portal.rows().filter(({ code }) => code === "137003")).toHaveLength(1);
    expect(portal.text("org/205/2022/index.html")).toContain("应公开2份");
    expect(portal.text("org/137/2022/index.html")).toContain("应公开3份");
    const anew = openPortal();
    await anew.plan();
    expect(treeOf(anew.portal)).toEqual(treeOf(portal.portal));
  });

  it("leads from an office to those it was merged from, and from them to it, before anything is public", async () => {
    const portal = openPortal();
    await portal.plan();
    const node = await bureau.data.registry.org(region.code, "137002");
    if (node === undefined) throw new Error("No node 137002.");
    const codes = ["137002", "137003"];
    const heir: OrgNode = {
      ...{ ...node, code: "137009", name: "某市联合中心", version: 0 },
      ...{ since: 2023, predecessors: [{ from: 2023, by: "merge", codes }] },
    };
    await enterOrg(bureau.data.registry, heir);
    for (const code of codes) {
      await changeOrg(code, { dissolved: { from: 2023, reason: "合并", successors: ["137009"] } });
    }
    await portal.plan();
    expect(portal.text("org/137009/index.html")).toContain(
      `2023年度起由<a href="/org/137002/">${node.name}</a>、<a href="/org/137003/">`,
    );
    expect(portal.text("org/137009/index.html")).toContain("尚无已公开的决算");
    expect(portal.text("org/137002/index.html")).toContain(
      '2023年度起并入<a href="/org/137009/">某市联合中心</a>',
    );
    const anew = openPortal();
    await anew.plan();
    expect(treeOf(anew.portal)).toEqual(treeOf(portal.portal));

    // Once it is taken back, nothing of it is left.
    await changeOrg("137009", { dissolved: { from: 2023, reason: "撤回" } });
    for (const code of codes) {
      const ended = await bureau.data.registry.org(region.code, code);
      if (ended === undefined) throw new Error(`No node ${code}.`);
      await enterOrg(bureau.data.registry, omit(ended, "dissolved"));
    }
    await portal.plan();
    expect([...portal.portal.files.keys()].filter((key) => key.startsWith("org/1370"))).toEqual([]);
  });

  it("keeps the history of an office when a report of it is listed", async () => {
    const portal = openPortal();
    await changeOrg("137001", { earlier: [{ through: 2021, name: "某市旧中心", parent: "137" }] });
    await portal.plan();
    expect(portal.text("org/137001/index.html")).toContain("2022年度起更为现名，此前为某市旧中心");
    await approve(portal);
    expect(portal.text("org/137001/index.html")).toContain("此前为某市旧中心");
  });

  it("lists a year once it is opened", async () => {
    const portal = openPortal();
    await portal.plan();
    const opened = await bureau.data.registry.year(region.code, year);
    if (opened === undefined) throw new Error("No year.");
    await enterYear(bureau.data.registry, { ...opened, year: 2023, version: 0 });
    await portal.plan();
    expect(portal.text("2023/index.html")).toContain("应公开4份，已公开0份");
    expect(portal.text("index.html")).toContain("2023年度");
    expect(portal.text("sitemap.xml")).toContain("/sitemaps/2023.xml");
  });

  it("costs two small records where nothing changed, and writes nothing", async () => {
    const portal = openPortal();
    await portal.plan();
    const before = treeOf(portal.portal);
    const writes = portal.portal.writes();
    await portal.plan();
    expect(portal.calls).toEqual(["head", "byTurn"]);
    expect(portal.portal.writes()).toBe(writes);
    expect(treeOf(portal.portal)).toEqual(before);
  });

  it("reads neither offices nor heads to find what became overdue", async () => {
    const portal = openPortal();
    await portal.plan();
    await approve(portal);
    // The next day in Shanghai.
    bureau.clock.at = "2023-08-01T16:00:00.000Z";
    await portal.plan();
    // Up to there it is what became overdue; then comes the day's sweep, page by page.
    expect(portal.calls.slice(0, portal.calls.indexOf("years"))).toEqual(["head", "byTurn"]);
    expect(portal.calls).not.toContain("orgs");
  });

  it("leaves a region without years with a home page that says so", async () => {
    const registry = { ...bureau.data.registry, years: () => Promise.resolve([]) };
    bureau = { ...bureau, data: { ...bureau.data, registry } };
    const portal = openPortal();
    await portal.plan();
    expect(portal.text("index.html")).toContain("尚无已公开的决算");
    expect(portal.portal.files.has("404.html")).toBe(true);
  });

  it("is refused for a region that is not served here", async () => {
    const portal = openPortal();
    expect((await portal.plan("999999")).batchItemFailures).toHaveLength(1);
    expect(portal.portal.writes()).toBe(0);
  });
});

describe("a spoilt list of the portal", () => {
  it.each([
    ["the plan, emptied", "catalogue/plan.json", "", "is empty"],
    ["a directory of another year", "catalogue/2022.json", "2021", "is another year's"],
    ["a directory cut short", "catalogue/2022.json", '{"year":20', "is not JSON"],
    ["a directory that is gone", "catalogue/2022.json", undefined, "is missing"],
    ["a part that is garbage", "catalogue/2022/part.json", '{"rows":7}', "does not hold"],
    ["a part that is gone", "catalogue/2022/part.json", undefined, "is missing"],
    ["the departments, emptied", "catalogue/2022/departments.json", "", "is empty"],
    ["a part of the departments", "catalogue/2022/department-list.json", "x", "is not JSON"],
    ["the record of all years", "catalogue/portal.json", "[]", "does not hold"],
  ])("%s, is named, drawn anew, and stops nothing", async (_, key, content, fault) => {
    const portal = openPortal();
    await portal.plan();
    await approve(portal);
    const meant = treeOf(portal.portal);
    const isComplete = portal.text(key);
    if (content === undefined) portal.portal.files.delete(key);
    else {
      const spoilt = content === "2021" ? isComplete.replaceAll("2022", "2021") : content;
      portal.portal.files.set(key, new TextEncoder().encode(spoilt));
    }
    bureau.lines.length = 0;
    expect(await portal.plan()).toEqual({ batchItemFailures: [] });
    expect(await portal.index("137001")).toEqual({ batchItemFailures: [] });
    expect(treeOf(portal.portal)).toEqual(meant);
    const named = bureau.lines.filter((line) => line.includes(key) && line.includes(fault));
    expect(named.length).toBeGreaterThan(0);
  });

  it("is mended together with others that are spoilt as well", async () => {
    const portal = openPortal();
    await portal.plan();
    await approve(portal);
    const meant = treeOf(portal.portal);
    for (const key of portal.portal.files.keys()) {
      if (key.startsWith("catalogue/")) portal.portal.files.set(key, new Uint8Array());
    }
    expect(await portal.index("137001")).toEqual({ batchItemFailures: [] });
    expect(await portal.plan()).toEqual({ batchItemFailures: [] });
    expect(treeOf(portal.portal)).toEqual(meant);
  });
});
