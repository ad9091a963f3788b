import { readProjects, type DimensionScore } from "../../narrative/read/evaluation.ts";
import { omitUndefined } from "../../omit-undefined.ts";
import type { Report } from "../../report/report.ts";
import type { FactsReaders, PrintedFacts, Words } from "../sections/fact-figures.ts";
import type { TextContext } from "../text/text-context.ts";
import { selfEvaluationOf } from "./project-names.ts";
import { hundredths, performanceBlocks, printedPerformance } from "./self-evaluations.ts";

/** 部门评价 in the report's own shape, typed or read from print; scores in hundredths of a point. */

export interface EvaluationFigures {
  readonly project: string;
  readonly score?: number;
  readonly grade?: string;
  readonly dimensions: readonly {
    readonly name: string;
    readonly weight: number;
    readonly score: number;
    /** 得分率 as printed; a typed part leaves it to be calculated. */
    readonly rate?: NonNullable<DimensionScore["rate"]>;
  }[];
  /** Parts may have been lost in print. */
  readonly mayLackParts?: true;
  /** What the unit gave the same project itself (自评). */
  readonly selfScore?: number;
  /** Paragraphs in which a difference of the two may be explained. */
  readonly texts: readonly string[];
}

function typed(report: Report): EvaluationFigures | "all_empty" {
  const { evaluation, summary } = report.sections.performance;
  if (evaluation === undefined) return "all_empty";
  const { project, score, grade, dimensions, chapters } = evaluation;
  const scored = dimensions.flatMap(({ name, weight, score: points }) =>
    weight === undefined || points === undefined ? [] : [{ name, weight, score: points }],
  );
  return {
    project,
    ...omitUndefined({ score, grade, selfScore: selfEvaluationOf(report, project)?.score }),
    // Sums prove nothing while a part is not filled in.
    dimensions: scored.length < dimensions.length ? [] : scored,
    texts: [...chapters, ...summary].flatMap(({ paragraphs }) => paragraphs),
  };
}

function printed(context: TextContext): PrintedFacts<EvaluationFigures>[] {
  const projects = readProjects(performanceBlocks(context));
  const texts = context.text.blocks.flatMap(({ block, chapter }) =>
    chapter === "performance" || chapter === "evaluation" ? [block.text] : [],
  );
  return printedPerformance(context).evaluations.map(({ project, score, grade, dimensions }) => {
    const self = projects.find(({ name }) => name === project);
    const words = new Map<string, Words>([
      ...(score === undefined ? [] : [["evaluation.score", startOf(score)] as const]),
      ...(grade === undefined ? [] : [["evaluation.grade", startOf(grade)] as const]),
      ...dimensions.map(
        (one, index) => [`evaluation.dimensions.${String(index)}.score`, startOf(one)] as const,
      ),
    ]);
    return {
      figures: {
        project,
        ...omitUndefined({
          score: score && hundredths(score.value),
          grade: grade?.word,
          selfScore: self && hundredths(self.score),
        }),
        dimensions: dimensions.map(({ name, weight, score: points, rate }) => ({
          ...{ name, weight: hundredths(weight), score: hundredths(points) },
          ...omitUndefined({ rate }),
        })),
        mayLackParts: true,
        texts,
      },
      wordsOf: (path) => words.get(path),
    };
  });
}

const startOf = ({
  block,
  at,
}: {
  readonly block: Words["block"];
  readonly at: number;
}): Words => ({
  block,
  start: at,
});

export const evaluationReaders: FactsReaders<EvaluationFigures> = {
  section: "performance",
  typed,
  printed,
};
