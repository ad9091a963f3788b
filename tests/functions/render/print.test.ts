import { readdirSync, readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { PDFDict, PDFHexString, PDFName, PDFString } from "@cantoo/pdf-lib";
import { afterAll, describe, expect, it } from "vitest";
import { createPrinter, type Printer, PrintTimeout } from "../../../functions/render/print.ts";
import { causeOf } from "../../../functions/use-cases/work-failure.ts";
import { unpackCodePoints } from "../../../shared/text/code-points.ts";
import { shippedFontCoverage } from "../../../shared/text/font-coverage.ts";
import { unprintableIn } from "../../../shared/text/printable.ts";
import {
  ask,
  bookmarks,
  cacheDir,
  fonts,
  has,
  metadata,
  open,
  page,
  structureTypes,
} from "./printed.ts";

const printer = createPrinter({ cacheDir });
afterAll(() => printer.close());

const table =
  '<table><thead><tr><th rowspan="2">项目</th><th colspan="2">决算数</th></tr><tr><th>栏次一</th>' +
  "<th>栏次二</th></tr></thead><tbody><tr><td>办公费</td><td>1.00</td><td>2.00</td></tr></tbody></table>";

const report = page(
  `<h1 id="one">第一部分 概况</h1><h2>一、主要职责</h2><p>负责起草。</p>
   <h1>第二部分 决算表</h1><section class="wide"><h2>收入决算表</h2>${table}</section>
   <h1>第三部分 说明</h1><p>增加1.00万元。</p>`,
  `@page { size: A4 portrait; margin: 20mm;
     @bottom-center { content: "— " counter(page) " / " counter(pages) " —" } }
   @page wide { size: A4 landscape } @page :first { @bottom-center { content: none } }
   h1 { break-before: page } h1:first-child { break-before: auto } .wide { page: wide }`,
);

describe("a printed report", () => {
  it("has its headings as bookmarks, in their order and depth", async () => {
    const { bytes } = await printer.print(report, metadata);
    expect(bookmarks(await open(bytes))).toEqual([
      "第一部分 概况",
      "  一、主要职责",
      "第二部分 决算表",
      "  收入决算表",
      "第三部分 说明",
    ]);
  });

  it("is tagged: headings, paragraphs and table heads are in its structure tree", async () => {
    const { bytes } = await printer.print(report, metadata);
    const pdf = await open(bytes);
    expect(pdf.catalog.lookup(PDFName.of("StructTreeRoot"))).toBeInstanceOf(PDFDict);
    expect(structureTypes(pdf)).toMatchObject({ H1: 3, H2: 2, P: 2, Table: 1, TH: 4, TD: 3 });
  });

  it("names its language and shows its title, and carries the given properties", async () => {
    const { bytes } = await printer.print(report, {
      ...metadata,
      author: "某部门",
      subject: "部门决算公开",
      keywords: ["部门决算", "2022"],
      modifiedAt: "2023-09-02T02:00:00Z",
    });
    const pdf = await open(bytes);
    expect(pdf.catalog.lookup(PDFName.of("Lang"), PDFString).decodeText()).toBe("zh-CN");
    const preferences = pdf.catalog.lookup(PDFName.of("ViewerPreferences"), PDFDict);
    expect(String(preferences.get(PDFName.of("DisplayDocTitle")))).toBe("true");
    expect({
      title: pdf.getTitle(),
      author: pdf.getAuthor(),
      subject: pdf.getSubject(),
      keywords: pdf.getKeywords(),
      created: pdf.getCreationDate()?.toISOString(),
      modified: pdf.getModificationDate()?.toISOString(),
    }).toEqual({
      title: metadata.title,
      author: "某部门",
      subject: "部门决算公开",
      keywords: "部门决算; 2022",
      created: "2023-09-01T02:00:00.000Z",
      modified: "2023-09-02T02:00:00.000Z",
    });
  });

  it("turns the page where the table is wide, and only there", async () => {
    const { bytes, pageCount } = await printer.print(report, metadata);
    const sizes = (await open(bytes)).getPages().map((sheet) => sheet.getSize());
    expect(pageCount).toBe(4);
    expect(sizes.map(({ width, height }) => (width > height ? "landscape" : "portrait"))).toEqual([
      "portrait",
      "portrait",
      "landscape",
      "portrait",
    ]);
  });

  it("knows on which page everything linked to is, also by a Chinese id", async () => {
    const { pageOf } = await printer.print(
      page(
        '<a href="#one">一</a><a href="#附件">二</a><h1 id="one">一</h1>' +
          '<h1 id="附件" style="break-before:page">二</h1>',
      ),
      metadata,
    );
    expect([...pageOf].sort()).toEqual([
      ["one", 1],
      ["附件", 2],
    ]);
  });

  it.skipIf(!has("pdftotext"))("counts its pages in the margin, but not on the cover", async () => {
    const { bytes } = await printer.print(report, metadata);
    const pages = ask("pdftotext", bytes, "-").split("\f");
    expect(pages[0]).not.toContain("—");
    expect(pages.slice(1, 4).map((text) => /—\d\/\d—/.exec(text.replaceAll(" ", ""))?.[0])).toEqual(
      ["—2/4—", "—3/4—", "—4/4—"],
    );
  });

  it.skipIf(!has("qpdf"))("is a sound file by qpdf's check", async () => {
    const { bytes } = await printer.print(report, metadata);
    expect(ask("qpdf", bytes, "--check")).toContain("No syntax or stream encoding errors");
  });
});

describe("fonts of a printed report", () => {
  const asked = [
    "宋体",
    "SimSun",
    "serif",
    "黑体",
    "SimHei",
    "sans-serif",
    "楷体",
    "KaiTi",
    "仿宋",
  ];
  const letters = "赣镇㐂𬭩";
  const everyFont = page(
    asked.map((family) => `<p style="font-family:${family}">${letters}</p>`).join("") +
      '<p style="font-family:宋体"><b>粗宋</b></p><p style="font-family:黑体"><b>粗黑</b></p><p style="font-family:楷体"><b>粗楷</b></p>',
  );

  it("are ours alone, every one embedded with its characters", async () => {
    const embedded = fonts(await open((await printer.print(everyFont, metadata)).bytes));
    expect(embedded.every(({ isEmbedded }) => isEmbedded)).toBe(true);
    expect([...new Set(embedded.map(({ name }) => name))].sort()).toEqual([
      "LXGWWenKai-Bold",
      "LXGWWenKai-Regular",
      "NotoSansSC-Bold",
      "NotoSansSC-Regular",
      "NotoSerifSC-Bold",
      "NotoSerifSC-Regular",
    ]);
  });

  it("have the rare characters 㐂 and 𬭩 in 宋, 黑 and 楷, and print no empty box", async () => {
    const printed = await printer.print(everyFont, metadata);
    for (const { name, characters } of fonts(await open(printed.bytes))) {
      if (name.endsWith("Bold")) continue;
      expect(
        Array.from(letters).filter((letter) => !characters.has(letter)),
        name,
      ).toEqual([]);
    }
    expect(printed.pagesWithMissingGlyphs).toEqual([]);
  });

  it("that lack a character are reported by the page of the empty box", async () => {
    const printed = await printer.print(
      page('<p>齐</p><p style="break-before:page">缺\u{1F600}</p><p>\u{E123}</p>'),
      metadata,
    );
    expect(printed.pagesWithMissingGlyphs).toEqual([2]);
  });

  it("have every character that a draft may hold, in every family", async () => {
    // The first character of every third range: all blocks, all planes, marks and signs among them.
    const sample = unpackCodePoints(shippedFontCoverage.join(""))
      .filter((_, index) => index % 3 === 0)
      .map(([first]) => String.fromCodePoint(first))
      .filter((character) => !/[\s<&]/u.test(character));
    expect(sample.length).toBeGreaterThan(1_000);
    const text = sample.join(" ");
    expect(unprintableIn(text)).toEqual([]);
    const printed = await printer.print(
      page(
        ["宋体", "黑体", "楷体"]
          .map((family) => `<p style="font-family:${family}">${text}</p>`)
          .join(""),
      ),
      metadata,
    );
    expect(printed.pagesWithMissingGlyphs).toEqual([]);
  });

  it("lack exactly the characters that a draft is refused for", async () => {
    const lacking = ["\u0007", "\u{1f680}", "\ue000", "\ue003", "\u{20000}", "x\u0302", "\u2800"];
    const had = ["辻\u{e0101}", "©\ufe0f", "e\u0301", "①", "㐂"];
    const texts = [...lacking, ...had];
    const printed = await printer.print(
      page(
        texts
          .map((text) => `<p style="break-after:page;font-family:宋体">甲${text}乙</p>`)
          .join(""),
      ),
      metadata,
    );
    expect(printed.pagesWithMissingGlyphs).toEqual(lacking.map((_, index) => index + 1));
    expect(texts.map((text) => unprintableIn(text).length)).toEqual([
      ...lacking.map(() => 1),
      ...had.map(() => 0),
    ]);
  });

  it("are the same when the page itself brings them, as where there is no fontconfig", async () => {
    const other = createPrinter({ cacheDir, fontDelivery: "page" });
    try {
      const printed = await other.print(everyFont, metadata);
      expect(printed.refusedRequests).toEqual([]);
      expect(fonts(await open(printed.bytes)).map(({ name }) => name)).toEqual(
        expect.arrayContaining([
          "NotoSerifSC-Regular",
          "NotoSerifSC-Bold",
          "NotoSansSC-Regular",
          "NotoSansSC-Bold",
          "LXGWWenKai-Regular",
          "LXGWWenKai-Bold",
        ]),
      );
    } finally {
      await other.close();
    }
  });

  it.skipIf(!has("pdffonts"))("are embedded by poppler's account too", async () => {
    const { bytes } = await printer.print(everyFont, metadata);
    const lines = ask("pdffonts", bytes).trim().split("\n").slice(2);
    expect(lines.length).toBeGreaterThanOrEqual(5);
    for (const line of lines) expect(line).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
  });
});

describe("a document being printed", () => {
  it("runs no script, in itself, in a frame or in an attribute", async () => {
    const body = '<h1 id="title">真</h1>';
    const scripts =
      '<script>document.getElementById("title").textContent = "假"</script>' +
      "<img src=\"data:,\" onerror=\"document.getElementById('title').textContent = '假'\">" +
      '<iframe srcdoc="<script>parent.document.body.innerHTML = 1</script>" hidden></iframe>';
    const { bytes } = await printer.print(page(body + scripts), metadata);
    expect(bookmarks(await open(bytes))).toEqual(["真"]);
  });

  it("reaches no network and no file, and what it asked for is reported", async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      const printed = await printer.print(
        page(
          `<h1>照印</h1><img src="${origin}/a.png"><iframe src="${origin}/frame"></iframe>
           <object data="${origin}/o"></object><embed src="${origin}/e"><img src="file:///etc/hostname">
           <video src="${origin}/v" poster="${origin}/p"></video><svg><image href="${origin}/s"/></svg>`,
          `@import url(${origin}/i.css); @font-face { font-family: f; src: url(${origin}/f) }
           body { font-family: f; background: url(${origin}/b) }`,
          `<base href="${origin}/base/"><link rel="stylesheet" href="${origin}/l.css">
           <link rel="preconnect" href="${origin}"><link rel="dns-prefetch" href="${origin}">
           <link rel="prefetch" href="${origin}/next">
           <meta http-equiv="refresh" content="0;url=${origin}/elsewhere">`,
        ),
        metadata,
      );
      expect(connections).toBe(0);
      expect(bookmarks(await open(printed.bytes))).toEqual(["照印"]);
      expect(printed.refusedRequests).toEqual(
        expect.arrayContaining([`${origin}/a.png`, `${origin}/l.css`, `${origin}/f`]),
      );
    } finally {
      server.close();
    }
  });

  it("keeps the pictures it carries in itself", async () => {
    const square =
      "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='9' height='9'%3E%3Crect width='9' height='9'/%3E%3C/svg%3E";
    const printed = await printer.print(page(`<img alt="章" src="${square}">`), metadata);
    expect(printed.refusedRequests).toEqual([]);
    expect(structureTypes(await open(printed.bytes))).toMatchObject({ Figure: 1 });
  });
});

