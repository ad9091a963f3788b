import type { SelfEvaluationFigures } from "../../narrative/read/evaluation.ts";
import type { Rule } from "../rule.ts";
import { scoreRounding } from "../../report/self-evaluation.ts";
import { points, wan } from "../sections/amounts.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import type { TextContext } from "../text/text-context.ts";
import { measured, saysNothing, type Measured } from "./indicator.ts";
import {
  ofSelfEvaluations,
  percent,
  performanceBasis as basis,
  typedTables,
  type TableFault,
  type TableJudge,
} from "./self-evaluations.ts";

/** What the indicators of a 自评表 say of their targets, scores and deviations. */

/** A row that has its weight and its score. */
type ScoredIndicator = SelfEvaluationFigures["indicators"][number] & {
  readonly weight: number;
  readonly score: number;
};

const why = "condition_not_met";

/** One entry a scored indicator that the check has something to say about. */
const perIndicator =
  (
    check: (
      indicator: ScoredIndicator,
      path: string,
      table: SelfEvaluationFigures,
    ) => TableFault | undefined | "nothing",
  ): TableJudge =>
  (table) =>
    table.indicators.flatMap(({ weight, score, ...rest }, index) => {
      if (weight === undefined || score === undefined) return [];
      const indicator = { ...rest, weight, score };
      const found = check(indicator, `indicators.${String(index)}`, table);
      return found === "nothing" ? [] : [found];
    });

const isMet = (found: Measured | undefined): boolean => found?.result === "met";

const unexplained = perIndicator((indicator, path, { totalScore }) => {
  const { level3, target, actual, weight, score, deviation } = indicator;
  // A printed row without its name was torn apart, and so may be the reason.
  if (level3 === "") return "nothing";
  if (score >= weight || !saysNothing(deviation)) return undefined;
  const full = isMet(measured(indicator));
  const total = totalScore === undefined ? "" : `（总分${points(totalScore + weight - score)}）`;
  return {
    path: `${path}.deviation`,
    actual: points(score),
    expected: full ? `${points(weight)}${total}` : "偏差原因",
    what: full
      ? `“${level3}”目标${target}、完成${actual}，已经完成，应得${points(weight)}分，只得${points(score)}分，也没有写偏差原因`
      : `“${level3}”得${points(score)}分，未得满分${points(weight)}分，没有写偏差原因`,
    mend: full ? "改正得分，或填写扣分的原因" : "填写偏差原因分析及改进措施",
  };
});

const unmetYetFull = perIndicator((indicator, path) => {
  const found = measured(indicator);
  if (found === undefined) return "nothing";
  const { level3, target, actual, weight, score, deviation } = indicator;
  if (found.result !== "short" || score < weight || weight === 0) return undefined;
  if (!saysNothing(deviation)) return undefined;
  return {
    path: `${path}.score`,
    actual: points(score),
    expected: `低于${points(weight)}`,
    what: `“${level3}”目标${target}、完成${actual}，没有完成，却得满分${points(weight)}分`,
    mend: "按完成情况扣分，或改正目标值和完成值",
  };
});

const shareOfTarget = perIndicator((indicator, path) => {
  const found = measured(indicator);
  if (found?.result !== "short" || found.rate === undefined) return "nothing";
  const { level3, target, actual, weight, score } = indicator;
  const due = Math.round(weight * found.rate);
  // 0 分 below a floor is a method too.
  if (score >= weight || score === 0 || Math.abs(score - due) <= scoreRounding) return undefined;
  return {
    path: `${path}.score`,
    actual: points(score),
    expected: points(due),
    what: `“${level3}”目标${target}、完成${actual}，按完成比例应得${points(due)}分，实得${points(score)}分`,
    mend: "按其他办法计分的无需改动",
  };
});

/** 计划56家，实际50家…得3.33分: a share of no full mark that anybody sets. */
function oddPartialScore({ text }: TextContext): TextFault[] {
  const toldShare =
    /计划[^。，；]*?(\d+(?:\.\d+)?)(\p{Script=Han})[^。；]{0,3}?，实际[^。，；]*?(\d+(?:\.\d+)?)\2。[^。]{0,20}?得(?:分)?(\d+(?:\.\d+)?)分/gu;
  return text.blocks.flatMap(({ block, chapter }): TextFault[] => {
    if (chapter !== "evaluation") return [];
    return [...block.text.matchAll(toldShare)].flatMap((match): TextFault[] => {
      const [planned, actual, got] = [match[1], match[3], match[4]].map(Number);
      if (planned === undefined || actual === undefined || got === undefined) return [];
      if (planned === 0 || actual >= planned) return [];
      const share = actual / planned;
      const weights = Array.from({ length: 80 }, (_, index) => (index + 1) / 2);
      const isUsual = (weight: number) =>
        Math.abs(weight * share - got) <= 0.0101 || weight === got;
      if (weights.some(isUsual)) return [];
      const weight = Math.ceil(got / share);
      const due = printed(weight * share);
      return [
        {
          ...quoteAt(block, match.index),
          severity: "warning",
          actual: `${printed(got)}分`,
          expected: `${due}分`,
          what: `得分${printed(got)}分与完成情况不符：分值${String(weight)}分的，按${printed(actual)}÷${printed(planned)}应得${due}分`,
          mend: "按分值×完成比例重新计分，或写明计分办法",
        },
      ];
    });
  });
}

