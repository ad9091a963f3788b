import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { barriers, fillCell, openOffice, openPart, saved, type Office } from "./office.ts";

let office: Office;
beforeAll(async () => {
  office = await openOffice();
}, 180_000);
afterAll(() => office.close());

const openReport = async (page: Page, part: string) => {
  await page.goto(`${office.host.staffUrl}/reports/360200-2022-137/${part}`);
  await page.getByRole("navigation", { name: "报告目录" }).waitFor();
};

/** The warning at 本年收入合计, in the list beside the table. */
const warning = (page: Page) =>
  page.locator(".finding", { hasText: "第27行 本年收入合计" }).filter({ hasText: "R221" });

it("a warning is explained beside its cell, shown to reviewers, and void when the figure changes", async () => {
  const preparer = await office.seat("zhaolin");
  await openReport(preparer, "t01");
  const asked = warning(preparer);
  await asked.getByText("需说明").waitFor();

  // A stock phrase is refused in its place; the reason typed in the narrative is offered.
  await asked.getByRole("button", { name: /^说明/u }).focus();
  await preparer.keyboard.press("Enter");
  const dialog = preparer.getByRole("dialog", { name: "填写说明" });
  const text = dialog.getByRole("textbox", { name: "说明" });
  expect(await text.inputValue()).toContain("上年核销往来账款");
  expect(await barriers(preparer)).toEqual([]);
  await text.fill("预算执行情况良好");
  await dialog.getByRole("button", { name: "保存说明" }).click();
  await dialog.getByRole("alert").getByText("放在任何单位、任何年度都适用").waitFor();
  expect(await barriers(preparer)).toEqual([]);
  await text.fill("雪亮工程的中央补助资金在年中下达");
  await dialog.getByRole("button", { name: "保存说明" }).click();
  await dialog.waitFor({ state: "hidden" });
  await asked.getByText("说明：雪亮工程的中央补助资金在年中下达").waitFor();
  await asked.getByText("已说明").waitFor();
  expect(await barriers(preparer)).toEqual([]);

  // It stands in the sentence, and who reviews reads it without buttons.
  await openPart(preparer, "决算情况说明");
  await preparer.getByText("雪亮工程的中央补助资金在年中下达").waitFor();
  const reviewer = await office.seat("suntao");
  await openReport(reviewer, "findings");
  await warning(reviewer).getByText("说明：雪亮工程的中央补助资金在年中下达").waitFor();
  expect(
    await warning(reviewer)
      .getByRole("button", { name: /说明|撤回/u })
      .count(),
  ).toBe(1);
  expect(await barriers(reviewer)).toEqual([]);

  // The figure changes: what was said is void and offered again.
  await openReport(preparer, "t01");
  await fillCell(preparer, "t01/income_total/final", "4700");
  await saved(preparer);
  await warning(preparer).getByText("数字已变，须重新说明").waitFor();
  await warning(preparer).getByText("原说明：雪亮工程的中央补助资金在年中下达").waitFor();
  await warning(preparer).getByRole("button", { name: /说明/u }).last().click();
  expect(await text.inputValue()).toBe("雪亮工程的中央补助资金在年中下达");
  await dialog.getByRole("button", { name: "保存说明" }).click();
  await dialog.waitFor({ state: "hidden" });

  // Taken back, the warning asks again.
  await warning(preparer).getByRole("button", { name: "撤回" }).click();
  await warning(preparer).getByText("需说明").waitFor();
  expect(office.complaints).toEqual([]);
}, 120_000);
