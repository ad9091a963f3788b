import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import { readXlsx, writeXlsx } from "hucre";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { barriers, cellAt, useOffice } from "./office.ts";

const office = useOffice();

async function exported(page: Page, item: RegExp): Promise<Uint8Array> {
  await page.getByRole("button", { name: "导出" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: item }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/2022年度.*\.xlsx$/u);
  return readFile(await download.path());
}

/** The workbook as somebody hands it back: one cell typed over, and a sheet of their own. */
async function filledIn(bytes: Uint8Array, value: string | number): Promise<Buffer> {
  const { sheets } = await readXlsx(bytes);
  const tables = sheets.map(({ name, rows }) => ({ name, rows: rows.map((row) => [...row]) }));
  const assets = tables.find(({ name }) => name === "公开10表");
  const row = assets?.rows.find(([name]) => name === "8.其他用车");
  if (row === undefined) throw new Error("No 其他用车.");
  row[2] = value;
  return Buffer.from(await writeXlsx({ sheets: [...tables, { name: "备查", rows: [["x"]] }] }));
}

describe("the tables of a report in a spreadsheet", () => {
  it("go out as a workbook, come back filled in, and are refused at the very cell", async () => {
    const page = await office.seat("zhaolin");
    await page.goto(`${office.host.staffUrl}/reports/360200-2022-137/t10`);
    await cellAt(page, "t10/other_cars/final").waitFor();
    const one = await exported(page, /本表 Excel/u);
    expect((await readXlsx(one)).sheets.map(({ name }) => name)).toEqual(["公开10表"]);
    const all = await exported(page, /全部报表/u);
    expect((await readXlsx(all)).sheets).toHaveLength(10);

    const give = async (value: string | number) =>
      page.getByLabel("导入文件").setInputFiles({
        name: "决算表.xlsx",
        mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        buffer: await filledIn(all, value),
      });
    await give(9);
    const dialog = page.getByRole("dialog");
    const list = dialog.getByRole("list", { name: "没有导入的工作表" });
    await list.getByText("备查").waitFor();
    const before = (await cellAt(page, "t10/other_cars/final").textContent()) ?? "";
    await dialog.getByText("读到 10 张报表，").waitFor();
    await dialog.getByRole("button", { name: "填入 1 张表" }).click();
    await cellAt(page, "t10/other_cars/final").getByText("9", { exact: true }).waitFor();
    await page.getByRole("button", { name: "撤回这次导入" }).click();
    await cellAt(page, "t10/other_cars/final").getByText(before, { exact: true }).waitFor();

    await give("九辆");
    await dialog.getByText(/^公开10表!C\d+（8\.其他用车 “决算数”）$/u).waitFor();
    await dialog.getByText("“九辆”不是整数").waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "知道了" }).click();
    await cellAt(page, "t10/other_cars/final").getByText(before, { exact: true }).waitFor();
  });
});
