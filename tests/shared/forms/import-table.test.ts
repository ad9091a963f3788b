import { describe, expect, it } from "vitest";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import { importFaultText } from "../../../shared/forms/fault-text.ts";
import { importPrintedReport, importPrintedTable } from "../../../shared/forms/import-table.ts";
import { tableToCsv } from "../../../shared/forms/table-csv.ts";
import { exampleAsPrinted } from "../../examples/as-printed.ts";
import { loadExample, loadExampleUnit } from "../../examples/load-example.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

const report = loadExampleUnit("137002");
const { sections } = report;

/** The printed report, as JSON that a test may spoil. */
const printed = () => JSON.parse(JSON.stringify(exampleAsPrinted(report))) as Printed;

interface PrintedRow {
  code: string;
  name: string;
  values: (string | number | null)[];
}
interface Listed {
  title?: string;
  columns: string[];
  rows: PrintedRow[];
  totals?: Record<string, string>;
}
interface TwoSided {
  title?: string;
  columns: { income: string[]; expense: string[] };
  income: PrintedRow[];
  expense: PrintedRow[];
}
interface Printed {
  department?: string;
  year: number | string;
  unit?: string;
  tables: { t01: TwoSided; t04: TwoSided; t03: Listed; t06: Listed; t09: Listed } & Record<
    string,
    unknown
  >;
}

describe("a printed report", () => {
  it("comes in whole, with whose it is and in which unit", () => {
    const imported = importPrintedReport(jiangxi2022, printed());
    expect(imported.ok && imported.value).toMatchObject({
      orgName: "景德镇市公共资源交易中心",
      enteredIn: "wan",
      tables: {
        t01: tableIn(sections, "t01"),
        t03: tableIn(sections, "t03"),
        t06: tableIn(sections, "t06"),
        t09: sections.t09,
      },
    });
  });

  it("is taken for 万元 unless it says 元", () => {
    const unsaid = printed();
    delete unsaid.unit;
    expect(importPrintedReport(jiangxi2022, unsaid)).toMatchObject({
      ok: true,
      value: { enteredIn: "wan" },
    });
    const yuan = { ...printed(), unit: "金额单位：元", tables: { t03: printed().tables.t03 } };
    const imported = importPrintedReport(jiangxi2022, yuan);
    expect(imported.ok && imported.value.tables.t03?.rows[0]?.cells["total"]).toBe(
      (tableIn(sections, "t03").rows[0]?.cells["total"] ?? 0) / 10_000,
    );
  });

  it("leaves out tables it does not hold", () => {
    const { tables, ...rest } = printed();
    const some = { ...rest, tables: { t03: tables.t03, t10: null } };
    const imported = importPrintedReport(jiangxi2022, some);
    expect(imported.ok && Object.keys(imported.value.tables)).toEqual(["t03"]);
  });

  it("finds columns by their headings in any order, and headings that differ by year", () => {
    const moved = printed();
    const { t03 } = moved.tables;
    t03.columns = t03.columns.toReversed();
    for (const row of t03.rows) row.values = row.values.toReversed();
    moved.tables.t01.columns = { income: ["金额"], expense: ["金额"] };
    expect(importPrintedReport(jiangxi2022, moved)).toMatchObject({
      ok: true,
      value: { tables: { t01: tableIn(sections, "t01"), t03: sections.t03 } },
    });
  });

  it("finds rows by name without their numbers, spaces and width of characters", () => {
    const loose = printed();
    for (const row of loose.tables.t09.rows) {
      row.name = row.name.replace(/^[一二]、|^\d\.|^（\d）/u, " ").replace("（个）", "(个)");
    }
    for (const row of loose.tables.t03.rows) row.code = row.code.replace(/(?=(?:\d\d)+$)/u, " ");
    const imported = importPrintedReport(jiangxi2022, loose);
    expect(imported.ok && imported.value.tables.t09).toEqual(tableIn(sections, "t09"));
    expect(imported.ok && imported.value.tables.t03).toEqual(tableIn(sections, "t03"));
  });

  it("separates the three budgets of the year from those of the opening balance by their order", () => {
    const imported = importPrintedReport(
      jiangxi2022,
      exampleAsPrinted(loadExample("jingdezhen-2022")),
    );
    const rows = imported.ok ? imported.value.tables.t04?.rows : [];
    const final = (key: string) => rows?.find((row) => row.key === key)?.cells["final"];
    expect(final("general")).toBe(4_654_390_000);
    expect(final("opening_general")).toBe(181_890_000);
  });
});

