import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { barriers, useOffice } from "./office.ts";

const report = "/reports/360200-2022-137003";

// What is fetched in idle time is no part of the script of a page.
const office = useOffice({ savesData: true });
const goTo = (page: Page, path: string) => page.goto(`${office.host.staffUrl}${path}`);
const heading = (page: Page, name: string) => page.getByRole("heading", { name }).first().waitFor();

describe("every page", () => {
  afterEach(() => office.leave());

  it.each([
    ["/", 300],
    [`${report}/t03`, 270],
    [`${report}/narrative`, 290],
    [`${report}/facts`, 310],
    ["/progress/360200/2022", 300],
  ])("of script loads, when it is the first, %s at most %i KB", async (path, limit) => {
    const page = await office.seat("chenyu");
    const scripts: Response[] = [];
    page.on("response", (response) => {
      if (response.url().endsWith(".js")) scripts.push(response);
    });
    await goTo(page, path);
    await page.locator("h1").first().waitFor();
    await page.waitForLoadState("networkidle");
    // Read now: one that comes later has no page any more to be read from.
    const bodies = await Promise.all(scripts.map((script) => script.body()));
    const total = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(total).toBeGreaterThan(100_000);
    expect(total / 1_000).toBeLessThanOrEqual(limit);
    await page.context().close();
  });

  it.each([
    ["a preparer's", "zhaolin", "360200-2022-137"],
    ["a reviewer's", "suntao", "360200-2022-137001"],
    ["a Shanghai reviewer's", "luming", "310107-2024-105"],
  ])("is free of barriers (WCAG 2.1 AA): %s", async (_, person, id) => {
    const page = await office.seat(person);
    const found: Record<string, string[]> = { 待办: await barriers(page) };
    await goTo(page, `/reports/${id}/t01`);
    await page.locator(".part-nav a").first().waitFor();
    const links = await page.locator(".part-nav a").all();
    expect(links.length).toBeGreaterThanOrEqual(17);
    for (const link of links) {
      await link.click();
      await page.locator(".report-part h2").first().waitFor();
      found[(await link.getAttribute("href")) ?? ""] = await barriers(page);
    }
    expect(Object.entries(found).filter(([, faults]) => faults.length > 0)).toEqual([]);
  });

  it("of the bureau is free of barriers as well", async () => {
    const page = await office.seat("xuning");
    await page.getByRole("link", { name: "2022 年度进度", exact: true }).click();
    await heading(page, "2022 年度决算进度");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("link", { name: "年度与单位" }).click();
    await heading(page, "年度与单位");
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "深色显示" }).click();
    expect(await barriers(page)).toEqual([]);
  });
});
