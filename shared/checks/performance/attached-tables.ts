import { projectName, readProjects } from "../../narrative/read/evaluation.ts";
import type { Report } from "../../report/report.ts";
import type { Performance } from "../../report/sections.ts";
import type { Rule } from "../rule.ts";
import { points } from "../sections/amounts.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { TextContext } from "../text/text-context.ts";
import type { TextFault } from "../text/text-finding.ts";
import { bareName } from "../units/unit-list.ts";
import { bareProject, isSameProject, selfEvaluationOf } from "./project-names.ts";
import {
  performanceAt as at,
  performanceBasis as basis,
  performanceBlocks,
  perTable,
  printedPerformance,
  tablesOf,
} from "./self-evaluations.ts";

/** Whether the 自评表 attached belong to this report, its year, its projects and its units. */

const years = (report: Report) =>
  perTable(report, ({ project, year }, path) => {
    const own = report.identity.year;
    if (year === own) return undefined;
    return {
      ...at(`${path}.year`),
      actual: `${String(year)}年度`,
      expected: `${String(own)}年度`,
      what: `自评表“${project}”是${String(year)}年度的，本报告是${String(own)}年度决算`,
      mend: "换成本年度的自评表，或改正年度",
    };
  });

/** Projects a 自评表 or 部门评价 is of. */
const evaluated = ({ selfEvaluations, evaluation }: Performance) => [
  ...selfEvaluations.map(({ project }, index) => ({
    kind: "自评表",
    project,
    path: `selfEvaluations.${String(index)}.project`,
  })),
  ...(evaluation === undefined
    ? []
    : [{ kind: "部门评价", project: evaluation.project, path: "evaluation.project" }]),
];

function tablesOfOtherProjects(report: Report) {
  const { projects } = report.sections.performance;
  if (projects.length === 0) return judged([], "condition_not_met");
  return judged(
    evaluated(report.sections.performance).map(
      ({ kind, project, path }): SectionFault | undefined =>
        projects.some(({ name }) => isSameProject(name, project))
          ? undefined
          : {
              ...at(path),
              quote: project,
              actual: project,
              what: `${kind}的项目“${project}”不在本报告的${String(projects.length)}个自评项目之中`,
              mend: "换成本报告项目的材料，或在自评项目中补列；项目名称口径不同的，填写说明",
            },
    ),
  );
}

function printedTablesOfOtherProjects(context: TextContext): TextFault[] {
  const { tables, evaluations } = printedPerformance(context);
  const listed = readProjects(performanceBlocks(context)).map(({ name }) => name);
  const known = [...evaluations.map((evaluation) => evaluation.project), ...listed];
  const [expected] = known;
  return tables.flatMap(({ figures: { project }, title, first }): TextFault[] => {
    if (project === undefined || first === undefined || expected === undefined) return [];
    if (known.some((name) => isSameProject(projectName(project), name))) return [];
    return [
      {
        quote: `${title} 项目名称：${project}`,
        line: first.line,
        actual: project,
        expected,
        what: `所附${title}是“${project}”的，本报告评价和列出的项目里没有它${evaluations.length > 0 ? `（评价的是“${expected}”）` : ""}`,
        mend: `换成“${expected}”的自评表`,
      },
    ];
  });
}

const repeatedUnits = (context: TextContext): TextFault[] =>
  printedPerformance(context).tables.flatMap(({ unitCells }) =>
    unitCells.slice(0, 1).map(({ text, line }) => ({
      quote: text,
      line,
      what: "表头已写“万元”，单元格里又写单位，有的还缺“元”字",
      mend: "单元格只填数字",
    })),
  );

const repeatedGoals = (report: Report) =>
  perTable(report, ({ project, goals }, path) =>
    goals.map(({ expected }, index): SectionFault | undefined => {
      const first = goals.findIndex((goal) => bareProject(goal.expected) === bareProject(expected));
      if (first === index || expected.trim() === "") return undefined;
      return {
        ...at(`${path}.goals.${String(index)}.expected`),
        quote: expected,
        actual: `目标${String(index + 1)}与目标${String(first + 1)}相同`,
        what: `自评表“${project}”的目标${String(index + 1)}与目标${String(first + 1)}文字相同`,
        mend: "删去重复的目标，或填写应有的内容",
      };
    }),
  );

const listedScores = (report: Report) =>
  judged(
    tablesOf(report).flatMap(({ table: { project, totalScore }, path }) => {
      const listed = selfEvaluationOf(report, project);
      if (listed?.score === undefined || totalScore === undefined) return [];
      if (listed.score === totalScore) return [undefined];
      return [
        {
          ...at(`${path}.totalScore`),
          actual: `${points(totalScore)}分`,
          expected: `${points(listed.score)}分`,
          what: `“${project}”自评表总分${points(totalScore)}分，自评项目列表写${points(listed.score)}分`,
          mend: "两处用同一得分",
        },
      ];
    }),
    "condition_not_met",
  );

/** 主管部门 and 实施单位 of a 自评表 are of this report. */
function tablesOfOtherUnits(report: Report) {
  const { identity, sections } = report;
  const own = [identity.orgName, ...sections.facts.units.map(({ name }) => name)].map(bareName);
  if (identity.kind !== "department") return judged([], "condition_not_met");
  const isRight = (name: string, names: readonly string[]) =>
    name === "" || names.includes(bareName(name));
  const parts = tablesOf(report).flatMap(({ table, path }): (SectionFault | undefined)[] => [
    isRight(table.department, [bareName(identity.orgName)])
      ? undefined
      : {
          ...at(`${path}.department`),
          quote: table.department,
          actual: table.department,
          expected: identity.orgName,
          what: `自评表“${table.project}”的主管部门写作“${table.department}”，本报告是“${identity.orgName}”的`,
          mend: "改用本部门全称，或换成本部门的自评表",
        },
    ...(sections.facts.units.length === 0
      ? []
      : [
          isRight(table.unit, own)
            ? undefined
            : {
                ...at(`${path}.unit`),
                quote: table.unit,
                actual: table.unit,
                what: `自评表“${table.project}”的实施单位“${table.unit}”不在本部门的单位名单之中`,
                mend: "改用单位名单里的全称；由其他单位实施的，填写说明",
              },
        ]),
  ]);
  return judged(parts);
}

export const attachedTableRules: readonly Rule[] = [
  {
    id: "R407",
    statement: "自评表的年度是报告年度",
    basis,
    severity: "error",
    tolerance: "none",
    sections: { scope: "sections", run: years },
  },
  {
    id: "R408",
    statement: "所附自评表属于本报告的项目",
    basis,
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: printedTablesOfOtherProjects },
    sections: { scope: "sections", run: tablesOfOtherProjects },
  },
  {
    id: "S407",
    statement: "同一自评表的年度目标各不相同",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: repeatedGoals },
  },
  {
    id: "S408",
    statement: "自评表总分与自评项目列表的得分一致",
    severity: "error",
    tolerance: "exact",
    sections: { scope: "sections", run: listedScores },
  },
  {
    id: "S418",
    statement: "自评表的主管部门和实施单位是本报告的部门和单位",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: tablesOfOtherUnits },
  },
  {
    id: "W07",
    statement: "自评表单元格不重复单位",
    severity: "hint",
    tolerance: "none",
    text: { amounts: "none", run: repeatedUnits },
  },
];
