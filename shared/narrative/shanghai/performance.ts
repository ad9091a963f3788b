import { gradeCounts, projects, projectsAmount, writtenChapters } from "../performance.ts";
import { joined, plain, sentence, type Pen } from "../pen.ts";
import { cell, fact } from "../sources.ts";
import type { Chapter, Sentence } from "../written.ts";

const management = (path: string) => fact(`performance.management.${path}`);

/** 十、预算绩效管理情况: rules, 全过程 counts, self-evaluation with grades, problems found. */
export function performanceChapter(pen: Pen): Chapter {
  return {
    id: "performance",
    heading: "十、预算绩效管理情况",
    paragraphs: [
      plain(
        sentence(
          "performance.lead",
          `${pen.report.identity.orgName}${pen.year}年度预算绩效管理工作开展情况如下：`,
        ),
        ...managed(pen),
        ...evaluated(pen),
        ...problems(pen),
      ),
      ...writtenChapters(pen),
    ],
  };
}

function managed(pen: Pen): Sentence[] {
  const { management: told } = pen.report.sections.performance;
  if (told === undefined) return [];
  const rules = told.rules.map((_, index) =>
    pen.quote(`performance.management.rules.${index}`, "绩效管理制度"),
  );
  return [
    ...(rules.length === 0
      ? []
      : [
          sentence(
            "performance.rules",
            `${pen.self}建立了如下预算绩效管理制度：`,
            joined(rules, "、"),
            "。",
          ),
        ]),
    sentence(
      "performance.goals",
      `编报绩效目标的${pen.year}年度项目`,
      pen.count(management("goals.projects"), "编报绩效目标的项目数", "个"),
      "，涉及预算金额",
      pen.amount(management("goals.amount"), "编报绩效目标涉及预算金额"),
      "；",
    ),
    sentence(
      "performance.tracking",
      `绩效跟踪评价的${pen.year}年度项目`,
      pen.count(management("tracking.projects"), "绩效跟踪评价的项目数", "个"),
      "，涉及预算金额",
      pen.amount(management("tracking.amount"), "绩效跟踪评价涉及预算金额"),
      "；",
    ),
  ];
}

function evaluated(pen: Pen): Sentence[] {
  if (pen.report.sections.performance.projects.length === 0) {
    const spending = cell("t03/total/project");
    return [
      pen.known(spending) === 0
        ? sentence(
            "performance.evaluated",
            `${pen.year}年度无`,
            { figure: "项目支出", source: spending },
            "，无绩效自评的项目。",
          )
        : sentence("performance.evaluated", "绩效自评项目：", {
            missing: "figure",
            what: "绩效自评的项目及得分",
            source: projects.count,
          }),
    ];
  }
  return [
    sentence(
      "performance.evaluated",
      `绩效自评的${pen.year}年度项目`,
      pen.count(projects.count, "绩效自评的项目数", "个"),
      "，涉及预算金额",
      pen.amount(projectsAmount(pen), "绩效自评涉及预算金额"),
      "，平均得分",
      pen.score(projects.mean, "绩效自评平均得分"),
      "（其中，",
      gradeCounts(pen, "绩效评级为", { 优: "优", 良: "良", 中: "合格", 差: "不合格" }, true),
      "）。",
    ),
  ];
}

const problems = (pen: Pen): Sentence[] =>
  pen.report.sections.performance.management === undefined
    ? []
    : [
        sentence(
          "performance.problems",
          "绩效自评中共发现问题",
          pen.count(management("problems.found"), "发现问题数", "个"),
          "，已经完成整改的",
          pen.count(management("problems.mended"), "完成整改的问题数", "个"),
          "，正在整改的",
          pen.count(management("problems.mending"), "正在整改的问题数", "个"),
          "。",
        ),
      ];
