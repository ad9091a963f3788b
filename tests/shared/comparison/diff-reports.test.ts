import { describe, expect, it } from "vitest";
import { diffReports } from "../../../shared/comparison/diff-reports.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import type { SomeSections } from "../../../shared/report/sections.ts";
import { loadExample } from "../../examples/load-example.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

const older = loadExample("jingdezhen-2022");

const changed = (sections: SomeSections): Report => ({
  ...older,
  sections: { ...older.sections, ...sections },
});

function withCell(table: TableData, key: string, column: string, value?: number): TableData {
  return {
    rows: table.rows.map((row) => {
      if (row.key !== key) return row;
      const others = Object.entries(row.cells).filter(([key]) => key !== column);
      const cells = value === undefined ? others : [...others, [column, value]];
      return { ...row, cells: Object.fromEntries(cells) as typeof row.cells };
    }),
  };
}

describe("the difference of two submissions", () => {
  it("is nothing between a submission and itself", () => {
    expect(diffReports(older, older)).toEqual({
      cells: [],
      sentences: [],
      attachments: [],
      explanations: [],
      facts: [],
    });
  });

  it("names a cell with old and new value, and every sentence that follows from it", () => {
    const t06 = withCell(tableIn(older.sections, "t06"), "30201", "final", 1_234_500);
    const was = tableIn(older.sections, "t06").rows.find(({ key }) => key === "30201")?.cells[
      "final"
    ];
    const { cells, sentences, facts } = diffReports(older, changed({ t06 }));
    expect(cells).toEqual([
      {
        cell: "t06/30201/final",
        label: expect.stringContaining("办公费") as string,
        old: was,
        new: 1_234_500,
      },
    ]);
    expect(facts).toEqual([]);
    const t01 = withCell(tableIn(older.sections, "t01"), "income_total", "final", 123_456_00);
    const followed = diffReports(older, changed({ t01 })).sentences;
    expect(followed.length).toBeGreaterThan(0);
    for (const { old, new: now } of followed) expect(old).not.toBe(now);
    expect(sentences.every(({ old, new: now }) => old !== now)).toBe(true);
  });

  it("separates an emptied cell from one set to zero", () => {
    const emptied = diffReports(
      older,
      changed({ t01: withCell(tableIn(older.sections, "t01"), "general", "final") }),
    ).cells[0];
    expect(emptied).not.toHaveProperty("new");
    const zeroed = diffReports(
      older,
      changed({ t01: withCell(tableIn(older.sections, "t01"), "general", "final", 0) }),
    ).cells[0];
    expect(zeroed).toMatchObject({ new: 0 });
  });

  it("shows a removed row cell by cell, where it was", () => {
    const rows = tableIn(older.sections, "t05").rows;
    const gone = rows.at(-1);
    const { cells } = diffReports(older, changed({ t05: { rows: rows.slice(0, -1) } }));
    expect(cells.map(({ cell }) => cell)).toEqual(
      Object.keys(gone?.cells ?? {}).map((column) => `t05/${gone?.key ?? ""}/${column}`),
    );
    for (const cell of cells) expect(cell).not.toHaveProperty("new");
  });

  it("knows files by their bytes, not their names", () => {
    const file = {
      sha256: "a".repeat(64),
      name: "自评表.pdf",
      contentType: "application/pdf",
      sizeBytes: 10,
      disclosed: true,
    } as const;
    const before = changed({ attachments: { files: [file] } });
    const after = changed({ attachments: { files: [{ ...file, sha256: "b".repeat(64) }] } });
    expect(diffReports(before, after).attachments).toEqual([
      { sha256: file.sha256, name: "自评表.pdf", change: "removed" },
      { sha256: "b".repeat(64), name: "自评表.pdf", change: "added" },
    ]);
    const renamed = changed({ attachments: { files: [{ ...file, name: "另名.pdf" }] } });
    expect(diffReports(before, renamed).attachments).toEqual([]);
  });

  it("names facts and performance figures by path and in words, list entries counted from one", () => {
    const duties = ["承担机关事务管理工作", ...older.sections.facts.duties.slice(1)];
    const { facts } = diffReports(
      older,
      changed({ facts: { ...older.sections.facts, duties, enteredIn: "yuan" } }),
    );
    expect(facts).toContainEqual({
      path: "facts.duties.1",
      label: "主要职责 第 1 项",
      old: older.sections.facts.duties[0],
      new: "承担机关事务管理工作",
    });
    expect(facts).toContainEqual(
      expect.objectContaining({ path: "facts.enteredIn", new: "yuan" }) as unknown,
    );
  });
});
