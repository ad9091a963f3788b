import { writeXlsx } from "hucre";
import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { enterMember } from "../../functions/enter.ts";
import { barriers, useOffice } from "./office.ts";

const region = "360200";

const office = useOffice({
  prepare: async (host) => {
    const { registry } = host.data;
    const shenbo = await registry.member(region, "shenbo");
    if (shenbo === undefined) throw new Error("The city has no shenbo.");
    await enterMember(registry, {
      ...shenbo,
      memberships: [{ role: "bureau_admin", orgCode: "000" }],
    });
  },
});

async function registryOf(person: string): Promise<Page> {
  const page = await office.seat(person);
  await page.getByRole("link", { name: "年度与单位" }).click();
  await page.getByRole("heading", { name: "年度与单位" }).waitFor();
  return page;
}
const panel = (page: Page, name: string) => page.getByRole("region", { name, exact: true });
const press = (page: Page, name: string) =>
  page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
const choose = async (page: Page, field: string, option: string) => {
  await page.getByRole("combobox", { name: field, exact: true }).click();
  await page.getByTitle(option, { exact: true }).last().click();
};
const restored = "已恢复上次没有提交的内容";

it("a half-written person is asked about before it is given up, and is there again after a reload", async () => {
  const page = await registryOf("xuning");
  const open = () => panel(page, "人员").getByRole("button", { name: "增加人员" }).click();
  await open();
  const dialog = page.getByRole("dialog", { name: "增加人员" });
  await dialog.getByLabel("姓名").fill("顾云");
  await choose(page, "第 1 个岗位", "编制人");
  await dialog.getByRole("button", { name: "取消" }).click();
  const question = page.getByRole("dialog").filter({ hasText: "放弃已填写的内容？" }).last();
  await question.getByRole("button", { name: "继续填写" }).click();
  await question.waitFor({ state: "hidden" });
  expect(await dialog.getByLabel("姓名").inputValue()).toBe("顾云");

  await page.reload();
  await open();
  await dialog.getByText(restored).waitFor();
  expect(await dialog.getByLabel("姓名").inputValue()).toBe("顾云");
  await dialog.getByText("编制人", { exact: true }).waitFor();
  expect(await barriers(page)).toEqual([]);

  // Another administrator at a machine of their own, or at this one, sees nothing of it.
  const other = await registryOf("shenbo");
  await panel(other, "人员").getByRole("button", { name: "增加人员" }).click();
  expect(await other.getByRole("dialog").getByLabel("姓名").inputValue()).toBe("");

  await press(page, "取消");
  await question.getByRole("button", { name: "放弃" }).click();
  await dialog.waitFor({ state: "hidden" });
  await open();
  expect(await dialog.getByLabel("姓名").inputValue()).toBe("");
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}, 120_000);

it("a half-written year is kept, goes when it is opened, and is in the history", async () => {
  const page = await registryOf("xuning");
  const open = () => panel(page, "年度").getByRole("button", { name: "开启新年度" }).click();
  await open();
  const dialog = page.getByRole("dialog", { name: "开启新年度" });
  await dialog.getByLabel("报表版式").click();
  await page.getByTitle("2024", { exact: false }).last().click();
  await dialog.getByLabel("单位报送期限").fill("2099-03-31");
  await page.reload();
  await open();
  await dialog.getByText(restored).waitFor();
  expect(await dialog.getByLabel("单位报送期限").inputValue()).toBe("2099-03-31");
  expect(await dialog.getByLabel("决算年度").inputValue()).toBe("2024");
  await dialog.getByLabel("部门报送期限").fill("2099-04-30");
  await dialog.getByLabel("批复期限").fill("2099-06-30");
  // Twenty days after the approval.
  await dialog.getByText("2099-07-20").waitFor();
  await dialog.getByRole("table", { name: "2099年6月" }).getByText("财政批复").waitFor();
  expect(await barriers(page)).toEqual([]);
  await press(page, "开启");
  await panel(page, "年度").getByRole("cell", { name: "2099-03-31" }).waitFor();
  await panel(page, "变更记录").getByText("2024").first().waitFor();
  // The next one is proposed a year later.
  await open();
  expect(await dialog.getByLabel("决算年度").inputValue()).toBe("2025");
  expect(await dialog.getByLabel("单位报送期限").inputValue()).toBe("2100-03-31");
}, 120_000);

