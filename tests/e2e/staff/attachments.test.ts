import type { Route } from "playwright-core";
import { expect, it } from "vitest";
import { madePdf, plainObjects } from "../../functions/use-cases/content/made-pdf.ts";
import { barriers, saved, useOffice } from "./office.ts";

const report = "/reports/360200-2022-137003/attachments";

const office = useOffice();

const script = "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>";

it("files are taken in, refused with the reason, kept over a reload, and removed", async () => {
  const page = await office.seat("chenyu");
  await page.goto(`${office.host.staffUrl}${report}`);
  const choose = (...files: readonly { name: string; mimeType: string; buffer: Buffer }[]) =>
    page.getByLabel("选择附件").setInputFiles([...files]);
  const sound = { name: "绩效自评表.pdf", mimeType: "application/pdf", buffer: madePdf() };
  await choose(sound);
  const table = page.getByRole("table", { name: "附件" });
  await table.getByRole("button", { name: "绩效自评表.pdf", exact: true }).waitFor();
  await saved(page);

  await choose(
    {
      ...{ name: "带脚本.pdf", mimeType: "application/pdf" },
      buffer: madePdf(plainObjects(script)),
    },
    { name: "假的.pdf", mimeType: "application/pdf", buffer: Buffer.from("MZ\u0090\u0000\u0003") },
  );
  await page.getByText(/文件“带脚本\.pdf”.*打印为 PDF/u).waitFor();
  await page.getByText(/文件“假的\.pdf”的内容不是 PDF/u).waitFor();
  expect(await barriers(page)).toEqual([]);

  await page.reload();
  await table.getByRole("button", { name: "绩效自评表.pdf", exact: true }).waitFor();
  expect(await table.getByText("带脚本.pdf").count()).toBe(0);
  await page.getByRole("checkbox", { name: "绩效自评表.pdf随报告公开" }).check();
  await saved(page);
  await page.getByRole("button", { name: "移除绩效自评表.pdf" }).click();
  await page.getByText("还没有附件").waitFor();
  await saved(page);

  // Taken back from its notice, as it was: the server has the file all the while.
  await page.getByText("已移除“绩效自评表.pdf”。").getByRole("button", { name: "撤销" }).click();
  await page.getByRole("checkbox", { name: "绩效自评表.pdf随报告公开", checked: true }).waitFor();
  await table.getByRole("button", { name: "绩效自评表.pdf", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "绩效自评表.pdf" });
  const frame = dialog.getByTitle("绩效自评表.pdf预览");
  expect(await frame.getAttribute("src")).toContain("/download?");
  expect(await barriers(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}, 120_000);

it("files are dropped several at once, called off, and go on when the network is back", async () => {
  const page = await office.seat("chenyu");
  await page.goto(`${office.host.staffUrl}${report}`);
  const table = page.getByRole("table", { name: "附件" });
  await page.getByRole("button", { name: "上传附件" }).waitFor();
  const held: Route[] = [];
  const isUpload = (url: URL) => url.pathname.endsWith("/upload");
  await page.route(isUpload, (route) => {
    held.push(route);
  });
  const bytes = JSON.stringify([
    ...madePdf(plainObjects("").map((one) => one.replace("595", "590"))),
  ]);
  const drop = (files: string) =>
    page.evaluate(`{
      const transfer = new DataTransfer();
      const pdf = new Uint8Array(${bytes});
      for (const file of ${files}) transfer.items.add(file);
      const area = document.querySelector(".drop-area");
      for (const type of ["dragenter", "dragover", "drop"])
        area.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
    }`);
  await drop(
    `[new File([pdf], "佐证.pdf"), new File([pdf, "\\n"], "合同.pdf"), new File([], "空.pdf")]`,
  );
  await page.getByText("空文件（0 字节）").waitFor();
  await page.getByText("合同.pdf：正在上传…").waitFor();
  await page.getByRole("button", { name: "取消上传合同.pdf" }).click();
  await expect.poll(() => held.length, { interval: 50 }).toBe(2);
  expect(await barriers(page)).toEqual([]);

  // The line breaks in the middle, and is there again; either file may have been the first to be sent.
  await page.context().setOffline(true);
  const sent = held.find((route) => route.request().postDataBuffer()?.includes("佐证.pdf"));
  await sent?.abort("internetdisconnected");
  await page.getByText("网络中断，文件没有传完").waitFor();
  await page.unroute(isUpload);
  await page.context().setOffline(false);
  await table.getByRole("button", { name: "佐证.pdf", exact: true }).waitFor();
  expect(await table.getByText("合同.pdf").count()).toBe(0);
  await saved(page);
}, 60_000);
