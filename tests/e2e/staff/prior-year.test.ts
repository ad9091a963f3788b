import { now } from "../../../functions/platform/clock.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { putSection } from "../../../functions/storage/blobs.ts";
import { emptySections } from "../../../shared/report/sections.ts";
import { expect, it } from "vitest";
import { barriers, useOffice } from "./office.ts";
import { enterYear } from "../../functions/enter.ts";

const region = "360200";
const id = `${region}-2023-137001`;
const office = useOffice({
  prepare: async (host) => {
    const { registry } = host.data;
    const last = await registry.year(region, 2022);
    if (last === undefined) throw new Error("The year 2022 is not there.");
    await enterYear(registry, { ...last, year: 2023, version: 0 });
  },
});

/** As when last year's report was approved after this one was opened. */
async function withoutPriorYear(): Promise<void> {
  const { reports, vault } = office.host.data;
  const head = await reports.load(id);
  const stored = await putSection({ files: vault, sha256 }, "facts", emptySections.facts);
  const pointer = { sha256: stored, by: "limin", byName: "李敏", at: now() };
  const saved = await reports.saveSection(id, "facts", head?.sections.facts?.sha256, pointer);
  expect(saved.ok).toBe(true);
}

it("last year's figures are there when the report is opened, or taken with one press, and locked", async () => {
  const page = await office.seat("limin");
  await page
    .getByRole("button", { name: /开始编制/u })
    .first()
    .click();
  await page.getByRole("navigation", { name: "报告目录" }).waitFor();
  await page.goto(`${office.host.staffUrl}/reports/${id}/facts`);
  const rolled = page
    .getByRole("region", { name: "上年数" })
    .getByRole("textbox", { name: /公开01表 .*收入总计/u });
  // Locked once last year's report has been read.
  await expect.poll(() => rolled.isDisabled(), { timeout: 15_000 }).toBe(true);
  expect(await rolled.inputValue()).toMatch(/^\d[\d,]*\.\d\d$/u);
  await withoutPriorYear();
  await page.reload();
  const group = page.getByRole("region", { name: "上年数" });
  await group.getByText(/2022年决算已批复，有 \d+ 个上年数尚未取用/u).waitFor();
  await group.getByRole("button", { name: "取自2022年决算" }).click();
  await page.getByText("上年数已取自2022年决算").waitFor();
  await group.getByText("尚未取用").waitFor({ state: "detached" });

  const total = group.getByRole("textbox", { name: /公开01表 .*收入总计/u });
  await expect.poll(() => total.isDisabled(), { timeout: 15_000 }).toBe(true);
  expect(await total.inputValue()).toMatch(/^\d[\d,]*\.\d\d$/u);
  expect(await barriers(page)).toEqual([]);
});
