import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import type { PublishSubmissionDeps } from "../../../functions/publish/submission-deps.ts";
import { portalSettings } from "../../../functions/publish/portal-settings.ts";
import { rebuildRegion } from "../../../functions/publish/rebuild-region.ts";
import { refreshPlan } from "../../../functions/publish/region-plan.ts";
import { restorePublication } from "../../../functions/publish/restore-publication.ts";
import { blobKey } from "../../../functions/storage/blobs.ts";
import { renderKey } from "../../../functions/use-cases/rendered.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { type Bureau, openBureau, region } from "../effects/bureau.ts";
import { openPress, portalUrl } from "../effects/press.ts";
import { memoryFiles, treeOf, type MemoryFiles } from "./memory-files.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

const unit = "137001";
const address = "2022/137001/";

/** A bureau with a report that was published, renamed its department, and corrected it. */
let bureau: Bureau;
let published: MemoryFiles;
beforeAll(async () => {
  bureau = await openBureau();
  const press = openPress(bureau);
  await bureau.open(unit);
  await bureau.walk.submit(unit);
  await bureau.walk.approve(unit);
  await press.settle(unit);
  bureau.clock.at = "2023-08-03T02:00:00.000Z";
  await bureau.act(unit, "limin", { type: "correct", reason: "年末结转的原因写错了" });
  const { sections } = loadExampleUnit(unit);
  const { narrative } = sections;
  const reasons = { ...narrative.reasons, "expense.year": "上年信息化项目在本年验收付款" };
  await bureau.walk.submit(unit, { ...sections, narrative: { ...narrative, reasons } });
  await bureau.walk.approve(unit, "景财决〔2023〕15号");
  await press.settle(unit);
  published = press.portal;
});
afterAll(() => bureau.close());

const depsOn = (portal: MemoryFiles): PublishSubmissionDeps => ({
  ...bureau.data,
  files: bureau.data.vault,
  portal,
  ...{ sha256, editions: shippedEditions, now: bureau.now, log: bureau.log },
  settingsOf: portalSettings([region], portalUrl),
});
const copied = () => memoryFiles(published.files);

describe("a published report", () => {
  it("is left alone while it is whole", async () => {
    const portal = copied();
    const head = await bureau.head(unit);
    expect(await restorePublication(depsOn(portal), head)).toEqual({ restored: [], lost: [] });
    expect(portal.writes()).toBe(0);
  });

  it.each([
    ["its page", `${address}index.html`],
    ["a CSV at its address", `${address}t01.csv`],
    ["its PDF", `${address}report.pdf`],
    ["the record in force", "catalogue/2022/137001/2.json"],
    ["the record of before", "catalogue/2022/137001/1.json"],
  ])("gets %s back, byte for byte, lost or emptied", async (_, key) => {
    for (const damage of ["lost", "emptied"]) {
      const portal = copied();
      if (damage === "lost") portal.files.delete(key);
      else portal.files.set(key, new Uint8Array());
      const done = await restorePublication(depsOn(portal), await bureau.head(unit));
      expect(done.lost).toEqual([]);
      expect(done.restored.length).toBeGreaterThan(0);
      expect(treeOf(portal)).toEqual(treeOf(published));
    }
  });

  it("gets its whole folder, archive and records back", async () => {
    const portal = copied();
    for (const key of [...portal.files.keys()]) {
      if (key.startsWith(address) || key.startsWith(`catalogue/${address}`)) {
        portal.files.delete(key);
      }
    }
    const done = await restorePublication(depsOn(portal), await bureau.head(unit));
    expect(done.lost).toEqual([]);
    expect(treeOf(portal)).toEqual(treeOf(published));
  });

  it("gets another report's record replaced by its own, and other bytes of a file", async () => {
    const portal = copied();
    const other = Buffer.from(portal.files.get("catalogue/2022/137001/1.json") ?? []).toString();
    const foreign = new TextEncoder().encode(other.replaceAll("137001", "137002"));
    portal.files.set("catalogue/2022/137001/1.json", foreign);
    portal.files.set(`${address}t02.csv`, new TextEncoder().encode("forged"));
    await restorePublication(depsOn(portal), await bureau.head(unit));
    expect(treeOf(portal)).toEqual(treeOf(published));
  });

  it("is named as lost where the vault has lost it as well, and what is there stays", async () => {
    const portal = copied();
    const { state } = await bureau.head(unit);
    if (state.status !== "published") throw new Error(`It is ${state.status}.`);
    const { editionHash } = state.submission;
    const print = renderKey((await bureau.head(unit)).id, editionHash);
    const bytes = (await bureau.data.vault.get(print)) ?? new Uint8Array();
    await bureau.data.vault.delete(print);
    const key = `${address}editions/${editionHash.slice(0, 8)}/report.pdf`;
    portal.files.set(key, new TextEncoder().encode("%PDF-forged"));
    const before = treeOf(portal);
    const done = await restorePublication(depsOn(portal), await bureau.head(unit));
    expect(done).toEqual({ restored: [], lost: [key] });
    expect(treeOf(portal)).toEqual(before);
    await bureau.data.vault.put(print, bytes, "application/pdf");
  });
});

