import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { editionOf } from "../../../functions/use-cases/stored-edition.ts";
import { workbookOf } from "../../../functions/use-cases/workbook/export-workbook.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import type { Report } from "../../../shared/report/report.ts";
import { sampleReport } from "../../../shared/sample/sample-report.ts";
import type { Role } from "../../../shared/workflow/roles.ts";
import { atWorklist, firstSignIn, useInstalledOffice } from "./installed-office.ts";
import { cellAt, fillCell, openPart, saved } from "./office.ts";
import { firstUnit, holderOf, people, rosterWorkbook } from "./roster.ts";

/**
 * A bureau begins, by hand and in a browser: from an empty installation to the first report that the public reads, in
 * an edition of its own.
 */

const region = { code: "431399", name: "南岭市", siteName: "南岭市部门决算公开" };
const office = useInstalledOffice({ region, bureau: { name: "南岭市财政局" } });

const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const editionName = "南岭市2025年度部门决算公开";
const addedTable = "财政拨款“三公”经费明细表";
const addedSentence = "全市“三公”经费口径以财政部门核定数为准。";
const reportId = `${region.code}-2025-${firstUnit.code}`;

const confirm = (page: Page, name: string | RegExp) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
const openEditionPart = (page: Page, name: string) =>
  page.getByRole("navigation", { name: "版式的各部分" }).getByRole("link", { name }).click();

async function deriveEdition(page: Page): Promise<void> {
  await page.getByRole("link", { name: "版式" }).click();
  await page
    .getByRole("row", { name: /^2025 全国/u })
    .getByRole("button", { name: "由此派生" })
    .click();
  await page.getByLabel("名称").fill(editionName);
  await page.getByLabel("适用年度").fill("2025");
  await page.getByLabel("编号").fill("nanling-2025");
  await confirm(page, /派\s?生/u);
  await page.getByRole("heading", { name: editionName }).waitFor();

  await openEditionPart(page, "报表");
  await page
    .getByRole("row", { name: /“三公”经费/u })
    .getByRole("button", { name: "照此增加" })
    .click();
  await page.getByLabel("标题", { exact: true }).fill(addedTable);
  await page.getByLabel("表号（不填则不印）").fill("公开10表");
  await addSentence(page);

  await openEditionPart(page, "试运行与启用");
  await page.getByRole("button", { name: "试运行" }).click();
  await page.getByText("样例报告没有发现矛盾，可以启用。").waitFor();
  await page.getByLabel("启用说明").fill("2025年度首次启用");
  await page.getByRole("button", { name: /^启\s?用$/u }).click();
  await page.getByText("第 1 版", { exact: true }).waitFor();
}

async function addSentence(page: Page): Promise<void> {
  await openEditionPart(page, "说明文字");
  await page.getByRole("searchbox", { name: "查找句子" }).fill("“三公”经费");
  await page
    .getByRole("button", { name: /“三公”经费/u })
    .first()
    .click();
  const template = page.getByLabel(/^句子 .* 的模板$/u);
  await template.fill(`${addedSentence}${await template.inputValue()}`);
  await page
    .getByText(new RegExp(`^${addedSentence}`, "u"))
    .first()
    .waitFor();
  await page.getByRole("button", { name: "保存草稿" }).click();
  await page.getByText("与已存草稿一致").waitFor();
}

async function openYear(page: Page): Promise<void> {
  await page.getByRole("link", { name: "年度与单位" }).click();
  await page.getByRole("button", { name: "开启新年度" }).click();
  const dialog = page.getByRole("dialog", { name: "开启新年度" });
  await dialog.getByLabel("报表版式").click();
  await page.getByTitle(editionName).click();
  await dialog.getByLabel("单位报送期限").fill("2099-03-31");
  await dialog.getByLabel("部门报送期限").fill("2099-04-30");
  await dialog.getByLabel("批复期限").fill("2099-06-30");
  await confirm(page, /开\s?启/u);
  await page.getByText("新年度已开启。").waitFor();
}

