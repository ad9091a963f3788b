import { describe, expect, it } from "vitest";
import { checkPrintedReport } from "../../../../shared/checks/text/check-printed-report.ts";
import { checkPrintedText } from "../../../../shared/checks/text/check-printed-text.ts";
import { digitSlip } from "../../../../shared/checks/text/digit-slip.ts";
import type { ReportFinding } from "../../../../shared/checks/text/report-finding.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import { exampleAsPrinted } from "../../../examples/as-printed.ts";
import { loadExample } from "../../../examples/load-example.ts";

interface Row {
  code: string;
  name: string;
  values: string[];
}
interface Listed {
  title?: string;
  columns: string[];
  rows: Row[];
}
type Printed = {
  department?: string;
  narrative?: string;
  tables: Record<string, unknown> & {
    t01: { income: Row[]; expense: Row[] };
    t02: Listed;
    t03: Listed;
    t05: Listed;
    t09: Listed;
  };
};

/** A report of nine tables that agree, for a test to spoil. */
const printed = () =>
  JSON.parse(JSON.stringify(exampleAsPrinted(loadExample("putuo-2024")))) as Printed;

function serious(report: unknown): ReportFinding[] {
  const checked = checkPrintedReport(report, shippedEditions.all);
  if (!checked.ok) throw new Error(checked.error);
  return checked.value.filter(({ severity }) => severity !== "hint");
}

function rowOf({ rows }: { rows: Row[] }, code: string): Row {
  const row = rows.find((one) => one.code === code);
  if (row === undefined) throw new Error(`No row ${code}`);
  return row;
}

describe("a table with a row of another name", () => {
  it("is read by its codes, and the names of all tables are reported once", () => {
    const report = printed();
    for (const table of [report.tables.t02, report.tables.t03, report.tables.t05])
      rowOf(table, "20805").name = "行政事业单位离退休";
    rowOf(report.tables.t05, "2010607").name = "某项建设";
    const reported = serious(report);
    expect(reported.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(["F007 warning"]);
    expect(reported[0]?.message).toContain(
      "《收入决算表》、《支出决算表》、《一般公共预算财政拨款支出决算表》：科目名称与编码不符，共4处",
    );
    expect(reported[0]?.message).toContain("20805“行政事业单位离退休”应为“行政事业单位养老支出”");
  });

  it("still has its sums checked", () => {
    const report = printed();
    rowOf(report.tables.t03, "20805").name = "行政事业单位离退休";
    rowOf(report.tables.t03, "2210203").values = ["285.50", "285.50", "", "", "", ""];
    const reported = serious(report);
    expect(reported.map(({ rule }) => rule)).toContain("F007");
    expect(reported.some(({ cells = [] }) => cells.includes("t03/2210203/total"))).toBe(true);
    expect(reported.some(({ rule }) => rule === "R133" || rule === "R171")).toBe(false);
  });

  it("may print rows by the names of other places and years", () => {
    const report = printed();
    const names = new Map([
      ["使用非财政拨款结余（含专用结余）", "使用非财政拨款结余"],
      ["本年收入合计", "收入合计"],
      ["七、文化旅游体育与传媒支出", "七、文化体育与传媒支出"],
    ]);
    for (const row of [...report.tables.t01.income, ...report.tables.t01.expense])
      row.name = names.get(row.name) ?? row.name;
    expect(serious(report)).toEqual([]);
  });

  it("may print an empty row that nobody knows, but no figure in it", () => {
    const report = printed();
    report.tables.t01.income.push({ code: "", name: "九、某项收入", values: [""] });
    expect(serious(report)).toEqual([]);
    report.tables.t01.income.push({ code: "", name: "十、某项收入", values: ["3.00"] });
    expect(serious(report).map(({ rule }) => rule)).toEqual(["F00"]);
  });
});

describe("a table that was not given", () => {
  it("is reported as missing, and not taken for a table of zeros", () => {
    const report = printed();
    const reported = serious({ ...report, tables: { ...report.tables, t03: null } });
    expect(reported.map(({ rule, severity }) => `${rule} ${severity}`)).toEqual(["F00 warning"]);
    expect(reported[0]?.message).toContain("缺少《支出决算表》");
  });

  it("is not missing where only some tables were handed in", () => {
    const { tables, ...report } = printed();
    const { t01, t02, t03 } = tables;
    expect(serious({ ...report, tables: { t01, t02, t03 } })).toEqual([]);
  });

  it("is reported when it is the empty one of “三公” and the text has its figures", () => {
    const report = printed();
    for (const row of report.tables.t09.rows) row.values = ["", ""];
    const reported = serious({
      ...report,
      narrative:
        "七、财政拨款“三公”经费支出决算情况说明\n“三公”经费财政拨款支出年初预算为2万元，支出决算为1万元，完成年初预算的50%。\n",
    });
    expect(reported.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/“三公”经费支出决算表》没有填数，正文第2行却写.*2万元/u),
    );
  });
});

