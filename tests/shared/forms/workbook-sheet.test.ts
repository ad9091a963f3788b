import { describe, expect, it } from "vitest";
import { a1, ranges } from "../../../shared/forms/a1.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import { shippedForms } from "../../examples/shipped-forms.ts";
import type { Edition, TableId } from "../../../shared/forms/form.ts";
import {
  sheetName,
  sheetOf,
  type SheetCell,
  type WorkbookSheet,
} from "../../../shared/forms/workbook-sheet.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { emptySection, tableIn } from "../../../shared/report/section-ids.ts";
import type { AmountUnit } from "../../../shared/money.ts";
import type { Report } from "../../../shared/report/report.ts";
import { sampleReport } from "../../../shared/sample/sample-report.ts";
import { soundReport } from "../checks/sound-report.ts";

const samples = new Map<Edition, Report>();
const sampleOf = (edition: Edition): Report => {
  const report = samples.get(edition) ?? sampleReport(edition, { seed: 5 });
  samples.set(edition, report);
  return report;
};

const sheet = (
  edition: Edition,
  id: TableId,
  table: TableData = emptySection(id),
  {
    prior = {},
    enteredIn = "wan",
  }: { readonly prior?: Record<string, number>; readonly enteredIn?: AmountUnit } = {},
): WorkbookSheet => {
  const form = edition.forms.find((candidate) => candidate.id === id);
  if (form === undefined) throw new Error(`No ${id}.`);
  return sheetOf(form, { table, year: edition.year, orgName: "某市某局", enteredIn, prior });
};
const cellAt = ({ cells }: WorkbookSheet, place: string): SheetCell | undefined =>
  cells.findLast((cell) => a1(cell) === place);
const contentAt = (of: WorkbookSheet, place: string) => cellAt(of, place)?.content;
const textsOf = ({ cells }: WorkbookSheet) =>
  cells.flatMap(({ content }) => (content && "text" in content ? [content.text] : []));

describe("a table as a sheet", () => {
  it("is named as people know it, within what spreadsheets allow", () => {
    expect(sheet(jiangxi2022, "t03").name).toBe("公开03表");
    expect(sheet(shanghai2024, "t09").name).toBe("财政拨款三公经费支出决算表");
    for (const edition of shippedEditions.all) {
      const names = edition.forms.map(sheetName);
      expect(new Set(names).size).toBe(names.length);
      for (const name of names) expect(name).toMatch(/^[\p{Script=Han}\d]{1,31}$/u);
    }
  });

  it("says whose it is, of which year, its number and unit, above the statutory head", () => {
    const of = sheet(jiangxi2022, "t07");
    expect(contentAt(of, "A1")).toEqual({ text: "政府性基金预算财政拨款收入支出决算表" });
    expect(contentAt(of, "A2")).toEqual({ text: "编制单位：某市某局" });
    expect(contentAt(of, "H2")).toEqual({ text: "公开07表" });
    expect(contentAt(of, "A3")).toEqual({ text: "2022年度" });
    expect(contentAt(of, "H3")).toEqual({ text: "金额单位：万元" });
    expect(contentAt(of, "E4")).toEqual({ text: "本年支出" });
    expect(contentAt(of, "E5")).toEqual({ text: "小计" });
    const spans = of.merges.map(({ from, to }) => `${a1(from)}:${a1(to)}`);
    expect(spans).toEqual(expect.arrayContaining(["A1:H1", "A4:B4", "C4:C5", "E4:G4", "H4:H5"]));
    expect(of.headRows).toBe(6);
  });

  it("says when 万元 were typed in 元", () => {
    const of = sheet(jiangxi2022, "t03", undefined, { enteredIn: "yuan" });
    expect(textsOf(of)).toContain("金额单位：万元（按元填报）");
    expect(textsOf(sheet(jiangxi2022, "t10", undefined, { enteredIn: "yuan" }))).toContain(
      "单位：台、辆、套",
    );
  });

  it("prints dashes where nothing may be typed, and locks them", () => {
    const of = sheet(jiangxi2022, "t09");
    const dashes = of.cells.filter(
      ({ content }) => content && "text" in content && content.text === "────",
    );
    expect(dashes.length).toBeGreaterThan(20);
    expect(dashes.every(({ look }) => look.input === undefined)).toBe(true);
  });

  it("keeps the exact amount, and as text where a spreadsheet would round it", () => {
    const rows = [
      { key: "general", cells: { final: 12_345_678 } },
      { key: "fund", cells: { final: 9_007_199_254_740_991 } },
    ];
    const of = sheet(jiangxi2022, "t01", { rows });
    expect(contentAt(of, "C7")).toEqual({ number: 12.345678 });
    expect(contentAt(of, "C8")).toEqual({ text: "9007199254.740991" });
  });
});

