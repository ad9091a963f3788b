import type { Page } from "playwright-core";
import { afterEach, describe, expect, it } from "vitest";
import { now } from "../../../functions/platform/clock.ts";
import { newId, sha256 } from "../../../functions/platform/ids.ts";
import { createPlay } from "../../../infra/local/seed/play.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { barriers, useOffice } from "./office.ts";

/** The bureau runs a season: whom it looks for, reminds and approves, and what the audit shows of it. */

const id = "360200-2022-137002";
const office = useOffice({
  prepare: async ({ data, settled }) => {
    const deps = { ...data, files: data.vault, sha256, editions: shippedEditions, now, newId };
    const play = createPlay(deps, "360200", 2022);
    await play.approve("137002", "wugang");
    await play.signOff("137002", "secrecy", "qianli");
    await play.signOff("137002", "principal", "zhenghua");
    await play.approve("137002", "suntao");
    await settled();
  },
});
const heading = (page: Page, name: string) => page.getByRole("heading", { name }).first().waitFor();

describe("the bureau", () => {
  afterEach(() => office.leave());

  it("approves by one document what its reviewer has looked at, and sees what became of it", async () => {
    const page = await office.seat("fengyuan");
    await page.getByRole("link", { name: "2022 年度进度" }).click();
    await page.getByRole("link", { name: "批量批复" }).click();
    await heading(page, "2022 年度批量批复");
    const row = page.getByRole("row", { name: /137002/u });
    await row.getByText("您还没有看过这一版本").waitFor();
    expect(await row.getByRole("checkbox").isDisabled()).toBe(true);
    expect(await barriers(page)).toEqual([]);
    const seen = page.waitForResponse((response) => response.url().endsWith(`/${id}/seen`));
    await row.getByRole("link").click();
    await heading(page, "审核结果");
    expect((await seen).status()).toBe(200);
    await page.goBack();
    await row.getByText("可以列入").waitFor();
    await page.getByText("列入 1 份，不列入 0 份").waitFor();
    await page.getByLabel("批复文号").fill("景财决〔2023〕21号");
    await page.getByRole("button", { name: "批复所列报告" }).click();
    await page.getByRole("dialog").getByText("景德镇市公共资源交易中心").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "批复", exact: true }).click();
    await row.getByText("已批复", { exact: true }).waitFor();
    const head = await office.host.data.reports.load(id);
    expect(head?.state).toMatchObject({ approval: { documentNumber: "景财决〔2023〕21号" } });
  });

  it("finds who holds it up, keeps what it looks for in the address, and reminds them", async () => {
    const page = await office.seat("xuning");
    await page.getByRole("link", { name: "2022 年度进度" }).click();
    await page.getByLabel("状态").selectOption("编制中");
    const row = page.getByRole("row", { name: /137003/u });
    await row.waitFor();
    await page.reload();
    await row.waitFor();
    expect(new URL(page.url()).search).toBe("?state=draft");
    await page.getByRole("searchbox", { name: "单位" }).fill("代办中心");
    await page.keyboard.press("Enter");
    await page.getByText("共 1 个。").waitFor();
    expect(await barriers(page)).toEqual([]);
    await row.getByRole("checkbox").check();
    await page.getByRole("button", { name: "催办所选 1 个" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("财政管理员许宁提醒您办理以下报告").waitFor();
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "发送邮件" }).click();
    await row.getByText("许宁催办").waitFor();
    await page.getByRole("link", { name: "审计" }).click();
    await heading(page, "审计");
    await page.getByRole("searchbox", { name: "人员" }).fill("许宁");
    await page.getByRole("button", { name: "查询" }).click();
    await page.getByRole("cell", { name: "催办 2022 年度决算 1 个单位" }).first().waitFor();
    expect(new URL(page.url()).searchParams.get("person")).toBe("许宁");
    expect(await barriers(page)).toEqual([]);
  });
});
