import type { SelfEvaluationFigures } from "../../narrative/read/evaluation.ts";
import type { Rule } from "../rule.ts";
import {
  dueFundsScore,
  knownSum,
  pointsColumn,
  scoreRounding,
  wholeSum,
} from "../../report/self-evaluation.ts";
import { points } from "../sections/amounts.ts";
import {
  ofSelfEvaluations,
  percent,
  performanceBasis as basis,
  tableName,
  type TableFault,
  type TableJudge,
} from "./self-evaluations.ts";

/** Scores and weights of a 自评表 among themselves. */

const full = 100_00;

/** The sum of a column; undefined while a typed table is filled in. */
const columnSum = (table: SelfEvaluationFigures, column: "weight" | "score"): number | undefined =>
  table.mayLackRows === true ? knownSum(pointsColumn(table, column)) : wholeSum(table, column);

/** All rows of a printed table were read when the other column of figures adds up. */
const weights: TableJudge = (table) => {
  const { totalScore, mayLackRows } = table;
  const sum = columnSum(table, "weight");
  if (sum === undefined || (mayLackRows && columnSum(table, "score") !== totalScore)) return [];
  if (sum === full) return [undefined];
  return [
    {
      path: "",
      actual: points(sum),
      expected: "100",
      what: `${tableName(table)}各指标分值（含预算执行率）之和为${points(sum)}，应为100`,
      mend: "核对各指标的分值",
    },
  ];
};

const totals: TableJudge = (table) => {
  const { totalScore, mayLackRows } = table;
  const sum = columnSum(table, "score");
  if (totalScore === undefined || sum === undefined) return [];
  if (mayLackRows && columnSum(table, "weight") !== full) return [];
  if (sum === totalScore) return [undefined];
  return [
    {
      path: "totalScore",
      actual: points(totalScore),
      expected: points(sum),
      what: `${tableName(table)}总分${points(totalScore)}与各项得分之和${points(sum)}不等`,
      mend: `改为${points(sum)}，或核对各项得分`,
    },
  ];
};

/** Why a score does not lie between 0 and its weight. */
export function outOfRange(
  name: string,
  score: number,
  weight: number,
): Pick<TableFault, "actual" | "expected" | "what" | "mend"> | undefined {
  if (score >= 0 && score <= weight) return undefined;
  return {
    actual: points(score),
    expected: `0至${points(weight)}`,
    what: `${name}得分${points(score)}不在0和分值${points(weight)}之间`,
    mend: "得分不得超过分值上限",
  };
}

const scoresWithin: TableJudge = ({ fundsScore, fundsWeight, indicators }) =>
  [
    { path: "fundsScore", name: "预算执行率", score: fundsScore, weight: fundsWeight },
    ...indicators.map(({ level3, score, weight }, index) => ({
      ...{ path: `indicators.${String(index)}.score`, name: `“${level3}”` },
      ...{ score, weight },
    })),
  ].flatMap(({ path, name, score, weight }) => {
    if (score === undefined || weight === undefined) return [];
    const found = outOfRange(name, score, weight);
    return [found && { path, ...found }];
  });

const execution: TableJudge = (table) => {
  const { funds, fundsRate, fundsWeight, fundsScore } = table;
  const { full: planned, executed } = funds?.total ?? {};
  if (planned === undefined || executed === undefined || planned <= 0 || executed < 0) return [];
  const rate = (executed / planned) * full;
  return [
    ...(fundsRate === undefined
      ? []
      : [
          Math.abs(fundsRate - rate) <= scoreRounding
            ? undefined
            : {
                path: "fundsRate",
                actual: percent(fundsRate),
                expected: percent(Math.round(rate)),
                what: `${tableName(table)}执行率${percent(fundsRate)}不对，应为${percent(Math.round(rate))}`,
                mend: "按全年执行数÷全年预算数重新计算",
              },
        ]),
    ...(fundsWeight === undefined || fundsScore === undefined
      ? []
      : [executionScore(table, { fundsWeight, fundsScore, planned, executed })]),
  ];
};

function executionScore(
  table: SelfEvaluationFigures,
  of: {
    readonly fundsWeight: number;
    readonly fundsScore: number;
    readonly planned: number;
    readonly executed: number;
  },
): TableFault | undefined {
  const { fundsWeight, fundsScore, planned, executed } = of;
  const due = dueFundsScore(fundsWeight, { full: planned, executed });
  if (due === undefined) return undefined;
  if (Math.abs(fundsScore - due) <= scoreRounding) return undefined;
  const right = points(Math.round(due));
  return {
    path: "fundsScore",
    actual: points(fundsScore),
    expected: right,
    what: `${tableName(table)}预算执行得分${points(fundsScore)}不对，应为${right}（分值${points(fundsWeight)}×执行率${((executed / planned) * 100).toFixed(2)}%，不超过分值）`,
    mend: "按分值×执行率重新计算",
  };
}

export const scoreRules: readonly Rule[] = [
  {
    id: "R401",
    statement: "自评表各指标分值（含预算执行率）之和＝100",
    basis,
    severity: "error",
    tolerance: "exact",
    ...ofSelfEvaluations(weights),
  },
  {
    id: "R402",
    statement: "自评表总分＝各项得分之和",
    basis,
    severity: "error",
    tolerance: "exact",
    ...ofSelfEvaluations(totals),
  },
  {
    id: "R403",
    statement: "自评表各项 0 ≤ 得分 ≤ 分值",
    basis,
    severity: "error",
    tolerance: "exact",
    ...ofSelfEvaluations(scoresWithin),
  },
  {
    id: "R404",
    statement: "自评表执行率＝全年执行数÷全年预算数，得分＝分值×执行率，不超过分值",
    basis,
    severity: "error",
    tolerance: "ratio",
    ...ofSelfEvaluations(execution),
  },
];
