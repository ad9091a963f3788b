import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFDict, type PDFDocument, PDFName, PDFString } from "@cantoo/pdf-lib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPrinter, type PrintedPdf } from "../../../functions/render/print.ts";
import {
  chaptersOfPart,
  partsOf,
  reportTitle,
  type ReportPart,
} from "../../../shared/document/titles.ts";
import { layoutForm, type PrintedTable } from "../../../shared/forms/layout.ts";
import { chineseOrdinal } from "../../../shared/chinese-ordinal.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import { partText, type WrittenNarrative } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { exampleNames, loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { madeEdition, ownTables } from "../../examples/made-edition/edition.ts";
import { cacheDir, fonts, has, open, structureTypes } from "../../functions/render/printed.ts";
import { printReport } from "./print-report.ts";
import {
  bare,
  cellTexts,
  elements,
  paintedText,
  readBookmarks,
  readStructure,
  type Element,
} from "./read-pdf.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

const printer = createPrinter({ cacheDir });
afterAll(() => printer.close());

const sheetsOf = ({ identity, edition, sections }: Report): readonly PrintedTable[] =>
  edition.forms
    .filter((form) => form.unprinted !== true)
    .map((form) =>
      layoutForm(form, tableIn(sections, form.id), { year: identity.year, unit: identity.orgName }),
    );

/** Every string of a table's grid, row by row, as it must be read. */
const gridOf = ({ head, columnNumbers, body }: PrintedTable): readonly (readonly string[])[] =>
  [...head, ...(columnNumbers === undefined ? [] : [columnNumbers]), ...body].map((row) =>
    row.map(({ text }) => bare(text)),
  );

const sentencesOf = (report: Report): readonly string[] =>
  [writeOverview(report), writeNarrative(report)].flatMap(({ chapters }) =>
    chapters.flatMap(({ paragraphs }) =>
      paragraphs.flatMap(({ sentences }) =>
        sentences.map(({ parts }) => bare(parts.map(partText).join(""))),
      ),
    ),
  );

const chaptersOf = (chapters: WrittenNarrative["chapters"]): readonly string[] =>
  chapters.map(({ heading }) => bare(heading));

/** 目录, then every part with its chapters or tables below it. */
function bookmarksOf(report: Report): readonly string[] {
  const parts = partsOf(report.edition.parts, report.identity);
  const headings = (part: ReportPart): readonly string[] => {
    switch (part.holds) {
      case "overview":
        return chaptersOf(writeOverview(report).chapters);
      case "tables":
        return sheetsOf(report).map(({ title }) => bare(title));
      case "narrative":
        return chaptersOf(chaptersOfPart(part, parts, writeNarrative(report).chapters));
      default:
        return [];
    }
  };
  return [
    "目录",
    ...parts.flatMap((part) => [
      bare(part.ordinal + part.title),
      ...headings(part).map((heading) => `  ${heading}`),
    ]),
  ];
}

const bookmarkLines = (pdf: PDFDocument): readonly string[] =>
  readBookmarks(pdf)
    .filter(({ depth }) => depth < 2)
    .map(({ title, depth }) => `${"  ".repeat(depth)}${bare(title)}`);

