import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { barriers, fillTotal, openPart, saved, useOffice } from "./office.ts";

/** Sentences worded by hand whose figures stay those of the tables. */

const report = "/reports/360200-2022-137003";
/** Two tables and the text are visited in turn, each saved on the way; the machine may be busy. */
const timeoutMs = 60_000;

const office = useOffice();

const id = "income.total";
/** Changes the cell that the sentence states, and comes back to it. */
const setTotal = async (page: Page, wan: number) => {
  await openPart(page, "收入支出决算总表");
  await fillTotal(page, "t01/income_sum/final", String(wan));
  await saved(page);
  await openPart(page, "决算情况说明");
  await sentence(page, id).waitFor();
};
const sentence = (page: Page, id: string) => page.locator(`[data-sentence="${id}"]`);
const textOf = async (page: Page, id: string) => (await sentence(page, id).textContent()) ?? "";
const choose = (page: Page, id: string) => sentence(page, id).focus();
const bar = (page: Page) => page.getByRole("toolbar", { name: "这一句" });
const panel = (page: Page) => page.getByRole("region", { name: "选中的句子" });
const details = (page: Page) =>
  page.getByRole("group", { name: "文字旁边" }).getByRole("button", { name: "出处与意见" }).click();
const dialog = (page: Page) => page.getByRole("dialog");
const editor = (page: Page) => page.getByRole("region", { name: /改写句子|补充说明/u });
const field = (page: Page) => editor(page).getByRole("textbox").first();
const write = (page: Page) => editor(page).getByRole("button", { name: "写入" }).click();
it(
  "a sentence is worded around its figures, by keyboard, and follows the table",
  async () => {
    const page = await office.seat("chenyu");
    await page.goto(`${office.host.staffUrl}${report}/narrative`);
    await choose(page, id);
    const statutory = await textOf(page, id);
    const [total = ""] = /收入总计([\d.]+万元)/u.exec(statutory)?.slice(1) ?? [];
    // Its figures are chips that name their cells, by Tab from the sentence.
    await page.keyboard.press("Tab");
    await bar(page).getByText(`${total} · 公开01表 第31行 收入总计`).waitFor();
    expect(await barriers(page)).toEqual([]);

    // By keyboard: words before and behind, the chips untouched.
    await choose(page, id);
    await page.keyboard.press("Enter");
    await field(page)
      .getByRole("img", { name: `公开01表 第31行 收入总计 ${total}` })
      .waitFor();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("据本年决算报表，");
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Control+Enter");
    await saved(page);
    expect(await textOf(page, id)).toBe(`据本年决算报表，${statutory}`);
    await page.locator(`[data-sentence="${id}"]:focus`).waitFor();
    await details(page);
    await panel(page).getByText("已改写").waitFor();

    // The cell moves a little: the sentence follows in its new words.
    const value = Number(total.replace("万元", ""));
    await setTotal(page, value + 0.01);
    await expect.poll(() => textOf(page, id)).toContain(`收入总计${String(value + 0.01)}万元`);
    expect(await textOf(page, id)).toContain("据本年决算报表，");

    await setTotal(page, value);
  },
  timeoutMs,
);

it(
  "a wording is void when its sentence turns: the statutory one is printed, the old words offered",
  async () => {
    const page = await office.seat("chenyu");
    await page.goto(`${office.host.staffUrl}${report}/narrative`);
    await choose(page, id);
    await bar(page).getByRole("button", { name: "恢复法定表述" }).waitFor();
    const value = Number(/收入总计([\d.]+)万元/u.exec(await textOf(page, id))?.[1]);
    const statutory = (await textOf(page, id)).replace("据本年决算报表，", "");
    const turned = statutory.includes("减少") ? value * 100 : 0.01;
    await setTotal(page, turned);
    const void_ = page.getByRole("region", { name: "已失效的改写" });
    await void_.getByText("据本年决算报表，").waitFor();
    expect(await textOf(page, id)).not.toContain("据本年决算报表");
    expect(await barriers(page)).toEqual([]);
    await void_.getByRole("button", { name: "重新改写" }).click();
    await editor(page).getByRole("button", { name: "以此为底稿" }).click();
    await field(page).press("Control+End");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Backspace");
    await editor(page).getByText("改写漏了").waitFor();
    expect(await barriers(page)).toEqual([]);
    await editor(page)
      .getByRole("button", { name: /^放回 公开01表 第31行 收入总计较/u })
      .click();
    await expect.poll(() => field(page).getByRole("img").count()).toBe(2);
    await editor(page).getByRole("button", { name: "恢复法定表述" }).click();
    await saved(page);
    await expect.poll(() => void_.count()).toBe(0);
    await setTotal(page, value);
    await expect.poll(() => textOf(page, id)).toBe(statutory);
  },
  timeoutMs,
);

