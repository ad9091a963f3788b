import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { enterMember } from "../../functions/enter.ts";
import { alsoPrepares, memberOf } from "./members.ts";
import {
  barriers,
  cellAt,
  fillCell,
  fillTotal,
  openPart,
  saved,
  signIn,
  useOffice,
} from "./office.ts";

const region = "360200";
const report = "/reports/360200-2022-137003";

const office = useOffice();
const goTo = (page: Page, path: string) => page.goto(`${office.host.staffUrl}${path}`);

/** Pastes what a spreadsheet leaves on the clipboard: its HTML comes first. */
const paste = (page: Page, html: string) =>
  page.evaluate(`{
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/html", ${JSON.stringify(html)});
    clipboardData.setData("text/plain", "not this");
    const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector("[role=grid]").dispatchEvent(event);
  }`);

/** As Excel writes it, with its markup, a merged head, and something that would run in a page. */
const excelHtml = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta name=Generator content="Microsoft Excel 15"><style><!--
.xl65 {mso-number-format:"\\@";} td {mso-style-parent:style0; mso-ignore:padding;}
--></style></head><body link="#0563C1" vlink="#954F72">
<table border=0 cellpadding=0 cellspacing=0 width=576 style='border-collapse:collapse;width:432pt'>
<!--StartFragment--><col width=72 span=8 style='width:54pt'>
<tr height=18><td colspan=2 height=18 class=xl65 style='height:13.8pt'>项目</td><td rowspan=2>本年支出合计</td>
<td rowspan=2>基本支出</td><td rowspan=2>项目支出</td></tr>
<tr height=18><td class=xl65>支出功能分类<br style='mso-data-placement:same-cell;'>科目编码</td><td>科目名称</td></tr>
<tr><td class=xl65>2050803</td><td>培训支出<img src=x onerror="globalThis.ran=1"><script>globalThis.ran=2</script></td>
<td align=right x:num>12.50</td><td align=right>12.50</td><td><span style='mso-spacerun:yes'>&nbsp;</span></td></tr>
<tr><td class=xl65>2010306</td><td>政务公开审批</td><td align=right>3.00</td>
<td align=right>三万</td><td align=right>3.00</td></tr><!--EndFragment--></table></body></html>`;

/** As WPS writes it, without heads. */
const wpsHtml = `<html><body><!--StartFragment--><table width="600" border="0" cellpadding="0" cellspacing="0">
<colgroup><col width="120" style="mso-width-source:userset;mso-width-alt:3840;"/></colgroup>
<tr height="18"><td class="et2" x:num="205">205</td><td class="et3" x:str>教育支出</td><td class="et4" x:num="99">99</td><td/><td/><td/><td/><td/></tr>
<tr><td class="et2">2050803</td><td>培训支出</td><td>10</td><td>6</td><td>4</td><td></td><td></td><td></td></tr>
<tr><td class="et2">2999998</td><td>没有的科目</td><td>1</td><td>1</td><td></td><td></td><td></td><td></td></tr>
</table><!--EndFragment--></body></html>`;

const heading = (page: Page, name: string) => page.getByRole("heading", { name }).first().waitFor();

describe("two people on one table", () => {
  it("see both values where they disagree, and lose nothing of either", async () => {
    await alsoPrepares(office.host, "limin", "137003");
    const [one, other] = await Promise.all([office.seat("chenyu"), office.seat("limin")]);
    await Promise.all([one, other].map((page) => goTo(page, `${report}/t01`)));

    // The other's save is on its way while the first one's arrives.
    let release = (): void => undefined;
    const firstIsSaved = new Promise<void>((resolve) => (release = resolve));
    await other.route("**/api/reports/*/sections/t01", async (route) => {
      if (route.request().method() === "PUT") await firstIsSaved;
      await route.continue();
    });
    await fillCell(other, "t01/surplus_used/final", "7.50");
    await fillCell(other, "t01/distribution/final", "2.25");
    await fillCell(one, "t01/surplus_used/final", "6.00");
    await fillCell(one, "t01/opening/final", "1.10");
    await saved(one);
    release();

    const dialog = other.getByRole("dialog", { name: "陈雨刚刚也保存了这一部分" });
    await dialog.getByText("陈雨：6.00万元").waitFor();
    expect(await barriers(other)).toEqual([]);
    await dialog.getByText("我：7.50万元").click();
    await dialog.getByRole("button", { name: "按所选保存" }).click();
    await saved(other);

    await one.reload();
    for (const [row, figure] of [
      ["surplus_used", "7.50"],
      ["opening", "1.10"],
      ["distribution", "2.25"],
    ] as const) {
      await cellAt(one, `t01/${row}/final`).getByText(figure).waitFor();
      await cellAt(other, `t01/${row}/final`).getByText(figure).waitFor();
    }
  });
});

describe("the table as a spreadsheet", () => {
  afterEach(() => office.leave());

  it("is worked by keyboard, takes back what went wrong, and lets the keyboard out", async () => {
    const page = await office.seat("chenyu");
    await goTo(page, `${report}/t09`);
    await cellAt(page, "t09/total/initial").click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("End");
    await page.keyboard.type("3");
    await page.keyboard.press("Escape");
    await cellAt(page, "t09/abroad/final").getByText("0.00").waitFor();
    await page.keyboard.press("F2");
    await page.getByRole("textbox", { name: /^公开09表.*因公出国.*决算数$/u }).fill("一千");
    await page.keyboard.press("Enter");
    await page.getByText("有 1 格不是金额，已保留原文，尚未存入").waitFor();
    await page.keyboard.press("Control+z");
    await cellAt(page, "t09/abroad/final").getByText("0.00").waitFor();
    await expect(page.getByText("已保留原文").count()).resolves.toBe(0);

    await cellAt(page, "t09/abroad/initial").click();
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Control+c");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe("0.00\t0.00\n0.00\t0.00");
    await page.getByText(/^已选 4 格，有数 4 格，合计 0\.00，平均 0\.00$/u).waitFor();

    // What is typed over is taken by an arrow; Enter after Tab goes below where the Tabs began.
    const active = (address: string) => page.locator(`.active[data-cell="${address}"]`).waitFor();
    await cellAt(page, "t09/abroad/initial").click();
    await page.keyboard.type("¥10000元");
    await page.keyboard.press("ArrowRight");
    await active("t09/abroad/full");
    await cellAt(page, "t09/abroad/initial").getByText("1.00").waitFor();
    await page.keyboard.type("2");
    await page.keyboard.press("Tab");
    await page.keyboard.type("3");
    await page.keyboard.press("Enter");
    await active("t09/vehicles/full");
    await page.keyboard.press("Control+ArrowUp");
    await active("t09/total/full");
    for (let undone = 0; undone < 3; undone += 1) await page.keyboard.press("Control+z");
    await cellAt(page, "t09/abroad/initial").getByText("0.00").waitFor();

    // Found by name, typed in 元 with what will be printed beside it, and in 万元 again.
    await page.keyboard.press("Control+f");
    await page.getByRole("textbox", { name: "在本表中查找" }).fill("公务用车购置费");
    await page.getByText("第 1 处，共 1 处").waitFor();
    await active("t09/vehicle_purchase/initial");
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByLabel("金额录入单位").selectOption("yuan");
    await cellAt(page, "t09/vehicle_purchase/initial").click();
    await page.keyboard.type("12345.6");
    await page.getByText("印出 1.23 万元").waitFor();
    await page.keyboard.press("Escape");
    await page.getByLabel("金额录入单位").selectOption("wan");
    const directory = page.getByRole("navigation", { name: "报告目录" });
    await directory.getByText("有没有发出的内容").first().waitFor({ state: "hidden" });
    await cellAt(page, "t09/vehicle_purchase/initial").click();

    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    await expect(page.locator("[role=grid]:focus").count()).resolves.toBe(0);
  });

  it("adds up what is typed, here and in the other tables, and lets a total be typed by choice", async () => {
    const page = await office.seat("chenyu");
    await goTo(page, `${report}/t03`);
    const total = cellAt(page, "t03/total/total");
    const before = await total.textContent();
    await total.click();
    await page.getByText(/^自动计算 ＝ 各类|^自动计算 ＝ \d{3}/u).waitFor();
    await page.keyboard.type("5");
    await page.getByText("这一格由其他格计算得出，不用填写").waitFor();
    expect(await total.textContent()).toBe(before);
    expect(await barriers(page)).toEqual([]);

    await page.locator('[data-cell^="t03/2010399/"]').first().waitFor();
    await fillCell(page, "t03/2010399/basic", "1000");
    await expect.poll(() => total.textContent()).not.toBe(before);
    const after = (await total.textContent()) ?? "";
    await saved(page);
    await openPart(page, "收入支出决算总表");
    await cellAt(page, "t01/expense_total/final").getByText(after, { exact: true }).waitFor();
    await openPart(page, "一般公共预算财政拨款支出决算表");
    await cellAt(page, "t05/2010399/basic").getByText("1,000.00").waitFor();

    // What was done last is taken back where it was done.
    await cellAt(page, "t05/2010399/basic").click();
    await page.keyboard.press("Control+z");
    await page.getByText("已撤销在公开03表中的修改。").waitFor();
    await total.getByText(before ?? "", { exact: true }).waitFor();
    await page.locator("[role=grid]:focus").waitFor();
    await page.keyboard.press("Control+y");
    await total.getByText(after, { exact: true }).waitFor();
    await saved(page);

    // Nobody but this browser knows of the figure yet, and what it breaks is marked.
    let release = (): void => undefined;
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/api/reports/*/sections/t03", async (route) => {
      if (route.request().method() === "PUT") await isReleased;
      await route.continue();
    });
    await fillTotal(page, "t03/total/total", "5");
    await page.locator('.has-error[data-cell="t03/total/total"]').waitFor();
    release();
    await total.click();
    await page.getByText(/^应为 [\d,.]+万元/u).waitFor();
    await page.getByRole("button", { name: "按计算填入" }).click();
    await total.getByText(after, { exact: true }).waitFor();
    await fillCell(page, "t03/2010399/basic", "");
    await saved(page);
  });

  it("finds the rows of what is pasted, and asks before it takes what does not fit", async () => {
    const page = await office.seat("chenyu");
    await goTo(page, `${report}/t03`);
    await cellAt(page, "t03/total/total").click();
    await paste(page, excelHtml);
    await page.getByText("已填入 3 格，增加 1 个科目，1 格不是金额，已保留原文。").waitFor();
    await cellAt(page, "t03/2050803/basic").getByText("12.50").waitFor();
    await cellAt(page, "t03/205/total").getByText("12.50").waitFor();
    await page.getByText("有 1 格不是金额，已保留原文，尚未存入").waitFor();
    await page.keyboard.press("Control+z");
    await page.getByText("有 1 格不是金额").waitFor({ state: "hidden" });
    await expect(page.evaluate("globalThis.ran")).resolves.toBeUndefined();

    await paste(page, wpsHtml);
    const dialog = page.getByRole("dialog", { name: "粘贴前请核对" });
    await dialog.getByText("第 3 行 2999998 没有的科目").waitFor();
    await dialog.getByText("公开03表 205 教育支出 本年支出合计").waitFor();
    await dialog.getByText("粘贴的是“99”，按其他格计算应为10.00万元。").waitFor();
    await dialog.getByText("填入的格").click();
    await dialog.getByRole("cell", { name: /2050803 培训支出 基本支出/u }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: /^填入 \d+ 格$/u }).click();
    await cellAt(page, "t03/2050803/project").getByText("4.00").waitFor();

    // Text from the real clipboard, larger than the table and with a line end after the last row.
    await page.evaluate(`navigator.clipboard.writeText("1\\t2\\t3\\t4\\t5\\r\\n")`);
    await cellAt(page, "t03/2050803/project").click();
    await page.keyboard.press("Control+v");
    await dialog.getByText("有 1 处内容落在项目名称、不填列的格或表外").waitFor();
    await dialog.getByRole("button", { name: "取消" }).click();
    await cellAt(page, "t03/2050803/project").getByText("4.00").waitFor();
    await page.getByRole("button", { name: "删除 2050803" }).click();
    await saved(page);
  });

  it("goes out as a file, comes back filled in, and refuses a file with every fault named", async () => {
    const page = await office.seat("zhaolin");
    await goTo(page, "/reports/360200-2022-137/t10");
    await page.getByRole("button", { name: "导出" }).click();
    expect(await barriers(page)).toEqual([]);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("menuitem", { name: "本表 CSV" }).click(),
    ]);
    const text = await readFile(await download.path(), "utf8");
    const filled = text.replace(/(other_cars,[^\n]*,)[^,\n]*(?=\r?\n|$)/u, "$17");
    expect(filled).not.toBe(text);
    const give = (content: string) =>
      page.getByLabel("导入文件").setInputFiles({
        name: "国有资产.csv",
        mimeType: "text/csv",
        buffer: Buffer.from(content),
      });
    await give(filled);
    const dialog = page.getByRole("dialog", { name: "导入：国有资产.csv" });
    await dialog.getByText("公开10表 国有资产占用情况表").click();
    await dialog.getByRole("cell", { name: /其他用车/u }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "填入 1 张表" }).click();
    await cellAt(page, "t10/other_cars/final").getByText("7", { exact: true }).waitFor();

    await give(filled.replaceAll("2022", "2021").replace(/(other_cars,[^\n]*,)7/u, "$1七辆"));
    const refused = page.getByRole("dialog");
    await refused.getByText(/有 \d+ 处问题，改正后重新导入/u).waitFor();
    await refused.getByText("七辆").first().waitFor();
    expect(await barriers(page)).toEqual([]);
    await refused.getByRole("button", { name: "知道了" }).click();
    await cellAt(page, "t10/other_cars/final").getByText("7", { exact: true }).waitFor();
  });

  it("keeps what could not be sent and sends it when the connection is back", async () => {
    const page = await office.seat("gumin");
    await page.context().setOffline(false);
    await goTo(page, `${report}/t10`);
    await heading(page, "没有这一页");
    const preparer = await office.seat("chenyu");
    await goTo(preparer, `${report}/t10`);
    await cellAt(preparer, "t10/special_cars/final").waitFor();
    await preparer.context().setOffline(true);
    await fillCell(preparer, "t10/special_cars/final", "2");
    await preparer.getByText("连接中断，改动保存在本机").waitFor();
    await preparer.context().setOffline(false);
    await preparer.getByRole("button", { name: "立即重试" }).click();
    await saved(preparer);
  });
});

describe("the desk", () => {
  afterEach(() => office.leave());

  it("opens to every tab that is asked for, at the page asked for, and closes on request", async () => {
    const page = await office.seat("hejing");
    const tab = await page.context().newPage();
    await tab.goto(`${office.host.staffUrl}${report}/history`);
    await heading(tab, "办理记录");
    await tab.getByText("核对完整").waitFor();
    await tab.reload();
    await heading(tab, "办理记录");

    await page.getByRole("button", { name: "退出登录" }).click();
    await page.getByRole("button", { name: "退出登录" }).click();
    await page.getByRole("heading", { name: /登录$/u }).waitFor();
    await page.goto(office.host.staffUrl);
    await page.getByLabel("口令").waitFor();
  });

  it("shows an auditor what verification found, for the year and in the report's history", async () => {
    const { vault } = office.host.data;
    await office.host.settled();
    const key = (await vault.list("anchors/360200-2022-137003/")).at(-1)?.key ?? "";
    const anchor = await vault.get(key);
    if (anchor === undefined) throw new Error("The relay left no anchor.");
    await vault.put(key, new TextEncoder().encode("{}"), "application/json");
    const page = await office.seat("fengyuan");
    await goTo(page, `/progress/${region}/2022`);
    await page.getByRole("link", { name: "核对全部报告的记录" }).click();
    await heading(page, "2022 年度记录核对");
    await page.getByText(/，1 份有问题。/u).waitFor();
    expect(await barriers(page)).toEqual([]);
    const row = page.getByRole("row", { name: /137003/u });
    await row.getByText(/条办理记录的校验点：校验点文件被改动或损坏/u).waitFor();
    await row.getByRole("link").click();
    await page.getByText("核对出 1 处问题").waitFor();
    await page
      .getByRole("alert")
      .getByText(/校验点文件被改动或损坏/u)
      .waitFor();
    expect(await barriers(page)).toEqual([]);
    await vault.put(key, anchor, "application/json");
    await page.reload();
    await page.getByText("核对完整").waitFor();
  });

  it("answers somebody whom no office knows in plain words", async () => {
    const { registry } = office.host.data;
    const member = await memberOf(office.host, "wugang");
    await enterMember(registry, { ...member, memberships: [] });
    const page = await office.visitor();
    await signIn(page, "wugang");
    await heading(page, "这个账号现在没有岗位");
    expect(await barriers(page)).toEqual([]);
  });

  it("lets the administrator open a year, and the preparers begin their reports in it", async () => {
    const admin = await office.seat("xuning");
    await admin.getByRole("link", { name: "年度与单位" }).click();
    await admin.getByRole("button", { name: "开启新年度" }).click();
    await admin.getByLabel("报表版式").click();
    await admin.getByTitle("2024", { exact: false }).last().click();
    for (const [label, day] of [
      ["单位报送期限", "2099-03-31"],
      ["部门报送期限", "2099-04-30"],
      ["批复期限", "2099-06-30"],
    ] as const) {
      await admin.getByLabel(label).fill(day);
    }
    expect(await barriers(admin)).toEqual([]);
    await admin.getByRole("dialog").getByRole("button", { name: "开启" }).click();
    await admin.getByText("新年度已开启。").waitFor();
    await admin.getByRole("cell", { name: "2099-03-31" }).waitFor();

    const page = await office.seat("zhouting");
    const [form] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "下载 Excel 模板" }).click(),
    ]);
    expect(form.suggestedFilename()).toBe("景德镇市公共资源交易中心2024年度决算表（模板）.xlsx");
    await page.getByRole("button", { name: "开始编制" }).click();
    await heading(page, "2024 年度决算");
    await page.getByText("尚未填写").waitFor();
  });
});
