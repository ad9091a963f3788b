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
}, 120_000);
