import { gradeOf } from "../../narrative/figures.ts";
import type { DimensionScore } from "../../narrative/read/evaluation.ts";
import type { Report } from "../../report/report.ts";
import type { Rule } from "../rule.ts";
import { points, sumOf } from "../sections/amounts.ts";
import { judged } from "../sections/section-fault.ts";
import type { TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { outOfRange } from "./scores.ts";
import {
  hundredths,
  percent,
  performanceAt as at,
  performanceBasis as basis,
  printedPerformance,
} from "./self-evaluations.ts";

/** 部门评价 reports: score, grade and parts. */

/** Some offices print two grades for four. */
const gradeNames: Readonly<Record<string, string>> = { 合格: "中", 不合格: "差" };

function wrongGrade(score: number, grade: string) {
  const right = gradeOf(score);
  if ((gradeNames[grade] ?? grade) === right) return undefined;
  return {
    actual: grade,
    expected: right,
    what: `部门评价得分${points(score)}分，等级应为“${right}”，此处为“${grade}”`,
    mend: `改为“${right}”，或核对得分`,
  };
}

function typedGrade(report: Report) {
  const { evaluation } = report.sections.performance;
  if (evaluation === undefined) return judged([]);
  const found = wrongGrade(evaluation.score, evaluation.grade);
  return judged([found && { ...at("evaluation.grade"), ...found }]);
}

const printedGrades = (context: TextContext): TextFault[] =>
  printedPerformance(context).evaluations.flatMap(({ score, grade }): TextFault[] => {
    if (score === undefined || grade === undefined) return [];
    const found = wrongGrade(hundredths(score.value), grade.word);
    return found === undefined ? [] : [{ ...quoteAt(grade.block, grade.at), ...found }];
  });

function wrongScore(score: number, parts: readonly number[]) {
  const sum = sumOf(parts);
  if (sum === score) return undefined;
  return {
    actual: `${points(score)}分`,
    expected: `${points(sum)}分`,
    what: `部门评价得分${points(score)}分与各部分得分之和${points(sum)}分不等`,
    mend: "核对各部分得分与总得分",
  };
}

function typedScore(report: Report) {
  const { evaluation } = report.sections.performance;
  if (evaluation === undefined || evaluation.dimensions.length === 0) return judged([]);
  const found = wrongScore(
    evaluation.score,
    evaluation.dimensions.map(({ score }) => score),
  );
  return judged([found && { ...at("evaluation.score"), ...found }]);
}

/** All parts of a printed evaluation were read when their weights come to 100. */
const printedScores = (context: TextContext): TextFault[] =>
  printedPerformance(context).evaluations.flatMap(({ score, dimensions }): TextFault[] => {
    const isWhole = sumOf(dimensions.map(({ weight }) => hundredths(weight))) === 100_00;
    if (score === undefined || !isWhole) return [];
    const parts = dimensions.map((dimension) => hundredths(dimension.score));
    const found = wrongScore(hundredths(score.value), parts);
    return found === undefined ? [] : [{ ...quoteAt(score.block, score.at), ...found }];
  });

interface Dimension {
  readonly name: string;
  /** Hundredths of a point. */
  readonly weight: number;
  readonly score: number;
}

const scoreBeyondWeight = ({ name, score, weight }: Dimension) =>
  outOfRange(`部门评价“${name}”`, score, weight);

function dimensionWeights(report: Report) {
  const { dimensions = [] } = report.sections.performance.evaluation ?? {};
  if (dimensions.length === 0) return judged([]);
  const sum = sumOf(dimensions.map(({ weight }) => weight));
  return judged([
    sum === 100_00
      ? undefined
      : {
          ...at("evaluation.dimensions"),
          actual: points(sum),
          expected: "100",
          what: `部门评价各部分分值之和为${points(sum)}，应为100`,
          mend: "核对各部分的分值",
        },
    ...dimensions.map((dimension, index) => {
      const fault = scoreBeyondWeight(dimension);
      return fault && { ...at(`evaluation.dimensions.${String(index)}.score`), ...fault };
    }),
  ]);
}

/** Scores and 得分率 of the parts that print gives; it may lack parts, so their weights are not added up. */
const printedDimensions = (context: TextContext): TextFault[] =>
  printedPerformance(context).evaluations.flatMap(({ dimensions }) =>
    dimensions.flatMap((dimension) => [...printedBeyondWeight(dimension), ...wrongRate(dimension)]),
  );

function printedBeyondWeight({
  block,
  at: start,
  name,
  weight,
  score,
}: DimensionScore): TextFault[] {
  const found = scoreBeyondWeight({ name, weight: hundredths(weight), score: hundredths(score) });
  return found === undefined ? [] : [{ ...quoteAt(block, start), ...found }];
}

/** 得分率 as printed is the score's share of the weight; the last digit may be off by one. */
function wrongRate({ block, at: start, name, weight, score, rate }: DimensionScore): TextFault[] {
  if (rate === undefined || weight === 0) return [];
  const right = (score / weight) * 100;
  if (Math.abs(rate.value - right) <= 10 ** -rate.decimals * 1.01) return [];
  const shown = percent(hundredths(right));
  return [
    {
      ...quoteAt(block, start),
      actual: rate.text,
      expected: shown,
      what: `${name}得分率${rate.text}不对，应为${shown}（${points(hundredths(score))}÷${points(hundredths(weight))}）`,
      mend: `改为${shown}，或核对得分`,
    },
  ];
}

export const evaluationRules: readonly Rule[] = [
  {
    id: "S413",
    statement: "部门评价等级与得分一致：优90–100，良80–90，中60–80，差60以下",
    basis,
    severity: "error",
    tolerance: "none",
    text: { amounts: "none", run: printedGrades },
    sections: { scope: "sections", run: typedGrade },
  },
  {
    id: "S414",
    statement: "部门评价得分＝各部分得分之和",
    basis,
    severity: "error",
    tolerance: "exact",
    text: { amounts: "none", run: printedScores },
    sections: { scope: "sections", run: typedScore },
  },
  {
    id: "S415",
    statement: "部门评价各部分分值之和＝100，得分不超过分值，得分率＝得分÷分值",
    basis,
    severity: "error",
    tolerance: "exact",
    text: { amounts: "none", run: printedDimensions },
    sections: { scope: "sections", run: dimensionWeights },
  },
];