it("a typed figure that the report knows is offered it, and one that it does not know is marked", async () => {
  const page = await office.seat("chenyu");
  await page.goto(`${office.host.staffUrl}${report}/narrative`);
  await sentence(page, "income.total").waitFor();
  const [total = ""] =
    /收入总计([\d.]+万元)/u.exec(await textOf(page, "income.total"))?.slice(1) ?? [];
  await page.getByRole("button", { name: "补充说明" }).first().click();
  await field(page).focus();
  await page.keyboard.type(`全年安排${total}，`);
  await page.evaluate(`navigator.clipboard.writeText("其中\\n专项<b>33.3万元</b>。")`);
  await page.keyboard.press("Control+v");
  expect(await field(page).innerHTML()).not.toContain("<b>");
  await editor(page).getByText("33.3万元 没有取自报表").waitFor();
  expect(await barriers(page)).toEqual([]);
  await editor(page)
    .getByRole("button", { name: `把 ${total} 绑定到 公开01表 第31行 收入总计` })
    .click();
  await field(page)
    .getByRole("img", { name: `公开01表 第31行 收入总计 ${total}` })
    .waitFor();
  await page.keyboard.type("（合计）");
  await write(page);
  await saved(page);
  const added = "income.addition.1";
  expect(await textOf(page, added)).toBe(`全年安排${total}（合计），其中专项<b>33.3万元</b>。`);
  await page.getByRole("button", { name: "1 个数字没有取自报表" }).click();
  await details(page);
  await panel(page).getByText("没有取自报表").waitFor();

  // A chip goes as one piece; the words stay.
  await bar(page).getByRole("button", { name: "改写" }).click();
  await field(page).focus();
  await page.keyboard.press("Control+Home");
  for (let step = 0; step < "全年安排".length; step += 1) await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Delete");
  await expect.poll(() => field(page).getByRole("img").count()).toBe(0);
  expect(((await field(page).textContent()) ?? "").replaceAll("\u200B", "")).toMatch(
    /^全年安排（合计）/u,
  );
  await editor(page).getByRole("button", { name: "删除这一段" }).click();
  await saved(page);
  await expect.poll(() => sentence(page, added).count()).toBe(0);
});

it("all rewordings go at once when the text is generated anew, after asking", async () => {
  const page = await office.seat("chenyu");
  await page.goto(`${office.host.staffUrl}${report}/narrative`);
  const ids = ["income.total", "expense.total"];
  await sentence(page, "income.total").waitFor();
  const before = await Promise.all(ids.map((id) => textOf(page, id)));
  for (const id of ids) {
    await choose(page, id);
    await page.keyboard.press("Enter");
    await field(page).press("Control+End");
    await page.keyboard.type("以上均已核对。");
    await write(page);
    await expect.poll(() => textOf(page, id)).toMatch(/以上均已核对。$/u);
  }
  await saved(page);
  await page.getByRole("button", { name: "全部重新生成" }).click();
  await dialog(page).getByText("2 处改写将去掉").waitFor();
  await dialog(page).getByRole("button", { name: "全部重新生成" }).click();
  await expect.poll(() => Promise.all(ids.map((id) => textOf(page, id)))).toEqual(before);
  await saved(page);
});

