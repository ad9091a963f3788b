import type { CellAddress } from "../../../forms/cell.ts";
import { gradeOf, meanHundredths } from "../../../narrative/figures.ts";
import type { Report } from "../../../report/report.ts";
import type { Performance, SelfEvaluation } from "../../../report/sections.ts";
import { isAbove, isApart, points, sumOf, valueAt, wan } from "../amounts.ts";
import { judged, type SectionFault, type SectionRule } from "../section-rule.ts";
import { measured, saysNothing, type Measured } from "../indicator.ts";
import { bareName } from "./unit-list.ts";

/** 绩效自评表, 部门评价 and the figures told of them (财预〔2020〕10号); scores are hundredths of a point. */

const basis = "《项目支出绩效评价管理办法》（财预〔2020〕10号）";

type Indicator = SelfEvaluation["indicators"][number];

const at = (path: string) => ({ section: "performance", path: `performance.${path}` }) as const;
const percent = (hundredths: number): string => `${points(hundredths)}%`;

/** Every 自评表 of the report with its path. */
const tablesOf = ({ sections }: Report): { table: SelfEvaluation; path: string }[] =>
  sections.performance.selfEvaluations.map((table, index) => ({
    table,
    path: `selfEvaluations.${String(index)}`,
  }));

const perTable = (
  report: Report,
  check: (
    table: SelfEvaluation,
    path: string,
  ) => SectionFault | undefined | readonly (SectionFault | undefined)[],
) => judged(tablesOf(report).flatMap(({ table, path }) => check(table, path)));

const perIndicator = (
  report: Report,
  check: (
    indicator: Indicator,
    path: string,
    table: SelfEvaluation,
  ) => SectionFault | undefined | "nothing",
) =>
  judged(
    tablesOf(report).flatMap(({ table, path }) =>
      table.indicators.flatMap((indicator, index) => {
        const found = check(indicator, `${path}.indicators.${String(index)}`, table);
        return found === "nothing" ? [] : [found];
      }),
    ),
    "condition_not_met",
  );

const weights = (report: Report) =>
  perTable(report, ({ project, fundsWeight, indicators }, path) => {
    const sum = fundsWeight + sumOf(indicators.map(({ weight }) => weight));
    if (sum === 100_00) return undefined;
    return {
      ...at(path),
      actual: points(sum),
      expected: "100",
      what: `自评表“${project}”各指标分值（含预算执行率）之和为${points(sum)}，应为100`,
      mend: "核对各指标的分值",
    };
  });

const totals = (report: Report) =>
  perTable(report, ({ project, fundsScore, indicators, totalScore }, path) => {
    const sum = fundsScore + sumOf(indicators.map(({ score }) => score));
    if (sum === totalScore) return undefined;
    return {
      ...at(`${path}.totalScore`),
      actual: points(totalScore),
      expected: points(sum),
      what: `自评表“${project}”总分${points(totalScore)}与各项得分之和${points(sum)}不等`,
      mend: `改为${points(sum)}，或核对各项得分`,
    };
  });

function overfull(
  name: string,
  score: number,
  weight: number,
): Pick<SectionFault, "actual" | "expected" | "what" | "mend"> | undefined {
  if (score >= 0 && score <= weight) return undefined;
  return {
    actual: points(score),
    expected: `0至${points(weight)}`,
    what: `${name}得分${points(score)}不在0和分值${points(weight)}之间`,
    mend: "得分不得超过分值上限",
  };
}

const scoresWithin = (report: Report) =>
  perTable(report, ({ fundsScore, fundsWeight, indicators }, path) => [
    ...[overfull("预算执行率", fundsScore, fundsWeight)].map((fault) =>
      fault === undefined ? undefined : { ...at(`${path}.fundsScore`), ...fault },
    ),
    ...indicators.map(({ level3, score, weight }, index) => {
      const fault = overfull(`“${level3}”`, score, weight);
      return fault && { ...at(`${path}.indicators.${String(index)}.score`), ...fault };
    }),
  ]);

