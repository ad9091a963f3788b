import { describe, expect, it } from "vitest";
import {
  blankSelfEvaluation,
  sumOfParts,
  withEvaluation,
  withTable,
  withTables,
} from "../../../web/staff/editing/performance-edit.ts";
import {
  blankIndicator,
  mostIndicators,
  pasteIndicators,
} from "../../../web/staff/editing/indicator-rows.ts";
import { afterInsertion, afterMove, afterRemoval } from "../../../web/staff/editing/entry-texts.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import { performanceSchema } from "../../../shared/report/sections.ts";
import { parsePoints } from "../../../shared/report/self-evaluation.ts";

const blank = blankSelfEvaluation({ project: "平台建设项目", year: 2024, department: "某市某局" });
const begun = withTables({ ...emptySections.performance, projects: [{ name: "平台建设项目" }] }, [
  blank,
]);
const scored = (weight: number, score: number) => ({ ...blankIndicator, weight, score });

describe("a 自评表 being filled in", () => {
  it("begins without a score, a weight or a grade, and can be stored so", () => {
    expect(performanceSchema.parse(begun)).toEqual(begun);
    expect(JSON.stringify(begun)).not.toMatch(/[sS]core|[wW]eight/u);
  });

  it("has a total as soon as every score is there, and the list of projects takes it", () => {
    const withFunds = withTable(begun, 0, (table) => ({
      ...table,
      funds: { total: { initial: 100, full: 100, executed: 63 } },
      fundsWeight: 10_00,
      indicators: [scored(50_00, 48_00), { ...blankIndicator, weight: 40_00 }],
    }));
    expect(withFunds.selfEvaluations[0]).toMatchObject({ fundsScore: 6_30 });
    expect(withFunds.selfEvaluations[0]?.totalScore).toBeUndefined();
    const whole = withTable(withFunds, 0, (table) => ({
      ...table,
      indicators: [scored(50_00, 48_00), scored(40_00, 40_00)],
    }));
    expect(whole.selfEvaluations[0]?.totalScore).toBe(94_30);
    expect(whole.projects).toEqual([{ name: "平台建设项目", score: 94_30 }]);
    const emptied = withTable(whole, 0, (table) => ({ ...table, fundsWeight: undefined }));
    expect(emptied.selfEvaluations[0]?.totalScore).toBeUndefined();
    expect(emptied.projects[0]?.score).toBeUndefined();
  });

  it("keeps a total that an import printed until a score changes", () => {
    const printed = withTables(emptySections.performance, [
      { ...blank, fundsWeight: 10_00, fundsScore: 9_00, totalScore: 80_00 },
    ]);
    const renamed = withTable(printed, 0, (table) => ({ ...table, unit: "某中心" }));
    expect(renamed.selfEvaluations[0]?.totalScore).toBe(80_00);
    expect(renamed.projects).toEqual([{ name: "平台建设项目", score: 80_00 }]);
  });

  it("takes the place of the table of the same project and year", () => {
    const again = withTables(begun, [
      { ...blank, unit: "某中心" },
      { ...blank, year: 2023 },
    ]);
    expect(again.selfEvaluations.map(({ year, unit }) => [year, unit])).toEqual([
      [2024, "某中心"],
      [2023, ""],
    ]);
    expect(again.projects).toHaveLength(1);
  });
});

describe("部门评价", () => {
  it("is scored by its parts once all have theirs, and graded by its score", () => {
    const evaluation = { project: "平台建设项目", chapters: [], dimensions: [{ name: "决策" }] };
    const one = withEvaluation({ ...begun, evaluation }, (now) => ({
      ...now,
      dimensions: [{ name: "决策", weight: 40_00, score: 38_00 }, { name: "产出" }],
    }));
    expect(one.evaluation?.score).toBeUndefined();
    const both = withEvaluation(one, (now) => ({
      ...now,
      dimensions: [
        { name: "决策", weight: 40_00, score: 38_00 },
        { name: "产出", weight: 60_00, score: 41_00 },
      ],
    }));
    expect(both.evaluation).toMatchObject({ score: 79_00, grade: "中" });
    expect(sumOfParts({ dimensions: [] })).toBeUndefined();
    const typed = withEvaluation(both, (now) => ({ ...now, score: 80_00 }));
    expect(typed.evaluation).toMatchObject({ score: 80_00, grade: "良" });
  });
});

describe("a block pasted into 绩效指标", () => {
  const at = { row: 0, column: 0 };
  it("leaves out its head and sums, and continues levels that are merged", () => {
    const { indicators, filled, skipped } = pasteIndicators([], at, [
      [
        "一级指标",
        "二级指标",
        "三级指标",
        "年度指标值",
        "实际完成值",
        "分值",
        "得分",
        "偏差原因分析及改进措施",
      ],
      ["产出指标", "数量指标", "培训人次", "≥200人", "180人", "２０", "18分", "疫情影响"],
      ["", "", "办班期数", "4期", "4期", "10", "10", ""],
      ["总分", "", "", "", "", "100", "98", ""],
    ]);
    expect(indicators).toEqual([
      {
        ...{ level1: "产出指标", level2: "数量指标", level3: "培训人次" },
        ...{ target: "≥200人", actual: "180人", weight: 20_00, score: 18_00 },
        deviation: "疫情影响",
      },
      {
        ...{ level1: "产出指标", level2: "数量指标", level3: "办班期数" },
        ...{ target: "4期", actual: "4期", weight: 10_00, score: 10_00 },
      },
    ]);
    expect([filled, skipped]).toEqual([13, 0]);
  });

  it("goes from a box on, keeps what no box holds, and counts what falls outside", () => {
    const { indicators, boxes, skipped } = pasteIndicators(
      [scored(10_00, 9_00)],
      { row: 0, column: 6 },
      [
        ["优秀", "无偏差", "多出的一列"],
        ["8", "", ""],
      ],
    );
    expect(indicators).toEqual([
      { ...scored(10_00, 9_00), deviation: "无偏差" },
      { ...blankIndicator, score: 8_00 },
    ]);
    expect(boxes.filter(({ text }) => text !== undefined)).toEqual([
      { row: 0, column: "score", text: "优秀" },
    ]);
    expect(skipped).toBe(1);
    const long = Array.from({ length: mostIndicators + 5 }, () => ["产出指标"]);
    expect(pasteIndicators([], at, long)).toMatchObject({ filled: mostIndicators, skipped: 5 });
  });
});

it("points are read as people type them; a blank is none and not zero", () => {
  const read = (text: string) => {
    const points = parsePoints(text);
    return points.ok ? points.value : points.error;
  };
  expect(["9.5", "9.50分", "１００", "0", "", "—"].map(read)).toEqual([
    9_50,
    9_50,
    100_00,
    0,
    undefined,
    undefined,
  ]);
  expect(["100.01", "-1", "9.555", "满分", "1e2"].map(read)).toEqual(Array(5).fill("not_points"));
});

it("texts of a list's entries go where their entries go", () => {
  const all = [0, 1, 2, 3];
  expect(all.map(afterRemoval(1))).toEqual([0, undefined, 1, 2]);
  expect(all.map(afterInsertion(1))).toEqual([0, 2, 3, 4]);
  expect(all.map(afterMove(0, 2))).toEqual([2, 0, 1, 3]);
  expect(all.map(afterMove(3, 1))).toEqual([0, 2, 3, 1]);
});
