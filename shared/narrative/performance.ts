import type { Grade } from "./figures.ts";
import { joined, plain, sentence, subheading, type Pen, type Phrase } from "./pen.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { fact, sum } from "./sources.ts";
import type { Paragraph, Sentence } from "./written.ts";

const path = "performance.projects";
const grades: readonly Grade[] = ["优", "良", "中", "差"];

/** 单位自评: how many projects, and their mean score. */
export const projects = {
  count: { kind: "count", path },
  mean: { kind: "mean", path },
} as const satisfies Record<string, FigureSource>;

/** 涉及资金: as told, or the sum of the projects where every one tells its amount. */
export function projectsAmount({ report }: Pen): FigureSource {
  const { amounts, projects: list } = report.sections.performance;
  const summed =
    amounts === undefined && list.length > 0 && list.every(({ amount }) => amount !== undefined);
  return summed
    ? sum(...list.map((_, index) => fact(`${path}.${index}.amount`)))
    : fact("performance.amounts.total");
}

/** 优 15个、中 1个: projects by grade, in the region's words; `all` tells grades nobody got. */
export function gradeCounts(
  pen: Pen,
  lead: string,
  names: Record<Grade, string>,
  all: boolean,
): Phrase {
  const told = grades.flatMap((grade): Phrase[] => {
    const source: FigureSource = { kind: "count", path, grade };
    if (pen.value(source) === 0 && !all) return [];
    return [
      [`${lead}“${names[grade]}”的项目`, pen.count(source, `“${names[grade]}”的项目数`, "个")],
    ];
  });
  return joined(told, "；");
}

/** Chapters of 绩效自评结果 in the department's own words. */
export function writtenChapters({ report }: Pen): Paragraph[] {
  return report.sections.performance.summary.flatMap(({ heading, paragraphs }, chapter) => [
    subheading(`performance.summary.${chapter + 1}`, heading),
    ...paragraphs.map((text, index) =>
      plain(
        sentence(`performance.summary.${chapter + 1}.${index + 1}`, {
          figure: text,
          source: fact(`performance.summary.${chapter}.paragraphs.${index}`),
        }),
      ),
    ),
  ]);
}

/** Points at the 部门评价 report and the 自评表 that are attached. */
export function evaluationPart(pen: Pen): Sentence {
  const { evaluation, selfEvaluations } = pen.report.sections.performance;
  const score = fact("performance.evaluation.score");
  if (evaluation === undefined) {
    return sentence("performance.evaluated", `${pen.self}${pen.year}年度无项目开展部门评价。`);
  }
  const attached = `部门评价报告${selfEvaluations.length > 0 ? "和项目支出绩效自评表" : ""}见附件`;
  return sentence(
    "performance.evaluated",
    `${pen.self}对`,
    pen.quote("performance.evaluation.project", "部门评价的项目"),
    `${evaluation.project.trim().endsWith("项目") ? "" : "项目"}${pen.year}年度支出开展部门评价，评价得分`,
    pen.score(score, "部门评价得分"),
    "，绩效等级为",
    pen.grade(score),
    `，${attached}。`,
  );
}