describe("the sums of a sheet", () => {
  it("are formulas that show what the report says, in every table of a sound report", () => {
    for (const { edition, form } of shippedForms) {
      const table = tableIn(sampleOf(edition).sections, form.id);
      const differing = sheet(edition, form.id, table).cells.filter(({ look }) => look.differs);
      expect(differing, `${edition.id} ${form.id}`).toEqual([]);
    }
  });

  it("add up rows, columns and codes, and are nothing while nothing is typed", () => {
    const report = soundReport();
    expect(contentAt(sheet(jiangxi2022, "t01"), "C33")).toEqual({
      formula: 'IF(COUNT(C7:C14)=0,"",ROUND(SUM(C7:C14),6))',
      result: "",
    });
    const of = sheet(jiangxi2022, "t03", tableIn(report.sections, "t03"));
    expect(contentAt(of, "A8")).toEqual({ text: "201" });
    expect(contentAt(of, "C8")).toMatchObject({
      formula: 'IF(COUNT(D8:H8)=0,"",ROUND(SUM(D8:H8),6))',
    });
    expect(contentAt(of, "D8")).toMatchObject({
      formula: expect.stringMatching(
        /^IF\(COUNTIFS\(A9:A(\d+),"201\?\?",D9:D\1,">-1E\+300"\)=0,"",ROUND\(SUMIF\(A9:A\1,"201\?\?",D9:D\1\),6\)\)$/u,
      ) as string,
    });
    expect(contentAt(of, "D7")).toMatchObject({
      formula: expect.stringMatching(/SUMIF\(A8:A(\d+),"\?{3}",D8:D\1\)/u) as string,
    });
  });

  it("never hold their own cell", () => {
    for (const { edition, form } of shippedForms) {
      const table = tableIn(sampleOf(edition).sections, form.id);
      for (const cell of sheet(edition, form.id, table).cells) {
        if (cell.content === undefined || !("formula" in cell.content)) continue;
        const ownRange = [
          ...cell.content.formula.matchAll(/([A-Z]+)(\d+)(?::([A-Z]+)(\d+))?/gu),
        ].some(([, left = "", top = "", right = left, bottom = top]) =>
          within(a1(cell), { left, top: Number(top), right, bottom: Number(bottom) }),
        );
        expect(ownRange, `${form.id} ${a1(cell)} ${cell.content.formula}`).toBe(false);
      }
    }
  });

  it("are locked; what is typed is not", () => {
    const of = sheet(jiangxi2022, "t03", tableIn(soundReport().sections, "t03"));
    expect(cellAt(of, "C8")?.look.input).toBeUndefined();
    expect(cellAt(of, "D10")?.look.input).toBe(true);
  });

  it("give way to a total that differs from its parts: it is left as it is, marked", () => {
    const table = { rows: [{ key: "total", cells: { total: 7_000_000, basic: 3_000_000 } }] };
    const of = sheet(jiangxi2022, "t03", table);
    expect(cellAt(of, "C7")).toMatchObject({ content: { number: 7 }, look: { differs: true } });
    expect(textsOf(of).join()).toContain("与各项之和不一致");
  });
});

describe("the form to fill in", () => {
  it("begins with last year's codes and figures, and leaves room for more", () => {
    const prior = { "t03/2010301/basic": 55_000_000, "t01/general/final": 70_000_000 };
    const of = sheet(jiangxi2022, "t03", undefined, { prior });
    expect(["A8", "A9", "A10"].map((place) => contentAt(of, place))).toEqual([
      { text: "201" },
      { text: "20103" },
      { text: "2010301" },
    ]);
    expect(contentAt(of, "B10")).toEqual({ text: "行政运行" });
    expect(contentAt(of, "J5")).toEqual({ text: "上年基本支出" });
    expect(contentAt(of, "J10")).toEqual({ number: 55 });
    expect(cellAt(of, "A20")?.look.input).toBe(true);
    expect(cellAt(of, "D20")?.look.input).toBe(true);
    expect(contentAt(of, "C20")).toMatchObject({ result: "" });
    expect(of.printArea).toBe("A1:H41");
  });

  it("shows what is held but not printed as well", () => {
    expect(textsOf(sheet(shanghai2024, "t09"))).toContain("3.公务用车购置数（辆）");
  });

  it("has room for names in every table, so that no line is cut off on paper", () => {
    for (const { edition, form } of shippedForms) {
      const { id } = form;
      const of = sheet(edition, id);
      const spans = new Map(of.merges.map(({ from, to }) => [a1(from), to]));
      for (const { row, column, look, content } of of.cells) {
        if (look.kind !== "name" || content === undefined || !("text" in content)) continue;
        const to = spans.get(a1({ row, column }))?.column ?? column;
        const room = of.widths.slice(column, to + 1).reduce((sum, width) => sum + width, 0);
        const lines = of.tallRows.get(row) ?? 1;
        expect(content.text.length * 2, `${id} ${content.text}`).toBeLessThanOrEqual(room * lines);
      }
    }
  });
});

