import type { Report } from "../../report/report.ts";
import type { SelfEvaluation } from "../../report/sections.ts";
import type { Rule } from "../rule.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import { performanceAt as at, performanceBasis as basis, perTable } from "./self-evaluations.ts";

/** What a 自评表 or the list of its projects leaves blank. A blank is no fault of what is filled in: it is 未填. */

/** The boxes of one row with their names as printed. */
type Boxes = readonly (readonly [path: string, name: string, value: string | number | undefined])[];

/** One finding a row: it names every blank box and leads to the first. */
function blanks(row: string, boxes: Boxes): SectionFault | undefined {
  const blank = boxes.filter(([, , value]) => value === undefined || value === "");
  const [first] = blank;
  if (first === undefined) return undefined;
  const names = blank.map(([, name]) => name).join("、");
  return {
    ...at(first[0]),
    actual: names,
    unfilled: true,
    what: `${row}没有填写${names}`,
    mend: "按项目实际情况填写，没有的金额填0",
  };
}

function blanksOfTable(table: SelfEvaluation, path: string): (SectionFault | undefined)[] {
  const name = `自评表“${table.project}”`;
  const { initial, full, executed } = table.funds.total;
  const none = (list: "goals" | "indicators", what: string): SectionFault => ({
    ...at(`${path}.${list}`),
    unfilled: true,
    what: `${name}没有填写${what}`,
    mend: `增加${what}并填写`,
  });
  return [
    blanks(name, [
      [`${path}.department`, "主管部门", table.department],
      [`${path}.unit`, "实施单位", table.unit],
      [`${path}.funds.total.initial`, "年初预算数", initial],
      [`${path}.funds.total.full`, "全年预算数", full],
      [`${path}.funds.total.executed`, "全年执行数", executed],
      [`${path}.fundsWeight`, "预算执行率的分值", table.fundsWeight],
    ]),
    ...(table.goals.length === 0
      ? [none("goals", "年度总体目标")]
      : table.goals.map(({ expected, achieved }, index) =>
          blanks(`${name}的第${String(index + 1)}项年度总体目标`, [
            [`${path}.goals.${String(index)}.expected`, "预期目标", expected],
            [`${path}.goals.${String(index)}.achieved`, "实际完成情况", achieved],
          ]),
        )),
    ...(table.indicators.length === 0
      ? [none("indicators", "绩效指标")]
      : table.indicators.map((indicator, index) =>
          blanksOfIndicator(indicator, name, path, index),
        )),
  ];
}

function blanksOfIndicator(
  indicator: SelfEvaluation["indicators"][number],
  table: string,
  path: string,
  index: number,
): SectionFault | undefined {
  const own = `${path}.indicators.${String(index)}`;
  const { level1, level2, level3, target, actual, weight, score } = indicator;
  const row = level3 === "" ? `第${String(index + 1)}项指标` : `指标“${level3}”`;
  return blanks(`${table}的${row}`, [
    [`${own}.level1`, "一级指标", level1],
    [`${own}.level2`, "二级指标", level2],
    [`${own}.level3`, "三级指标", level3],
    [`${own}.target`, "年度指标值", target],
    [`${own}.actual`, "实际完成值", actual],
    [`${own}.weight`, "分值", weight],
    [`${own}.score`, "得分", score],
  ]);
}

const incompleteTables = (report: Report) => perTable(report, blanksOfTable);

const unscoredProjects = ({ sections: { performance } }: Report) =>
  judged(
    performance.projects.map(({ name, score }, index) =>
      blanks(`自评项目“${name}”`, [[`projects.${String(index)}.score`, "得分", score]]),
    ),
  );

export const completenessRules: readonly Rule[] = [
  {
    id: "S420",
    statement: "自评表各栏填写完整",
    basis,
    severity: "error",
    tolerance: "none",
    sections: { scope: "sections", run: incompleteTables },
  },
  {
    id: "S421",
    statement: "自评项目均有得分",
    basis,
    severity: "error",
    tolerance: "none",
    sections: { scope: "sections", run: unscoredProjects },
  },
];