describe("figures beside wrong codes", () => {
  const shifted = () => {
    const report = printed();
    const { rows } = report.tables.t05;
    const values = rows.map((row) => row.values);
    const from = rows.findIndex(({ code }) => code === "208");
    for (const [index, row] of rows.entries())
      if (index >= from && row.code !== "") row.values = values[index - 2] ?? [];
    return report;
  };

  it("are reported once: the table, the first code and how many rows it is off", () => {
    const reported = serious(shifted());
    expect(reported.length).toBeLessThanOrEqual(3);
    expect(reported[0]?.message).toMatch(
      /^《一般公共预算财政拨款支出决算表》：自208 社会保障和就业支出起，各行金额与科目错行（错2行）.*由此引起的另\d+处不符不再逐条列出/u,
    );
  });

  it("are not compared with the sentences", () => {
    const reported = serious({
      ...shifted(),
      narrative:
        "五、一般公共预算财政拨款支出决算情况说明\n1.住房保障支出（类）住房改革支出（款）购房补贴（项）258.50万元，主要用于：发放购房补贴。\n",
    });
    expect(reported.some(({ line }) => line !== undefined)).toBe(false);
  });

  it("are not seen in a table whose rows only differ", () => {
    const report = printed();
    rowOf(report.tables.t05, "2080505").values = ["84.65", "84.65", ""];
    expect(serious(report).some(({ message }) => message.includes("错行"))).toBe(false);
  });
});

describe("a table full of faults", () => {
  it("is reported in one finding with the three gravest", () => {
    const report = printed();
    for (const [index, row] of report.tables.t03.rows.entries())
      row.values[0] = String(1_000 + 37 * index ** 2);
    const reported = serious(report).filter(({ message }) => message.startsWith("《支出决算表》"));
    expect(reported).toHaveLength(1);
    expect(reported[0]?.message).toMatch(/有\d+处不符，差额最大的是（1）.*（2）.*（3）/u);
    expect(reported[0]?.message).not.toContain("（4）");
  });
});

describe("a cell where a row and a column do not add up", () => {
  it("is the wrong one, in every table and level that repeats it", () => {
    const report = printed();
    for (const table of [report.tables.t03, report.tables.t05]) {
      for (const code of ["201", "20106"]) {
        const row = rowOf(table, code);
        row.values = row.values.with(1, "153.52");
      }
    }
    const reported = serious(report);
    expect(reported).toHaveLength(1);
    expect(reported[0]).toMatchObject({
      actual: "153.52万元",
      expected: "1,503.52万元",
      cells: expect.arrayContaining([
        "t03/201/basic",
        "t03/20106/basic",
        "t05/201/basic",
        "t05/20106/basic",
      ]) as string[],
    });
    expect(reported[0]?.message).toContain("少写一位数字");
    expect(reported[0]?.message).not.toContain("本年支出合计：填列为");
  });

  it.each([
    [1_066_510_000, 10_661_510_000, "少写一位数字"],
    [106_615_100, 10_661_510, "小数点错位"],
    [21_330_000, 23_130_000, "相邻两位数字颠倒"],
    [21_330_000, 45_678_900, undefined],
  ])("%d for %d: %s", (actual, expected, slip) => {
    expect(digitSlip(actual, expected)).toBe(slip);
  });
});

const titles = [
  "收入支出决算总表",
  "收入决算表",
  "支出决算表",
  "财政拨款收入支出决算总表",
  "一般公共预算财政拨款支出决算表",
  "一般公共预算财政拨款基本支出决算表",
  "财政拨款“三公”经费支出决算表",
  "政府性基金预算财政拨款收入支出决算表",
  "国有资本经营预算财政拨款收入支出决算表",
];
const numerals = "一二三四五六七八九";