/** People print the score with one decimal or two. */
const scoreRounding = 5;

const fundsScores = (report: Report) =>
  judged(
    tablesOf(report).flatMap(({ table, path }): (SectionFault | undefined)[] => {
      const { project, fundsScore, fundsWeight } = table;
      const { full, executed } = table.funds.total;
      if (full <= 0 || executed < 0) return [];
      const due = (fundsWeight * Math.min(executed, full)) / full;
      if (Math.abs(fundsScore - due) <= scoreRounding) return [undefined];
      const rate = (executed / full) * 100;
      return [
        {
          ...at(`${path}.fundsScore`),
          actual: points(fundsScore),
          expected: points(Math.round(due)),
          what: `自评表“${project}”预算执行得分${points(fundsScore)}不对，应为${points(Math.round(due))}（分值${points(fundsWeight)}×执行率${rate.toFixed(2)}%，不超过分值）`,
          mend: "按分值×执行率重新计算",
        },
      ];
    }),
  );

const overspent = (report: Report) =>
  perTable(report, ({ project, funds }, path) => {
    const { full, executed } = funds.total;
    if (!isAbove(report, executed, full)) return undefined;
    return {
      ...at(`${path}.funds.total.executed`),
      actual: wan(executed),
      expected: `不超过${wan(full)}`,
      what: `自评表“${project}”全年执行数${wan(executed)}超过全年预算数${wan(full)}`,
      mend: "核对全年预算数和全年执行数",
    };
  });

const sources = ["fiscal", "carriedOver", "other"] as const;
const fundColumns = { initial: "年初预算数", full: "全年预算数", executed: "全年执行数" } as const;

const fundSums = (report: Report) =>
  judged(
    tablesOf(report).flatMap(({ table: { project, funds }, path }) => {
      const given = sources.flatMap((source) => funds[source] ?? []);
      if (given.length === 0) return [];
      return (["initial", "full", "executed"] as const).map((column): SectionFault | undefined => {
        const sum = sumOf(given.map((amounts) => amounts[column]));
        const total = funds.total[column];
        if (!isApart(report, total, sum, given.length)) return undefined;
        return {
          ...at(`${path}.funds.total.${column}`),
          actual: wan(total),
          expected: wan(sum),
          what: `自评表“${project}”资金总额的${fundColumns[column]}${wan(total)}与当年财政拨款、上年结转、其他资金之和${wan(sum)}不等`,
          mend: "核对资金总额和各项来源",
        };
      });
    }),
    "condition_not_met",
  );

const isMet = (found: Measured | undefined): boolean => found?.standing === "met";

const deviations = (report: Report) =>
  perIndicator(report, (indicator, path, table) => {
    const { level3, target, actual, weight, score, deviation } = indicator;
    if (score >= weight) return undefined;
    if (!saysNothing(deviation)) return undefined;
    const full = isMet(measured(indicator));
    const total = `（总分${points(table.totalScore + weight - score)}）`;
    return {
      ...at(`${path}.deviation`),
      actual: points(score),
      expected: full ? `${points(weight)}${total}` : "偏差原因",
      what: full
        ? `“${level3}”目标${target}、完成${actual}，已经完成，应得${points(weight)}分，只得${points(score)}分，也没有写偏差原因`
        : `“${level3}”得${points(score)}分，未得满分${points(weight)}分，没有写偏差原因`,
      mend: full ? "改正得分，或填写扣分的原因" : "填写偏差原因分析及改进措施",
    };
  });

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

