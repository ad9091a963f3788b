import {
  evaluationPart,
  gradeCounts,
  projects,
  projectsAmount,
  writtenChapters,
} from "../performance.ts";
import { item, plain, sentence, subheading, type Pen } from "../pen.ts";
import { cell, fact } from "../sources.ts";
import type { Chapter, Paragraph, Sentence } from "../written.ts";

/** 九、预算绩效评价情况说明: 单位自评, 部门整体支出, scores by project, 部门评价. */
export function performanceChapter(pen: Pen): Chapter {
  return {
    id: "performance",
    heading: "九、预算绩效评价情况说明",
    paragraphs: [
      subheading("performance.work", "（一）绩效评价工作开展情况。"),
      ...scope(pen),
      plain(overall(pen)),
      subheading("performance.results", "（二）部门决算中项目绩效自评结果。"),
      ...results(pen),
      ...writtenChapters(pen),
      subheading("performance.evaluation", "（三）部门评价项目绩效评价情况。"),
      plain(evaluationPart(pen)),
    ],
  };
}

function scope(pen: Pen): Paragraph[] {
  const { performance } = pen.report.sections;
  if (performance.projects.length === 0) return [plain(noProjects(pen))];
  const amount = projectsAmount(pen);
  const main = sentence(
    "performance.scope",
    `根据预算绩效管理要求，${pen.self}组织对纳入${pen.year}年度${pen.body}预算范围的`,
    pen.count(projects.count, "自评项目数", "个"),
    "二级项目开展绩效自评，涉及资金",
    pen.amount(amount, "自评项目涉及资金"),
    pen.value(amount) === undefined
      ? ""
      : ["，占项目支出总额的", pen.share(amount, cell("t03/total/project"))],
    "。",
  );
  const byFund = sentence(
    "performance.funds",
    "其中：一般公共预算支出",
    pen.amount(fact("performance.amounts.general"), "自评项目一般公共预算支出"),
    "，政府性基金预算支出",
    pen.amount(fact("performance.amounts.fund"), "自评项目政府性基金预算支出"),
    "，国有资本经营预算支出",
    pen.amount(fact("performance.amounts.capital"), "自评项目国有资本经营预算支出"),
    "。",
  );
  const mean = sentence(
    "performance.mean",
    "从评价情况来看，项目绩效自评平均得分",
    pen.score(projects.mean, "自评平均得分"),
    "。",
  );
  return [plain(main, ...(performance.amounts === undefined ? [] : [byFund]), mean)];
}

/** Project spending without a project in the list is a gap; without either there is nothing to evaluate. */
function noProjects(pen: Pen): Sentence {
  const spending = pen.known(cell("t03/total/project"));
  return spending === 0
    ? sentence(
        "performance.scope",
        `${pen.self}${pen.year}年度无`,
        { figure: "项目支出", source: cell("t03/total/project") },
        "，无纳入绩效自评的项目。",
      )
    : sentence("performance.scope", "绩效自评项目：", {
        missing: "figure",
        what: "绩效自评的项目及得分",
        source: projects.count,
      });
}

function overall(pen: Pen): Sentence {
  const lead = `${pen.body}整体支出绩效评价`;
  if (pen.report.sections.performance.overall === undefined) {
    return sentence("performance.overall", `${pen.year}年度未组织开展${lead}。`);
  }
  return sentence(
    "performance.overall",
    `组织开展${lead}，涉及一般公共预算支出`,
    pen.amount(fact("performance.overall.general"), `${lead}涉及的一般公共预算支出`),
    "，政府性基金预算支出",
    pen.amount(fact("performance.overall.fund"), `${lead}涉及的政府性基金预算支出`),
    `；${pen.body}整体支出绩效自评得分`,
    pen.score(fact("performance.overall.score"), `${lead}得分`),
    "，绩效等级为",
    pen.grade(fact("performance.overall.score")),
    "。",
  );
}

function results(pen: Pen): Paragraph[] {
  const { projects: list } = pen.report.sections.performance;
  if (list.length === 0) {
    return [plain(sentence("performance.list", `${pen.year}年度无项目绩效自评结果。`))];
  }
  return [
    plain(
      sentence(
        "performance.grades",
        `${pen.self}${pen.year}年度`,
        pen.count(projects.count, "自评项目数", "个"),
        "项目绩效自评平均得分",
        pen.score(projects.mean, "自评平均得分"),
        "，绩效等级为",
        pen.grade(projects.mean),
        "，其中：",
        gradeCounts(pen, "评价等级为", { 优: "优", 良: "良", 中: "中", 差: "差" }, false),
        "。",
      ),
      sentence("performance.list", "各项目得分情况如下："),
    ),
    ...list.map(({ name }, index) =>
      item(
        `（${index + 1}）`,
        sentence(
          `performance.project.${index + 1}`,
          pen.quote(`performance.projects.${index}.name`, `第${index + 1}个项目的名称`),
          name.trim().endsWith("项目") ? "" : "项目",
          "绩效自评得分",
          pen.score(fact(`performance.projects.${index}.score`), `第${index + 1}个项目的得分`),
          index === list.length - 1 ? "。" : "；",
        ),
      ),
    ),
  ];
}
