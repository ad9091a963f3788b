import { describe, expect, it } from "vitest";
import { importFaultText } from "../../../shared/forms/fault-text.ts";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { importSheets } from "../../../shared/forms/import-workbook.ts";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** 公开03表 as somebody keeps it: title, origin, head on two rows, three lines. */
const head: readonly (readonly GridValue[])[] = [
  ["支出决算表", null, null, null, null, null, null, null],
  ["编制单位：某市某局", null, null, "2022年度", null, null, null, "公开03表"],
  [null, null, null, null, null, null, null, "金额单位：万元"],
  [
    "项目",
    null,
    "本年支出合计",
    "基本支出",
    "项目支出",
    "上缴上级支出",
    "经营支出",
    "对附属单位补助支出",
  ],
  ["支出功能分类科目编码", "科目名称"],
  ["类 款 项", "栏次", "1", "2", "3", "4", "5", "6"],
];
const body: readonly (readonly GridValue[])[] = [
  ["合计", null, 30.5, 10.25, 20.25],
  ["201", "一般公共服务支出", 30.5, 10.25, 20.25],
  ["20103", "政府办公厅（室）及相关机构事务", 30.5, 10.25, 20.25],
  ["2010301", "行政运行", 30.5, 10.25, 20.25],
];
const note: readonly GridValue[] = ["注：本表反映部门(单位)本年度各项支出情况。"];
const merges: SheetGrid["merges"] = [
  { from: { row: 0, column: 0 }, to: { row: 0, column: 7 } },
  { from: { row: 3, column: 0 }, to: { row: 3, column: 1 } },
  ...[2, 3, 4, 5, 6, 7].map((column) => ({ from: { row: 3, column }, to: { row: 4, column } })),
];
const t03 = (rows: readonly (readonly GridValue[])[] = [...head, ...body, note]): SheetGrid => ({
  name: "公开03表",
  rows,
  merges,
});

const line = (key: string, name?: string) => ({
  key,
  ...omitUndefined({ name }),
  cells: { total: 30_500_000, basic: 10_250_000, project: 20_250_000 },
});
const expected = {
  rows: [
    line("total"),
    line("201", "一般公共服务支出"),
    line("20103", "政府办公厅（室）及相关机构事务"),
    line("2010301", "行政运行"),
  ],
};

const tablesOf = (grids: readonly SheetGrid[], edition: Edition = jiangxi2022) => {
  const imported = importSheets(edition, grids);
  if (!imported.ok) throw new Error(JSON.stringify(imported.error));
  return imported.value.tables;
};
const faultsOf = (grids: readonly SheetGrid[], edition: Edition = jiangxi2022) => {
  const imported = importSheets(edition, grids);
  if (imported.ok) throw new Error("Nothing was refused.");
  return imported.error.map((fault) => importFaultText(edition, fault));
};
/** The sheet with another value in a cell, rows and columns from 0. */
const withCell = (row: number, column: number, value: GridValue): SheetGrid => {
  const rows = t03().rows.map((cells) => [...cells]);
  const cells = rows[row];
  if (cells !== undefined) cells[column] = value;
  return t03(rows);
};