describe.each(exampleNames)("the PDF of %s", (name) => {
  const report = loadExample(name);
  const sheets = sheetsOf(report);
  let printed: PrintedPdf;
  let pdf: PDFDocument;
  let structure: Element;
  beforeAll(async () => {
    printed = await printReport(printer, report);
    pdf = await open(printed.bytes);
    structure = readStructure(pdf);
  });
  const pageOf = (id: string): number => printed.pageOf.get(id) ?? 0;
  const textOfPage = (page: number): string => {
    const sheet = pdf.getPages()[page - 1];
    return sheet === undefined ? "" : paintedText(sheet);
  };

  it("reads, cell by cell, as the data of every statutory table", () => {
    const [divider, ...tables] = elements(structure, "Table");
    expect(divider && cellTexts(divider).map((row) => row.at(-1))).toEqual(
      sheets.map(({ title }) => bare(title)),
    );
    for (const [index, sheet] of sheets.entries()) {
      const table = tables[index];
      expect(table && cellTexts(table), sheet.title).toEqual(gridOf(sheet));
    }
  });

  it("says every sentence that was written from the cells", () => {
    const sentences = sentencesOf(report);
    expect(sentences.length).toBeGreaterThan(30);
    expect(sentences.filter((sentence) => !structure.text.includes(sentence))).toEqual([]);
  });

  it("names in its contents the very page of every heading", () => {
    const entries = elements(structure, "Link").map(({ text }) => {
      const [, label = "", page = ""] = /^(.*?)(\d+)$/.exec(text) ?? [];
      return { label, page: Number(page) };
    });
    const marks = readBookmarks(pdf).filter(({ title }) => title !== "目录");
    const ordinals = new Map(
      sheets.map(({ title }, index) => [
        bare(title),
        `${chineseOrdinal(index + 1)}、${bare(title)}`,
      ]),
    );
    const listed = new Set(entries.map(({ label }) => label));
    const expected = marks
      .map(({ title, page }) => ({ label: ordinals.get(bare(title)) ?? bare(title), page }))
      .filter(({ label }) => listed.has(label));
    expect(entries.length).toBeGreaterThan(20);
    expect(entries).toEqual(expected);
    for (const { label, page } of entries) {
      const heading = sheets.find(({ title }) => label.endsWith(`、${bare(title)}`))?.title;
      expect(textOfPage(page), `page ${String(page)}`).toContain(bare(heading ?? label));
    }
  });

  it("starts each table on a page of its own, and fetches nothing", () => {
    const pages = sheets.map(({ id }) => pageOf(id));
    expect(new Set(pages).size).toBe(sheets.length);
    expect(pages).toEqual(pages.toSorted((a, b) => a - b));
    expect(pages[0]).toBeGreaterThan(pageOf("tables"));
    expect(printed.refusedRequests).toEqual([]);
  });

  it("has the four parts, every table and every chapter as bookmarks, in order", () => {
    const titles = bookmarkLines(pdf);
    const expected = bookmarksOf(report);
    expect(expected.filter((title) => title.startsWith("第"))).toHaveLength(4);
    expect(titles.slice(0, expected.length)).toEqual(expected);
    const marks = readBookmarks(pdf);
    for (const { id, title } of sheets) {
      expect(marks.find((mark) => mark.title === title)?.page, title).toBe(pageOf(id));
    }
  });

  it("is tagged for screen readers and says that it is Chinese", () => {
    const { catalog } = pdf;
    expect(catalog.lookup(PDFName.of("Lang"), PDFString).decodeText()).toBe("zh-CN");
    const marked = catalog.lookup(PDFName.of("MarkInfo"), PDFDict).get(PDFName.of("Marked"));
    expect(String(marked)).toBe("true");
    expect(pdf.getTitle()).toBe(reportTitle(report.identity));
    expect(pdf.getAuthor()).toBe(report.identity.orgName);
    const types = structureTypes(pdf);
    expect(types["Table"]).toBeGreaterThan(sheets.length);
    expect(types["TH"]).toBeGreaterThan(100);
    expect(types["TD"]).toBeGreaterThan(500);
    expect(types["H1"]).toBeGreaterThanOrEqual(5);
  });

  it("turns the page for wide tables and for nothing else", () => {
    const wide = sheets
      .filter(({ orientation }) => orientation === "landscape")
      .map(({ id }) => pageOf(id));
    expect(wide.length).toBeGreaterThan(0);
    const turned = pdf.getPages().flatMap((page, index) => {
      const { width, height } = page.getSize();
      return width > height ? [index + 1] : [];
    });
    expect(turned).toEqual(wide);
  });

  it("gives every table a page of its own that holds all of it", () => {
    const pages = sheets.map(({ id }) => pageOf(id));
    const next = [...pages.slice(1), pageOf("narrative")];
    expect(pages.map((page, index) => (next[index] ?? 0) - page)).toEqual(sheets.map(() => 1));
  });

  it("ends on a page that holds more than a leftover", () => {
    expect(textOfPage(printed.pageCount).length).toBeGreaterThan(100);
  });

  it("has a glyph of an embedded font for every character", () => {
    expect(printed.pagesWithMissingGlyphs).toEqual([]);
    expect(fonts(pdf).filter(({ isEmbedded }) => !isEmbedded)).toEqual([]);
    expect(structure.text).not.toContain("\u{fffd}");
    // Radicals look the same and are found by no search.
    expect(structure.text).not.toMatch(/[\u2e80-\u2fdf]/);
  });

  it("asks for nothing from outside", () => {
    expect(printed.refusedRequests).toEqual([]);
  });

  it("is the same file, byte for byte, from another browser", async () => {
    const other = createPrinter({ cacheDir });
    try {
      const again = await printReport(other, loadExample(name));
      expect(Buffer.compare(again.bytes, printed.bytes)).toBe(0);
    } finally {
      await other.close();
    }
  });

  it.skipIf(!has("pdftotext"))("shows, to poppler's eye, every cell in its order", () => {
    for (const sheet of sheets) {
      const page = String(pageOf(sheet.id));
      const words = [
        ...poppler("pdftotext", printed.bytes, "-raw", "-bbox", "-f", page, "-l", page).matchAll(
          /<word [^>]*>([^<]*)<\/word>/g,
        ),
      ].map(([, word = ""]) => bare(unescaped(word)));
      const seen = words.join("");
      const cells = gridOf(sheet).flat();
      const from = seen.indexOf(cells.join(""));
      expect(from, sheet.title).toBeGreaterThan(0);
      // Where a cell ends a word ends, so no figure runs into its neighbour.
      const ends = new Set(runningLengths(words));
      expect(
        runningLengths(cells).filter((length) => !ends.has(from + length)),
        sheet.title,
      ).toEqual([]);
      for (const note of sheet.notes) expect(seen).toContain(bare(note));
    }
  });

  it.skipIf(!has("pdffonts"))("embeds every font and has none of Type 3, says poppler", () => {
    const lines = poppler("pdffonts", printed.bytes).trim().split("\n").slice(2);
    expect(lines.length).toBeGreaterThanOrEqual(5);
    for (const line of lines) expect(line).toMatch(/CID TrueType\s+Identity-H\s+yes yes yes/);
  });

  it.skipIf(!has("pdfinfo"))("has a structure tree in which poppler finds no fault", () => {
    expect(poppler("pdfinfo", printed.bytes)).toMatch(/Tagged:\s+yes/);
    expect(poppler("pdfinfo", printed.bytes, "-struct")).toMatch(/Table \(block\)[^]*TH[^]*TD/);
  });
});