describe("a document that is out of bounds", () => {
  const causeAt = async (work: Promise<unknown>) =>
    causeOf(await work.then(() => undefined).catch((error: unknown) => error), "x");

  it("for a sheet larger than A3 is refused by the page", async () => {
    const css = "@page wide { size: 900mm 210mm } section { page: wide }";
    expect(await causeAt(printer.layOut(page("<p>甲</p><section>乙</section>", css)))).toEqual({
      code: "page_oversize",
      pages: [2],
    });
  });

  it("for having too many pages is refused by their number", async () => {
    const own = createPrinter({ cacheDir, maxPages: 2 });
    const pages = page("<p>甲</p><p>乙</p><p>丙</p>", "p { break-after: page }");
    const cause = { code: "too_many_pages", pages: 3, limit: 2 };
    try {
      expect(await causeAt(own.layOut(pages))).toEqual(cause);
      expect(await causeAt(own.print(pages, metadata))).toEqual(cause);
    } finally {
      await own.close();
    }
  });

  it("has no browser to be printed with: that is a cause of its own", async () => {
    const own = createPrinter({ cacheDir, chromePath: "/nowhere/chrome" });
    expect(await causeAt(own.layOut(page("<p>甲</p>")))).toEqual({ code: "printer_unavailable" });
    await own.close();
  });
});

