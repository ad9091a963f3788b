import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import { dataPackageJson } from "../../../shared/disclosure/data-package.ts";
import { atomFeed } from "../../../shared/disclosure/feed.ts";
import {
  openReport,
  openReportJson,
  openReportSchema,
  withheldSections,
} from "../../../shared/disclosure/open-report.ts";
import { cellAddress, parseCellAddress } from "../../../shared/forms/cell.ts";
import { editionHash, type Manifest } from "../../../shared/report/manifest.ts";
import { cellValue, type Report } from "../../../shared/report/report.ts";
import { exampleNames, loadExample } from "../../examples/load-example.ts";

const sha256 = (content: string | Uint8Array) => createHash("sha256").update(content).digest("hex");

type Hashes = Manifest["sections"];

function manifestOf({ identity, edition, sections }: Report): Manifest {
  const hashes = Object.entries(sections).map(([id, section]) => [
    id,
    sha256(canonicalJson(section)),
  ]);
  return { ...identity, edition: edition.id, sections: Object.fromEntries(hashes) as Hashes };
}

const openOf = (report: Report) => {
  const manifest = manifestOf(report);
  return openReport(report, manifest, editionHash(manifest, sha256));
};

describe.each(exampleNames)("report.json of %s", (name) => {
  const report = loadExample(name);
  const json = openReportJson(openOf(report));
  const parsed: unknown = JSON.parse(json);
  const open = openReportSchema.parse(parsed);

  it("gives each value cell's 分 as the section holds it, and its printed text", () => {
    const cells = open.tables.flatMap(({ body }) => body.flat());
    let values = 0;
    for (const cell of cells) {
      if (cell.kind !== "value") continue;
      const ref = parseCellAddress(cell.cell);
      if (ref === undefined) throw new Error(cell.cell);
      expect(cell.value, cellAddress(ref)).toBe(cellValue(report.sections, ref));
      expect(cell.text === "").toBe(cell.value === undefined);
      values += 1;
    }
    expect(values).toBeGreaterThan(200);
  });

  it("leads anybody from its sections to the submission hash", () => {
    for (const [id, section] of Object.entries(open.sections)) {
      expect(sha256(canonicalJson(section)), id).toBe(open.manifest.sections[id]);
    }
    expect(sha256(canonicalJson(open.manifest))).toBe(open.editionHash);
  });

  it("gives the narrative by sentence, with where its figures come from", () => {
    const sentences = open.narrative.flatMap(({ paragraphs }) =>
      paragraphs.flatMap(({ sentences: own }) => own),
    );
    expect(new Set(sentences.map(({ id }) => id)).size).toBe(sentences.length);
    const figures = sentences.flatMap(({ figures: own }) => own);
    expect(figures.length).toBeGreaterThan(30);
    for (const sentence of sentences) {
      for (const { text } of sentence.figures) expect(sentence.text).toContain(text);
    }
  });

  it("withholds what names files for reviewers or people of the office; its hash stays", () => {
    for (const id of withheldSections) expect(open.sections).not.toHaveProperty(id);
    expect(open.manifest.sections["attachments"]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is the same bytes for the same report, in canonical form", () => {
    expect(openReportJson(openOf(loadExample(name)))).toBe(json);
    expect(json).toBe(`${canonicalJson(open)}\n`);
  });
});

describe("open data", () => {
  const report = loadExample("jingdezhen-2022");

  it("names disclosed files by their content and never the reviewers' own", () => {
    const file = { contentType: "application/pdf", sizeBytes: 9 } as const;
    const files = [
      { ...file, sha256: "ab".repeat(32), name: "../../评价 报告<1>.pdf", disclosed: true },
      { ...file, sha256: "cd".repeat(32), name: "内部底稿", disclosed: false },
    ];
    const json = openReportJson(
      openOf({ ...report, sections: { ...report.sections, attachments: { files } } }),
    );
    expect(openReportSchema.parse(JSON.parse(json)).attachments).toEqual([
      expect.objectContaining({ path: "files/abababababababab.pdf" }),
    ]);
    expect(json).not.toContain("内部底稿");
    expect(json).not.toContain("cd".repeat(32));
  });

  it("describes only the CSV files that are there, with unit, factor and phase", () => {
    const file = { title: "表", contentType: "text/csv", sizeBytes: 5, sha256: "0".repeat(64) };
    const description = dataPackageJson(
      report,
      [
        { ...file, path: "t09.csv" },
        { ...file, path: "t10.csv" },
      ],
      "f".repeat(64),
    );
    const { resources } = JSON.parse(description) as {
      resources: { name: string; schema: { fields: Record<string, unknown>[] } }[];
    };
    expect(resources.map(({ name }) => name)).toEqual(["t09", "t10"]);
    expect(resources[0]?.schema.fields.slice(-3)).toMatchObject([
      { key: "initial", phase: "approved", currency: "CNY", factor: 10_000 },
      { key: "full", phase: "adjusted" },
      { key: "final", phase: "executed" },
    ]);
    expect(resources[1]?.schema.fields.at(-1)).not.toHaveProperty("currency");
  });

  it("feeds titles as text, with U+FFFD for what XML cannot hold", () => {
    const feed = atomFeed({
      title: "某市",
      homeUrl: "https://a.example/",
      selfUrl: "https://a.example/feed.xml",
      entries: [
        {
          url: "https://a.example/2022/137/",
          id: "https://a.example/2022/137/#1",
          title: "<b>&\u0007部门",
          summary: "公开",
          author: "部门",
          at: "2023-09-15T02:30:00Z",
        },
      ],
    });
    expect(feed).toContain("<title>&lt;b&gt;&amp;\u{fffd}部门</title>");
    expect(feed).toContain("<updated>2023-09-15T02:30:00Z</updated>");
  });
});
