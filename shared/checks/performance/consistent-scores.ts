import { gradeOf } from "../../narrative/figures.ts";
import { readProjects } from "../../narrative/read/evaluation.ts";
import { omitUndefined } from "../../omit-undefined.ts";
import type { Report } from "../../report/report.ts";
import type { Rule } from "../rule.ts";
import { points } from "../sections/amounts.ts";
import {
  printedFacts,
  typedFacts,
  type FactsJudge,
  type FactsReaders,
  type PrintedFacts,
  type Words,
} from "../sections/fact-figures.ts";
import type { TextContext } from "../text/text-context.ts";
import { evaluationReaders, type EvaluationFigures } from "./evaluation-figures.ts";
import { hundredths, performanceBlocks } from "./self-evaluations.ts";

/** How the scores of one project go together, and with what the text claims. */

/** Two scores of one project without a word on why they differ. */
const twoScores: FactsJudge<EvaluationFigures> = ({ project, score, selfScore: self, texts }) => {
  if (score === undefined || self === undefined) return [];
  const isExplained = texts
    .flatMap((text) => text.split("。"))
    .some((one) => one.includes("自评") && /不同|差异|相差|不一致|高于|低于/u.test(one));
  if (score === self || isExplained) return [undefined];
  return [
    {
      path: "evaluation.score",
      actual: `${points(score)}分`,
      expected: `${points(self)}分`,
      what: `“${project}”部门评价${points(score)}分，单位自评${points(self)}分，相差${points(Math.abs(self - score))}分，没有说明`,
      mend: "在评价报告中说明两次得分不同的原因",
    },
  ];
};

const scoreReaders: FactsReaders<EvaluationFigures> = {
  ...evaluationReaders,
  why: "condition_not_met",
};

const claim =
  /全部按时按质按量完成|(?:各|所有|全部)(?:个)?项目均(?:已)?(?:达到|完成|实现)|(?:绩效)?目标(?:已)?(?:全部|均)(?:达到|完成|实现)|全部(?:达到|完成|实现)(?:了)?(?:年初|预期)?(?:设定的)?(?:绩效)?目标/u;

/** 80 分 begins 良: below it, not all goals were met. */
const good = 80_00;

interface Scored {
  readonly name: string;
  /** Hundredths of a point. */
  readonly score: number;
}

/** The first that is known to be below. */
function lowIn(
  scored: readonly { readonly name: string; readonly score?: number | undefined }[],
): Scored | undefined {
  for (const { name, score } of scored) {
    if (score !== undefined && score < good) return { name, score };
  }
  return undefined;
}

/** Texts that may claim that everything was reached, each with a project that was not. */
interface Claims {
  readonly texts: readonly {
    readonly path: string;
    /** The words of the claim, where the text makes one. */
    readonly claim?: string;
    /** The claim's own words are quoted, rather than their sentence. */
    readonly isQuoted?: true;
    readonly low?: Scored;
  }[];
}

const claimIn = (text: string) => claim.exec(text) ?? undefined;

/** A claim that everything was reached beside a project that was not. */
const claims: FactsJudge<Claims> = ({ texts }) =>
  texts.map(({ path, claim: words, isQuoted, low }) => {
    if (words === undefined || low === undefined) return undefined;
    const grade = gradeOf(low.score);
    return {
      path,
      ...(isQuoted === true ? { quote: words } : {}),
      actual: `${points(low.score)}分（${grade}）`,
      what: `“${words}”与“${low.name}”自评得分${points(low.score)}分（${grade}）矛盾`,
      mend: "按实际完成情况改写，并说明未完成的原因",
    };
  });

function typedClaims(report: Report): Claims {
  const { projects, summary, selfEvaluations } = report.sections.performance;
  const worst = lowIn(projects);
  const claimed = (text: string, path: string, low: Scored | undefined) => ({
    ...{ path, isQuoted: true as const },
    ...omitUndefined({ claim: claimIn(text)?.[0], low }),
  });
  return {
    texts: [
      ...summary.flatMap(({ paragraphs }, chapter) =>
        paragraphs.map((text, index) =>
          claimed(text, `summary.${String(chapter)}.paragraphs.${String(index)}`, worst),
        ),
      ),
      ...selfEvaluations.flatMap(({ project, totalScore, goals }, table) =>
        goals.map(({ achieved }, index) =>
          claimed(
            achieved,
            `selfEvaluations.${String(table)}.goals.${String(index)}.achieved`,
            lowIn([{ name: project, score: totalScore }]),
          ),
        ),
      ),
    ],
  };
}

function printedClaims(context: TextContext): PrintedFacts<Claims>[] {
  const blocks = performanceBlocks(context);
  const low = readProjects(blocks)
    .map(({ name, score }) => ({ name, score: hundredths(score) }))
    .find(({ score }) => score < good);
  const words = new Map<string, Words>();
  const texts = blocks.flatMap((block, index) => {
    const match = claimIn(block.text);
    if (match === undefined) return [];
    const path = `blocks.${String(index)}`;
    words.set(path, { block, start: match.index });
    return [{ path, claim: match[0], ...omitUndefined({ low }) }];
  });
  return [{ figures: { texts }, wordsOf: (path) => words.get(path) }];
}

const claimReaders: FactsReaders<Claims> = {
  section: "performance",
  typed: typedClaims,
  printed: printedClaims,
};

export const consistentScoreRules: readonly Rule[] = [
  {
    id: "S416",
    statement: "同一项目单位自评与部门评价得分不同的，说明原因",
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: printedFacts(scoreReaders, twoScores) },
    sections: typedFacts(scoreReaders, twoScores),
  },
  {
    id: "S417",
    statement: "有项目得分在80分以下的，不写目标全部完成",
    severity: "warning",
    tolerance: "none",
    text: {
      amounts: "none",
      notOfOwnText: "The paragraphs are checked where they are typed.",
      run: printedFacts(claimReaders, claims),
    },
    sections: typedFacts(claimReaders, claims),
  },
];
