import type { Page } from "playwright-core";
import { afterAll, describe, expect, it } from "vitest";
import { now } from "../../../functions/platform/clock.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { loadSection } from "../../../functions/use-cases/report-content.ts";
import { unsentChanges } from "../../../functions/use-cases/unsent-changes.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { alsoPrepares } from "./members.ts";
import { barriers, cellAt, fillCell, openPart, saved, signIn, useOffice } from "./office.ts";

const report = "/reports/360200-2022-137003";

/** People type, leave and come back in turn; the machine may be busy. */
const timeoutMs = 120_000;
const patience = { timeout: 15_000 };

const office = useOffice();
const goTo = (page: Page, path: string) => page.goto(`${office.host.staffUrl}${path}`);

describe("what is typed and not sent", () => {
  // Not after each test: a page that is closed at once leaves a note of what it had not sent.
  afterAll(() => office.leave());

  /** Sections are not stored before they are released; everything else goes its way. */
  const holdRequests = async (page: Page) => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/reports/*/sections/*", async (route) => {
      if (route.request().method() === "PUT") await released;
      await route.continue();
    });
    return () => release();
  };
  const editCell = async (page: Page, address: string, text: string) => {
    await cellAt(page, address).click();
    await page.keyboard.type(text);
  };
  const stored = (count: number) =>
    expect.poll(() => storedCount("equipment"), patience).toBe(count);
  const submit = (page: Page) => page.getByRole("button", { name: "提交审核" }).click();
  const unsentDialog = (page: Page, title: string) => page.getByRole("dialog", { name: title });

  it(
    "is kept and sent when its part is left by Back, by a reload, or for another tab",
    async () => {
      const page = await office.seat("chenyu");
      await goTo(page, `${report}/t09`);
      await openPart(page, "国有资产占用情况表");
      await editCell(page, "t10/equipment/final", "3");
      await page.goBack();
      await stored(3);

      await page.goForward();
      await editCell(page, "t10/equipment/final", "4");
      await page.reload();
      await cellAt(page, "t10/equipment/final").getByText("4", { exact: true }).waitFor();
      await stored(4);

      // 主要职责 and the fields beside it wait for nobody to leave them.
      await openPart(page, "基本情况与补充数据");
      const duties = page.getByRole("textbox", { name: "主要职责" });
      await duties.press("Control+End");
      await page.keyboard.type("\n承办政务服务代办事项");
      await page.getByLabel("年末其他人员").fill("5");
      await page.reload();
      await expect.poll(() => duties.inputValue(), patience).toMatch(/\n承办政务服务代办事项$/u);
      expect(await page.getByLabel("年末其他人员").inputValue()).toBe("5");
      await saved(page);
    },
    timeoutMs,
  );

  it(
    "keeps a text that is no figure as it is until it is mended, in tables and in fields",
    async () => {
      const page = await office.seat("chenyu");
      await goTo(page, `${report}/t10`);
      await cellAt(page, "t10/equipment/final").click();
      await page.keyboard.press("F2");
      await page.getByRole("textbox", { name: /^公开10表.*设备/u }).fill("十二");
      await page.reload();
      await page.getByText("有 1 格不是整数，已保留原文").waitFor();
      await openPart(page, "基本情况与补充数据");
      await page.getByLabel("年末其他人员").fill("abc");
      await page.reload();
      const field = page.getByLabel("年末其他人员");
      await page.getByText("不是整数，尚未存入").waitFor();
      expect(await field.inputValue()).toBe("abc");
      const notice = page.getByRole("region", { name: "本机没有存入的内容" });
      await notice.getByText("“十二”不能作为数字存入").waitFor();
      expect(await barriers(page)).toEqual([]);

      // Neither can be saved: the dialog says where, and leads there.
      await submit(page);
      const dialog = unsentDialog(page, "还有内容没有保存，不能提交");
      await dialog.getByRole("button", { name: "先保存" }).click();
      await dialog.getByText("下列内容仍没有存入，请逐项处理：").waitFor();
      await dialog.getByText("“abc”不能存入，请改正").waitFor();
      expect(await barriers(page)).toEqual([]);
      await dialog.getByRole("link", { name: "国有资产占用情况表" }).click();
      await cellAt(page, "t10/equipment/final").getByText("十二").waitFor();
      await fillCell(page, "t10/equipment/final", "4");
      await openPart(page, "基本情况与补充数据");
      await field.fill("5");
      await field.blur();
      await saved(page);
      await expect(notice.count()).resolves.toBe(0);
    },
    timeoutMs,
  );

  it(
    "keeps half-written comments by place, over a reload and a new sign-in, and for nobody else",
    async () => {
      const page = await office.seat("hejing");
      await goTo(page, `${report}/t03`);
      const box = page.getByLabel(/提出意见$/u);
      await cellAt(page, "t03/total/project").click();
      await box.fill("请核对项目支出");
      await cellAt(page, "t03/total/basic").click();
      expect(await box.inputValue()).toBe("");
      await box.fill("基本支出也请核对");
      await page.getByRole("heading", { name: "未提出的意见" }).waitFor();
      expect(await barriers(page)).toEqual([]);
      await page.evaluate("sessionStorage.clear()");
      await page.reload();
      await page.getByRole("heading", { name: "未提出的意见" }).waitFor();
      await page.getByRole("button", { name: "公开03表 合计 项目支出" }).last().click();
      expect(await box.inputValue()).toBe("请核对项目支出");

      // Somebody else at the same machine finds nothing of it.
      await page.evaluate("sessionStorage.clear()");
      await page.context().clearCookies();
      await page.reload();
      await signIn(page, "suntao");
      await cellAt(page, "t03/total/project").click();
      expect(await box.inputValue()).toBe("");
      await expect(page.getByRole("heading", { name: "未提出的意见" }).count()).resolves.toBe(0);
    },
    timeoutMs,
  );

  it(
    "asks before a dialog drops what was written in it, and brings it back after a reload",
    async () => {
      const page = await office.seat("zhaolin");
      await goTo(page, "/reports/360200-2022-137/findings");
      await page
        .getByRole("button", { name: /^说明：/u })
        .first()
        .click();
      const reason = page.getByRole("dialog").getByRole("textbox");
      const question = page.getByRole("dialog", { name: "放弃已填写的内容？" });
      await reason.fill("全年未发生");
      for (const leave of [
        () => page.keyboard.press("Escape"),
        () => page.mouse.click(5, 450),
        () => page.locator(".ant-modal-close").last().click(),
      ]) {
        await leave();
        await question.waitFor();
        expect(await barriers(page)).toEqual([]);
        await question.getByRole("button", { name: "继续填写" }).click();
        await question.waitFor({ state: "hidden" });
        await page.locator("[role=dialog] :focus, [role=dialog]:focus").first().waitFor();
      }

      // Words in the text ask as well, and come back after a reload.
      await goTo(page, "/reports/360200-2022-137/narrative");
      const words = page.locator(".wording").getByRole("textbox");
      const open = () => page.getByRole("button", { name: "补充说明" }).first().click();
      await open();
      await words.focus();
      await page.keyboard.type("全年未发生");
      await page.keyboard.press("Escape");
      await question.getByRole("button", { name: "继续填写" }).click();
      await question.waitFor({ state: "hidden" });
      await page.reload();
      await open();
      await page.getByText("已恢复上次没有写入的内容").waitFor();
      expect(await words.textContent()).toBe("全年未发生");
      await words.focus();
      await page.keyboard.press("Escape");
      await question.getByRole("button", { name: "放弃" }).click();
      await words.waitFor({ state: "detached" });
      await open();
      expect(await words.textContent()).toBe("");
      await page.keyboard.press("Escape");
      await words.waitFor({ state: "detached" });
    },
    timeoutMs,
  );

  it(
    "is one draft in two tabs of a person, sent once",
    async () => {
      const one = await office.seat("chenyu");
      const session = await one.evaluate("JSON.stringify({ ...sessionStorage })");
      const other = await one.context().newPage();
      await other.addInitScript(
        `for (const [key, text] of Object.entries(${String(session)})) sessionStorage.setItem(key, text);`,
      );
      await Promise.all([one, other].map((page) => goTo(page, `${report}/t01`)));
      await Promise.all(
        [one, other].map((page) => cellAt(page, "t01/surplus_used/final").waitFor()),
      );
      const release = await holdRequests(one);
      await fillCell(one, "t01/surplus_used/final", "8.80");
      await cellAt(other, "t01/surplus_used/final").getByText("8.80").waitFor();
      await other.getByText("正在另一个标签页中修改").waitFor();
      await fillCell(other, "t01/opening/final", "2.20");
      await cellAt(one, "t01/opening/final").getByText("2.20").waitFor();
      release();
      await expect
        .poll(async () => {
          const { rows } = await storedTable("t01");
          return ["surplus_used", "opening"].map(
            (key) => rows.find((row) => row.key === key)?.cells["final"],
          );
        }, patience)
        .toEqual([8_800_000, 2_200_000]);
      for (const page of [one, other]) {
        await page.getByText(/^(?:陈雨 .* 保存|已保存 \d\d:\d\d)$/u).waitFor();
        await expect(page.getByRole("dialog").count()).resolves.toBe(0);
      }
      await cellAt(one, "t01/surplus_used/final").getByText("8.80").waitFor();
      await cellAt(one, "t01/opening/final").getByText("2.20").waitFor();
      await emptyCells(one, ["t01/surplus_used/final", "t01/opening/final"]);
    },
    timeoutMs,
  );

  it(
    "asks before the page goes only when the browser could not keep it",
    async () => {
      const page = await office.seat("chenyu");
      await page.addInitScript(
        `Storage.prototype.setItem = new Proxy(Storage.prototype.setItem, {
        apply: (set, store, [key, text]) => {
          if (store === localStorage) throw new DOMException("full", "QuotaExceededError");
          return Reflect.apply(set, store, [key, text]);
        },
      });`,
      );
      await goTo(page, `${report}/t10`);
      const release = await holdRequests(page);
      await fillCell(page, "t10/equipment/final", "6");
      await page.getByText("浏览器不能在本机留存草稿，保存之前请勿关闭页面").waitFor();
      const asked = page.waitForEvent("dialog");
      await page.evaluate("setTimeout(() => location.reload())");
      await (await asked).dismiss();
      release();
      await saved(page);
      page.on("dialog", () => {
        throw new Error("The browser asked without need.");
      });
      await page.reload();
      await cellAt(page, "t10/equipment/final").getByText("6", { exact: true }).waitFor();
    },
    timeoutMs,
  );

  it(
    "is shown before submitting: on this machine it is saved first, on another it is shown with its name",
    async () => {
      await alsoPrepares(office.host, "limin", "137003");
      const [page, other] = await Promise.all([office.seat("chenyu"), office.seat("limin")]);
      await goTo(other, `${report}/facts`);
      const releaseOther = await holdRequests(other);
      await other.getByLabel("年末学生人数").fill("7");
      await other.getByLabel("年末学生人数").blur();
      await expect.poll(unsentNotes, patience).toContain("李敏");

      await goTo(page, `${report}/t10`);
      const release = await holdRequests(page);
      await fillCell(page, "t10/equipment/final", "9");
      await openPart(page, "审核结果");
      await submit(page);
      const dialog = unsentDialog(page, "还有内容没有保存，不能提交");
      await dialog.getByRole("link", { name: "国有资产占用情况表" }).waitFor();
      await dialog.getByText("1 格未保存").waitFor();
      await dialog
        .getByText(/^李敏在另一台电脑上有未保存的修改（基本情况与补充数据，\d\d-\d\d \d\d:\d\d）$/u)
        .waitFor();
      expect(await barriers(page)).toEqual([]);
      await dialog.getByRole("button", { name: "先保存" }).click();
      release();
      const second = unsentDialog(page, "提交之前请确认");
      await second.getByText("本机的内容已全部保存。").waitFor();
      expect(await storedCount("equipment")).toBe(9);
      expect(await barriers(page)).toEqual([]);
      await second.getByRole("button", { name: "取消" }).click();

      // Once she has sent hers, nothing is in the way.
      releaseOther();
      await saved(other);
      await submit(page);
      await page.getByText("提交后报告转入审核").waitFor();
      await page.getByRole("dialog").getByRole("button", { name: "仍然提交" }).click();
      await page.locator(".report-title").getByText("单位审核", { exact: true }).waitFor();
      expect(await storedCount("equipment")).toBe(9);

      // What she typed in the same moment is kept, and shown.
      await other.getByLabel("年末学生人数").fill("8");
      await other.getByLabel("年末学生人数").blur();
      await other.getByText("报告现在不能修改，下列内容没有存入").waitFor({ timeout: 40_000 });
      expect(await barriers(other)).toEqual([]);
      await page.getByRole("button", { name: "撤回" }).click();
      const reason = page.getByRole("dialog", { name: "撤回的原因" });
      await reason.getByRole("textbox").fill("学生人数有变动");
      await reason.getByRole("button", { name: "撤回" }).click();
      await page.getByText("已撤回，可以继续修改。").waitFor();
      await other.reload();
      await saved(other);
    },
    timeoutMs,
  );
});

async function storedTable(section: "t01" | "t10") {
  const { reports, vault } = office.host.data;
  const head = await reports.load("360200-2022-137003");
  return loadSection(
    { files: vault, sha256, editions: shippedEditions },
    section,
    head?.sections[section]?.sha256,
  );
}

/** A count of 公开10表 as the server holds it. */
async function storedCount(row: string): Promise<number | undefined> {
  const { rows } = await storedTable("t10");
  return rows.find(({ key }) => key === row)?.cells["final"];
}

/** Leaves the table as it was found, for the tests that follow submit the report. */
async function emptyCells(page: Page, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await cellAt(page, address).click();
    await page.keyboard.press("Delete");
  }
  const left = async () => {
    const { rows } = await storedTable("t01");
    return addresses.filter((address) => {
      const [, key, column = ""] = address.split("/");
      return rows.some((row) => row.key === key && row.cells[column] !== undefined);
    });
  };
  await expect.poll(left, patience).toEqual([]);
}

/** Who has not sent what they typed, as those see it who may edit the report. */
async function unsentNotes(): Promise<string[]> {
  const { reports, unsent } = office.host.data;
  const head = await reports.load("360200-2022-137003");
  if (head === undefined) throw new Error("The report is not there.");
  return (await unsentChanges({ unsent, now }, head)).map(({ name }) => name);
}