/** Returns the one-time codes, by mobile number. */
async function importRoster(page: Page): Promise<ReadonlyMap<string, string>> {
  await page.getByRole("button", { name: "导入 .xlsx" }).click();
  const choosing = page.getByRole("dialog", { name: "导入机构和人员" });
  await choosing.getByLabel("原因和依据").fill("本年度初次登记");
  await choosing
    .getByLabel("名册文件")
    .setInputFiles({ name: "名册.xlsx", mimeType: xlsx, buffer: await rosterWorkbook() });
  await choosing.getByRole("button", { name: "核对变更" }).click();
  const plan = page.getByRole("dialog", { name: "导入“名册.xlsx”" });
  await plan.getByText(/邀请 120/u).waitFor();
  await plan.getByRole("button", { name: "确认导入" }).click();
  await plan.getByText("已全部导入。").waitFor({ timeout: 60_000 });
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    plan.getByRole("button", { name: "保存验证码名单" }).click(),
  ]);
  await plan.getByRole("button", { name: /完\s?成/u }).click();
  const lines = (await readFile(await download.path(), "utf8")).split("\r\n").slice(1, -1);
  return new Map(
    lines.map((line) => {
      const [, mobile = "", code = ""] = line.split(",").map((cell) => cell.slice(1, -1));
      return [mobile, code];
    }),
  );
}

async function enters(codes: ReadonlyMap<string, string>, role: Role): Promise<Page> {
  const { mobile } = holderOf(role);
  const page = await office.visitor();
  const code = codes.get(mobile) ?? "";
  await firstSignIn(page, { login: mobile, code, password: "quiet-harbour-19" });
  await atWorklist(page);
  return page;
}

/** What the unit's accounts say: the sample report of the edition, under the unit's name. */
function accountsOf(edition: Edition): Report {
  const sample = sampleReport(edition, { seed: 7, kind: "unit" });
  const text = JSON.stringify(sample.sections).replaceAll(sample.identity.orgName, firstUnit.name);
  return {
    edition,
    identity: { ...sample.identity, orgCode: firstUnit.code, orgName: firstUnit.name },
    sections: JSON.parse(text) as Report["sections"],
  };
}