describe("a sheet of a workbook", () => {
  it("is read by its title, heads and codes", () => {
    expect(tablesOf([t03()])).toEqual({ t03: expected });
  });

  it("is read wherever it begins, with empty rows between", () => {
    const moved = [
      [],
      [],
      ...[...head, [], ...body.flatMap((cells) => [cells, []]), note].map((cells) =>
        cells.length === 0 ? [] : [null, null, ...cells],
      ),
    ];
    const shifted = merges.map(({ from, to }) => ({
      from: { row: from.row + 2, column: from.column + 2 },
      to: { row: to.row + 2, column: to.column + 2 },
    }));
    expect(tablesOf([{ name: "Sheet1", rows: moved, merges: shifted }])).toEqual({ t03: expected });
  });

  it("is read without its merges, each name standing in the first of its cells", () => {
    expect(tablesOf([{ ...t03(), merges: [] }])).toEqual({ t03: expected });
  });

  it("is read with numbers as text, blanks, full-width digits, thousands and dashes", () => {
    const rows = [
      ...head,
      ["合 计", null, "30.50", "１０．２５", " 20.25 ", "────", "-", ""],
      [201, "一般公共服务支出", "30.5", "10.25", "20.25"],
      ["２０１０３", "政府办公厅(室)及相关机构事务", "30.50", "10.25", "20.25"],
      [" 2010301 ", "　行政运行", 30.500000000000004, 10.25, 20.25],
    ];
    expect(tablesOf([t03(rows)])).toEqual({ t03: expected });
  });

  it("is read with 类, 款 and 项 in columns of their own", () => {
    const wider = (cells: readonly GridValue[]) => [
      cells[0] ?? null,
      null,
      null,
      ...cells.slice(1),
    ];
    const rows = [
      ...head.slice(0, 4).map(wider),
      ["类", "款", "项", "科目名称"],
      ["合计", null, null, null, 30.5, 10.25, 20.25],
      ["201", null, null, "一般公共服务支出", 30.5, 10.25, 20.25],
      ["201", "03", null, "政府办公厅（室）及相关机构事务", 30.5, 10.25, 20.25],
      ["201", "03", "01", "行政运行", 30.5, 10.25, 20.25],
    ];
    expect(tablesOf([{ name: "支出决算表", rows, merges: [] }])).toEqual({ t03: expected });
  });

  it("in 元 is read in 元", () => {
    const yuan = (cells: readonly GridValue[]) =>
      cells.map((value) => (typeof value === "number" ? value * 10_000 : value));
    const rows = [...head, ...body.map(yuan)].map((cells) =>
      cells.map((value) => (value === "金额单位：万元" ? "单位:元" : value)),
    );
    expect(importSheets(jiangxi2022, [t03(rows)])).toMatchObject({
      ok: true,
      value: { tables: { t03: expected }, enteredIn: "yuan" },
    });
  });

  it("takes the unit from the cell beside its label", () => {
    const rows = [...head, ...body].map((cells) =>
      cells.includes("金额单位：万元") ? [null, null, "金额单位：", "万元"] : cells,
    );
    expect(tablesOf([t03(rows)])).toEqual({ t03: expected });
  });

  it("leaves last year's columns and signatures alone", () => {
    const rows = [
      ...head.map((cells, row) => (row === 3 ? [...cells, "上年本年支出合计"] : cells)),
      ...body.map((cells) => [...cells, null, null, null, 99]),
      note,
      ["单位负责人：张三", null, null, "填表人：李四"],
    ];
    expect(tablesOf([t03(rows)])).toEqual({ t03: expected });
  });

  it("printed sideways is read item by item", () => {
    const rows = [
      ["财政拨款“三公”经费支出决算表"],
      ["2024年度", ...Array.from({ length: 10 }, () => null), "单位：万元"],
      ["合计", null, "因公出国（境）费", null, "公务用车购置及运行维护费"],
      Array.from({ length: 6 }, () => ["预算数", "决算数"]).flat(),
      [6, 5, 1, 1, 3, 2, 1, 0, 2, 2, 2, 2],
      ["注：2024年反映“三公”经费支出预决算情况。"],
    ];
    const row = (key: string, initial: number, final: number) => ({
      key,
      cells: { initial: initial * 1_000_000, final: final * 1_000_000 },
    });
    expect(tablesOf([{ name: "表7", rows, merges: [] }], shanghai2024)).toEqual({
      t09: {
        rows: [
          row("total", 6, 5),
          row("abroad", 1, 1),
          row("vehicles", 3, 2),
          row("vehicle_purchase", 1, 0),
          row("vehicle_running", 2, 2),
          row("reception", 2, 2),
        ],
      },
    });
  });

  it("printed sideways with what is not printed below brings both, and says when it lacks the latter", () => {
    const printed = [
      ["财政拨款“三公”经费支出决算表"],
      ["2024年度", ...Array.from({ length: 10 }, () => null), "单位：万元"],
      ["合计", null, "因公出国（境）费", null, "公务用车购置及运行维护费"],
      Array.from({ length: 6 }, () => ["预算数", "决算数"]).flat(),
      [6, 5, 1, 1, 3, 2, 1, 0, 2, 2, 2, 2],
      ["注：反映“三公”经费支出预决算情况。"],
    ];
    const below = [
      [],
      ["补充资料（不公开）", null, "预算数", "决算数"],
      ["（1）国内接待费", null, "────", 2],
      ["6.国内公务接待人次（人）", null, "────", " 31 "],
    ];
    const both = importSheets(shanghai2024, [
      { name: "7", rows: [...printed, ...below], merges: [] },
    ]);
    if (!both.ok) throw new Error(JSON.stringify(both.error));
    expect(both.value.printedOnly).toEqual([]);
    const cells = new Map(both.value.tables.t09?.rows.map((row) => [row.key, row.cells]));
    expect(cells.get("total")).toEqual({ initial: 6_000_000, final: 5_000_000 });
    expect(cells.get("reception_domestic")).toEqual({ final: 2_000_000 });
    expect(cells.get("domestic_persons")).toEqual({ final: 31 });

    const alone = importSheets(shanghai2024, [{ name: "7", rows: printed, merges: [] }]);
    expect(alone).toMatchObject({ ok: true, value: { printedOnly: ["t09"] } });
    const odd = [...printed, ...below, ["接待次数", null, null, 3]];
    const refused = importSheets(shanghai2024, [{ name: "7", rows: odd, merges: [] }]);
    expect(refused).toMatchObject({
      ok: false,
      error: [{ kind: "unknown_row", at: { sheet: "7", cell: "A11" } }],
    });
  });

  it("typed upright is read as well, item below item", () => {
    const rows = [
      ["财政拨款“三公”经费支出决算表"],
      ["2024年度", null, "单位：万元"],
      ["项目", "预算数", "决算数"],
      ["一、“三公”经费支出", 6, 5],
      ["1.因公出国（境）费", 1, 1],
      ["6.国内公务接待人次（人）", "────", 31],
    ];
    const read = importSheets(shanghai2024, [{ name: "三公", rows, merges: [] }]);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.printedOnly).toEqual([]);
    expect(read.value.tables.t09?.rows.map(({ key }) => key)).toEqual([
      "total",
      "abroad",
      "domestic_persons",
    ]);
  });

  it("that is none of the tables is left out and named", () => {
    const cover = { name: "封面", rows: [["2022年度部门决算"]], merges: [] };
    const contents = { name: "目录", rows: [["收入决算表"], ["支出决算表"]], merges: [] };
    const imported = importSheets(jiangxi2022, [cover, contents, t03()]);
    expect(imported).toMatchObject({ ok: true, value: { ignored: ["封面", "目录"] } });
  });

  it("says whose it is, and where it says so", () => {
    expect(importSheets(jiangxi2022, [t03()])).toMatchObject({
      value: { orgNames: [{ text: "某市某局", at: { sheet: "公开03表", cell: "A2" } }] },
    });
  });
});

