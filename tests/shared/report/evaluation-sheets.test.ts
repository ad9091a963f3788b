import { describe, expect, it } from "vitest";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { readEvaluationSheets } from "../../../shared/report/evaluation-sheets/read-evaluation-sheets.ts";

const own = { year: 2024, department: "某市某局" };
const sheet = (rows: readonly (readonly GridValue[])[], name = "自评表"): SheetGrid => ({
  ...{ name, rows },
  merges: [],
});
const read = (...grids: readonly SheetGrid[]) => readEvaluationSheets(grids, own);

/** As a bureau hands it out: a column of numbers before the names, another order, notes below. */
const form: readonly (readonly GridValue[])[] = [
  ["附件1"],
  ["项目支出绩效自评表"],
  ["（ 2023 年度）"],
  [null, "项目名称：", "窗口延时服务项目", null, null, null, null],
  [null, "主管部门及代码", "某市某局 137", null, null, "实施单位", "某市某中心"],
  [
    null,
    "项目资金\n（万元）",
    null,
    "年初预算数",
    "全年预算数（A）",
    "全年执行数（B）",
    "分值",
    "执行率（B/A）",
    "得分",
  ],
  [null, null, "年度资金总额：", 100, "100万元", 63, 10, 0.63, 6.3],
  [null, null, "其中：当年财政拨款", 100, 100, 63, "—", "—", "—"],
  [null, null, "上年结转资金", null, null, null, "—", "—", "—"],
  [null, "年度总体目标", "预期目标", null, null, "实际完成情况"],
  [null, null, "延长窗口服务时间", null, null, "每周延时三天"],
  [],
  [
    "序号",
    "一级指标",
    "二级指标",
    "三级指标",
    "分值",
    "年度指标值",
    "实际完成值",
    "得分",
    "偏差原因分析及改进措施",
  ],
  [1, "产出指标（50分）", "数量指标", "延时天数", 50, "≥150天", "144天", 48, "节假日调休"],
  [2, null, null, "受理件数", "20", "5000件", 5200, "20分", null],
  [3, "满意度指标", "服务对象满意度", "群众满意度", 20, "≥95%", "97%", 20, null],
  [null, "总分", null, null, 100, null, null, 94.3, null],
  ["注：得分保留两位小数"],
];

describe("a 自评表 in a workbook", () => {
  it("is read by its heads and names, wherever they are", () => {
    const { tables, faults, ignored } = read(sheet(form), sheet([["填表说明"]], "说明"));
    expect([faults, ignored]).toEqual([[], ["说明"]]);
    expect(tables).toEqual([
      {
        ...{
          project: "窗口延时服务项目",
          year: 2023,
          department: "某市某局 137",
          unit: "某市某中心",
        },
        funds: {
          total: { initial: 100_000_000, full: 100_000_000, executed: 63_000_000 },
          fiscal: { initial: 100_000_000, full: 100_000_000, executed: 63_000_000 },
        },
        ...{ fundsWeight: 10_00, fundsScore: 6_30, totalScore: 94_30 },
        goals: [{ expected: "延长窗口服务时间", achieved: "每周延时三天" }],
        indicators: [
          {
            ...{ level1: "产出指标（50分）", level2: "数量指标", level3: "延时天数" },
            ...{ target: "≥150天", actual: "144天", weight: 50_00, score: 48_00 },
            deviation: "节假日调休",
          },
          {
            ...{ level1: "产出指标（50分）", level2: "数量指标", level3: "受理件数" },
            ...{ target: "5000件", actual: "5200", weight: 20_00, score: 20_00 },
          },
          {
            ...{ level1: "满意度指标", level2: "服务对象满意度", level3: "群众满意度" },
            ...{ target: "≥95%", actual: "97%", weight: 20_00, score: 20_00 },
          },
        ],
      },
    ]);
  });

  it("is refused with every fault at its cell", () => {
    const wrong = form.map((row) => [...row]);
    const put = (row: number, column: number, value: GridValue) => {
      const line = wrong[row];
      if (line === undefined) throw new Error(`There is no row ${String(row)}.`);
      line[column] = value;
    };
    put(3, 2, null);
    put(6, 4, "一百万");
    put(13, 7, "优秀");
    put(14, 4, 120);
    put(15, 6, { formula: "B2" });
    put(15, 3, "长".repeat(201));
    const { tables, faults } = read(sheet(wrong));
    expect(tables).toEqual([]);
    expect(faults.map(({ where }) => where)).toEqual([
      ...["自评表!H14", "自评表!E15", "自评表!D16", "自评表!G16"],
      ...["自评表!E7", "自评表!B4"],
    ]);
    expect(faults[0]?.message).toBe(
      "“得分”写的是“优秀”，应为0至100的分数，最多两位小数。请改正后再导入。",
    );
    const lacking = form.map((row, index) =>
      index === 12 ? row.filter((_, at) => at !== 4) : row,
    );
    expect(read(sheet(lacking)).faults[0]).toEqual({
      where: "自评表!第13行",
      message: "绩效指标没有“分值”一栏。请补上这一栏，或下载表样填写。",
    });
  });

  it("that nobody filled in is left out, and what it leaves blank stays blank", () => {
    const blank = form.map((row, index) =>
      index === 3 ? [null, "项目名称"] : index === 6 || index > 12 ? [] : row,
    );
    expect(read(sheet(blank))).toMatchObject({ tables: [], faults: [], ignored: ["自评表"] });
    const begun = form.map((row, index) =>
      index === 13
        ? [1, "产出指标", "数量指标", "延时天数"]
        : index === 6 || index === 16
          ? []
          : row,
    );
    const [table] = read(sheet(begun)).tables;
    expect(table?.indicators[0]).toMatchObject({ actual: "", weight: undefined, score: undefined });
    expect([table?.fundsScore, table?.totalScore]).toEqual([undefined, undefined]);
  });
});

describe("a list of projects in a workbook", () => {
  it("gives names, amounts and scores up to its sums", () => {
    const list = sheet([
      ["2024年度项目绩效自评情况表", null, null, "单位：元"],
      ["序号", "项目名称", "自评得分", "涉及资金"],
      [1, "平台建设项目", 96.5, 1_200_000],
      [2, "培训项目", null, null],
      ["合计", null, null, 1_200_000],
    ]);
    expect(read(list)).toMatchObject({
      tables: [],
      faults: [],
      projects: [
        { name: "平台建设项目", score: 96_50, amount: 120_000_000 },
        { name: "培训项目", score: undefined, amount: undefined },
      ],
    });
  });
});