/** Sections that have no file to come from, as their forms send them. */
async function sendSections(page: Page, { sections }: Report): Promise<void> {
  const { staffUrl } = office.installed.host;
  const token = await page.evaluate<string>(
    `JSON.parse(Object.entries(sessionStorage).find(([key]) => key.startsWith("oidc.user:"))[1]).access_token`,
  );
  for (const section of ["facts", "performance", "narrative"] as const) {
    const url = `${staffUrl}/api/reports/${reportId}/sections/${section}`;
    const headers = { authorization: `Bearer ${token}` };
    const current = (await (await page.request.get(url, { headers })).json()) as {
      pointer?: { sha256: string };
    };
    const answer = await page.request.put(url, {
      headers,
      data: { base: current.pointer?.sha256 ?? null, value: sections[section] },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  }
}

/** One's words for one figure explain no other. */
const reasons = [
  "本年新开工公共服务平台二期，财政追加安排了建设资金。",
  "上级在年中下达了窗口设备更新补助，当年全部使用。",
  "增设三个办事大厅，人员和水电物业支出随之上升。",
  "上年结转的旅游项目尾款经财政核对后调整了年初数。",
  "办公楼由租用改为自管，物业和取暖费改由机关承担。",
];

/** Whatever deviates from last year is explained, one after the other. */
async function explainAll(page: Page): Promise<void> {
  await openPart(page, "审核结果");
  const open = page.getByRole("button", { name: /^说明：/u });
  await open.first().waitFor();
  expect(await open.count()).toBe(reasons.length);
  for (const [index, reason] of reasons.entries()) {
    await open.first().click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox").fill(reason);
    await dialog.getByRole("button", { name: "保存说明" }).click();
    await expect.poll(() => open.count(), { timeout: 20_000 }).toBe(reasons.length - index - 1);
  }
  await page.getByText("没有阻止提交的问题").waitFor();
}

async function openReport(page: Page): Promise<void> {
  await page.getByRole("link", { name: "待办" }).click();
  await page.getByRole("link", { name: firstUnit.name }).click();
  await page.getByRole("heading", { name: `${firstUnit.name} 2025 年度决算` }).waitFor();
}
const stateChip = (page: Page, text: string) =>
  page.locator(".report-title").getByText(text, { exact: true }).waitFor();

it("a new bureau sets up its edition, year, units and people, and publishes its first report", async () => {
  const administrator = await office.visitor();
  const { code, host } = office.installed;
  await firstSignIn(administrator, { login: "13800000001", code, password: "tr7mule-orbit" });
  await atWorklist(administrator);
  await deriveEdition(administrator);
  await openYear(administrator);
  const codes = await importRoster(administrator);
  expect([...codes.keys()].toSorted()).toEqual(people.map(({ mobile }) => mobile).toSorted());

  // The first unit types its first figure, then brings the rest of its tables as a workbook.
  const preparer = await enters(codes, "preparer");
  await preparer
    .getByRole("button", { name: /开始编制/u })
    .first()
    .click();
  await preparer.getByRole("heading", { name: `${firstUnit.name} 2025 年度决算` }).waitFor();
  // Nothing is filled in, and nothing is wrong: the report says where to begin.
  await preparer.getByRole("region", { name: "从这里开始" }).waitFor();
  await preparer.locator(".count.unfilled").first().waitFor();
  await expect(preparer.locator(".count.error, td.has-error").count()).resolves.toBe(0);
  await preparer.getByRole("button", { name: "提交审核" }).click();
  const dialog = preparer.getByRole("dialog", { name: /还有 \d+ 处须改正或补充，不能提交/u });
  await dialog.getByText("收入总计：未填列或为0").waitFor();
  await dialog.getByRole("button", { name: /本年收入合计：未填列或为0/u }).click();
  await preparer.locator('.active[data-cell="t01/income_total/final"]').waitFor();
  await openPart(preparer, addedTable);
  await fillCell(preparer, "t11/total/final", "1.00");
  await saved(preparer);
  const { vault, registry } = host.data;
  const year = await registry.year(region.code, 2025);
  const deps = { files: vault, sha256, editions: shippedEditions };
  const accounts = accountsOf(await editionOf(deps, year?.edition ?? ""));
  const workbook = (await workbookOf(accounts)) ?? new Uint8Array();
  await preparer
    .getByLabel("导入文件")
    .setInputFiles({ name: "决算表.xlsx", mimeType: xlsx, buffer: Buffer.from(workbook) });
  await preparer.getByText("读到 11 张报表，").waitFor();
  await preparer.getByRole("button", { name: /^填入 \d+ 张表$/u }).click();
  await preparer.getByText(/^已填入 \d+ 张表。$/u).waitFor();
  await cellAt(preparer, "t11/total/final").waitFor();
  await sendSections(preparer, accounts);
  await preparer.reload();
  await explainAll(preparer);
  await preparer.getByRole("button", { name: "提交审核" }).click();
  await confirm(preparer, "提交");
  await stateChip(preparer, "单位审核");

  // Unit, signatures, department, bureau.
  for (const [role, button, ok] of [
    ["unit_reviewer", "审核通过", "通过"],
    ["secrecy_officer", "保密审查通过", "签署"],
    ["principal", "审签同意", "签署"],
    ["department_reviewer", "审核通过", "通过"],
  ] as const) {
    const person = await enters(codes, role);
    await openReport(person);
    await person.getByRole("button", { name: button }).click();
    await confirm(person, ok);
    await person.getByRole("dialog").waitFor({ state: "hidden" });
  }
  const bureau = await enters(codes, "bureau_reviewer");
  await openReport(bureau);
  await openPart(bureau, "预览与公开");
  await bureau.getByRole("button", { name: "批复" }).click();
  await bureau.getByLabel("批复文号").fill("南财决〔2026〕1号");
  await confirm(bureau, "批复");

  // The public reads it, with the bureau's own table and sentence.
  const address = bureau.locator(".notice.published a").first();
  await address.waitFor({ timeout: 60_000 });
  await bureau.goto((await address.getAttribute("href")) ?? "");
  await bureau
    .getByRole("heading", { name: new RegExp(firstUnit.name, "u") })
    .first()
    .waitFor();
  await bureau.getByText(addedTable).first().waitFor();
  await bureau.getByText(addedSentence).first().waitFor();
}, 300_000);