/** A number of points as printed. */
const printed = (value: number): string => points(Math.round(value * 100 + 1e-6));

/** Three halves of what was planned: the target was set too low, or the figure is wrong. */
const farAbove = 1.5;

const farOverfulfilled = perIndicator((indicator, path) => {
  const found = measured(indicator);
  if (found?.over === undefined) return "nothing";
  const { level3, target, actual, deviation } = indicator;
  if (found.over < farAbove || !saysNothing(deviation)) return undefined;
  const rate = percent(Math.round(found.over * 10_000));
  return {
    path: `${path}.actual`,
    actual: rate,
    expected: `不超过${percent(farAbove * 10_000)}`,
    what: `“${level3}”目标${target}、完成${actual}，完成率${rate}，没有说明目标偏低的原因`,
    mend: "在偏差原因中说明，或核对目标值和完成值",
  };
});

const qualityBesideQuantity: TableJudge = ({ indicators }) =>
  indicators.flatMap((short): (TableFault | undefined)[] => {
    const found = measured(short);
    if (found?.result !== "short" || found.rate === undefined) return [];
    const core = short.level3.replace(/数量?$/u, "").slice(0, 4);
    const index = indicators.findIndex(
      ({ level3, actual }) =>
        actual === "100%" && /达标率$|完成率$/u.test(level3) && level3.includes(core),
    );
    const full = indicators[index];
    if (full === undefined || core.length < 4) return [undefined];
    return [
      {
        path: `indicators.${String(index)}.actual`,
        actual: full.actual,
        expected: percent(Math.round(found.rate * 10_000)),
        what: `“${full.level3}”写100%，而“${short.level3}”只完成${short.actual}（目标${short.target}）`,
        mend: "核对达标率，或说明其计算口径",
      },
    ];
  });

/** 成本控制率 is what was saved of the year's budget. */
const costRates: TableJudge = ({ indicators, funds }) => {
  const { full, executed } = funds?.total ?? {};
  if (full === undefined || executed === undefined) return [];
  return indicators.flatMap(({ level3, actual }, index): (TableFault | undefined)[] => {
    const printedRate = /^(\d+(?:\.\d+)?)%$/u.exec(actual)?.[1];
    if (!/成本(?:控制|节约)率$/u.test(level3) || printedRate === undefined || full <= 0) return [];
    const right = ((full - executed) / full) * 100;
    const decimals = printedRate.split(".")[1]?.length ?? 0;
    const reach = 0.5 * 10 ** -decimals + 1e-9;
    if (Math.abs(Number(printedRate) - right) <= reach) return [undefined];
    const shown = `${right.toFixed(Math.max(1, decimals))}%`;
    return [
      {
        path: `indicators.${String(index)}.actual`,
        actual,
        expected: shown,
        what: `“${level3}”${actual}与资金不符：（${wan(full)}−${wan(executed)}）÷${wan(full)}＝${shown}`,
        mend: "按资金执行情况重新计算；口径不同的，填写说明",
      },
    ];
  });
};

const noMoney = () => 0;

export const indicatorRules: readonly Rule[] = [
  {
    id: "R406",
    statement: "自评表得分低于分值的，写明偏差原因",
    basis,
    severity: "warning",
    tolerance: "none",
    ...ofSelfEvaluations(unexplained, { why }),
  },
  {
    id: "S402",
    statement: "没有完成的定量指标不得满分",
    basis,
    severity: "warning",
    tolerance: "none",
    sections: typedTables(unmetYetFull, noMoney, why),
  },
  {
    id: "S403",
    statement: "没有完成的定量指标按完成比例得分",
    basis,
    severity: "hint",
    tolerance: "ratio",
    text: { amounts: "none", run: oddPartialScore },
    sections: typedTables(shareOfTarget, noMoney, why),
  },
  {
    id: "S404",
    statement: "完成值达到目标值1.5倍的，说明原因",
    basis,
    severity: "warning",
    tolerance: "none",
    sections: typedTables(farOverfulfilled, noMoney, why),
  },
  {
    id: "S405",
    statement: "数量没有完成的，达标率不写100%",
    severity: "warning",
    tolerance: "none",
    ...ofSelfEvaluations(qualityBesideQuantity, { why }),
  },
  {
    id: "S406",
    statement: "成本控制率（节约率）与资金执行情况一致",
    severity: "warning",
    tolerance: "ratio",
    ...ofSelfEvaluations(costRates, { why }),
  },
];
