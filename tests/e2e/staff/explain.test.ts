import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { barriers, fillTotal, openPart, saved, useOffice } from "./office.ts";

const office = useOffice();

const focusedField = (page: Page) => page.evaluate<string>("document.activeElement?.dataset.field");

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

  // It is in the sentence, and who reviews reads it without buttons.
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

  // The figure changes: the explanation no longer counts and is offered again.
  await openReport(preparer, "t01");
  await fillTotal(preparer, "t01/income_total/final", "4700");
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

it("the reason of a sentence whose figure deviates is weighed where it is written, and void with the figure", async () => {
  const page = await office.seat("zhaolin");
  await openReport(page, "narrative");
  const sentence = page.locator('[data-sentence="basic.302"]');
  const mark = page.locator('[data-sentence="basic.302"] + .asks');
  const prints = (words: string) => sentence.filter({ hasText: words }).waitFor();
  const panel = page.getByRole("region", { name: "选中的句子" });
  const field = sentence.getByRole("textbox");
  const save = async (reason: string) => {
    await field.fill(reason);
    await field.press("Enter");
  };
  const count = page.getByRole("button", { name: /^还有 \d+ 句需要说明$/u });
  const asking = async () => Number(/\d+/u.exec((await count.textContent()) ?? "")?.[0]);
  const reason = "便民服务大厅的物业合同自3月起由机关事务中心统一支付";

  // The sentence says that it asks; a phrase that fits any report is refused in place.
  await mark.click();
  await panel.locator(".finding", { hasText: "R221" }).getByText("需说明").waitFor();
  const before = await asking();
  await panel.getByRole("button", { name: /^说明/u }).focus();
  await page.keyboard.press("Enter");
  await page.locator('[data-sentence="basic.302"] [role="textbox"]:focus').waitFor();
  await save("预算执行情况良好");
  await sentence.getByRole("alert").getByText("放在任何单位、任何年度都适用").waitFor();
  expect(await field.textContent()).toBe("预算执行情况良好");
  expect(await barriers(page)).toEqual([]);
  await save(reason);

  // The explanation of the finding is what the sentence prints; no reason is requested.
  await panel.getByText(`说明：${reason}`).waitFor();
  await panel.getByText("已说明").waitFor();
  await prints(reason);
  await mark.waitFor({ state: "detached" });
  expect(await asking()).toBe(before - 1);
  expect(await barriers(page)).toEqual([]);

  // Taken back, the reason is missing again, the one typed before the explanation with it.
  await panel.getByRole("button", { name: "撤回" }).click();
  await mark.waitFor();
  await expect.poll(() => field.textContent()).toBe("");
  expect(await barriers(page)).toEqual([]);
  await save(reason);
  await mark.waitFor({ state: "detached" });
  await prints(reason);

  // The figure changes: neither the sentence nor the finding says it any more; one press gives it anew.
  await openPart(page, "一般公共预算财政拨款基本支出决算表");
  await fillTotal(page, "t06/302/final", "35");
  await saved(page);
  await openPart(page, "决算情况说明");
  await mark.click();
  await panel.getByText("数字已变，须重新说明").waitFor();
  expect(await field.textContent()).toBe("");
  await sentence.getByRole("button", { name: `以“${reason}”说明` }).click();
  await mark.waitFor({ state: "detached" });
  await prints(reason);

  // A change that asks nothing keeps its reason in the text; Esc leaves it as it was.
  const other = page.locator('[data-sentence="expense.year"]');
  const optional = other.getByRole("textbox", { name: /变动的主要原因$/u });
  const given = await optional.textContent();
  await optional.focus();
  await page.keyboard.type("另有");
  await page.keyboard.press("Escape");
  expect(await optional.textContent()).toBe(given);
  await page.locator('[data-sentence="expense.year"]:focus').waitFor();
  expect(office.complaints).toEqual([]);
}, 120_000);

it("what is wrong in a part without cells is shown and explained in that part", async () => {
  const page = await office.seat("zhaolin");
  await openReport(page, "findings");
  await page.getByRole("button", { name: /^需说明 S416/u }).click();
  const found = page
    .getByRole("region", { name: "审核结果" })
    .locator(".finding", { hasText: "部门评价96.02分" });
  await found.getByRole("button", { name: /^说明/u }).click();
  const dialog = page.getByRole("dialog", { name: "填写说明" });
  await dialog.getByRole("textbox", { name: "说明" }).fill("部门评价扣减了预约分诊指标的分值");
  await dialog.getByRole("button", { name: "保存说明" }).click();
  await found.getByText("已说明").waitFor();
  expect(page.url()).toContain("/performance");
  // It leads to its very field.
  await found.getByText("部门评价96.02分").click();
  expect(await focusedField(page)).toBe("performance.evaluation.score");
  expect(await barriers(page)).toEqual([]);
  expect(office.complaints).toEqual([]);
}, 60_000);

