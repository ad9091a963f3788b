import { readProjects } from "../../narrative/read/evaluation.ts";
import { meanHundredths } from "../../narrative/figures.ts";
import type { Report } from "../../report/report.ts";
import type { Rule } from "../rule.ts";
import { points } from "../sections/amounts.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { bareProject } from "./project-names.ts";
import {
  performanceAt as at,
  performanceBasis as basis,
  performanceBlocks,
} from "./self-evaluations.ts";

/** The projects that a report lists with their scores: how many they are, and their mean. */

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

/** A mean that people type into their own chapters. */
function typedMeans(report: Report) {
  const { projects, summary } = report.sections.performance;
  const scores = projects.map(({ score }) => score);
  if (scores.length === 0) return judged([], "condition_not_met");
  return judged(
    summary.flatMap(({ paragraphs }, chapter) =>
      paragraphs.flatMap((text, index) =>
        [
          ...text.matchAll(/(?:自评|项目)[^，。；]{0,10}平均(?:得)?分(?:为)?(\d+(?:\.\d+)?)分/gu),
        ].map((match): SectionFault | undefined => {
          const found = wrongMean(match[1] ?? "", scores);
          return (
            found && {
              ...at(`summary.${String(chapter)}.paragraphs.${String(index)}`),
              quote: match[0],
              ...found,
            }
          );
        }),
      ),
    ),
    "condition_not_met",
  );
}

const statedCount =
  /(?:二级)?项目(\d+)个(?=全面|开展|进行)|对(?:\d{4}年度)?(\d+)个(?:二级)?项目(?=开展|进行)|(?<=范围的)(\d+)个(?:二级)?项目(?=开展)|(?<!\d)(\d+)个项目(?=具体得分|绩效自评平均)/gu;

/** Their number and their mean, beside the projects that the text lists with scores. */
function printedCountsAndMeans(context: TextContext): TextFault[] {
  const blocks = performanceBlocks(context);
  const scores = readProjects(blocks).map(({ score }) => Math.round(score * 100));
  const count = scores.length;
  if (count < 2) return [];
  const reported = new Set<number>();
  return blocks.flatMap((block): TextFault[] => {
    const isOfList =
      /\d个(?:二级)?项目/u.test(block.text) && !/部门评价|整体支出绩效/u.test(block.text);
    const means = [
      ...block.text.matchAll(/平均(?:得)?分(?:为)?(\d+(?:\.\d+)?)分/gu),
      ...(isOfList ? block.text.matchAll(/(?<!绩效)评价得分(?:为)?(\d+(?:\.\d+)?)分/gu) : []),
    ];
    return [
      ...[...block.text.matchAll(statedCount)].flatMap((match): TextFault[] => {
        const stated = Number(match.slice(1).find(Boolean));
        if (stated === count || reported.has(stated)) return [];
        reported.add(stated);
        return [
          {
            ...quoteAt(block, match.index),
            // A list of the main projects only may be meant.
            ...(stated > count ? { severity: "warning" as const } : {}),
            actual: `${stated}个`,
            expected: `${count}个`,
            what: `写${stated}个项目，后面列出得分的是${count}个`,
            mend: "补列缺少的项目，或改正项目数",
          },
        ];
      }),
      ...means.flatMap((match): TextFault[] => {
        const found = reported.size > 0 ? undefined : wrongMean(match[1] ?? "", scores);
        return found === undefined ? [] : [{ ...quoteAt(block, match.index), ...found }];
      }),
    ];
  });
}

/** 其中评级为“优”的项目4个 …: the grades add up to the projects. */
function wrongGrades(context: TextContext): TextFault[] {
  return performanceBlocks(context).flatMap((block): TextFault[] => {
    const total = /绩效自评的(?:\d{4}年度)?项目(\d+)个|(?<=年度)(\d+)个项目绩效自评/u.exec(
      block.text,
    );
    const grades = [
      ...block.text.matchAll(/(?:评级|等级)为“?(?:优|良|中|差|合格|不合格)”?的项目(\d+)个/gu),
    ];
    if (total === null || grades.length === 0) return [];
    const count = Number(total[1] ?? total[2]);
    const sum = grades.reduce((all, [, count]) => all + Number(count), 0);
    // Grades that nobody got need not be stated, nor the rest where only the best is.
    if (sum === count || (sum < count && grades.length < 4)) return [];
    return [
      {
        ...quoteAt(block, total.index),
        actual: `${count}个`,
        expected: `${sum}个`,
        what: `各评级的项目共${sum}个，与自评项目${count}个不等`,
        mend: "核对各评级的项目数",
      },
    ];
  });
}

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
    text: {
      amounts: "none",
      run: (context) => [...printedCountsAndMeans(context), ...wrongGrades(context)],
    },
    sections: { scope: "sections", run: typedMeans },
  },
  {
    id: "S409",
    statement: "自评项目不重复列示",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: repeatedProjects },
  },
];
