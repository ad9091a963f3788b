import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import { redrawReports } from "../../../functions/publish/redraw-reports.ts";
import { isRedrawing, refreshPlan } from "../../../functions/publish/region-plan.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { type Bureau, openBureau, region, sqsEvent, year } from "../effects/bureau.ts";
import { openPress, portalUrl, type Press } from "../effects/press.ts";
import { memoryFiles, treeOf, type MemoryFiles } from "./memory-files.ts";

const units = ["137001", "137002"] as const;
const oldDesign = Buffer.from("<p>as pages looked before</p>");
const pageOf = (unit: string) => `${String(year)}/${unit}/index.html`;

/** Two published reports, and a portal that shows all their pages as they looked before. */
let bureau: Bureau;
let press: Press;
let meant: Record<string, string>;
let portal: MemoryFiles;
beforeAll(async () => {
  bureau = await openBureau();
  press = openPress(bureau);
  for (const unit of units) {
    await bureau.open(unit);
    await bureau.walk.submit(unit);
    await bureau.walk.approve(unit);
    await press.settle(unit);
  }
  await press.handlers.publish(sqsEvent([["plan", planMessage({})]]));
  meant = treeOf(press.portal);
});
afterAll(() => bureau.close());
beforeEach(() => {
  portal = memoryFiles(press.portal.files);
  for (const key of portal.files.keys()) {
    if (key.endsWith(".html")) portal.files.set(key, oldDesign);
  }
});

const planMessage = (how: object) => JSON.stringify({ type: "plan", region: region.code, ...how });

const deps = () => ({
  ...bureau.data,
  files: bureau.data.vault,
  portal,
  sha256,
  editions: shippedEditions,
  now: bureau.now,
  log: bureau.log,
  settingsOf: portalSettings([region], portalUrl),
});
const shown = (unit: string) => Buffer.from(portal.files.get(pageOf(unit)) ?? []);
const isOld = (unit: string) => shown(unit).equals(oldDesign);
const heads = () => Promise.all(units.map((unit) => bureau.head(unit)));
const events = () => Promise.all(units.map((unit) => bureau.recorded(unit)));

describe("pages of a portal after a change of design", () => {
  it("are drawn anew, and nothing that was published, recorded or stored changes", async () => {
    const before = [await heads(), await events()];
    const { redrawing } = await refreshPlan(deps(), { region: region.code, redraw: true });
    expect(redrawing).toBeUndefined();
    expect(treeOf(portal)).toEqual(meant);
    expect([await heads(), await events()]).toEqual(before);
  });

  it("are drawn some at a time, each run going on where the last one ended", async () => {
    const first = await redrawReports(deps(), region.code, {}, 1);
    expect(first?.at?.year).toBe(year);
    expect(units.filter(isOld)).toEqual(["137002"]);
    expect(await redrawReports(deps(), region.code, first ?? {}, 1)).toBeUndefined();
    expect(units.filter(isOld)).toEqual([]);
  });

  it("are gone on with by the next plan of a region, after the program was stopped", async () => {
    const first = await redrawReports(deps(), region.code, {}, 1);
    const key = "catalogue/plan.json";
    const plan = JSON.parse(Buffer.from(portal.files.get(key) ?? []).toString()) as object;
    portal.files.set(key, Buffer.from(JSON.stringify({ ...plan, redraw: first })));
    portal.files.set(pageOf("137001"), oldDesign);
    expect(await isRedrawing(deps(), region.code)).toBe(true);
    await refreshPlan(deps(), { region: region.code });
    expect(units.filter(isOld)).toEqual(["137001"]);
    expect(await isRedrawing(deps(), region.code)).toBe(false);
  });

  it("name a report that cannot be drawn, and are drawn for every other", async () => {
    for (const key of portal.files.keys()) {
      if (key.includes("/137001/") && key.endsWith("report.json")) portal.files.delete(key);
    }
    await refreshPlan(deps(), { region: region.code, redraw: true });
    expect(units.filter(isOld)).toEqual(["137001"]);
    expect(bureau.lines.at(-1)).toContain("could not be drawn anew");
  });
});