describe("the “三公” table that Shanghai prints sideways", () => {
  const item = (key: string, initial: number, final: number) => ({
    key,
    cells: { initial: initial * 1_000_000, final: final * 1_000_000 },
  });
  const rows = [
    ...[item("total", 6, 5), item("abroad", 1, 1), item("vehicles", 3, 2)],
    ...[item("vehicle_purchase", 1, 0), item("vehicle_running", 2, 2), item("reception", 2, 2)],
    { key: "reception_domestic", cells: { final: 2_000_000 } },
    { key: "domestic_batches", cells: { final: 12 } },
  ];
  const of = sheet(shanghai2024, "t09", { rows }, { prior: { "t09/abroad/final": 3_000_000 } });

  it("is under its statutory head of four rows, item beside item", () => {
    expect(
      ["A4", "A5", "C5", "E5", "K5", "E6", "G6", "I6", "A7", "L7"].map((at) => contentAt(of, at)),
    ).toEqual(
      [
        "财政拨款“三公”经费",
        "合计",
        "因公出国（境）费",
        "公务用车购置及运行维护费",
        "公务接待费",
        "小计",
        "公务用车购置费",
        "公务用车运行维护费",
        "预算数",
        "决算数",
      ].map((text) => ({ text })),
    );
    const spans = of.merges.map(({ from, to }) => `${a1(from)}:${a1(to)}`);
    expect(spans).toEqual(
      expect.arrayContaining(["A4:L4", "A5:B6", "C5:D6", "E5:J5", "E6:F6", "K5:L6"]),
    );
    expect(of.headRows).toBe(7);
    expect(of.orientation).toBe("landscape");
  });

  it("adds up sideways, and prints the statutory part alone", () => {
    expect(contentAt(of, "A8")).toEqual({
      formula: 'IF(COUNT(C8,E8,K8)=0,"",ROUND(SUM(C8,E8,K8),6))',
      result: 6,
    });
    expect(contentAt(of, "C8")).toEqual({ number: 1 });
    expect(of.printArea).toBe("A1:L9");
  });

  it("is followed by what the edition holds and does not print, to type in", () => {
    expect(contentAt(of, "A12")).toMatchObject({
      text: expect.stringMatching(/^补充资料/u) as string,
    });
    expect([contentAt(of, "E12"), contentAt(of, "F12")]).toEqual([
      { text: "预算数" },
      { text: "决算数" },
    ]);
    const batches = of.cells.find(
      ({ content }) => content && "number" in content && content.number === 12,
    );
    expect(batches).toMatchObject({ column: 5, look: { kind: "count", input: true } });
  });

  it("names last year's figures by item", () => {
    expect(contentAt(of, "N7")).toEqual({ text: "上年因公出国（境）费决算数" });
    expect(contentAt(of, "N8")).toEqual({ number: 3 });
  });
});

describe("addresses", () => {
  it("count columns past Z and put neighbours into one range", () => {
    expect(a1({ row: 13, column: 3 })).toBe("D14");
    expect(a1({ row: 0, column: 27 })).toBe("AB1");
    const column = [6, 7, 8, 10].map((row) => ({ row, column: 2 }));
    expect(ranges(column)).toBe("C7:C9,C11");
    expect(ranges([3, 4, 6].map((at) => ({ row: 0, column: at })))).toBe("D1:E1,G1");
  });
});

function within(
  place: string,
  range: { left: string; top: number; right: string; bottom: number },
): boolean {
  const [, letters = "", row = ""] = /^([A-Z]+)(\d+)$/u.exec(place) ?? [];
  const isAfter = (a: string, b: string) =>
    a.length > b.length || (a.length === b.length && a >= b);
  return (
    isAfter(letters, range.left) &&
    isAfter(range.right, letters) &&
    Number(row) >= range.top &&
    Number(row) <= range.bottom
  );
}
