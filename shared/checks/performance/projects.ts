import { meanHundredths } from "../../narrative/figures.ts";
import { readProjects } from "../../narrative/read/evaluation.ts";
import type { Block } from "../../narrative/read/flow.ts";
import { omitUndefined } from "../../omit-undefined.ts";
import type { Report } from "../../report/report.ts";
import { assertNever } from "../../result.ts";
import type { Rule } from "../rule.ts";
import { points, sumOf } from "../sections/amounts.ts";
import {
  printedFacts,
  typedFacts,
  type FactsFault,
  type FactsJudge,
  type FactsReaders,
  type PrintedFacts,
  type Words,
} from "../sections/fact-figures.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { TextContext } from "../text/text-context.ts";
import { bareProject } from "./project-names.ts";
import {
  hundredths,
  performanceAt as at,
  performanceBasis as basis,
  performanceBlocks,
} from "./self-evaluations.ts";

/** The projects that a report lists with their scores: how many they are, and their mean. */

/** Something that a text says of the projects as a whole. */
type Statement = { readonly path: string } & (
  | {
      /** Their number, as stated. */
      readonly kind: "count";
      readonly count: number;
    }
  | {
      /** Their mean, as stated in points. */
      readonly kind: "mean";
      readonly mean: string;
      /** Quoted where a person typed it. */
      readonly quote?: string;
    }
  | {
      /** How many there are in all, and how many of each grade. */
      readonly kind: "grades";
      readonly count: number;
      readonly byGrade: readonly number[];
    }
);

interface ProjectFigures {
  /** Hundredths of a point, one a project that is listed with its score. */
  readonly scores: readonly number[];
  /** In the order of the text. */
  readonly statements: readonly Statement[];
}

/** Numbers, means and grades that are stated, beside the projects listed; a wrong number makes its means wrong as well. */
const statements: FactsJudge<ProjectFigures> = ({ scores, statements: stated }) => {
  const reported = new Set<number>();
  return stated.map((one) => {
    const { path } = one;
    switch (one.kind) {
      case "count": {
        const { count } = one;
        if (scores.length < 2 || count === scores.length || reported.has(count)) return undefined;
        reported.add(count);
        return wrongCount(path, count, scores.length);
      }
      case "mean": {
        const found = reported.size > 0 ? undefined : wrongMean(one.mean, scores);
        return found && { path, ...omitUndefined({ quote: one.quote }), ...found };
      }
      case "grades":
        return wrongGrades(path, one.count, one.byGrade);
      default:
        return assertNever(one);
    }
  });
};

const wrongCount = (path: string, stated: number, count: number): FactsFault => ({
  path,
  // A list of the main projects only may be meant.
  ...(stated > count ? { severity: "warning" as const } : {}),
  actual: `${String(stated)}个`,
  expected: `${String(count)}个`,
  what: `写${String(stated)}个项目，后面列出得分的是${String(count)}个`,
  mend: "补列缺少的项目，或改正项目数",
});

/** What a text says of the mean of these scores, in hundredths, where it is wrong: the last digit may be cut off. */
function wrongMean(stated: string, scores: readonly number[]) {
  const mean = meanHundredths(scores);
  if (mean === undefined || Math.abs(Math.round(Number(stated) * 100) - mean) <= 1)
    return undefined;
  return {
    actual: `${stated}分`,
    expected: `${points(mean)}分`,
    what: `平均得分写作${stated}分，${String(scores.length)}个自评项目的平均得分是${points(mean)}分`,
    mend: `改为${points(mean)}分，或核对各项目得分`,
  };
}

/** Grades that nobody got need not be stated, nor the rest where only the best is. */
function wrongGrades(
  path: string,
  count: number,
  byGrade: readonly number[],
): FactsFault | undefined {
  const sum = sumOf(byGrade);
  if (sum === count || (sum < count && byGrade.length < 4)) return undefined;
  return {
    path,
    actual: `${String(count)}个`,
    expected: `${String(sum)}个`,
    what: `各评级的项目共${String(sum)}个，与自评项目${String(count)}个不等`,
    mend: "核对各评级的项目数",
  };
}

const ownMean = /(?:自评|项目)[^，。；]{0,10}平均(?:得)?分(?:为)?(\d+(?:\.\d+)?)分/gu;