describe("the day's sweep", () => {
  it("puts back what one report has lost, says so, and lists it as it was", async () => {
    const portal = copied();
    await refreshPlan(depsOn(portal), { region: region.code });
    const whole = treeOf(portal);
    const plan = portal.files.get("catalogue/plan.json");
    portal.files.delete(`${address}index.html`);
    portal.files.set("catalogue/2022/137001/1.json", new Uint8Array());
    const before = bureau.clock.at;
    bureau.clock.at = "2023-08-04T02:00:00.000Z";
    bureau.lines.length = 0;
    await refreshPlan(depsOn(portal), { region: region.code });
    bureau.clock.at = before;
    expect(bureau.lines.join()).toContain("Files of the portal were put back");
    portal.files.set("catalogue/plan.json", plan ?? new Uint8Array());
    expect(treeOf(portal)).toEqual(whole);
  });
});

describe("the sweep of a start", () => {
  it("names what a report has lost of its content, and puts back what the portal has", async () => {
    const portal = copied();
    await refreshPlan(depsOn(portal), { region: region.code });
    const { sections } = await bureau.head(unit);
    const hash = sections.t03?.sha256 ?? "";
    const bytes = (await bureau.data.vault.get(blobKey(hash))) ?? new Uint8Array();
    await bureau.data.vault.delete(blobKey(hash));
    portal.files.delete(`${address}index.html`);
    bureau.lines.length = 0;
    await refreshPlan(depsOn(portal), { region: region.code });
    expect(bureau.lines).toEqual([]);
    await refreshPlan(depsOn(portal), { region: region.code, sweep: true });
    const logged = bureau.lines.join();
    expect(logged).toContain("Parts of a report are damaged");
    expect(logged).toContain(`"sha256":"${hash}","fault":"missing","name":"公开03表`);
    await bureau.data.vault.put(blobKey(hash), bytes, "application/json");
    await refreshPlan(depsOn(portal), { region: region.code, sweep: true });
    expect(portal.files.has(`${address}index.html`)).toBe(true);
  });
});

describe("a portal", () => {
  it("is rebuilt from vault and heads into an empty folder, byte for byte", async () => {
    const portal = memoryFiles();
    const done = await rebuildRegion(depsOn(portal), region.code, []);
    expect(done).toMatchObject({ reports: 1, lost: [] });
    portal.files.delete("catalogue/plan.json");
    expect(treeOf(portal)).toEqual(treeOf(published));
  });

  it("is rebuilt over a damaged folder, and what belongs to nothing goes", async () => {
    const portal = copied();
    for (const [index, key] of [...portal.files.keys()].entries()) {
      if (index % 3 === 0) portal.files.delete(key);
      if (index % 3 === 1) portal.files.set(key, new TextEncoder().encode("damaged"));
    }
    portal.files.set("list/2022/9/index.html", new Uint8Array([1]));
    portal.files.set("999999/2022/1/index.html", new Uint8Array([1]));
    await rebuildRegion(depsOn(portal), region.code, ["999999/"]);
    expect(portal.files.delete("999999/2022/1/index.html")).toBe(true);
    portal.files.delete("catalogue/plan.json");
    const left = treeOf(portal);
    for (const key of Object.keys(left).filter((one) => one.startsWith("assets/"))) {
      expect(left[key]).toBeDefined();
      portal.files.set(key, published.files.get(key) ?? new Uint8Array());
    }
    expect(treeOf(portal)).toEqual(treeOf(published));
  });
});

describe("a report that was taken down", () => {
  it("is cleared of whatever was left or put back of it", async () => {
    await bureau.takeDown(unit, "《中华人民共和国保守国家秘密法》第三十一条");
    const head = await bureau.head(unit);
    const portal = copied();
    await restorePublication(depsOn(portal), head);
    const own = () => [...portal.files.keys()].filter((key) => key.startsWith(address));
    expect(own()).toEqual([`${address}index.html`]);
    portal.files.set(`${address}editions/00000000/report.json`, new Uint8Array([1]));
    expect((await restorePublication(depsOn(portal), head)).restored).toEqual([
      `${address}index.html`,
    ]);
    expect(own()).toEqual([`${address}index.html`]);
    expect(await restorePublication(depsOn(portal), head)).toEqual({ restored: [], lost: [] });
  });
});
