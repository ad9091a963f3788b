import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { cellAt, fillCell, fillTotal, openPart, saved, useOffice } from "./office.ts";

/** The whole job by hand in a real browser, everybody at a machine of their own. */

const unit = "景德镇市政务服务代办中心";

const office = useOffice();

const openReport = async (page: Page) => {
  await page.getByRole("link", { name: "待办" }).click();
  await page.getByRole("link", { name: unit }).click();
  await page.getByRole("heading", { name: `${unit} 2022 年度决算` }).waitFor();
};
const confirm = (page: Page, name: string) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
const stateChip = (page: Page, text: string) =>
  page.locator(".report-title").getByText(text, { exact: true }).waitFor();

/** The budget of the receptions moved, so the finding must be explained again. */
async function explainAnew(page: Page): Promise<void> {
  await openPart(page, "审核结果");
  await page.getByText("数字已变，须重新说明").waitFor();
  await page.getByRole("button", { name: /^说明：公开09表/u }).click();
  await confirm(page, "保存说明");
  await page.getByText("没有阻止提交的问题").waitFor();
}

async function approve(page: Page): Promise<void> {
  await openReport(page);
  await page.getByRole("button", { name: "审核通过" }).click();
  await confirm(page, "通过");
}

it("a report is filled, returned, mended, approved and published by the people who answer for it", async () => {
  const [preparer, unitReviewer, reviewer] = await Promise.all([
    office.seat("chenyu"),
    office.seat("hejing"),
    office.seat("suntao"),
  ]);

  // The preparer breaks a sum and sees it at the cell, then mends it.
  await openReport(preparer);
  await preparer.getByText("孙涛退回：").waitFor();
  await openPart(preparer, "支出决算表");
  await fillTotal(preparer, "t03/total/project", "88");
  await saved(preparer);
  await preparer
    .locator('[data-cell="t03/total/project"][aria-invalid=true][title*="87.31万元"]')
    .waitFor();
  await preparer.getByRole("button", { name: "提交审核" }).click();
  await preparer.getByRole("dialog", { name: /还有 2 处须改正或补充，不能提交/u }).waitFor();
  await confirm(preparer, "知道了");
  await fillCell(preparer, "t03/total/project", "87.31");
  await preparer.locator('[data-cell="t03/total/project"][aria-invalid=false]').waitFor();

  // 三公: a new figure goes in by keyboard alone, over several lines.
  await openPart(preparer, "财政拨款“三公”经费支出决算表");
  await cellAt(preparer, "t09/reception/initial").click();
  await preparer.evaluate("navigator.clipboard.writeText('0.46\\t0.46')");
  await preparer.keyboard.press("Control+v");
  for (const row of ["reception", "total"]) {
    await cellAt(preparer, `t09/${row}/full`).getByText("0.46").waitFor();
  }
  await saved(preparer);

  // A reason goes into the text, whose figures follow the tables.
  await openPart(preparer, "决算情况说明");
  const reason = preparer.locator("[data-sentence] [role=textbox]").first();
  await reason.fill("上年结转资金已按规定用完");
  await reason.press("Enter");
  await saved(preparer);
  await preparer
    .locator("[data-sentence]", { hasText: "上年结转资金已按规定用完" })
    .first()
    .waitFor();

  // The remark on the cell is answered; the report goes up.
  await openPart(preparer, "支出决算表");
  const remark = preparer.getByRole("article", { name: "对公开03表 合计 项目支出的意见" });
  await remark.getByRole("textbox").fill("已核对，运转经费按实际执行数列支。");
  await remark.getByRole("button", { name: "答复" }).click();
  await remark.getByText("已答复").waitFor();
  await explainAnew(preparer);
  await preparer.getByRole("button", { name: "提交审核" }).click();
  await confirm(preparer, "提交");
  await stateChip(preparer, "单位审核");

  await approve(unitReviewer);
  await stateChip(unitReviewer, "部门审核");

  // The department settles the old remark, makes a new one at another cell, and returns the report.
  await openReport(reviewer);
  await openPart(reviewer, "支出决算表");
  const settled = reviewer.getByRole("article", { name: "对公开03表 合计 项目支出的意见" });
  await settled.getByRole("textbox").fill("已核对，同意。");
  await settled.getByRole("button", { name: "标为已解决" }).click();
  await reviewer.getByText("已解决", { exact: true }).waitFor();
  await openPart(reviewer, "财政拨款“三公”经费支出决算表");
  await cellAt(reviewer, "t09/reception/initial").click();
  await reviewer.getByLabel(/提出意见$/u).fill("年初预算应为 0.45 万元，请核对。");
  await reviewer.getByRole("button", { name: "提出意见" }).click();
  await reviewer.getByText("意见已提出。").waitFor();
  await reviewer.getByRole("button", { name: "退回" }).click();
  await reviewer.getByLabel("退回原因").fill("公务接待费预算有误，见批注。");
  await confirm(reviewer, "退回");
  await stateChip(reviewer, "已退回，修改中");

  // Back at the desk: the notice, the remark at its cell, the mending, and up again.
  await openReport(preparer);
  await preparer.getByText("公务接待费预算有误，见批注。").waitFor();
  await openPart(preparer, "财政拨款“三公”经费支出决算表");
  await preparer.getByText("年初预算应为 0.45 万元，请核对。").waitFor();
  const newRemark = preparer.getByRole("article", { name: /公务接待费.*的意见$/u });
  await newRemark.getByRole("textbox").fill("已改为 0.45 万元。");
  await newRemark.getByRole("button", { name: "答复" }).click();
  await newRemark.getByText("已答复").waitFor();
  await fillCell(preparer, "t09/reception/initial", "0.45");
  await cellAt(preparer, "t09/total/full").getByText("0.45").waitFor();
  await saved(preparer);
  await explainAnew(preparer);
  await preparer.getByRole("button", { name: "提交审核" }).click();
  await confirm(preparer, "提交");
  await stateChip(preparer, "单位审核");
  await approve(unitReviewer);
  await stateChip(unitReviewer, "部门审核");

  // Both signatures, the department's word, the bureau's 批复.
  const [officer, principal, bureau] = await Promise.all([
    office.seat("qianli"),
    office.seat("zhenghua"),
    office.seat("fengyuan"),
  ]);
  for (const [signer, button] of [
    [officer, "保密审查通过"],
    [principal, "审签同意"],
  ] as const) {
    await openReport(signer);
    await signer.getByRole("button", { name: button }).click();
    await confirm(signer, "签署");
    await signer.getByText("已签署。").waitFor();
  }
  await openReport(reviewer);
  await openPart(reviewer, "版本对比");
  await reviewer
    .getByRole("table", { name: /变动的数字$/u })
    .getByText("0.45")
    .first()
    .waitFor();
  await openPart(reviewer, "财政拨款“三公”经费支出决算表");
  const mended = reviewer.getByRole("article", { name: /公务接待费.*的意见$/u });
  await mended.getByRole("textbox").fill("已改正。");
  await mended.getByRole("button", { name: "标为已解决" }).click();
  await reviewer.getByText("已解决", { exact: true }).waitFor();
  await approve(reviewer);
  await stateChip(reviewer, "财政审核");

  await openReport(bureau);
  await openPart(bureau, "预览与公开");
  await bureau.getByRole("button", { name: "生成预览" }).click();
  const frame = bureau.locator('iframe[title="PDF 预览"]');
  await frame.waitFor({ timeout: 30_000 });
  const pdf = await bureau.request.get((await frame.getAttribute("src")) ?? "");
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  expect((await pdf.body()).subarray(0, 5).toString()).toBe("%PDF-");
  await bureau.getByRole("button", { name: "批复" }).click();
  await bureau.getByLabel("批复文号").fill("景财决〔2023〕31号");
  await confirm(bureau, "批复");

  // Published by itself; the page says what was mended.
  const address = bureau.locator(".notice.published a").first();
  await address.waitFor({ timeout: 40_000 });
  await bureau.goto((await address.getAttribute("href")) ?? "");
  await bureau
    .getByRole("heading", { name: new RegExp(unit, "u") })
    .first()
    .waitFor();
  await expect(bureau.getByText("0.45", { exact: true }).count()).resolves.toBeGreaterThan(0);
  expect(office.complaints).toEqual([]);
}, 120_000);