it("a year is ended with a reason that is kept on the way, and opened again", async () => {
  const page = await registryOf("xuning");
  const row = panel(page, "年度").getByRole("row").filter({ hasText: "2099-03-31" });
  await row.getByRole("button", { name: "结束" }).click();
  const dialog = page.getByRole("dialog", { name: "结束 2024 年度" });
  await dialog.getByText("应报单位").waitFor();
  await press(page, "结束");
  await dialog.getByText("没有写明为什么结束 2024 年度").waitFor();
  await dialog.getByLabel("原因").fill("开启有误，这一年另行开启。");
  expect(await barriers(page)).toEqual([]);
  await press(page, "结束");
  await row.getByText("已结束").waitFor();
  expect(await row.getByRole("button", { name: "修改" }).count()).toBe(0);
  await panel(page, "变更记录").getByText("结束 2024 年度").waitFor();
  await row.getByRole("button", { name: "重新开启" }).click();
  await page.getByRole("dialog").getByLabel("原因").fill("仍需编报。");
  await press(page, "重新开启");
  await row.getByText("编报中").waitFor();
  expect((await office.host.data.registry.year(region, 2024))?.status).toBe("open");
}, 120_000);

it("a unit is added under its department once its consequences are read, and its half-written name is kept", async () => {
  const page = await registryOf("xuning");
  const open = () => panel(page, "机构").getByRole("button", { name: "增加机构" }).click();
  await open();
  const dialog = page.getByRole("dialog", { name: "增加机构" });
  await dialog.getByLabel("机构代码").fill("137002");
  await dialog.getByLabel("机构名称").fill("景德镇市12345热线中心");
  await page.reload();
  await open();
  await dialog.getByText(restored).waitFor();
  await press(page, "查看影响");
  await dialog.getByText("这个代码已经登记，代码不能重复使用").waitFor();
  await dialog.getByText("请选择主管部门").waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByLabel("机构代码").fill("137004");
  await dialog.getByLabel("主管部门").click();
  await page
    .getByTitle("137 景德镇市人民政府行政服务中心管理委员会", { exact: true })
    .last()
    .click();
  await dialog.getByLabel("原因和依据（如批准文号）").fill("景编办〔2023〕5号");
  await press(page, "查看影响");
  await dialog.getByText("它还没有人员，请随后指定编制人和单位审核人。").waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await office.host.data.registry.org(region, "137004")).toBeUndefined();
  await press(page, "确认办理");
  const row = panel(page, "机构").getByRole("row", { name: /景德镇市12345热线中心/u });
  await row.getByText("缺").first().waitFor();
  expect(await office.host.data.registry.org(region, "137004")).toMatchObject({
    ...{ name: "景德镇市12345热线中心", kind: "unit", parent: "137" },
  });

  // Freed from reporting for a year, with the reason: then nobody is missing there.
  await row.getByRole("button", { name: "景德镇市12345热线中心" }).click();
  const drawer = page.getByRole("dialog", { name: /137004/u });
  expect(await barriers(page)).toEqual([]);
  await drawer.getByRole("button", { name: "免报" }).click();
  const changing = page.getByRole("dialog", { name: "免报：景德镇市12345热线中心" });
  await changing.getByLabel("免报原因（公开时写明）").fill("年末新设");
  await changing.getByRole("button", { name: "查看影响" }).click();
  await changing.getByText("主管部门的汇总不等待它").waitFor();
  await changing.getByRole("button", { name: "确认办理" }).click();
  await drawer.getByText("年末新设").waitFor();
  await page.keyboard.press("Escape");
  await row.getByText("免报").waitFor();
  await panel(page, "变更记录").getByText("137004").first().waitFor();
}, 120_000);

it("who goes on with a form that somebody else changed meanwhile overwrites nothing", async () => {
  const page = await registryOf("xuning");
  const change = () => page.getByRole("button", { name: "修改 陈雨" }).click();
  await change();
  const dialog = page.getByRole("dialog", { name: "陈雨（chenyu）" });
  await dialog.getByLabel("邮箱").fill("chenyu@example.cn");
  const other = await registryOf("shenbo");
  await other.getByRole("button", { name: "修改 陈雨" }).click();
  await other.getByRole("dialog").getByLabel("姓名").fill("陈雨薇");
  await press(other, "保存");
  await panel(other, "人员").getByRole("cell", { name: "陈雨薇", exact: true }).waitFor();

  await page.reload();
  await page.getByRole("button", { name: "修改 陈雨薇" }).click();
  await page.getByRole("dialog").getByText(restored).waitFor();
  await press(page, "保存");
  await page.getByRole("dialog").getByRole("alert").waitFor();
  expect((await office.host.data.registry.member(region, "chenyu"))?.name).toBe("陈雨薇");
}, 120_000);

