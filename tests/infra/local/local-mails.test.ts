import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFolderMailer } from "../../../functions/platform/mail/folder-mailer.ts";
import { createLocalMails, localMailsPath, readMail } from "../../../infra/local/local-mails.ts";

/** The page of a demonstration's letters, over a folder as the folder mailer leaves it. */

let folder: string;
let address: string;
const server = createServer((request, response) => {
  void createLocalMails(join(folder, "mail"))(request, response);
});
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "juesuan-mails-"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}${localMailsPath}`;
});
afterAll(async () => {
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const subject =
  "【决算】已退回，请修改：景德镇市人民政府行政服务中心管理委员会（本级）2022年度单位决算 v2";
const text = "李敏，您好：\n\n退回意见：\n<b>公开03表</b>与明细账不符。\n";

it("says so where nothing was sent yet", async () => {
  expect(await (await fetch(address)).text()).toContain("还没有邮件。");
});

it("reads a letter back as it was written, however its subject was broken into lines", async () => {
  const mailer = createFolderMailer({
    dir: join(folder, "mail"),
    from: "juesuan@juesuan.local",
    now: () => "2023-08-01T02:00:00.000Z",
  });
  await mailer.send({ id: "a.1.notify.limin", to: "limin@juesuan.local", subject, text });
  const [name = ""] = await readdir(join(folder, "mail"));
  expect(readMail(await readFile(join(folder, "mail", name), "utf8"))).toMatchObject({
    ...{ to: "limin@juesuan.local", subject, at: "2023-08-01T02:00:00.000Z" },
  });
  expect(readMail(await readFile(join(folder, "mail", name), "utf8")).text.trim()).toBe(
    text.trim(),
  );
});

it("shows letters with what they hold as text, all of them or one person's", async () => {
  const page = await (await fetch(address)).text();
  expect(page).toContain(subject);
  expect(page).toContain("2023-08-01 10:00");
  expect(page).toContain("&lt;b&gt;公开03表&lt;/b&gt;");
  const to = (person: string) => `${address}?to=${encodeURIComponent(`${person}@juesuan.local`)}`;
  expect(await (await fetch(to("limin"))).text()).toContain(subject);
  expect(await (await fetch(to("suntao"))).text()).toContain("还没有邮件。");
  expect((await fetch(address, { method: "POST" })).status).toBe(405);
});
