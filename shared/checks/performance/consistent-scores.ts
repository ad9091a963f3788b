import { gradeOf } from "../../narrative/figures.ts";
import { readProjects } from "../../narrative/read/evaluation.ts";
import type { Report } from "../../report/report.ts";
import type { Rule } from "../rule.ts";
import { points } from "../sections/amounts.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { selfEvaluationOf } from "./project-names.ts";
import {
  hundredths,
  performanceAt as at,
  performanceBlocks,
  printedPerformance,
} from "./self-evaluations.ts";

/** How the scores of one project go together, and with what the text claims. */

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
  const claims = [
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
    claims.map(({ text, path, low }): SectionFault | undefined => {
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

export const consistentScoreRules: readonly Rule[] = [
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
      notOfOwnText: "The paragraphs are checked where they are typed.",
      run: printedClaims,
    },
    sections: { scope: "sections", run: typedClaims },
  },
];
