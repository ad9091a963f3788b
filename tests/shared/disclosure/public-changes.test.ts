import { describe, expect, it } from "vitest";
import { publicChanges } from "../../../shared/disclosure/public-changes.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { loadExample } from "../../examples/load-example.ts";

const report = loadExample("jingdezhen-2022");
const file = (letter: string, name: string, disclosed: boolean) => ({
  ...{ sha256: letter.repeat(64), name, disclosed, sizeBytes: 10 },
  contentType: "application/pdf" as const,
});
const withFiles = (...files: Sections["attachments"]["files"]) => ({
  ...report,
  sections: { ...report.sections, attachments: { files } },
});

describe("what the public reads of a correction", () => {
  it("is nothing when nothing public changed", () => {
    expect(publicChanges(report, report)).toEqual([]);
  });

  it("names a cell with the figure before and after, in 万元", () => {
    const t05 = tableIn(report.sections, "t05");
    const [first] = t05.rows;
    const rows = t05.rows.map((row) =>
      row === first ? { ...row, cells: { ...row.cells, total: 12_340_000 } } : row,
    );
    const newer = { ...report, sections: { ...report.sections, t05: { rows } } };
    const [change] = publicChanges(report, newer);
    expect(change?.place).toContain("公开05表");
    expect(change?.after).toContain("12.34");
    expect(change?.before).not.toBe(change?.after);
  });

  it("names files that came or went, and none that is kept for reviewers", () => {
    const older = withFiles(file("a", "自评表.pdf", true), file("b", "底稿.pdf", false));
    const newer = withFiles(file("c", "自评表.pdf", true), file("d", "新底稿.pdf", false));
    expect(publicChanges(older, newer)).toEqual([
      { place: "附件", before: "自评表.pdf" },
      { place: "附件", after: "自评表.pdf" },
    ]);
  });

  it("names a file that is no longer disclosed as gone", () => {
    const older = withFiles(file("a", "自评表.pdf", true));
    const newer = withFiles(file("a", "自评表.pdf", false));
    expect(publicChanges(older, newer)).toEqual([{ place: "附件", before: "自评表.pdf" }]);
  });

  it("points at both submissions when performance figures changed", () => {
    const { performance } = report.sections;
    const newer = {
      ...report,
      sections: { ...report.sections, performance: { ...performance, selfEvaluations: [] } },
    };
    expect(publicChanges(report, newer)).toContainEqual({
      place: "预算绩效",
      before: "见更正前的存档版本",
      after: "见本次公开的版本",
    });
  });
});