describe("a printed report is refused, whole, when", () => {
  type Spoil = (report: Printed) => void;
  const row = (rows: PrintedRow[], name: string) => {
    const found = rows.find((candidate) => candidate.name === name || candidate.code === name);
    if (found === undefined) throw new Error(name);
    return found;
  };
  const cases: readonly (readonly [string, Spoil, readonly string[]])[] = [
    ["its year is another", (r) => (r.year = 2021), ["wrong_year"]],
    ["its unit is unknown", (r) => (r.unit = "亿元"), ["wrong_unit"]],
    ["a table has another's title", (r) => (r.tables.t03.title = "收入决算表"), ["wrong_table"]],
    ["there is a table the edition lacks", (r) => (r.tables["t11"] = {}), ["wrong_table"]],
    ["a table is no table", (r) => (r.tables["t05"] = { columns: 3 }), ["unreadable"]],
    [
      "a heading is unknown",
      (r) => (r.tables.t03.columns[1] = "其他"),
      ["missing_column", "unknown_column"],
    ],
    [
      "a heading comes twice",
      (r) => (r.tables.t03.columns[1] = "项目支出"),
      ["missing_column", "repeated_column"],
    ],
    [
      "a row has too many columns",
      (r) => row(r.tables.t03.rows, "201").values.push("1.00"),
      ["wrong_width"],
    ],
    [
      "a row has too few columns",
      (r) => row(r.tables.t03.rows, "201").values.pop(),
      ["wrong_width"],
    ],
    [
      "text is in the place of money",
      (r) => (row(r.tables.t03.rows, "201").values[0] = "约100"),
      ["not_an_amount"],
    ],
    [
      "an amount is no exact 分",
      (r) => (row(r.tables.t03.rows, "201").values[0] = 0.1 + 0.2),
      ["too_fine"],
    ],
    [
      "a count is no number",
      (r) => (row(r.tables.t09.rows, "5.国内公务接待批次（个）").values[2] = "两批"),
      ["not_a_count"],
    ],
    [
      "a row by name is unknown",
      (r) => (row(r.tables.t01.income, "八、其他收入").name = "八、罚没收入"),
      ["unknown_row"],
    ],
    [
      "a row is on the wrong side",
      (r) => r.tables.t01.income.push({ code: "", name: "结余分配", values: ["1"] }),
      ["unknown_row"],
    ],
    [
      "a row comes twice",
      (r) => r.tables.t01.income.push({ code: "", name: "八、其他收入", values: ["1"] }),
      ["table_fault"],
    ],
    [
      "one of several rows of a name is left out",
      (r) => r.tables.t04.income.shift(),
      ["ambiguous_row"],
    ],
    ["a code is unknown", (r) => (row(r.tables.t03.rows, "201").code = "298"), ["table_fault"]],
    [
      "an economic code is unknown",
      (r) => (row(r.tables.t06.rows, "30101").code = "30105"),
      ["unknown_row"],
    ],
    [
      "an economic code has another's name",
      (r) => (row(r.tables.t06.rows, "30101").name = "奖金"),
      ["row_mismatch"],
    ],
    ["a total is not the form's", (r) => (r.tables.t06.totals = { 合计: "1" }), ["unknown_row"]],
    [
      "a code row has no code",
      (r) => (row(r.tables.t03.rows, "201").code = ""),
      ["table_fault", "unknown_row"],
    ],
  ];

  it.each(cases)("%s", (_, spoil, expected) => {
    const spoiled = printed();
    spoil(spoiled);
    const imported = importPrintedReport(jiangxi2022, spoiled);
    const found = imported.ok ? [] : imported.error;
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(expected));
    for (const fault of found) {
      expect(Object.values(importFaultText(jiangxi2022, fault)).join()).not.toMatch(
        /undefined|。/u,
      );
    }
  });

  it("several tables have faults: all are named", () => {
    const spoiled = printed();
    row(spoiled.tables.t03.rows, "201").values[0] = "甲";
    row(spoiled.tables.t01.income, "总计").values[0] = "乙";
    spoiled.year = 2020;
    const imported = importPrintedReport(jiangxi2022, spoiled);
    expect(imported.ok ? [] : imported.error.map(({ kind, at }) => [kind, at])).toEqual([
      ["wrong_year", {}],
      ["not_an_amount", { table: "t01", row: "总计", column: "决算数" }],
      ["not_an_amount", { table: "t03", row: "201 一般公共服务支出", column: "本年支出合计" }],
    ]);
  });

  it.each([null, 7, "表", [], { tables: {} }, { year: 2022 }])("it is %j", (input) => {
    const imported = importPrintedReport(jiangxi2022, input);
    expect(imported.ok ? [] : imported.error.map(({ kind }) => kind)).toContain("unreadable");
  });
});

describe("one printed table", () => {
  const value = () => printed().tables.t03;

  it("comes in as JSON or as CSV", () => {
    const text = tableToCsv(formOf("t03"), tableIn(sections, "t03"), { year: 2022 });
    const asRead = { ok: true, value: { tableId: "t03", table: sections.t03 } };
    const json = { format: "json", tableId: "t03", value: value() } as const;
    expect(importPrintedTable(jiangxi2022, json)).toEqual(asRead);
    expect(importPrintedTable(jiangxi2022, { format: "csv", tableId: "t03", text })).toEqual(
      asRead,
    );
  });

  it("is refused for another table, another year and an edition without it", () => {
    const wrong = [
      importPrintedTable(jiangxi2022, { format: "json", tableId: "t02", value: value() }),
      importPrintedTable(jiangxi2022, {
        format: "json",
        tableId: "t03",
        value: value(),
        year: 2021,
      }),
      importPrintedTable(
        { ...shanghai2024, forms: [] },
        { format: "csv", tableId: "t03", text: "" },
      ),
    ];
    expect(wrong.map((result) => (result.ok ? [] : result.error.map(({ kind }) => kind)))).toEqual([
      ["wrong_table"],
      ["wrong_year"],
      ["wrong_table"],
    ]);
  });
});

function formOf(id: "t03") {
  const form = jiangxi2022.forms.find((candidate) => candidate.id === id);
  if (form === undefined) throw new Error(id);
  return form;
}