/** Means that people type into their own chapters; what else they state there is read as it will be printed. */
function typedStatements(report: Report): ProjectFigures | "condition_not_met" {
  const { projects, summary } = report.sections.performance;
  const scores = projects.flatMap(({ score }) => score ?? []);
  if (projects.length === 0 || scores.length < projects.length) return "condition_not_met";
  return {
    scores,
    statements: summary.flatMap(({ paragraphs }, chapter) =>
      paragraphs.flatMap((text, index) =>
        [...text.matchAll(ownMean)].map(([quote, mean = ""]): Statement => ({
          path: `summary.${String(chapter)}.paragraphs.${String(index)}`,
          ...{ kind: "mean", mean, quote },
        })),
      ),
    ),
  };
}

const statedCount =
  /(?:二级)?项目(\d+)个(?=全面|开展|进行)|对(?:\d{4}年度)?(\d+)个(?:二级)?项目(?=开展|进行)|(?<=范围的)(\d+)个(?:二级)?项目(?=开展)|(?<!\d)(\d+)个项目(?=具体得分|绩效自评平均)/gu;

/** What a text states, and the projects that it lists with scores. */
function printedStatements(context: TextContext): PrintedFacts<ProjectFigures>[] {
  const blocks = performanceBlocks(context);
  const scores = readProjects(blocks).map(({ score }) => hundredths(score));
  const words: Words[] = [];
  const at = (block: Block, start: number) => ({
    path: `statements.${String(words.push({ block, start }) - 1)}`,
  });
  const ofProjects = blocks.flatMap((block): Statement[] => {
    if (scores.length < 2) return [];
    const { text } = block;
    const isOfList = /\d个(?:二级)?项目/u.test(text) && !/部门评价|整体支出绩效/u.test(text);
    const means = [
      ...text.matchAll(/平均(?:得)?分(?:为)?(\d+(?:\.\d+)?)分/gu),
      ...(isOfList ? text.matchAll(/(?<!绩效)评价得分(?:为)?(\d+(?:\.\d+)?)分/gu) : []),
    ];
    return [
      ...[...text.matchAll(statedCount)].map((match): Statement => ({
        ...at(block, match.index),
        ...{ kind: "count", count: Number(match.slice(1).find(Boolean)) },
      })),
      ...means.map((match): Statement => ({
        ...at(block, match.index),
        ...{ kind: "mean", mean: match[1] ?? "" },
      })),
    ];
  });
  const grades = blocks.flatMap((block) => gradesIn(block, (start) => at(block, start)));
  return [
    {
      figures: { scores, statements: [...ofProjects, ...grades] },
      wordsOf: (path) => words[Number(path.split(".")[1])],
    },
  ];
}

/** 其中评级为“优”的项目4个 …: the grades add up to the projects. */
function gradesIn({ text }: Block, at: (start: number) => { readonly path: string }): Statement[] {
  const total = /绩效自评的(?:\d{4}年度)?项目(\d+)个|(?<=年度)(\d+)个项目绩效自评/u.exec(text);
  const grades = [
    ...text.matchAll(/(?:评级|等级)为“?(?:优|良|中|差|合格|不合格)”?的项目(\d+)个/gu),
  ];
  if (total === null || grades.length === 0) return [];
  return [
    {
      ...at(total.index),
      ...{ kind: "grades", count: Number(total[1] ?? total[2]) },
      byGrade: grades.map(([, count]) => Number(count)),
    },
  ];
}

const statementReaders: FactsReaders<ProjectFigures> = {
  ...{ section: "performance", why: "condition_not_met" },
  typed: typedStatements,
  printed: printedStatements,
};

function repeatedProjects(report: Report) {
  const { projects } = report.sections.performance;
  return judged(
    projects.map(({ name }, index): SectionFault | undefined => {
      const first = projects.findIndex((other) => bareProject(other.name) === bareProject(name));
      if (first === index) return undefined;
      return {
        ...at(`projects.${String(index)}`),
        quote: name,
        actual: `第${String(index + 1)}个与第${String(first + 1)}个同名`,
        what: `自评项目“${name}”列了两次，项目个数和平均得分因此不对`,
        mend: "删去重复的一个；不同单位的同名项目，在名称中写明单位",
      };
    }),
  );
}

export const projectRules: readonly Rule[] = [
  {
    id: "R215",
    statement: "绩效项目数＝所列项目数＝各评级项目数之和，平均分＝得分之和÷项目数",
    basis,
    severity: "error",
    tolerance: "ratio",
    text: { amounts: "none", run: printedFacts(statementReaders, statements) },
    sections: typedFacts(statementReaders, statements),
  },
  {
    id: "S409",
    statement: "自评项目不重复列示",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: repeatedProjects },
  },
];
