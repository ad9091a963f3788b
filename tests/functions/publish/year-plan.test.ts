import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createPublishHandler } from "../../../functions/publish/handler.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import type { RegistryStore } from "../../../functions/storage/ports.ts";
import { yearPlanSchema } from "../../../shared/disclosure/catalogue.ts";
import { type Bureau, openBureau, region, sqsEvent, year } from "../effects/bureau.ts";
import { memoryFiles, treeOf } from "./memory-files.ts";
import { enterOrg } from "../enter.ts";

let bureau: Bureau;
beforeEach(async () => {
  bureau = await openBureau();
});
afterEach(() => bureau.close());

/** The publish function with a portal of its own, asked to say the plan anew. */
function openPortal({ registry = bureau.data.registry }: { registry?: RegistryStore } = {}) {
  const { data, now, log } = bureau;
  const portal = memoryFiles();
  const handler = createPublishHandler({
    ...data,
    registry,
    files: data.vault,
    portal,
    sha256,
    now,
    log,
    settingsOf: portalSettings([region], "https://gongkai.example.gov.cn"),
  });
  const text = async (key: string) => {
    const bytes = await portal.get(key);
    return bytes && new TextDecoder().decode(bytes);
  };
  return {
    portal,
    planAnew: (of = region.code) =>
      handler(sqsEvent([["plan", JSON.stringify({ type: "plan", region: of })]])),
    text,
    plan: async () =>
      yearPlanSchema.parse(JSON.parse((await text("catalogue/2022/plan.json")) ?? "")),
  };
}

describe("the plan of a year", () => {
  it("names every department and unit that must publish, and not the bureau", async () => {
    const { planAnew, plan, text } = openPortal();
    expect(await planAnew()).toEqual({ batchItemFailures: [] });
    const { asOf, orgs } = await plan();
    expect(asOf).toBe("2023-08-01");
    expect(orgs.map(({ code }) => code)).toEqual(["137", "137001", "137002", "137003"]);
    expect(new Set(orgs.map(({ department }) => department.code))).toEqual(new Set(["137"]));
    expect(orgs.every(({ publishBy }) => publishBy === undefined)).toBe(true);
    expect(await text("2022/index.html")).toContain("应公开4份，已公开0份");
    expect(await text("2022/index.html")).toContain("尚未批复");
    expect(await text("index.html")).toContain("2022年度");
  });

  it("gives an approved report its last day, and says the day after that it is overdue", async () => {
    await bureau.open("137001");
    await bureau.walk.submit("137001");
    await bureau.walk.approve("137001");
    const { planAnew, plan, text } = openPortal();
    await planAnew();
    expect((await plan()).orgs.find(({ code }) => code === "137001")?.publishBy).toBe("2023-08-21");
    expect(await text("2022/index.html")).toContain("应于2023年8月21日前公开");
    bureau.clock.at = "2023-08-21T16:00:00.000Z";
    await planAnew();
    expect(await text("2022/index.html")).toContain("应公开未公开1份");
  });

  it("says why a node is exempt from this year's report", async () => {
    const node = await bureau.data.registry.org(region.code, "137003");
    if (node === undefined) throw new Error("No node 137003.");
    await enterOrg(bureau.data.registry, {
      ...node,
      exempt: { year, reason: "当年新设，尚无收支" },
    });
    const { planAnew, text } = openPortal();
    await planAnew();
    expect(await text("2022/index.html")).toContain("不公开：当年新设，尚无收支");
    expect(await text("2022/index.html")).toContain("应公开3份");
  });

  it("is drawn again when something changed, and only then", async () => {
    const { portal, planAnew } = openPortal();
    await planAnew();
    const before = treeOf(portal);
    const writes = portal.writes();
    await planAnew();
    expect(portal.writes()).toBe(writes);
    expect(treeOf(portal)).toEqual(before);
    bureau.clock.at = "2023-08-02T02:00:00.000Z";
    await planAnew();
    expect(portal.writes()).toBeGreaterThan(writes);
  });

  it("leaves a region without years with a home page that says so", async () => {
    const registry = { ...bureau.data.registry, years: () => Promise.resolve([]) };
    const { planAnew, text } = openPortal({ registry });
    await planAnew();
    expect(await text("index.html")).toContain("尚无已公开的决算");
  });

  it("is refused for a region that is not served here", async () => {
    const { portal, planAnew } = openPortal();
    expect((await planAnew("999999")).batchItemFailures).toHaveLength(1);
    expect(portal.writes()).toBe(0);
  });
});