it("a 自评表 is filled in by key and by paste, its sums and grade follow, and it goes out and back as a workbook", async () => {
  const page = await office.seat("zhaolin");
  await openReport(page, "performance");
  const panel = page.getByRole("region", { name: "项目支出绩效自评表" });
  const box = (name: string | RegExp) => panel.getByRole("textbox", { name });
  await panel.getByLabel("要填自评表的项目名称").fill("窗口延时服务项目");
  await page.keyboard.press("Enter");
  await box("年度资金总额全年预算数（万元）").fill("100");
  await box("年度资金总额全年执行数（万元）").fill("63万元");
  await box("预算执行率分值").fill("10");
  await panel.getByRole("button", { name: "增加指标" }).click();
  await panel.getByText("63.00%").waitFor();
  expect(await box("第 1 项指标：分值").inputValue()).toBe("");
  const block = [
    "产出指标\t数量指标\t培训人次\t≥200人\t180人\t50\t45\t报名人数少于计划\r\n",
    "\t\t办班期数\t4期\t4期\t40\t四十\t\r\n",
  ].join("");
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(block)})`);
  await page.keyboard.press("Control+v");
  await page.getByText("已填入 12 格，1 格读不出，已标红。").waitFor();
  expect(await box("第 2 项指标：二级指标").inputValue()).toBe("数量指标");
  expect(await box("第 2 项指标：得分").getAttribute("aria-invalid")).toBe("true");
  await box("第 2 项指标：得分").fill("39.5");
  await page.keyboard.press("Enter");
  // 6.3 of 10 for the money, 45 and 39.5 for the indicators.
  await panel.getByText("总分，等级“优”").waitFor();
  expect(await panel.getByRole("status", { name: "总分" }).textContent()).toBe("90.8");
  expect(await barriers(page)).toEqual([]);

  await box("第 2 项指标：三级指标").focus();
  await page.keyboard.press("Alt+ArrowUp");
  expect(await box("第 1 项指标：三级指标").inputValue()).toBe("办班期数");
  expect(await focusedField(page)).toMatch(/\.indicators\.0\.level3$/u);
  await page.keyboard.press("Alt+Delete");
  await box("第 2 项指标：三级指标").waitFor({ state: "detached" });
  await page.getByText("已移除第 1 项指标。").getByRole("button", { name: "撤销" }).click();
  await box("第 2 项指标：三级指标").waitFor();
  await saved(page);
  await page.reload();
  const listed = panel.getByRole("row", { name: /窗口延时服务项目/u });
  await listed.waitFor();
  expect(await listed.getByRole("cell").allTextContents()).toEqual(
    expect.arrayContaining(["2 项", "100", "90.8", "优"]),
  );

  // The same goes out as a workbook, and comes back with a look at what it would change.
  const download = page.waitForEvent("download");
  await panel.getByRole("button", { name: "导出 Excel" }).click();
  const file = await (await download).path();
  await panel.getByRole("button", { name: "移除窗口延时服务项目的自评表" }).click();
  await listed.waitFor({ state: "detached" });
  const choose = panel.getByLabel("导入自评表文件");
  await choose.setInputFiles({
    name: "说明.docx",
    mimeType: "text/plain",
    buffer: Buffer.from("x"),
  });
  await page.getByText("请选择 .xlsx 或 .xls 文件").waitFor();
  await page
    .getByRole("button", { name: "OK", exact: true })
    .or(page.getByRole("button", { name: "知道了" }))
    .click();
  const mimeType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  await choose.setInputFiles({ name: "自评表.xlsx", mimeType, buffer: await readFile(file) });
  const preview = page.getByRole("dialog", { name: /^导入自评表/u });
  await preview.getByRole("row", { name: /窗口延时服务项目.*新增/u }).waitFor();
  await preview.getByRole("row", { name: /替换已有的一张（总分 91.44 → 91.44）/u }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await preview.getByRole("button", { name: "导入" }).click();
  await listed.waitFor();
  await page.getByText("已导入 2 张自评表。").getByRole("button", { name: "撤销" }).click();
  await listed.waitFor({ state: "detached" });
  await saved(page);
  expect(office.complaints).toEqual([]);
}, 60_000);
