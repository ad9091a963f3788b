import { gradeOf } from "../../narrative/figures.ts";
import { readProjects, type DimensionScore } from "../../narrative/read/evaluation.ts";
import type { Report } from "../../report/report.ts";
import type { Rule } from "../rule.ts";
import { points, sumOf } from "../sections/amounts.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { selfEvaluationOf } from "./project-names.ts";
import { outOfRange } from "./scores.ts";
import {
  percent,
  performanceAt as at,
  performanceBasis as basis,
  performanceBlocks,
  printedPerformance,
} from "./self-evaluations.ts";

/** 部门评价 reports: score, grade and parts, and how they go with the 自评 and with what the text claims. */

const hundredths = (score: number): number => Math.round(score * 100);

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
    ...dimensions.map(({ name, score, weight }, index) => {
      const fault = outOfRange(`部门评价“${name}”`, score, weight);
      return fault && { ...at(`evaluation.dimensions.${String(index)}.score`), ...fault };
    }),
  ]);
}

/** 得分率 as printed is the score's share of the weight; the last digit may be off by one. */
const printedRates = (context: TextContext): TextFault[] =>
  printedPerformance(context).evaluations.flatMap(({ dimensions }) =>
    dimensions.flatMap(wrongRate),
  );

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

/** Two scores of one project without a word on why they differ. */
function unlikeScores(
  {
    project,
    score,
    self,
  }: { readonly project: string; readonly score: number; readonly self: number },
  texts: readonly string[],
) {
  const isExplained = texts
    .flatMap((text) => text.split("。"))
    .some((one) => one.includes("自评") && /不同|差异|相差|不一致|高于|低于/u.test(one));
  if (score === self || isExplained) return undefined;
  return {
    actual: `${points(score)}分`,
    expected: `${points(self)}分`,
    what: `“${project}”部门评价${points(score)}分，单位自评${points(self)}分，相差${points(Math.abs(self - score))}分，没有说明`,
    mend: "在评价报告中说明两次得分不同的原因",
  };
}

function typedTwoScores(report: Report) {
  const { evaluation, summary } = report.sections.performance;
  const self = evaluation && selfEvaluationOf(report, evaluation.project);
  if (evaluation === undefined || self === undefined) return judged([], "condition_not_met");
  const { project, score } = evaluation;
  const texts = [...evaluation.chapters, ...summary].flatMap(({ paragraphs }) => paragraphs);
  const found = unlikeScores({ project, score, self: self.score }, texts);
  return judged([found && { ...at("evaluation.score"), ...found }]);
}

function printedTwoScores(context: TextContext): TextFault[] {
  const projects = readProjects(performanceBlocks(context));
  const texts = context.text.blocks.flatMap(({ block, chapter }) =>
    chapter === "performance" || chapter === "evaluation" ? [block.text] : [],
  );
  return printedPerformance(context).evaluations.flatMap(({ project, score }): TextFault[] => {
    const same = projects.find(({ name }) => name === project);
    if (same === undefined || score === undefined) return [];
    const scores = { score: hundredths(score.value), self: hundredths(same.score) };
    const found = unlikeScores({ project, ...scores }, texts);
    return found === undefined ? [] : [{ ...quoteAt(score.block, score.at), ...found }];
  });
}

const claim =
  /全部按时按质按量完成|(?:各|所有|全部)(?:个)?项目均(?:已)?(?:达到|完成|实现)|(?:绩效)?目标(?:已)?(?:全部|均)(?:达到|完成|实现)|全部(?:达到|完成|实现)(?:了)?(?:年初|预期)?(?:设定的)?(?:绩效)?目标/u;

/** 80 分 begins 良: below it, not all goals were met. */
const good = 80_00;

interface Scored {
  readonly name: string;
  readonly score: number;
}

/** A claim that everything was reached beside a project that was not. */
function contradiction(text: string, low: Scored | undefined) {
  const match = claim.exec(text);
  if (match === null || low === undefined) return undefined;
  const grade = gradeOf(low.score);
  return {
    start: match.index,
    found: {
      quote: match[0],
      actual: `${points(low.score)}分（${grade}）`,
      what: `“${match[0]}”与“${low.name}”自评得分${points(low.score)}分（${grade}）矛盾`,
      mend: "按实际完成情况改写，并说明未完成的原因",
    },
  };
}

function typedClaims(report: Report) {
  const { projects, summary, selfEvaluations } = report.sections.performance;
  const worst = projects.find(({ score }) => score < good);
  const told = [
    ...summary.flatMap(({ paragraphs }, chapter) =>
      paragraphs.map((text, index) => ({
        text,
        path: `summary.${String(chapter)}.paragraphs.${String(index)}`,
        low: worst,
      })),
    ),
    ...selfEvaluations.flatMap(({ project, totalScore, goals }, table) =>
      goals.map(({ achieved }, index) => ({
        text: achieved,
        path: `selfEvaluations.${String(table)}.goals.${String(index)}.achieved`,
        low: totalScore < good ? { name: project, score: totalScore } : undefined,
      })),
    ),
  ];
  return judged(
    told.map(({ text, path, low }): SectionFault | undefined => {
      const claimed = contradiction(text, low);
      return claimed && { ...at(path), ...claimed.found };
    }),
  );
}

function printedClaims(context: TextContext): TextFault[] {
  const blocks = performanceBlocks(context);
  const worst = readProjects(blocks)
    .map(({ name, score }) => ({ name, score: hundredths(score) }))
    .find(({ score }) => score < good);
  return blocks.flatMap((block): TextFault[] => {
    const claimed = contradiction(block.text, worst);
    if (claimed === undefined) return [];
    return [{ ...claimed.found, ...quoteAt(block, claimed.start) }];
  });
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
    text: { amounts: "none", run: printedRates },
    sections: { scope: "sections", run: dimensionWeights },
  },
  {
    id: "S416",
    statement: "同一项目单位自评与部门评价得分不同的，说明原因",
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: printedTwoScores },
    sections: { scope: "sections", run: typedTwoScores },
  },
  {
    id: "S417",
    statement: "有项目得分在80分以下的，不写目标全部完成",
    severity: "warning",
    tolerance: "none",
    text: {
      amounts: "none",
      notOfOwnText: "The paragraphs are asked where they are typed.",
      run: printedClaims,
    },
    sections: { scope: "sections", run: typedClaims },
  },
];