describe("the bytes of a print", () => {
  it("are the same again in the same browser, in another one and beside other prints", async () => {
    const first = await printer.print(report, metadata);
    const beside = await Promise.all([
      printer.print(page("<h1>另一份</h1>"), metadata),
      printer.print(report, metadata),
      printer.print(report, metadata),
    ]);
    const other = createPrinter({ cacheDir });
    try {
      const elsewhere = await other.print(report, metadata);
      expect(Buffer.compare(first.bytes, elsewhere.bytes)).toBe(0);
      expect(Buffer.compare(first.bytes, beside[1].bytes)).toBe(0);
      expect(Buffer.compare(first.bytes, beside[2].bytes)).toBe(0);
    } finally {
      await other.close();
    }
  });

  it("bear another file identifier when a word or the title changes", async () => {
    const identifierOf = async (html: string, title: string) => {
      const pdf = await open((await printer.print(html, { ...metadata, title })).bytes);
      const identifier = pdf.context.lookup(pdf.context.trailerInfo.ID);
      expect(String(identifier)).toMatch(/^\[ <[0-9a-f]{32}> <[0-9a-f]{32}> \]$/i);
      return String(identifier);
    };
    const identifiers = [
      await identifierOf(page("<p>甲</p>"), "题"),
      await identifierOf(page("<p>乙</p>"), "题"),
      await identifierOf(page("<p>甲</p>"), "另题"),
    ];
    expect(new Set(identifiers).size).toBe(3);
  });

  it("tell nothing of the clock or of the program that printed", async () => {
    const { bytes } = await printer.print(report, metadata);
    const info = (await open(bytes)).context.trailerInfo.Info;
    const shown = (await open(bytes)).context.lookup(info, PDFDict);
    for (const [key, value] of shown.entries()) {
      const text =
        value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : "";
      expect(text, key.toString()).not.toMatch(/Skia|Chrom|D:(?!20230901020000Z)/);
    }
  });
});

