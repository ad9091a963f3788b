import { describe, expect, it } from "vitest";
import { reportDocument, type DocumentOptions } from "../../../shared/document/report-document.ts";
import { layoutForm } from "../../../shared/forms/layout.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import type { Report } from "../../../shared/report/report.ts";
import { exampleNames, loadExample } from "../../examples/load-example.ts";
import { headingLevels, htmlFaults, idsOf, valueTexts } from "./well-formed.ts";
import { shippedEdition } from "../../examples/editions.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { sampleReport } from "../../../shared/sample/sample-report.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

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

describe("the document of a sample report", () => {
  const printedAs = (id: string, kind: "unit" | "department" = "department") => {
    const edition = shippedEdition(id);
    return sampleReport(edition, { seed: 4, kind });
  };
  const titles = (html: string) =>
    [...html.matchAll(/<h1 id="\w+"><span>(第.部分)　<\/span><span>([^<]*)</gu)].map(
      ([, ordinal = "", title = ""]) => `${ordinal} ${title}`,
    );

  it.each(shippedEditions.listed)(
    "of $id is well formed and lists only what it holds",
    ({ id }) => {
      const html = documentOf(printedAs(id));
      expect(htmlFaults(html)).toEqual([]);
      const ids = new Set(idsOf(html));
      const links = [...html.matchAll(/href="#([^"]*)"/g)].map(([, link = ""]) => link);
      expect(links.filter((link) => !ids.has(link))).toEqual([]);
      const levels = headingLevels(html);
      expect(levels.filter((level, index) => level > (levels[index - 1] ?? 0) + 1)).toEqual([]);
      expect(html).not.toContain("〔待填");
    },
  );

  it("has parts that continue the one before without a number of their own", () => {
    const html = documentOf(printedAs("beijing-2024"));
    expect(titles(html)).toEqual([
      "第一部分 2024年度部门决算报表",
      "第二部分 2024年度部门决算说明",
      "第三部分 2024年度其他重要事项的情况说明",
      "第四部分 2024年度部门绩效评价情况",
    ]);
    expect(html).toContain('<h2 id="glossary">六、有关名词解释</h2>');
    expect(html).toContain('<a class="sub" href="#glossary">');
    const places = ["t01", "overview", "narrative-general", "glossary", "narrative-performance"];
    const order = places.map((place) => html.indexOf(`id="${place}"`));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it("has its text before its tables, or attachments as a part, where the region does", () => {
    expect(titles(documentOf(printedAs("sichuan-2024", "unit")))).toEqual([
      "第一部分 单位概况",
      "第二部分 2024年度单位决算情况说明",
      "第三部分 名词解释",
      "第四部分 附件",
      "第五部分 附表",
    ]);
    expect(titles(documentOf(printedAs("hunan-2024"))).at(-1)).toBe("第五部分 附件");
  });

  it("bears 监督索引号 over its title, marked where nobody gave it", () => {
    const report = printedAs("yunnan-2024");
    expect(documentOf(report)).toContain('<p class="above">监督索引号00000000000000001</p>');
    const { supervisionNumber: _, ...facts } = report.sections.facts;
    const without = { ...report, sections: { ...report.sections, facts } };
    expect(documentOf(without)).toContain("监督索引号〔待填：监督索引号〕");
  });

  it("has the note on rounding under its contents, and one decimal of percentages", () => {
    expect(documentOf(printedAs("jiangxi-2024"))).toContain(
      '<p class="note">注：本报告因金额单位转换原因可能存在尾数误差。</p>',
    );
    const text = documentOf(printedAs("guangdong-2023"));
    expect(text).toMatch(/完成全年预算[\d.]+万元的\d+(?:\.\d)?%，较2022年/u);
    const written = [text.indexOf('id="narrative-overall"'), text.indexOf('id="attachment-1"')];
    expect(text.slice(...written)).not.toMatch(/\d\.\d\d%/u);
  });

  it("says of a base of zero what its region says", () => {
    const report = printedAs("guangdong-2023");
    const { facts } = report.sections;
    const prior = { ...facts.prior, "t09/abroad/final": 0 };
    const text = documentOf({
      ...report,
      sections: { ...report.sections, facts: { ...facts, prior } },
    });
    expect(text).toMatch(/因公出国（境）费支出决算为[^；]*增长--（基数为0，不可比）；/u);
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
