import { describe, expect, it } from "vitest";
import { unplaced } from "../../../shared/accounts/accounts-words.ts";
import { readAccounts } from "../../../shared/accounts/read-accounts.ts";
import { accountsOf as mappingOf } from "../../../shared/editions/accounts-of.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { jiangxi2022 } from "../../examples/editions.ts";

/** Heads as the public programs that handle such sheets have them (docs/accounts.md), written down by hand. */

const read = (grid: Omit<SheetGrid, "merges">, merges: SheetGrid["merges"] = []) =>
  readAccounts(
    { edition: jiangxi2022, accounts: mappingOf(jiangxi2022) },
    [{ ...grid, merges }],
    () => ({ rows: [] }),
  );
const cellsOf = (reading: ReturnType<typeof read>, id: TableId) =>
  Object.fromEntries(
    (reading.tables.find(({ form }) => form.id === id)?.table.rows ?? []).map((row) => [
      row.key,
      row.cells,
    ]),
  );
const none = (count: number): GridValue[] => Array.from({ length: count }, () => null);
const merge = (row: number, column: number, toRow: number, toColumn: number) => ({
  from: { row, column },
  to: { row: toRow, column: toColumn },
});

describe("财决03 as a program writes it", () => {
  const rows: GridValue[][] = [
    [...none(6), "收入决算表"],
    [...none(11), "财决03表"],
    ["编制单位：某市某中心", ...none(5), "2022年度", ...none(4), "金额单位：元"],
    [
      ...["项目", "", "", "", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", ""],
      ...["经营收入", "附属单位上缴收入", "其他收入"],
    ],
    ["支出功能分类科目编码", "", "", "科目名称", "", "", "", "小计", "其中：教育收费", "", "", ""],
    ["类", "款", "项", "栏次", "1", "2", "3", "4", "5", "6", "7", "8"],
    ["", "", "", "合计", "300.00", "100.00", "", "150.00", "20.00", "", "", "50.00"],
    [
      "208",
      "",
      "",
      "社会保障和就业支出",
      "300.00",
      "100.00",
      "",
      "150.00",
      "20.00",
      "",
      "",
      "50.00",
    ],
    [
      "208",
      "05",
      "",
      "行政事业单位养老支出",
      "300.00",
      "100.00",
      "",
      "150.00",
      "",
      "",
      "",
      "50.00",
    ],
    ["208", "05", "01", "行政单位离退休", "300.00", "100.00", "", "150.00", "", "", "", "50.00"],
  ];
  const merges = [
    ...[merge(3, 0, 3, 3), merge(3, 7, 3, 8), merge(4, 0, 4, 2)],
    ...[4, 5, 6, 9, 10, 11].map((column) => merge(3, column, 4, column)),
  ];
  const cells = { total: 300_00, fiscal: 100_00, business: 150_00, other: 50_00 };
  const expected = { total: cells, "208": cells, "20805": cells, "2080501": cells };

  it.each([
    ["merged", merges],
    ["not merged", []],
  ])("is read with its head %s, 类 款 项 in three columns", (_, how) => {
    expect(cellsOf(read({ name: "Z03 收入决算表(财决03表)", rows }, how), "t02")).toEqual(expected);
  });
});

describe("财决01 as a program reads it", () => {
  const amounts = ["年初预算数", "全年预算数", "决算数"];
  const block = (name: string, line: number | null, final: number | null): GridValue[] => [
    ...[name === "" ? null : name, line, null, null, final],
  ];
  const rows: GridValue[][] = [
    ["收入支出决算总表"],
    [...none(14), "财决01表"],
    ["编制单位：某市某局", ...none(6), "2022年度", ...none(6), "金额单位：元"],
    ["收入", ...none(4), "支出", ...none(9)],
    [
      ...["项    目", "行次", ...amounts],
      ...["项    目（按功能分类）", "行次", ...amounts],
      ...["项    目（按支出性质和经济分类）", "行次", ...amounts],
    ],
    ["栏    次", null, 1, 2, 3, "栏    次", null, 4, 5, 6, "栏    次", null, 7, 8, 9],
    [
      ...block("一、一般公共预算财政拨款收入", 1, 900),
      ...block("一、一般公共服务支出", 31, 700),
      ...block("一、基本支出", 57, 650),
    ],
    [
      ...block("二、政府性基金预算财政拨款收入", 2, null),
      ...block("二十三、其他支出", 53, 100),
      ...block("其他支出", 80, 40),
    ],
    [...block("本年收入合计", 27, 900), ...["本年支出合计", ...none(4)], ...block("", 84, 800)],
    [...block("年初结转和结余", 29, 50), ...["年末结转和结余", ...none(4)], ...block("", 86, 150)],
    [...block("总计", 30, 950), ...["总计", ...none(4)], ...block("", 87, 950)],
  ];
  const merges = [
    ...[merge(3, 0, 3, 4), merge(3, 5, 3, 14)],
    ...[8, 9, 10].map((row) => merge(row, 5, row, 10)),
  ];

  it("has its totals of expense in the third block, under names that span two", () => {
    const cells = cellsOf(read({ name: "Z01 收入支出决算总表(财决01表)", rows }, merges), "t01");
    expect(cells).toEqual({
      general: { final: 900_00 },
      income_total: { final: 900_00 },
      opening: { final: 50_00 },
      income_sum: { final: 950_00 },
      "201": { final: 700_00 },
      "229": { final: 100_00 },
      expense_total: { final: 800_00 },
      closing: { final: 150_00 },
      expense_sum: { final: 950_00 },
    });
  });
});

describe("the form that 机构运行信息表 comes from", () => {
  const rows: GridValue[][] = [
    ["部门决算相关信息统计表"],
    ["编制单位：某局", null, null, "2022年度", null, null, "金额单位：元"],
    ["项目", "行次", "预算数", "统计数", "项目", "行次", "统计数"],
    ["栏次", null, 1, 2, "栏次", null, 3],
    ["一、“三公”经费支出", 1, "一", "一", "二、机关运行经费", 22, 260300],
    ["（一）支出合计", 2, 9000, 7000, "（一）行政单位", 23, 260300],
    ["  1．因公出国（境）费", 3, null, null, "（二）参照公务员法管理事业单位", 24, null],
    ["  3．公务接待费", 7, 9000, 7000, null, 25, null],
    ["    （1）国内接待费", 8, null, 7000, "三、国有资产占用情况", 26, "一"],
    ["         其中：外事接待费", 9, null, 0, "（一）车辆数合计（辆）", 27, 3],
    ["（二）相关统计数", 11, "一", "一", "  3．一般执法执勤用车", 30, 3],
    ["  5．国内公务接待批次（个）", 16, "一", 5, "  5．其他用车", 32, null],
  ];

  it("is read by names on both sides, numbered otherwise than the published tables", () => {
    const reading = read({ name: "Sheet1", rows });
    expect(cellsOf(reading, "t09")).toEqual({
      total: { initial: 9000_00, final: 7000_00 },
      reception: { initial: 9000_00, final: 7000_00 },
      reception_domestic: { final: 7000_00 },
      reception_domestic_foreign: { final: 0 },
      domestic_batches: { final: 5 },
    });
    expect(cellsOf(reading, "t10")).toEqual({
      vehicles_total: { final: 3 },
      enforcement_cars: { final: 3 },
    });
    const lines = unplaced(reading);
    expect(lines.filter(({ kind }) => kind === "check")).toEqual([]);
    expect(lines).toContainEqual({
      where: "财决附03!G5",
      message: "“二、机关运行经费”是 260300 元，不在公开各表中，请填入“基本情况与补充数据”。",
      kind: "elsewhere",
    });
  });
});
