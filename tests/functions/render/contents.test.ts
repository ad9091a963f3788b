import { afterAll, describe, expect, it } from "vitest";
import { type Paginated, printWithContents } from "../../../functions/render/contents.ts";
import { createPrinter } from "../../../functions/render/print.ts";
import { ask, cacheDir, has, metadata, open, page } from "./printed.ts";

const printer = createPrinter({ cacheDir });
afterAll(() => printer.close());

/** Chapters of so many paragraphs each, behind contents that name the page of every chapter. */
const document =
  (chapters: readonly number[]): Paginated =>
  (pageOf) => {
    const ids = chapters.map((_, index) => `chapter-${index + 1}`);
    const entries = ids.map(
      (id) => `<li><a href="#${id}">${id}</a> ${pageOf.get(id) ?? "00"}</li>`,
    );
    const bodies = ids.map(
      (id, index) =>
        `<h1 id="${id}">${id}</h1>` + "<p>本部门按规定编制决算。</p>".repeat(chapters[index] ?? 0),
    );
    return page(
      `<ul>${entries.join("")}</ul>${bodies.join("")}`,
      "@page { size: A4; margin: 20mm } h1 { break-before: page }",
    );
  };

describe("contents of a report", () => {
  it("name the page on which each part really begins", async () => {
    const printed = await printWithContents(printer, document([60, 0, 200]), metadata);
    const pages = (await open(printed.bytes)).getPageCount();
    expect([...printed.pageOf.values()].every((number) => number <= pages)).toBe(true);
    if (!has("pdftotext")) return;
    const texts = ask("pdftotext", printed.bytes, "-").split("\f");
    for (const [id, number] of printed.pageOf) {
      expect(texts[0]).toContain(`${id} ${number}`);
      expect(texts[number - 1]?.trimStart().startsWith(id), id).toBe(true);
    }
  });

  it("come to rest when filling in the numbers moves the pages", async () => {
    const growing: Paginated = (pageOf) =>
      document([1, 1])(pageOf).replace(
        "<h1 ",
        pageOf.size > 0 ? '<p style="break-before:page">多一页</p><h1 ' : "<h1 ",
      );
    const printed = await printWithContents(printer, growing, metadata);
    expect([...printed.pageOf]).toEqual([
      ["chapter-1", 3],
      ["chapter-2", 4],
    ]);
  });

  it("that never come to rest are refused, not printed wrong", async () => {
    const restless: Paginated = (pageOf) =>
      document([1])(pageOf).replace(
        "<h1 ",
        '<p style="break-before:page">页</p>'.repeat(pageOf.get("chapter-1") ?? 0) + "<h1 ",
      );
    await expect(printWithContents(printer, restless, metadata)).rejects.toThrow(
      "do not come to rest",
    );
  });

  it("that point at a part which is not there are refused by its name", async () => {
    const broken: Paginated = () =>
      page('<a href="#annex">附件</a><a href="#one">一</a><h1 id="one">一</h1>');
    await expect(printWithContents(printer, broken, metadata)).rejects.toThrow(
      "links to ids that no element bears: annex",
    );
  });

  it("cost one layout and one print when nothing moves", async () => {
    let layouts = 0;
    let prints = 0;
    const counting = {
      layOut: (html: string) => ((layouts += 1), printer.layOut(html)),
      print: (html: string, about: typeof metadata) => ((prints += 1), printer.print(html, about)),
    };
    await printWithContents(counting, document([3, 3]), metadata);
    expect({ layouts, prints }).toEqual({ layouts: 1, prints: 1 });
  });
});