describe("a fault in a workbook", () => {
  it("is reported at sheet and cell, with what was found, what is allowed and how to mend it", () => {
    expect(faultsOf([withCell(9, 3, "约10万")])).toEqual([
      {
        where: "公开03表!D10（2010301 行政运行 “基本支出”）",
        what: "“约10万”不是金额",
        why: "金额栏只能填数字",
        mend: "请改为数字，没有数据时留空",
      },
    ]);
  });

  it.each([
    ["a code nobody has", withCell(9, 0, "9990301"), "公开03表!A10", "没有这个编码"],
    ["a name of another code", withCell(9, 1, "机关服务"), "公开03表!A10", "应为“行政运行”"],
    ["an amount finer than 分", withCell(9, 2, 30.1234567), "公开03表!C10", "小数位数过多"],
    ["a date for an amount", withCell(9, 2, "2022-03-01"), "公开03表!C10", "不是金额"],
    ["an error of the spreadsheet", withCell(9, 2, "#REF!"), "公开03表!C10", "“#REF!”"],
    ["figures in a line without code", withCell(9, 0, null), "公开03表!A10", ""],
    [
      "a formula never calculated",
      withCell(6, 2, { formula: "SUM(C8)" }),
      "公开03表!C7",
      "=SUM(C8)",
    ],
    ["another year", withCell(1, 3, "2021年度"), "公开03表!D2", "年度是“2021”"],
    ["a unit that is neither", withCell(2, 7, "金额单位：千元"), "公开03表!H3", "“千元”"],
    ["no unit", withCell(2, 7, null), "公开03表", "没有写明金额单位"],
    ["a number of another table", withCell(1, 7, "公开05表"), "公开03表!H2", "公开05表"],
    ["a missing column", withCell(3, 4, null), "公开03表", "缺少“项目支出”一栏"],
    ["a column too many", withCell(3, 4, "工程支出"), "公开03表!E5", "没有“工程支出”一栏"],
    ["a column twice", withCell(3, 4, "基本支出"), "公开03表!E5", "“基本支出”一栏重复"],
    ["no head", t03([...head.slice(0, 3), ...body]), "公开03表", "找不到这张表的表头"],
  ])("is found: %s", (_, grid, where, what) => {
    const faults = faultsOf([grid]);
    expect(faults.map((fault) => `${fault.where} ${fault.what}`).join("\n")).toContain(what);
    expect(faults.some((fault) => fault.where.startsWith(where))).toBe(true);
  });

  it("keeps every sheet out, sound ones too, and all faults are reported at once", () => {
    const other = { ...withCell(9, 3, "甲"), name: "支出决算表 (2)" };
    const faults = faultsOf([t03(), other]);
    expect(faults.map(({ where }) => where.split("（")[0])).toEqual([
      "公开03表",
      "支出决算表 (2)!D10",
    ]);
    expect(faults[0]?.what).toContain("“公开03表”“支出决算表 (2)”");
  });
});
