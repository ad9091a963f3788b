import puppeteer from "puppeteer-core";
import { prepareBrowser } from "../../functions/render/browser.ts";
import { type Paginated, printWithContents } from "../../functions/render/contents.ts";
import { prepareFonts } from "../../functions/render/fonts.ts";
import { createPrinter } from "../../functions/render/print.ts";

export type RenderFigures = {
  pageCount: number;
  /** Medians, in milliseconds. */
  chromiumAloneMs: number;
  printMs: number;
  printWithContentsMs: number;
  /** Against Chromium printing the same finished HTML once; promised at most 1.5 and 3. */
  printRatio: number;
  printWithContentsRatio: number;
};

const metadata = { title: "量时用的报告", createdAt: "2023-09-01T00:00:00Z" };

/** Warm prints of one report, in turn with Chromium printing the same finished HTML by itself. */
export async function measureRender({
  cacheDir,
  document = sampleReport,
  rounds = 9,
}: {
  cacheDir: string;
  document?: Paginated;
  rounds?: number;
}): Promise<RenderFigures> {
  const fonts = await prepareFonts({ cacheDir });
  const program = await prepareBrowser({ cacheDir, fontConfigFile: fonts.configFile });
  const printer = createPrinter({ cacheDir });
  const alone = await puppeteer.launch({
    executablePath: program.executablePath,
    args: [...program.args],
    env: program.env,
    headless: program.headless,
    pipe: true,
  });
  try {
    const { pageOf, pageCount } = await printWithContents(printer, document, metadata);
    const finished = document(pageOf);
    const printAlone = async () => {
      const tab = await alone.newPage();
      await tab.setContent(finished, { waitUntil: "load" });
      await tab.pdf({
        preferCSSPageSize: true,
        printBackground: true,
        tagged: true,
        outline: true,
      });
      await tab.close();
    };
    const times = { alone: [] as number[], print: [] as number[], contents: [] as number[] };
    for (let round = -2; round < rounds; round += 1) {
      const measured = {
        alone: await timed(printAlone),
        print: await timed(() => printer.print(finished, metadata)),
        contents: await timed(() => printWithContents(printer, document, metadata)),
      };
      if (round < 0) continue; // The first rounds warm both browsers and the parser.
      times.alone.push(measured.alone);
      times.print.push(measured.print);
      times.contents.push(measured.contents);
    }
    const chromiumAloneMs = median(times.alone);
    const printMs = median(times.print);
    const printWithContentsMs = median(times.contents);
    return {
      pageCount,
      chromiumAloneMs,
      printMs,
      printWithContentsMs,
      printRatio: printMs / chromiumAloneMs,
      printWithContentsRatio: printWithContentsMs / chromiumAloneMs,
    };
  } finally {
    await Promise.all([printer.close(), alone.close()]);
  }
}

/** Some fifty pages: twelve parts of text, ten tables under two-row heads, two of them landscape. */
export const sampleReport: Paginated = (pageOf) => {
  const text =
    "本部门按照预算管理规定编制年度决算，逐项核对收入、支出与结转结余，说明与上年相比的变化及原因。";
  const parts = Array.from({ length: 12 }, (_, index) => {
    const paragraphs = Array.from(
      { length: 14 },
      (_, turn) => `<p>${text.repeat(2 + (turn % 4))}</p>`,
    );
    const rows = Array.from(
      { length: 24 },
      (_, row) =>
        `<tr><td>${2010000 + index * 1000 + row}</td><td>一般行政管理事务</td>` +
        `<td>${(row * 137.35 + index).toFixed(2)}</td><td>${(row * 91.1).toFixed(2)}</td></tr>`,
    );
    const table =
      `<section class="${index % 5 === 4 ? "wide" : ""}"><h2>决算表${index + 1}</h2><table><thead>` +
      '<tr><th rowspan="2">科目编码</th><th rowspan="2">科目名称</th><th colspan="2">决算数</th></tr>' +
      `<tr><th>基本支出</th><th>项目支出</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
    return (
      `<h1 id="part-${index}">第${index + 1}部分</h1><h2>说明</h2>${paragraphs.join("")}` +
      (index < 10 ? table : "")
    );
  });
  const entries = parts.map(
    (_, index) =>
      `<li><a href="#part-${index}">第${index + 1}部分</a> ${pageOf.get(`part-${index}`) ?? "00"}</li>`,
  );
  return (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>报告</title><style>' +
    "@page{size:A4;margin:25mm}@page wide{size:A4 landscape}h1{break-before:page}.wide{page:wide}" +
    "body{font:12pt/1.75 宋体}h1,h2,th{font-family:黑体}table{width:100%;border-collapse:collapse}" +
    `th,td{border:1px solid}</style></head><body><ul>${entries.join("")}</ul>${parts.join("")}</body></html>`
  );
};

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}