it("what is wrong in a sentence is underlined at its words and mended in one press, and the printed page follows", async () => {
  const page = await office.seat("chenyu");
  await page.goto(`${office.host.staffUrl}${report}/narrative`);
  await sentence(page, id).waitFor();
  const statutory = await textOf(page, id);
  const sheet = page.frameLocator('iframe[title="印出的页面"]');
  const printed = (id: string) => sheet.locator(`[data-sentence="${id}"]`);

  // While it is typed: underlined in the field, each with its mend.
  await choose(page, id);
  await page.keyboard.press("Enter");
  await field(page).press("Control+Home");
  await page.keyboard.type("据支出支出决算（）<b>，，");
  await editor(page).getByRole("button", { name: "改为“支出”" }).click();
  await expect.poll(() => field(page).textContent()).toContain("据支出决算（）<b>，，");
  expect(await page.evaluate(`CSS.highlights.get("fault-warning").size`)).toBe(2);
  await write(page);

  // In the text: the words, waved under, with a button behind them that is no word of the sentence.
  const mends = sentence(page, id).locator("button.mend");
  await expect
    .poll(() => sentence(page, id).locator("mark.fault").allTextContents())
    .toEqual(["（）", "，，"]);
  expect(await textOf(page, id)).toBe(`据支出决算（）<b>，，${statutory}`);
  expect(await printed(id).textContent()).toBe(`据支出决算（）<b>，，${statutory}`);
  expect(await printed(id).locator("b").count()).toBe(0);
  expect(await barriers(page)).toEqual([]);
  await mends.first().focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => textOf(page, id)).toBe(`据支出决算<b>，，${statutory}`);
  await mends.first().click();
  await expect.poll(() => textOf(page, id)).toBe(`据支出决算<b>，${statutory}`);
  await bar(page).getByRole("button", { name: "恢复法定表述" }).click();
  await expect.poll(() => textOf(page, id)).toBe(statutory);
  await saved(page);

  // The page turns to the sentence at hand; a sentence pressed on the page is at hand in the text.
  await choose(page, "performance.scope");
  await expect.poll(() => printed("performance.scope").getAttribute("class")).toBe("here");
  await page.getByText(/情况说明第 [2-9] 页/u).waitFor();
  await page.getByRole("button", { name: "上一页" }).click();
  await printed("performance.scope").waitFor();
  await choose(page, id);
  await page.getByText("情况说明第 1 页").waitFor();
  await printed("expense.total").click();
  await page.locator('.narrative-text [data-sentence="expense.total"]:focus').waitFor();
  expect(await barriers(page)).toEqual([]);
});

it("the whole narrative is gone through and mended by keyboard alone", async () => {
  const page = await office.seat("chenyu");
  await page.goto(`${office.host.staffUrl}${report}/narrative`);
  await sentence(page, id).waitFor();
  const focused = () =>
    page.evaluate(`document.activeElement.closest("[data-sentence]")?.dataset.sentence`);
  const ids = await page.evaluate(
    `[...document.querySelectorAll(".narrative-text [data-sentence]")].map((one) => one.dataset.sentence)`,
  );

  // One sentence is a stop of Tab; arrows go through all of them, in order, and back to the first.
  expect(await page.locator('.narrative-text [data-sentence][tabindex="0"]').count()).toBe(1);
  await choose(page, id);
  await page.keyboard.press("Home");
  const walked: unknown[] = [await focused()];
  for (let step = 1; step < (ids as string[]).length; step += 1) {
    await page.keyboard.press("ArrowDown");
    walked.push(await focused());
  }
  expect(walked).toEqual(ids);
  await page.keyboard.press("Home");
  expect(await focused()).toBe((ids as string[])[0]);

  // A figure is reached from its sentence, and leads to its cell.
  await choose(page, id);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/cell=t01%2Fincome_sum%2Ffinal$/u);
  await page.goBack();
  await sentence(page, id).waitFor();

  // A paragraph with a wrong figure of its own is added; what the table has is put in by one press.
  const add = page.getByRole("button", { name: "补充说明" }).first();
  await add.focus();
  await page.keyboard.press("Enter");
  await field(page).focus();
  await page.keyboard.type("2022年度本年收入合计1.11万元。");
  await page.keyboard.press("Control+Enter");
  const mend = sentence(page, "income.addition.1").getByRole("button", { name: /填入应为数/u });
  await mend.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => sentence(page, "income.addition.1").locator("a.figure").count()).toBe(1);
  expect(await textOf(page, "income.addition.1")).not.toContain("1.11万元");
  await choose(page, "income.addition.1");
  await page.keyboard.press("Enter");
  await editor(page).getByRole("button", { name: "删除这一段" }).focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => sentence(page, "income.addition.1").count()).toBe(0);
  await saved(page);
});
