import { gradeOf } from "../../narrative/figures.ts";
import type { Rule } from "../rule.ts";
import { points, sumOf } from "../sections/amounts.ts";
import {
  printedFacts,
  typedFacts,
  type FactsFault,
  type FactsJudge,
} from "../sections/fact-figures.ts";
import { evaluationReaders, type EvaluationFigures } from "./evaluation-figures.ts";
import { outOfRange } from "./scores.ts";
import { hundredths, percent, performanceBasis as basis } from "./self-evaluations.ts";

/** 部门评价 reports: score, grade and parts. */

type EvaluationJudge = FactsJudge<EvaluationFigures>;

/** Some offices print two grades for four. */
const gradeNames: Readonly<Record<string, string>> = { 合格: "中", 不合格: "差" };

const grade: EvaluationJudge = ({ score, grade: word }) => {
  if (score === undefined || word === undefined) return [];
  const right = gradeOf(score);
  if ((gradeNames[word] ?? word) === right) return [undefined];
  return [
    {
      path: "evaluation.grade",
      actual: word,
      expected: right,
      what: `部门评价得分${points(score)}分，等级应为“${right}”，此处为“${word}”`,
      mend: `改为“${right}”，或核对得分`,
    },
  ];
};

/** All parts of a printed evaluation were read when their weights come to 100. */
const total: EvaluationJudge = ({ score, dimensions, mayLackParts }) => {
  const isWhole = sumOf(dimensions.map(({ weight }) => weight)) === 100_00;
  if (score === undefined || dimensions.length === 0 || (mayLackParts && !isWhole)) return [];
  const sum = sumOf(dimensions.map((dimension) => dimension.score));
  if (sum === score) return [undefined];
  return [
    {
      path: "evaluation.score",
      actual: `${points(score)}分`,
      expected: `${points(sum)}分`,
      what: `部门评价得分${points(score)}分与各部分得分之和${points(sum)}分不等`,
      mend: "核对各部分得分与总得分",
    },
  ];
};

/** Weights of the parts add up where all of them are there; each score and 得分率 goes with its weight. */
const parts: EvaluationJudge = ({ dimensions, mayLackParts }) => {
  if (dimensions.length === 0) return [];
  const sum = sumOf(dimensions.map(({ weight }) => weight));
  const isWhole = mayLackParts === true || sum === 100_00;
  return [
    isWhole
      ? undefined
      : {
          path: "evaluation.dimensions",
          actual: points(sum),
          expected: "100",
          what: `部门评价各部分分值之和为${points(sum)}，应为100`,
          mend: "核对各部分的分值",
        },
    ...dimensions.flatMap((dimension, index) => {
      const path = `evaluation.dimensions.${String(index)}.score`;
      const { name, score, weight } = dimension;
      const beyond = outOfRange(`部门评价“${name}”`, score, weight);
      const ofRate = dimension.rate === undefined ? [] : [wrongRate(dimension, path)];
      return [beyond && { path, ...beyond }, ...ofRate];
    }),
  ];
};

/** 得分率 as printed is the score's share of the weight; the last digit may be off by one. */
function wrongRate(
  { name, weight, score, rate }: EvaluationFigures["dimensions"][number],
  path: string,
): FactsFault | undefined {
  if (rate === undefined || weight === 0) return undefined;
  const right = (score / weight) * 100;
  if (Math.abs(rate.value - right) <= 10 ** -rate.decimals * 1.01) return undefined;
  const shown = percent(hundredths(right));
  return {
    path,
    actual: rate.text,
    expected: shown,
    what: `${name}得分率${rate.text}不对，应为${shown}（${points(score)}÷${points(weight)}）`,
    mend: `改为${shown}，或核对得分`,
  };
}

/** Both carriers of a rule over 部门评价. */
const ofEvaluations = (judge: EvaluationJudge) => ({
  text: { amounts: "none" as const, run: printedFacts(evaluationReaders, judge) },
  sections: typedFacts(evaluationReaders, judge),
});

export const evaluationRules: readonly Rule[] = [
  {
    id: "S413",
    statement: "部门评价等级与得分一致：优90–100，良80–90，中60–80，差60以下",
    basis,
    severity: "error",
    tolerance: "none",
    ...ofEvaluations(grade),
  },
  {
    id: "S414",
    statement: "部门评价得分＝各部分得分之和",
    basis,
    severity: "error",
    tolerance: "exact",
    ...ofEvaluations(total),
  },
  {
    id: "S415",
    statement: "部门评价各部分分值之和＝100，得分不超过分值，得分率＝得分÷分值",
    basis,
    severity: "error",
    tolerance: "exact",
    ...ofEvaluations(parts),
  },
];