describe("a printed report", () => {
  const example = loadExample("putuo-2024");
  const named = (orgName: string, reason: string): Report => ({
    ...example,
    identity: { ...example.identity, orgName },
    sections: {
      ...example.sections,
      narrative: {
        ...example.sections.narrative,
        reasons: { ...example.sections.narrative.reasons, "overall.total": reason },
      },
    },
  });

  it("keeps the rare characters of a unit's name and of a reason as text", async () => {
    const report = named("景德镇市㐂𬭩服务中心", "㐂家村道路与𬭩材料项目的支出减少");
    const printed = await printReport(printer, report);
    const pdf = await open(printed.bytes);
    expect(printed.pagesWithMissingGlyphs).toEqual([]);
    const { text } = readStructure(pdf);
    expect(text).toContain("编制单位：景德镇市㐂𬭩服务中心");
    expect(text).toContain("㐂家村道路与𬭩材料项目的支出减少");
    expect(pdf.getTitle()).toBe("景德镇市㐂𬭩服务中心2024年度部门决算");
    for (const page of pdf.getPages().slice(1)) {
      expect(paintedText(page)).toContain("景德镇市㐂𬭩服务中心");
    }
    if (!has("pdftotext")) return;
    const read = bare(poppler("pdftotext", printed.bytes, "-raw"));
    expect(read).toContain("编制单位：景德镇市㐂𬭩服务中心");
    expect(read).toContain("㐂家村道路与𬭩材料项目的支出减少");
  });

  it("prints markup, styles and addresses that people typed as the text they are", async () => {
    const orgName = `甲局</title></style><script>alert(1)</script>"\\';}{}@page`;
    const reason = `<img src="http://192.0.2.1/a.png" onerror=alert(2)>与<h1>假标题</h1>&amp;<!--`;
    const printed = await printReport(printer, named(orgName, reason));
    const pdf = await open(printed.bytes);
    expect(printed.refusedRequests).toEqual([]);
    const { text } = readStructure(pdf);
    expect(text).toContain(bare(`编制单位：${orgName}`));
    expect(text).toContain(bare(reason));
    expect(readBookmarks(pdf).map(({ title }) => title)).not.toContain("假标题");
    const runningHeads = pdf.getPages().slice(1).map(paintedText);
    for (const shown of runningHeads) expect(shown).toContain(bare(orgName));
  });

  it("carries the mark of a draft on every page while it is one, and on none afterwards", async () => {
    const draft = await open((await printReport(printer, example, "draft")).bytes);
    const unmarked = draft
      .getPages()
      .flatMap((page, index) => (paintedText(page).includes("草稿") ? [] : [index + 1]));
    expect(unmarked).toEqual([]);
    const final = await open((await printReport(printer, example)).bytes);
    const [cover, ...rest] = final.getPages().map(paintedText);
    expect([cover, ...rest].filter((text) => text?.includes("草稿"))).toEqual([]);
    expect(cover).toContain("0f".repeat(32));
  });
});

describe("the PDF of an edition with thirteen tables and parts of its own", () => {
  it("has its parts, chapters and tables in its own order, and no empty page of contents", async () => {
    const example = loadExampleUnit("137001");
    const sections = { ...example.sections, ...ownTables(1) };
    const report = { ...example, edition: madeEdition, sections };
    const { bytes, pageOf } = await printReport(printer, report);
    const pdf = await open(bytes);
    expect(bookmarkLines(pdf)).toEqual(bookmarksOf(report));
    expect(pageOf.get("overview")).toBe(3);
    const pages = ["narrative", "narrative-research", "t01", "t13", "results", "attachments"];
    const numbers = pages.map((id) => pageOf.get(id) ?? 0);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    const research = pdf.getPages()[(pageOf.get("narrative-research") ?? 0) - 1];
    expect(research && paintedText(research)).toContain("年末固定资产原值100万元");
  });
});

const unescaped = (text: string): string =>
  text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");

/** Length of the text up to the end of each piece. */
function runningLengths(pieces: readonly string[]): readonly number[] {
  let length = 0;
  return pieces.map((piece) => (length += piece.length));
}

/** What a program of poppler writes about a file; a word of complaint from it fails the test. */
function poppler(program: string, bytes: Uint8Array, ...options: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "juesuan-pdf-"));
  try {
    const file = join(folder, "report.pdf");
    writeFileSync(file, bytes);
    const target = program === "pdftotext" ? [file, "-"] : [file];
    const { stdout, stderr } = spawnSync(program, [...options, ...target], {
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(stderr).toBe("");
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
