import { now } from "../../../functions/platform/clock.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { blobKey, putSection } from "../../../functions/storage/blobs.ts";
import type { FileStore } from "../../../functions/storage/ports.ts";
import { tableSchema } from "../../../shared/forms/table-data.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
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
  // What last year's report stated of people and purchases stands below this year's, with the change.
  await page.getByRole("textbox", { name: /^在职人员/u }).fill("1");
  await page.getByRole("textbox", { name: /^货物支出/u }).fill("10");
  await page.getByRole("textbox", { name: /^货物采购授予中小企业/u }).fill("11万元");
  await page.getByRole("textbox", { name: /^工程支出/u }).focus();
  const people = page.getByRole("region", { name: "年末人员" });
  await people
    .getByText(/^上年 \d+，减少 \d+（\d+\.\d\d%）$/u)
    .first()
    .waitFor();
  await page.locator(".field-finding", { hasText: /不超过货物支出 10\.00 万?元/u }).waitFor();
  expect(await barriers(page)).toEqual([]);
});

it("last year's codes are rows to type into, and nothing of them is kept that nobody filled", async () => {
  const page = await office.seat("limin");
  await page.goto(`${office.host.staffUrl}/reports/${id}/t03`);
  const table = page.getByRole("grid", { name: "支出决算表" });
  const offered = table.locator("tr.pale");
  await offered.filter({ hasText: "2010301" }).waitFor();
  const before = await offered.count();
  expect(before).toBeGreaterThan(5);
  const rows = async () => {
    const { reports, vault } = office.host.data;
    const stored = (await reports.load(id))?.sections["t03"]?.sha256;
    return stored === undefined ? undefined : await readRows(vault, stored);
  };
  expect(await rows()).toBeUndefined();

  await table.locator('[data-cell="t03/2010301/basic"]').click();
  await page.keyboard.type("12.5");
  await page.keyboard.press("Enter");
  // The code's own row, the 类 and 款 above it, and 合计.
  await expect.poll(() => offered.count()).toBe(before - 3);
  await expect.poll(rows, { timeout: 15_000 }).toEqual([...["total", "201", "20103", "2010301"]]);
  await page.reload();
  await offered.filter({ hasText: "20103" }).first().waitFor();
  await table.locator('[data-cell="t03/2010301/project"]').click();
  await page.keyboard.type("12.5");
  await page.keyboard.press("Enter");
  await page.getByText(/已保存/u).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole("checkbox", { name: "显示待填科目" }).uncheck();
  await expect.poll(() => offered.count()).toBe(0);
});

async function readRows(files: Pick<FileStore, "get">, hash: string): Promise<readonly string[]> {
  const bytes = await files.get(blobKey(hash));
  const { rows } = tableSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return rows.map(({ key }) => key);
}