describe.skipIf(process.platform !== "linux")("a browser that fails", () => {
  const withOwnPrinter = async (
    settings: { timeoutMs?: number },
    use: (own: Printer, browserId: number) => Promise<void>,
  ) => {
    const before = childProcesses();
    const own = createPrinter({ cacheDir, ...settings });
    try {
      await own.ready();
      const [browserId] = childProcesses().filter((id) => !before.includes(id));
      await use(own, browserId ?? Number.NaN);
    } finally {
      await own.close();
    }
  };

  it("is replaced by the next print when it was killed in between", () =>
    withOwnPrinter({}, async (own, browserId) => {
      process.kill(browserId, "SIGKILL");
      expect((await own.print(report, metadata)).pageCount).toBe(4);
    }));

  it("costs no print when it is killed in the middle of one", () =>
    withOwnPrinter({}, async (own, browserId) => {
      const printing = [own.print(report, metadata), own.print(report, metadata)];
      process.kill(browserId, "SIGKILL");
      const [first, second] = await Promise.all(printing);
      expect([first?.pageCount, second?.pageCount]).toEqual([4, 4]);
    }));

  const short = page("<p>短</p>");

  /** Time in which a short print ends however busy the machine is, in whole seconds; two on an idle one. */
  const enoughSeconds = async (): Promise<number> => {
    await printer.print(short, metadata);
    const began = performance.now();
    await printer.print(short, metadata);
    return Math.min(20, Math.max(2, Math.ceil((20 * (performance.now() - began)) / 1_000)));
  };

  it("is ended with a sentence when a print outstays its time, and the next print succeeds", async () => {
    const seconds = await enoughSeconds();
    await withOwnPrinter({ timeoutMs: seconds * 1_000 }, async (own) => {
      const endless = page("<p><b>长</b><i>长</i></p>".repeat(300_000));
      await expect(own.print(endless, metadata)).rejects.toThrow(PrintTimeout);
      await expect(own.print(endless, metadata)).rejects.toThrow(
        `Printing took longer than ${String(seconds)} s and was ended.`,
      );
      expect((await own.print(short, metadata)).pageCount).toBe(1);
    });
  });

  it("is ended when it hangs in the middle of a print, whose cause is named; the next one succeeds", async () => {
    const seconds = await enoughSeconds();
    await withOwnPrinter({ timeoutMs: seconds * 1_000 }, async (own, browserId) => {
      process.kill(browserId, "SIGSTOP");
      // Enough to fill the pipe, so that a write is under way when the browser is killed.
      const error: unknown = await own
        .print(page("长".repeat(400_000)), metadata)
        .catch((caught: unknown) => caught);
      expect(causeOf(error, "x")).toEqual({ code: "print_timed_out", seconds });
      expect((await own.print(short, metadata)).pageCount).toBe(1);
    });
  });

  it("is not waited for when it hangs and the printer is closed", () =>
    withOwnPrinter({}, async (own, browserId) => {
      process.kill(browserId, "SIGSTOP");
      await own.close();
      expect(childProcesses()).not.toContain(browserId);
    }));

  it("leaves nothing behind when it is closed", () =>
    withOwnPrinter({}, async (own, browserId) => {
      const profilesBefore = ownProfiles();
      await own.close();
      expect(childProcesses()).not.toContain(browserId);
      expect(ownProfiles()).toHaveLength(profilesBefore.length - 1);
      await expect(own.print(report, metadata)).rejects.toThrow("The printer is closed.");
    }));
});

const ownProfiles = () =>
  readdirSync(join(cacheDir, "profiles")).filter((name) => name.startsWith(`${process.pid}-`));

/** The browsers this process started and that still run (Linux: field 4 of stat is the parent). */
function childProcesses(): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((id) => {
      try {
        const [state, parent] =
          readFileSync(`/proc/${id}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
        return Number(parent) === process.pid && state !== "Z";
      } catch {
        return false;
      }
    });
}
