import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { now } from "../../../functions/platform/clock.ts";
import { newId, sha256 } from "../../../functions/platform/ids.ts";
import { createPlay } from "../../../infra/local/seed/play.ts";
import { loadSeedUnit } from "../../../infra/local/seed/reports/load-report.ts";
import { seedReason } from "../../../infra/local/seed/reports/reasons.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { barriers, cellAt, openPart, useOffice } from "./office.ts";

/** A reviewer's pace: what is new, what changed since they looked, remarks sent with the verdict, and the next report. */

const office = useOffice();
const id = "360200-2022-137002";
const unit = "景德镇市公共资源交易中心";
const threePublic = "财政拨款“三公”经费支出决算表";

const play = () => {
  const { data } = office.host;
  const deps = { ...data, files: data.vault, sha256, editions: shippedEditions, now, newId };
  return createPlay(deps, "360200", 2022);
};
const isAt = (page: Page, part: string, report = id) =>
  page.waitForURL(`**/reports/${report}/${part}*`);
const stateOf = async (report = id) => (await office.host.data.reports.load(report))?.state;

describe("a reviewer", () => {
  afterEach(() => office.leave());

  it("goes by the keys from the list into a report, ticks, drafts a remark and returns with it", async () => {
    const page = await office.seat("wugang");
    await page.getByText("没看过").waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await isAt(page, "changes");
    await page.getByText("这是第一次提交", { exact: false }).waitFor();
    await page.getByText("待保密审查人签署").waitFor();
    await page.getByText("已阅 0 / 14 部分").waitFor();
    await page.keyboard.press("n");
    await isAt(page, "t01");
    await page.keyboard.press("v");
    await page.getByText("已阅 1 / 14 部分").waitFor();
    await openPart(page, threePublic);
    await cellAt(page, "t09/reception/initial").click();
    await page.keyboard.press("c");
    await page.locator(".new-thread textarea:focus").waitFor();
    await page.keyboard.type("年初预算与批复数不一致，请核对。");
    // What is typed is no key: the report is still where it was.
    await page.getByLabel(/提出意见$/u).blur();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "快捷键" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("dialog", { name: "快捷键" }).waitFor({ state: "hidden" });
    await page.keyboard.press("r");
    const dialog = page.getByRole("dialog");
    await dialog.getByText("随同发出的审核意见（1）").waitFor();
    await dialog.getByText("公开09表 第6行 3.公务接待费 年初预算数", { exact: true }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "退回" }).click();
    await page.getByText("没有其他等您处理的报告了。").waitFor();
    expect(await stateOf()).toMatchObject({
      status: "draft",
      returned: {
        reason: "1. 公开09表 第6行 3.公务接待费 年初预算数：年初预算与批复数不一致，请核对。",
      },
    });
    const threads = await office.host.data.threads.list(id);
    expect(threads.map(({ blocking, found }) => ({ blocking, found }))).toEqual([
      { blocking: true, found: { figure: 5_000_00 } },
    ]);
  });

  it("is not handed the same again without a word, and then sees old and new and where a remark was met", async () => {
    const preparer = await office.seat("zhouting");
    await preparer.getByRole("link", { name: unit }).click();
    await preparer.getByText("年初预算与批复数不一致", { exact: false }).first().waitFor();
    await preparer.getByRole("button", { name: "提交审核" }).click();
    const question = preparer.getByRole("dialog");
    await question.getByText("内容与退回时完全相同，没有任何修改。").waitFor();
    await question.getByText("还有 1 条审核意见没有答复。").waitFor();
    await question.getByRole("button", { name: "取消" }).click();

    const { sections } = loadSeedUnit("137002");
    const t09 = tableIn(sections, "t09").rows.map((row) => {
      const { initial = 0, full = 0 } = row.cells;
      const isMended = ["total", "reception"].includes(row.key);
      const mended = { initial: initial + 100_00, full: full + 100_00 };
      return isMended ? { ...row, cells: { ...row.cells, ...mended } } : row;
    });
    const duties = [...sections.facts.duties, "承办市委、市政府交办的其他事项。"];
    const facts = { ...sections.facts, duties };
    await play().fill("137002", "zhouting", { ...sections, t09: { rows: t09 }, facts });
    await play().explain("137002", "zhouting", seedReason);
    await play().submit("137002", "zhouting");

    const page = await office.seat("wugang");
    await page.getByRole("cell", { name: "3 部分" }).waitFor();
    await page.getByRole("link", { name: unit }).click();
    await isAt(page, "changes");
    await page.getByText("变动：1 张表 4 个数", { exact: false }).waitFor();
    await page.getByText("我上次看的版本", { exact: false }).waitFor();
    await page.getByText("年初预算与批复数不一致", { exact: false }).first().waitFor();
    const cell = page.locator('[data-change="t09/reception/initial"]');
    expect(await cell.locator("del").innerText()).toContain("0.50");
    expect(await cell.locator("ins").innerText()).toContain("0.51");
    await page.getByText("承办市委、市政府交办的其他事项。").first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("j");
    await page.locator('[data-change="t09/total/initial"]:focus').waitFor();
    await page.keyboard.press("v");
    await page.getByRole("checkbox", { name: /三公.*已阅/u, checked: true }).waitFor();
    await openPart(page, threePublic);
    const remark = page.getByRole("article", { name: /公务接待费.*的意见$/u });
    await remark.getByText("0.50 → 0.51（万元）").waitFor();
    await remark.getByRole("textbox").fill("已改正。");
    await remark.getByRole("button", { name: "标为已解决" }).click();
    await page.getByText("已解决", { exact: true }).waitFor();
    await page.keyboard.press("a");
    await page.getByRole("dialog", { name: "审核通过" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("没有其他等您处理的报告了。").waitFor();
    expect(await stateOf()).toMatchObject({ status: "in_review", stage: "department" });
  });

  it("passes a report that did not change with two presses, and the next one is there", async () => {
    const { data, settled } = office.host;
    const other = "360200-2022-137003";
    const [thread] = await data.threads.list(other);
    if (thread === undefined) throw new Error("The seeded report has a remark.");
    const entry = { id: newId(), by: "suntao", byName: "孙涛", at: now(), text: "已核对。" };
    await data.threads.append(thread, { ...entry, act: "resolve" }, "resolved");
    await play().submit("137003", "chenyu");
    await play().approve("137003", "hejing");
    for (const code of ["137002", "137003"]) {
      await play().signOff(code, "secrecy", "qianli");
      await play().signOff(code, "principal", "zhenghua");
    }
    await settled();
    const page = await office.seat("suntao");
    await page.getByRole("link", { name: unit }).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/reports/*/changes");
    const first = page.url().includes(id) ? id : other;
    const second = first === id ? other : id;
    let presses = 0;
    const press = async (key: string) => {
      presses += 1;
      await page.keyboard.press(key);
    };
    for (const report of [first, second]) {
      presses = 0;
      await isAt(page, "changes", report);
      await page.getByRole("button", { name: "审核通过" }).waitFor();
      // The keys are there once the page says that there are keys.
      await page.getByRole("button", { name: /^快捷键/u }).waitFor();
      await press("a");
      // The dialog takes the focus once it is open: what is pressed before goes nowhere.
      await page.getByRole("dialog", { name: "审核通过" }).locator("button:focus").waitFor();
      await press("Enter");
      await page.getByRole("dialog", { name: "审核通过" }).waitFor({ state: "hidden" });
      expect(presses).toBeLessThanOrEqual(2);
    }
    await page.getByText("没有其他等您处理的报告了。").waitFor();
    for (const report of [first, second]) {
      expect(await stateOf(report)).toMatchObject({ stage: "bureau" });
    }
  });
});