const bare = (name: string): string => name.normalize("NFKC").replace(/[\s“”"'（）()]/gu, "");

/** Lists name projects at length or in short. */
const isSameProject = (a: string, b: string): boolean =>
  bare(a).includes(bare(b)) || bare(b).includes(bare(a));

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

function strangeProjects(report: Report) {
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

function moneyTold(report: Report) {
  const { amounts, projects } = report.sections.performance;
  const each = projects.flatMap(({ amount }) => amount ?? []);
  if (amounts === undefined || projects.length === 0 || each.length < projects.length) {
    return judged([], "condition_not_met");
  }
  const sum = sumOf(each);
  return judged([
    isApart(report, amounts.total, sum, each.length)
      ? {
          ...at("amounts.total"),
          actual: wan(amounts.total),
          expected: wan(sum),
          what: `自评涉及资金${wan(amounts.total)}与${String(each.length)}个项目的金额之和${wan(sum)}不等，相差${wan(Math.abs(sum - amounts.total))}`,
          mend: "核对各项目金额与涉及资金",
        }
      : undefined,
  ]);
}

/** A mean that people type into their own chapters. */
function meanTold(report: Report) {
  const { projects, summary } = report.sections.performance;
  const mean = meanHundredths(projects.map(({ score }) => score));
  if (mean === undefined) return judged([], "condition_not_met");
  return judged(
    summary.flatMap(({ paragraphs }, chapter) =>
      paragraphs.flatMap((text, index) =>
        [
          ...text.matchAll(/(?:自评|项目)[^，。；]{0,10}平均(?:得)?分(?:为)?(\d+(?:\.\d+)?)分/gu),
        ].map((match): SectionFault | undefined => {
          const said = match[1] ?? "";
          if (Math.abs(Math.round(Number(said) * 100) - mean) <= 1) return undefined;
          return {
            ...at(`summary.${String(chapter)}.paragraphs.${String(index)}`),
            quote: match[0],
            actual: `${said}分`,
            expected: `${points(mean)}分`,
            what: `平均得分写作${said}分，${String(projects.length)}个自评项目的平均得分是${points(mean)}分`,
            mend: `改为${points(mean)}分，或核对各项目得分`,
          };
        }),
      ),
    ),
    "condition_not_met",
  );
}

const unmetYetFull = (report: Report) =>
  perIndicator(report, (indicator, path) => {
    const found = measured(indicator);
    if (found === undefined) return "nothing";
    const { level3, target, actual, weight, score, deviation } = indicator;
    if (found.standing !== "short" || score < weight || weight === 0) return undefined;
    if (!saysNothing(deviation)) return undefined;
    return {
      ...at(`${path}.score`),
      actual: points(score),
      expected: `低于${points(weight)}`,
      what: `“${level3}”目标${target}、完成${actual}，没有完成，却得满分${points(weight)}分`,
      mend: "按完成情况扣分，或改正目标值和完成值",
    };
  });

const shareOfTarget = (report: Report) =>
  perIndicator(report, (indicator, path) => {
    const found = measured(indicator);
    if (found?.standing !== "short" || found.rate === undefined) return "nothing";
    const { level3, target, actual, weight, score } = indicator;
    const due = Math.round(weight * found.rate);
    // 0 分 below a floor is a method too.
    if (score >= weight || score === 0 || Math.abs(score - due) <= scoreRounding) return undefined;
    return {
      ...at(`${path}.score`),
      actual: points(score),
      expected: points(due),
      what: `“${level3}”目标${target}、完成${actual}，按完成比例应得${points(due)}分，实得${points(score)}分`,
      mend: "按其他办法计分的无需改动",
    };
  });

/** Three halves of what was planned: the target was set too low, or the figure is wrong. */
const farAbove = 1.5;

const farOverfulfilled = (report: Report) =>
  perIndicator(report, (indicator, path) => {
    const found = measured(indicator);
    if (found?.over === undefined) return "nothing";
    const { level3, target, actual, deviation } = indicator;
    if (found.over < farAbove || !saysNothing(deviation)) return undefined;
    const rate = percent(Math.round(found.over * 10_000));
    return {
      ...at(`${path}.actual`),
      actual: rate,
      expected: `不超过${percent(farAbove * 10_000)}`,
      what: `“${level3}”目标${target}、完成${actual}，完成率${rate}，没有说明目标偏低的原因`,
      mend: "在偏差原因中说明，或核对目标值和完成值",
    };
  });

function qualityBesideQuantity(report: Report) {
  return judged(
    tablesOf(report).flatMap(({ table: { indicators }, path }) =>
      indicators.flatMap((short): (SectionFault | undefined)[] => {
        const found = measured(short);
        if (found?.standing !== "short" || found.rate === undefined) return [];
        const core = short.level3.replace(/数量?$/u, "").slice(0, 4);
        const index = indicators.findIndex(
          ({ level3, actual }) =>
            actual === "100%" && /达标率$|完成率$/u.test(level3) && level3.includes(core),
        );
        const full = indicators[index];
        if (full === undefined || core.length < 4) return [undefined];
        return [
          {
            ...at(`${path}.indicators.${String(index)}.actual`),
            actual: full.actual,
            expected: percent(Math.round(found.rate * 10_000)),
            what: `“${full.level3}”写100%，而“${short.level3}”只完成${short.actual}（目标${short.target}）`,
            mend: "核对达标率，或说明其计算口径",
          },
        ];
      }),
    ),
    "condition_not_met",
  );
}

/** 成本控制率 is what was saved of the year's budget. */
function costRates(report: Report) {
  return judged(
    tablesOf(report).flatMap(({ table: { indicators, funds }, path }) => {
      const { full, executed } = funds.total;
      return indicators.flatMap(({ level3, actual }, index): (SectionFault | undefined)[] => {
        const printed = /^(\d+(?:\.\d+)?)%$/u.exec(actual)?.[1];
        if (!/成本(?:控制|节约)率$/u.test(level3) || printed === undefined || full <= 0) return [];
        const right = ((full - executed) / full) * 100;
        const decimals = printed.split(".")[1]?.length ?? 0;
        const reach = 0.5 * 10 ** -decimals + 1e-9;
        const said = Number(printed);
        if (Math.abs(said - right) <= reach) return [undefined];
        const shown = `${right.toFixed(Math.max(1, decimals))}%`;
        return [
          {
            ...at(`${path}.indicators.${String(index)}.actual`),
            actual,
            expected: shown,
            what: `“${level3}”${actual}与资金不符：（${wan(full)}−${wan(executed)}）÷${wan(full)}＝${shown}`,
            mend: "按资金执行情况重新计算；口径不同的，填写说明",
          },
        ];
      });
    }),
    "condition_not_met",
  );
}

const repeatedGoals = (report: Report) =>
  perTable(report, ({ project, goals }, path) =>
    goals.map(({ expected }, index): SectionFault | undefined => {
      const first = goals.findIndex((goal) => bare(goal.expected) === bare(expected));
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

const selfEvaluationOf = (report: Report, project: string) =>
  report.sections.performance.projects.find(({ name }) => bare(name) === bare(project));

const listedScores = (report: Report) =>
  judged(
    tablesOf(report).flatMap(({ table: { project, totalScore }, path }) => {
      const listed = selfEvaluationOf(report, project);
      if (listed === undefined) return [];
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

function repeatedProjects(report: Report) {
  const { projects } = report.sections.performance;
  return judged(
    projects.map(({ name }, index): SectionFault | undefined => {
      const first = projects.findIndex((other) => bare(other.name) === bare(name));
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

function amountsByFund(report: Report) {
  const { amounts } = report.sections.performance;
  if (amounts === undefined) return judged([]);
  const { total, general, fund, capital } = amounts;
  const sum = general + fund + capital;
  if (!isApart(report, total, sum, 3)) return judged([undefined]);
  const fault = {
    ...at("amounts.total"),
    actual: wan(total),
    expected: wan(sum),
    what: `自评涉及资金${wan(total)}与一般公共预算、政府性基金预算、国有资本经营预算之和${wan(sum)}不等`,
    mend: "核对涉及资金及其分项",
  };
  // Other money (单位资金) may make up the rest.
  return judged([total > sum ? { ...fault, severity: "warning" as const } : fault]);
}

/** An amount told of the performance that may not exceed a cell. */
function withinCell(
  report: Report,
  told: { readonly name: string; readonly path: string; readonly amount: number | undefined },
  limit: { readonly name: string; readonly cell: CellAddress },
) {
  const { amount } = told;
  const most = valueAt(report, limit.cell) ?? 0;
  if (amount === undefined) return [];
  if (!isAbove(report, amount, most)) return [undefined];
  return [
    {
      ...at(told.path),
      cells: [limit.cell],
      actual: wan(amount),
      expected: `不超过${wan(most)}`,
      what: `${told.name}${wan(amount)}超过${limit.name}${wan(most)}，超出${wan(amount - most)}`,
      mend: `核对${told.name}，应为决算数，不含其他资金`,
    },
  ];
}

const projectsWithinSpent = (report: Report) =>
  judged(
    withinCell(
      report,
      {
        name: "自评涉及资金",
        path: "amounts.total",
        amount: report.sections.performance.amounts?.total,
      },
      { name: "项目支出", cell: "t03/total/project" },
    ),
  );

const overallWithinSpent = (report: Report) => {
  const { overall } = report.sections.performance;
  return judged([
    ...withinCell(
      report,
      {
        name: "部门整体支出的一般公共预算支出",
        path: "overall.general",
        amount: overall?.general,
      },
      { name: "一般公共预算财政拨款支出", cell: "t05/total/total" },
    ),
    ...withinCell(
      report,
      {
        name: "部门整体支出的政府性基金预算支出",
        path: "overall.fund",
        amount: overall?.fund,
      },
      { name: "政府性基金预算财政拨款支出", cell: "t07/total/total" },
    ),
  ]);
};

function grades(report: Report) {
  const { evaluation } = report.sections.performance;
  if (evaluation === undefined) return judged([]);
  const right = gradeOf(evaluation.score);
  return judged([
    right === evaluation.grade
      ? undefined
      : {
          ...at("evaluation.grade"),
          actual: evaluation.grade,
          expected: right,
          what: `部门评价得分${points(evaluation.score)}分，等级应为“${right}”，此处为“${evaluation.grade}”`,
          mend: `改为“${right}”，或核对得分`,
        },
  ]);
}

function dimensionScores(report: Report) {
  const { evaluation } = report.sections.performance;
  if (evaluation === undefined || evaluation.dimensions.length === 0) return judged([]);
  const sum = sumOf(evaluation.dimensions.map(({ score }) => score));
  return judged([
    sum === evaluation.score
      ? undefined
      : {
          ...at("evaluation.score"),
          actual: `${points(evaluation.score)}分`,
          expected: `${points(sum)}分`,
          what: `部门评价得分${points(evaluation.score)}分与各部分得分之和${points(sum)}分不等`,
          mend: "核对各部分得分与总得分",
        },
  ]);
}

function dimensionWeights(report: Report) {
  const { dimensions = [] } = report.sections.performance.evaluation ?? {};
  if (dimensions.length === 0) return judged([]);
  const sum = sumOf(dimensions.map(({ weight }) => weight));
  return judged([
    sum === 100_00
      ? undefined
      : {
          ...at("evaluation.dimensions"),
          actual: points(sum),
          expected: "100",
          what: `部门评价各部分分值之和为${points(sum)}，应为100`,
          mend: "核对各部分的分值",
        },
    ...dimensions.map(({ name, score, weight }, index) => {
      const fault = overfull(`部门评价“${name}”`, score, weight);
      return fault && { ...at(`evaluation.dimensions.${String(index)}.score`), ...fault };
    }),
  ]);
}

function twoScores(report: Report) {
  const { evaluation, summary } = report.sections.performance;
  const self = evaluation && selfEvaluationOf(report, evaluation.project);
  if (evaluation === undefined || self === undefined) return judged([], "condition_not_met");
  const texts = [...evaluation.chapters, ...summary].flatMap(({ paragraphs }) => paragraphs);
  const isExplained = texts
    .flatMap((text) => text.split("。"))
    .some((one) => one.includes("自评") && /不同|差异|相差|不一致|高于|低于/u.test(one));
  const apart = Math.abs(self.score - evaluation.score);
  return judged([
    apart === 0 || isExplained
      ? undefined
      : {
          ...at("evaluation.score"),
          actual: `${points(evaluation.score)}分`,
          expected: `${points(self.score)}分`,
          what: `“${evaluation.project}”部门评价${points(evaluation.score)}分，单位自评${points(self.score)}分，相差${points(apart)}分，没有说明`,
          mend: "在评价报告中说明两次得分不同的原因",
        },
  ]);
}

const claim =
  /全部按时按质按量完成|(?:各|所有|全部)(?:个)?项目均(?:已)?(?:达到|完成|实现)|(?:绩效)?目标(?:已)?(?:全部|均)(?:达到|完成|实现)|全部(?:达到|完成|实现)(?:了)?(?:年初|预期)?(?:设定的)?(?:绩效)?目标/u;

/** 80 分 begins 良: below it, not all goals were met. */
const good = 80_00;

function contradicted(report: Report) {
  const { projects, summary, selfEvaluations } = report.sections.performance;
  const worst = projects.find(({ score }) => score < good);
  const told = [
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
    told.map(({ text, path, low }): SectionFault | undefined => {
      const found = claim.exec(text)?.[0];
      if (found === undefined || low === undefined) return undefined;
      return {
        ...at(path),
        quote: found,
        actual: `${points(low.score)}分（${gradeOf(low.score)}）`,
        what: `“${found}”与“${low.name}”自评得分${points(low.score)}分（${gradeOf(low.score)}）矛盾`,
        mend: "按实际完成情况改写，并说明未完成的原因",
      };
    }),
  );
}

/** 主管部门 and 实施单位 of a 自评表 are of this report. */
function strangeUnits(report: Report) {
  const { identity, sections } = report;
  const own = [identity.orgName, ...sections.facts.units.map(({ name }) => name)].map(bareName);
  if (identity.kind !== "department") return judged([], "condition_not_met");
  const parts = tablesOf(report).flatMap(({ table, path }): (SectionFault | undefined)[] => [
    bareName(table.department) === bareName(identity.orgName)
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
          own.includes(bareName(table.unit))
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

function problems(report: Report) {
  const { management } = report.sections.performance;
  if (management === undefined) return judged([]);
  const { found, mended, mending } = management.problems;
  return judged([
    found === mended + mending
      ? undefined
      : {
          ...at("management.problems.found"),
          actual: `${String(found)}个`,
          expected: `${String(mended + mending)}个`,
          what: `绩效跟踪和评价发现问题${String(found)}个，与已整改${String(mended)}个、正在整改${String(mending)}个之和不等`,
          mend: "核对发现、已整改和正在整改的问题数",
        },
  ]);
}

export const performanceRules: readonly SectionRule[] = [
  {
    id: "R401",
    statement: "自评表各指标分值（含预算执行率）之和＝100",
    basis,
    severity: "error",
    check: weights,
  },
  {
    id: "R402",
    statement: "自评表总分＝各项得分之和",
    basis,
    severity: "error",
    check: totals,
  },
  {
    id: "R403",
    statement: "自评表各项 0 ≤ 得分 ≤ 分值",
    basis,
    severity: "error",
    check: scoresWithin,
  },
  {
    id: "R404",
    statement: "自评表执行率＝全年执行数÷全年预算数，得分＝分值×执行率，不超过分值",
    basis,
    severity: "error",
    check: fundsScores,
  },
  {
    id: "R405",
    statement:
      "项目资金总额＝当年财政拨款＋上年结转资金＋其他资金（年初预算数、全年预算数、全年执行数）",
    basis,
    severity: "error",
    check: fundSums,
  },
  {
    id: "R406",
    statement: "自评表得分低于分值的，写明偏差原因；质量与数量不矛盾",
    basis,
    severity: "warning",
    check: deviations,
  },
  {
    id: "R407",
    statement: "自评表的年度是报告年度",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: years,
  },
  {
    id: "R408",
    statement: "所附自评表属于本报告的项目",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "warning",
    check: strangeProjects,
  },
  {
    id: "R409",
    statement: "自评涉及资金＝各项目金额之和",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: moneyTold,
  },
  {
    id: "R215",
    statement:
      "绩效项目数＝所列项目数，平均分＝得分之和÷项目数，等级与得分一致，涉及资金不超过决算数",
    basis: "《项目支出绩效评价管理办法》（财预〔2020〕10号）",
    severity: "error",
    check: meanTold,
  },
  {
    id: "S401",
    statement: "项目的全年执行数不超过全年预算数",
    basis,
    severity: "warning",
    check: overspent,
  },
  {
    id: "S402",
    statement: "没有完成的定量指标不得满分",
    basis,
    severity: "warning",
    check: unmetYetFull,
  },
  {
    id: "S403",
    statement: "没有完成的定量指标按完成比例得分",
    basis,
    severity: "hint",
    check: shareOfTarget,
  },
  {
    id: "S404",
    statement: "完成值达到目标值1.5倍的，说明原因",
    basis,
    severity: "warning",
    check: farOverfulfilled,
  },
  {
    id: "S405",
    statement: "数量没有完成的，达标率不写100%",
    severity: "warning",
    check: qualityBesideQuantity,
  },
  {
    id: "S406",
    statement: "成本控制率（节约率）与资金执行情况一致",
    severity: "warning",
    check: costRates,
  },
  {
    id: "S407",
    statement: "同一自评表的年度目标各不相同",
    severity: "warning",
    check: repeatedGoals,
  },
  {
    id: "S408",
    statement: "自评表总分与自评项目列表的得分一致",
    severity: "error",
    check: listedScores,
  },
  {
    id: "S409",
    statement: "自评项目不重复列示",
    severity: "warning",
    check: repeatedProjects,
  },
  {
    id: "S410",
    statement: "自评涉及资金＝一般公共预算＋政府性基金预算＋国有资本经营预算",
    severity: "error",
    check: amountsByFund,
  },
  {
    id: "S411",
    statement: "自评涉及资金不超过支出决算表的项目支出",
    severity: "warning",
    check: projectsWithinSpent,
  },
  {
    id: "S412",
    statement: "部门整体支出的一般公共预算、政府性基金支出不超过相应的决算数",
    severity: "error",
    check: overallWithinSpent,
  },
  {
    id: "S413",
    statement: "部门评价等级与得分一致：优90–100，良80–90，中60–80，差60以下",
    basis,
    severity: "error",
    check: grades,
  },
  {
    id: "S414",
    statement: "部门评价得分＝各部分得分之和",
    basis,
    severity: "error",
    check: dimensionScores,
  },
  {
    id: "S415",
    statement: "部门评价各部分分值之和＝100，得分不超过分值",
    basis,
    severity: "error",
    check: dimensionWeights,
  },
  {
    id: "S416",
    statement: "同一项目单位自评与部门评价得分不同的，说明原因",
    severity: "warning",
    check: twoScores,
  },
  {
    id: "S417",
    statement: "有项目得分在80分以下的，不写目标全部完成",
    severity: "warning",
    check: contradicted,
  },
  {
    id: "S418",
    statement: "自评表的主管部门和实施单位是本报告的部门和单位",
    severity: "warning",
    check: strangeUnits,
  },
  {
    id: "S419",
    statement: "发现问题数＝已整改＋正在整改",
    severity: "error",
    check: problems,
  },
];
