import { describe, expect, it } from "vitest";
import { yearChanges } from "../../../shared/comparison/year-changes.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { loadExample } from "../../examples/load-example.ts";

const report = loadExample("jingdezhen-2022");
const { edition, sections } = report;
const prior = { year: 2021, editionHash: "a".repeat(64), edition, sections };

describe("a report beside last year's", () => {
  it("differs in no cell from one that has the same figures", () => {
    expect(yearChanges(prior, report)).toEqual([]);
  });

  it("differs by figures of both years, and by those that only one year has", () => {
    const t06 = tableIn(sections, "t06");
    const [first, second, ...others] = t06.rows.filter(({ cells }) => "final" in cells);
    if (first === undefined || second === undefined) throw new Error("Two rows have figures.");
    const { final: figure, ...cells } = second.cells;
    const rows = [
      { ...first, cells: { ...first.cells, final: 1 } },
      { ...second, cells },
      ...others,
    ];
    const changes = yearChanges(
      { ...prior, sections: { ...sections, t06: { rows } } },
      report,
    ).filter(({ cell }) => cell.endsWith("/final"));
    expect(changes.map(({ cell, old, new: now }) => [cell, old, now])).toEqual([
      [`t06/${first.key}/final`, 1, first.cells["final"]],
      [`t06/${second.key}/final`, undefined, figure],
    ]);
    expect(changes[0]?.label).toMatch(/^公开06表 /u);
  });

  it("is not compared where the forms of one year lack the cell", () => {
    const without = { ...edition, forms: edition.forms.filter(({ id }) => id !== "t06") };
    const zero = { rows: [] };
    const changes = yearChanges(
      { ...prior, edition: without, sections: { ...sections, t06: zero } },
      report,
    );
    expect(changes).toEqual([]);
  });
});