it("a grant of two levels waits for a second administrator, who confirms it", async () => {
  const page = await registryOf("xuning");
  await page.getByRole("button", { name: "修改 周婷" }).click();
  const dialog = page.getByRole("dialog", { name: "周婷（zhouting）" });
  await dialog.getByRole("button", { name: "增加岗位" }).click();
  await choose(page, "第 2 个岗位", "部门审核人");
  await choose(page, "第 2 个岗位所在的单位", "137 景德镇市人民政府行政服务中心管理委员会");
  await press(page, "保存");
  const waitingDialog = page.getByRole("dialog", { name: "等待另一名财政管理员确认" });
  await waitingDialog.getByRole("button").last().click();
  const waiting = panel(page, "待确认的授权");
  await waiting.getByRole("button", { name: "撤回" }).waitFor();
  expect(await barriers(page)).toEqual([]);

  const second = await registryOf("shenbo");
  const grant = panel(second, "待确认的授权").getByRole("row", { name: /zhouting/u });
  await grant.getByText("部门审核人", { exact: false }).waitFor();
  expect(await barriers(second)).toEqual([]);
  await grant.getByRole("button", { name: "确认" }).click();
  await panel(second, "待确认的授权").waitFor({ state: "detached" });
  await panel(second, "变更记录").getByText("沈博").first().waitFor();
  expect(
    (await office.host.data.registry.member(region, "zhouting"))?.memberships.map(
      ({ role }) => role,
    ),
  ).toEqual(["preparer", "department_reviewer"]);
}, 120_000);

const rolesOf = async (subject: string) =>
  (await office.host.data.registry.member(region, subject))?.memberships.map(
    ({ role, orgCode }) => `${role}@${orgCode}`,
  );

it("who leaves hands the role over to a colleague, with a reason, and it is in the history", async () => {
  const page = await registryOf("xuning");
  await panel(page, "机构").getByRole("button", { name: "景德镇市政务服务代办中心" }).click();
  const drawer = page.getByRole("dialog", { name: /137003/u });
  await drawer.getByRole("button", { name: "移交何静的单位审核人" }).click();
  const dialog = page.getByRole("dialog", { name: "移交何静的单位审核人" });
  await dialog.getByRole("button", { name: "移交", exact: true }).click();
  await dialog.getByText("请写明原因").waitFor();
  await dialog.getByLabel("接手的人").click();
  await page.getByTitle("吴刚", { exact: false }).last().click();
  await dialog.getByLabel("原因").fill("何静退休");
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "移交", exact: true }).click();
  await drawer.getByRole("button", { name: "移交吴刚的单位审核人" }).waitFor();
  expect(await rolesOf("hejing")).toEqual([]);
  expect(await rolesOf("wugang")).toContain("unit_reviewer@137003");
  await page.keyboard.press("Escape");
  await panel(page, "变更记录").getByText("何静退休").first().waitFor();
}, 120_000);

it("a workbook that ends a role says who is missing then, is applied once confirmed, and taken back", async () => {
  const page = await registryOf("xuning");
  const head = ["姓名", "账号", "手机", "邮箱", "机构代码", "岗位", "结束"];
  const file = await writeXlsx({
    sheets: [
      {
        name: "人员",
        rows: [head, ["吴刚", "wugang", "", "", "137003", "单位审核人", "是"]],
      },
    ],
  });
  const imports = panel(page, "导入机构和人员");
  await imports.getByRole("button", { name: "导入 .xlsx" }).click();
  await page.getByLabel("原因和依据").fill("景财人〔2026〕3号");
  await page.getByLabel("名册文件").setInputFiles({
    name: "名册.xlsx",
    mimeType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    buffer: Buffer.from(file),
  });
  await page.getByRole("button", { name: "核对变更" }).click();
  const dialog = page.getByRole("dialog", { name: "导入“名册.xlsx”" });
  await dialog.getByText("导入后没有单位审核人，本单位的决算将无人办理").waitFor();
  expect(await barriers(page)).toEqual([]);
  expect(await rolesOf("wugang")).toContain("unit_reviewer@137003");
  await dialog.getByRole("button", { name: "确认导入" }).click();
  await dialog.getByText("已全部导入。").waitFor();
  expect(await rolesOf("wugang")).not.toContain("unit_reviewer@137003");
  await dialog.getByRole("button", { name: "完成" }).click();
  await imports.getByRole("button", { name: "撤回这次导入" }).click();
  await page.getByRole("button", { name: "确认撤回" }).click();
  await page.getByText("已全部撤回。").waitFor();
  expect(await rolesOf("wugang")).toContain("unit_reviewer@137003");
}, 120_000);
