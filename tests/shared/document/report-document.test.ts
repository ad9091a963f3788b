import { describe, expect, it } from "vitest";
import { reportDocument, type DocumentOptions } from "../../../shared/document/report-document.ts";
import { layoutForm } from "../../../shared/forms/layout.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import type { Report } from "../../../shared/report/report.ts";
import { exampleNames, loadExample } from "../../examples/load-example.ts";
import { headingLevels, htmlFaults, idsOf, valueTexts } from "./well-formed.ts";
import { tableIn } from "../../../shared/report/sections.ts";

const documentOf = (report: Report, options: Partial<DocumentOptions> = {}) =>
  reportDocument(report, {
    pageOf: new Map(),
    status: "final",
    editionHash: "0f".repeat(32),
    dated: "2023-09-15",
    overview: writeOverview(report),
    narrative: writeNarrative(report),
    ...options,
  });

const printedForms = ({ edition }: Report) =>
  edition.forms.filter((form) => form.unprinted !== true);

describe.each(exampleNames)("the document of %s", (name) => {
  const report = loadExample(name);
  const html = documentOf(report);

  it("is well formed, with unique ids", () => {
    expect(htmlFaults(html)).toEqual([]);
  });

  it("prints every cell of every table as the form lays it out", () => {
    const names = { year: report.identity.year, unit: report.identity.orgName };
    for (const form of printedForms(report)) {
      const printed = layoutForm(form, tableIn(report.sections, form.id), names);
      const texts = printed.body.flat().flatMap((cell) => (cell.kind === "value" ? cell.text : []));
      expect(valueTexts(html, `<h2 id="${form.id}">`), form.title).toEqual(texts);
      for (const note of printed.notes) expect(html).toContain(`<p>${note}</p>`);
    }
  });

  it("lists in its contents only what it holds", () => {
    const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, id = ""]) => id);
    const ids = new Set(idsOf(html));
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("has headings that never skip a level", () => {
    const levels = headingLevels(html);
    expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
  });

  it("needs nothing from anywhere and runs nothing", () => {
    expect(html).not.toMatch(/<script|<link|<iframe|<object|@import|src="|url\((?!"data:)/);
  });

  it("is the same text for the same report", () => {
    expect(documentOf(loadExample(name))).toBe(html);
  });
});

describe("a document", () => {
  const report = loadExample("jingdezhen-2022");

  it("keeps what people typed as text, in page, style and title alike", () => {
    const hostile = `</style><script>alert(1)</script>"\\';}`;
    const mean: Report = {
      ...report,
      identity: { ...report.identity, orgName: hostile },
      sections: {
        ...report.sections,
        facts: { ...report.sections.facts, duties: ["<img src=x onerror=alert(2)>"] },
      },
    };
    const html = documentOf(mean);
    expect(html).not.toContain("<script");
    expect(html).not.toContain("<img");
    expect(html.match(/<\/style>/g)).toHaveLength(1);
    expect(html).toContain("&lt;img src=x onerror=alert(2)&gt;");
    const running = /@top-left \{ content: "([^\n]*?)";/.exec(html)?.[1] ?? "";
    expect(running).not.toMatch(/["<>';}]/);
    expect(htmlFaults(html)).toEqual([]);
  });

  it("is marked on every page while it is a draft, and only then", () => {
    const draft = documentOf(report, { status: "draft" });
    expect(draft).toMatch(/@top-right \{ content: "草稿 · 预览[^"]+"/);
    expect(draft).toContain(`<p class="draft">草稿 · 预览</p>`);
    expect(draft).toMatch(/html \{ background: url\("data:image\/svg/);
    expect(documentOf(report)).not.toContain("草稿");
  });

  it("marks what is missing instead of printing nothing", () => {
    const html = documentOf({
      ...report,
      sections: { ...report.sections, facts: { ...report.sections.facts, duties: [] } },
    });
    expect(html).toMatch(/<mark>〔待填：[^<]+〕<\/mark>/);
  });

  it("prints the year of a self-evaluation as it was filed, not the report's", () => {
    const { performance } = report.sections;
    const filed = performance.selfEvaluations.map((form) => ({ ...form, year: 2021 }));
    const html = documentOf({
      ...report,
      sections: { ...report.sections, performance: { ...performance, selfEvaluations: filed } },
    });
    expect(html).toContain("<span>2021年度项目支出绩效自评表</span>");
  });

  it("lists disclosed files and keeps the reviewers' own to itself", () => {
    const file = {
      sha256: "ab".repeat(32),
      contentType: "application/pdf",
      sizeBytes: 1_234_567,
    } as const;
    const files = [
      { ...file, name: "绩效评价报告全文", disclosed: true },
      { ...file, name: "内部佐证材料", disclosed: false },
    ];
    const html = documentOf({
      ...report,
      sections: { ...report.sections, attachments: { files } },
    });
    expect(html).toContain("绩效评价报告全文");
    expect(html).toContain("1.2 MB");
    expect(html).not.toContain("内部佐证材料");
  });
});
