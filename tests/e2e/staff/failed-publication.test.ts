import { expect, it } from "vitest";
import { now } from "../../../functions/platform/clock.ts";
import { newId, sha256 } from "../../../functions/platform/ids.ts";
import { blobKey } from "../../../functions/storage/blobs.ts";
import { handleCommand } from "../../../functions/use-cases/handle-command.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import { createPlay } from "../../../infra/local/seed/play.ts";
import { barriers, openPart, useOffice } from "./office.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";

const id = "360200-2022-137002";
const printer = { id: "render", name: "排印程序", roles: [], system: true } as const;

/** Puts back what the print lacked. */
let mend: () => Promise<unknown>;
const office = useOffice({
  prepare: async (host) => {
    const { data } = host;
    const play = createPlay(
      { ...data, files: data.vault, sha256, editions: shippedEditions, now, newId },
      "360200",
      2022,
    );
    await play.approve("137002", "wugang");
    await play.signOff("137002", "secrecy", "qianli");
    await play.signOff("137002", "principal", "zhenghua");
    await play.approve("137002", "suntao");
    await play.approve("137002", "fengyuan", "景财决〔2023〕13号");
    const found = await reportInHand(data, id);
    const section = found?.head.sections.t03;
    if (found?.head.state.status !== "approved" || section === undefined) {
      throw new Error("The report is not approved.");
    }
    const key = blobKey(section.sha256);
    const bytes = await data.vault.get(key);
    if (bytes === undefined) throw new Error(`${key} is not stored.`);
    await data.vault.delete(key);
    mend = () => data.vault.putIfAbsent(key, bytes, "application/json");
    const { editionHash } = found.head.state.submission;
    const failed = await handleCommand(
      { reports: data.reports, now },
      found,
      {
        ...{ type: "record_failure", editionHash, step: "print", attempts: 5 },
        cause: { code: "content_missing", name: "公开03表" },
      },
      printer,
    );
    if (!failed.ok) throw new Error(failed.error.code);
  },
});

it("a report whose print failed is first on the bureau's list, says why, and is public after a retry", async () => {
  const page = await office.seat("fengyuan");
  const entry = page.getByRole("link", { name: /景德镇市公共资源交易中心/u }).first();
  await page.getByText("排印失败").first().waitFor();
  expect(await barriers(page)).toEqual([]);
  await entry.click();
  await openPart(page, "预览与公开");
  const notice = page.getByRole("status").filter({ hasText: "已批复，排印失败" });
  await notice.getByText(/原因：.*公开03表/u).waitFor();
  await notice.getByText(/共尝试 5 次/u).waitFor();
  await notice.getByText(/办法：/u).waitFor();
  await page.getByRole("button", { name: "撤销批复" }).waitFor();
  expect(await barriers(page)).toEqual([]);

  await mend();
  await page.getByRole("button", { name: "重试公开" }).click();
  await page.getByRole("status").filter({ hasText: "已公开" }).waitFor({ timeout: 60_000 });
  const portal = await fetch(`${office.host.portalUrl}/2022/137002/`);
  expect(portal.status).toBe(200);
}, 150_000);

it("whoever opens a correction sees before what the public will read of it, and so does everybody after", async () => {
  const page = await office.seat("zhouting");
  await page.goto(`${office.host.staffUrl}/reports/${id}/publication`);
  await page.getByRole("button", { name: "更正", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "更正已公开的决算" });
  await dialog.getByRole("button", { name: "开始更正" }).click();
  await dialog.getByText("请写明更正什么、为什么更正").waitFor();
  await dialog.getByLabel("更正原因（公开）").fill("设备数量填错");
  const line = "更正后第2次公开。更正原因：设备数量填错";
  await dialog.getByText(line).waitFor();
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole("button", { name: "开始更正" }).click();
  const notice = page.getByRole("region", { name: "更正公告" });
  await notice.getByText(line).waitFor();
  await notice.getByText("还没有更正任何一处").waitFor();
  expect(await barriers(page)).toEqual([]);
}, 60_000);

const publicPage = async () => (await fetch(`${office.host.portalUrl}/2022/137002/`)).text();

it("a public report is taken down by two people, who see before what the public reads afterwards", async () => {
  const legalBasis = "《中华人民共和国政府信息公开条例》第十四条";
  const summary = "附表含有不宜公开的内容";
  const asker = await office.seat("xuning");
  await asker.goto(`${office.host.staffUrl}/reports/${id}/publication`);
  await asker.getByRole("button", { name: "申请撤下" }).click();
  const dialog = asker.getByRole("dialog");
  await dialog.getByLabel("法律依据（公开）").fill(legalBasis);
  await dialog.getByLabel("撤下说明（公开）").fill(summary);
  const lines = [`撤下依据：${legalBasis}`, `撤下说明：${summary}`];
  for (const line of lines) await dialog.getByText(line).waitFor();
  expect(await barriers(asker)).toEqual([]);
  await dialog.getByRole("button", { name: "提出申请" }).click();
  await asker.getByText("等财政部门的另一人确认；确认以前报告继续公开").waitFor();
  expect(await asker.getByRole("button", { name: "确认撤下" }).count()).toBe(0);
  for (const line of lines) expect(await publicPage()).not.toContain(line);

  const other = await office.seat("fengyuan");
  await other.getByText("撤下待确认").first().waitFor();
  await other.getByRole("link", { name: /^通知，\d+ 条未读$/u }).click();
  const notice = other.getByRole("listitem").filter({ hasText: "请确认撤下" });
  await notice.getByText(summary).waitFor();
  expect(await barriers(other)).toEqual([]);
  await notice.getByRole("link").click();
  await other.getByRole("button", { name: "确认撤下" }).click();
  const question = other.getByRole("dialog");
  for (const line of lines) await question.getByText(line).waitFor();
  expect(await barriers(other)).toEqual([]);
  await question.getByRole("button", { name: "确认撤下" }).click();
  await other.getByText("公众看到的内容").waitFor();
  await other
    .getByText(/许宁|xuning/u)
    .first()
    .waitFor();
  await office.host.settled();
  for (const line of lines) expect(await publicPage()).toContain(line);
  expect(await barriers(other)).toEqual([]);

  await asker.goto(`${office.host.staffUrl}/notices`);
  await asker.getByRole("listitem").filter({ hasText: "已撤下" }).waitFor();
  await asker.getByText("通知方式").click();
  await asker.getByLabel("其他进展").uncheck();
  await asker.getByText("已保存。").waitFor();
  await asker.getByRole("button", { name: "全部标为已读" }).click();
  await asker.getByRole("link", { name: "通知", exact: true }).waitFor();
  expect(await barriers(asker)).toEqual([]);
}, 120_000);