/** The tables' pages of a text, most of them bare. */
function pages(without: string, body: Readonly<Record<string, string>> = {}): string {
  const contents = titles.map((title, index) => `${numerals[index] ?? ""}、${title}`);
  const printedTables = titles
    .filter((title) => title !== without)
    .map((title) => `${title}\n单位：万元\n${body[title] ?? "项目\n合计"}\n`);
  return ["上海市某区某局2024年度部门决算", "目录", ...contents, ...printedTables].join("\n");
}

describe("a text that lists its tables", () => {
  it("is asked for the one that it does not print", () => {
    const reported = checkPrintedText(pages("支出决算表"), shippedEditions.all);
    expect(reported.map(({ severity, message }) => `${severity} ${message}`)).toEqual([
      expect.stringContaining("warning 缺少《支出决算表》（目录列有，正文无表）"),
    ]);
  });

  it.each([titles[5] ?? "", titles[8] ?? ""])("is asked for %s", (title) => {
    expect(checkPrintedText(pages(title), shippedEditions.all)).toHaveLength(1);
  });

  it("is asked for nothing when all are there, even with a title torn in two", () => {
    const text = pages("").replaceAll(
      "\n国有资本经营预算财政拨款收",
      "\n国有资本经营预算\n财政拨款收",
    );
    expect(checkPrintedText(text, shippedEditions.all)).toEqual([]);
  });

  it("has a shifted table reported, though its first name begins above its code", () => {
    const names: readonly (readonly [string, string, number])[] = [
      ["207", "文化旅游体育与传媒支出", 900],
      ["20701", "文化和旅游", 800],
      ["2070101", "行政运行", 300],
      ["2070104", "图书馆", 270],
      ["2070108", "文化活动", 230],
      ["20799", "其他文化旅游体育与传媒支出", 100],
      ["2079999", "其他文化旅游体育与传媒支出", 100],
      ["221", "住房保障支出", 60],
      ["22102", "住房改革支出", 60],
      ["2210201", "住房公积金", 45],
      ["2210203", "购房补贴", 15],
    ];
    const lines = (by: number) =>
      names.map(([code, name], at) => {
        const [, , value = 7] = names[at - by] ?? [];
        return `${code} ${name} ${value.toFixed(2)} ${value.toFixed(2)}`;
      });
    const torn = (rows: readonly string[]) =>
      [
        "文化旅游体育与传媒",
        `207 ${rows[0]?.split(" ").slice(2).join(" ") ?? ""}`,
        "支出",
        ...rows.slice(1),
      ].join("\n");
    const body = `项目 本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 对附属单位补助支出\n功能分类科目编码 科目名称\n合计 960.00 960.00\n${torn(lines(0))}`;
    const general = `项目\n合计 基本支出 项目支出\n功能分类\n科目名称\n科目编码\n${torn(lines(2))}\n合计 960.00 960.00`;
    const reported = checkPrintedText(
      pages("", { 支出决算表: body, 一般公共预算财政拨款支出决算表: general }),
      shippedEditions.all,
    );
    const shifts = reported.filter(({ message }) => message.includes("错行（错2行）"));
    expect(shifts).toHaveLength(1);
    expect(reported.filter(({ severity }) => severity === "error")).toEqual(shifts);
  });

  it("is reported of by the names of its own region", () => {
    const rows =
      "合计 100.00 60.00 30.00\n201 一般公共服务支出 100.00 60.00 40.00\n20106 财政事务 100.00 60.00 40.00";
    const body = `项目 本年支出合计 基本支出 项目支出 上缴上级支出 经营支出 对附属单位补助支出\n功能分类科目编码 科目名称\n${rows}`;
    const general = `项目 合计 基本支出 项目支出\n功能分类科目编码 科目名称\n${rows}`;
    const text = pages("", { 支出决算表: body, 一般公共预算财政拨款支出决算表: general });
    const reported = checkPrintedText(text, shippedEditions.all).map(({ message }) => message);
    expect(reported.join("\n")).toContain("《一般公共预算财政拨款支出决算表》 合计");
    expect(reported.join("\n")).not.toContain("公开0");
  });
});
