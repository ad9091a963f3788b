import { exactWan } from "../../forms/place-name.ts";
import { neverTheCause, type Rule } from "../rule.ts";
import { agreement, percentOf } from "../text/ratio.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";
import { changesIn, type StatedChange } from "./stated-changes.ts";

/** How a text calls the direction of a rate. */
export const rateWord = { up: "增长", down: "下降", unresolved: "增减" } as const;

function wrongRate({ statement, change, current, difference, base }: StatedChange): TextFault[] {
  const { rate } = change;
  if (rate === undefined || difference === undefined || base === undefined) return [];
  if (difference.value === 0) return [];
  if (base.value < -base.slack && current !== undefined && current.value >= 0) {
    return [
      {
        ...quoteAt(statement.block, rate.start),
        actual: change.difference?.text ?? rate.text,
        expected: `不超过${exactWan(current.value)}万元`,
        what: `增加${exactWan(difference.value)}万元，比本年数${exactWan(current.value)}万元还多，上年数成了负数`,
        mend: "核对增减方向、单位和本年数，改正有误的一处",
      },
    ];
  }
  if (base.value <= 0) return [];
  const verdict = agreement(rate, difference, base);
  if (verdict === "same") return [];
  const expected = percentOf(difference.value, base.value);
  const by = exactWan(difference.value);
  const against = change.base?.kind === "budget" ? "预算数" : "上年数";
  const byCurrent =
    current !== undefined && current.value > 0 && agreement(rate, difference, current) !== "apart";
  const cause =
    byCurrent && verdict === "apart" ? `（误除以了本年数${exactWan(current.value)}万元）` : "";
  return [
    {
      ...quoteAt(statement.block, rate.start),
      ...(verdict === "truncated" ? { severity: "hint" as const } : {}),
      actual: rate.text,
      expected,
      what:
        verdict === "truncated"
          ? `${rate.text}应为${expected}，为截位或四舍五入尾差`
          : `${rateWord[change.rateDirection ?? "unresolved"]}率${rate.text}不对${cause}，应为${expected}（${by}÷${against}${exactWan(base.value)}）`,
      mend:
        verdict === "truncated"
          ? "按四舍五入保留两位小数"
          : `将${rate.text}改为${expected}，或核对增减额与决算数`,
    },
  ];
}

function beyondHundred({ statement, change, difference, base }: StatedChange): TextFault[] {
  const { rate, rateDirection } = change;
  if (rate === undefined || rateDirection !== "down" || rate.value <= 100) return [];
  if (difference !== undefined && base !== undefined) return [];
  return [
    {
      ...quoteAt(statement.block, rate.start),
      actual: rate.text,
      expected: "不超过100%",
      what: `下降${rate.text}，下降率不可能超过100%，分母应为上年数`,
      mend: "按 增减额÷上年数 重新计算",
    },
  ];
}

function rateOnZero({ statement, change, difference, base, current }: StatedChange): TextFault[] {
  const { rate } = change;
  if (rate === undefined || difference === undefined || base === undefined) return [];
  const against = change.base?.kind === "budget" ? "预算数" : "上年数";
  const at = quoteAt(statement.block, rate.start);
  if (difference.value === 0 && current?.value === 0) {
    return [
      {
        ...at,
        severity: "warning",
        actual: rate.text,
        expected: "持平（不写百分比）",
        what: `${statement.subject}本年与上年均为0，${rateWord[change.rateDirection ?? "unresolved"]}${rate.text}没有意义（0÷0）`,
        mend: "写“与上年持平”，不写增减率",
      },
    ];
  }
  if (difference.value === 0 && rate.value !== 0) {
    return [
      {
        ...at,
        actual: rate.text,
        expected: "0%",
        what: `增减额为0，增减率不应为${rate.text}`,
        mend: "写“持平”，或核对增减额",
      },
    ];
  }
  if (base.value === 0 && difference.value !== 0) {
    return [
      {
        ...at,
        actual: rate.text,
        expected: "不可比（不写百分比）",
        what: `${against}为0，不能计算增减率`,
        mend: `写“${against === "上年数" ? "上年无此项" : "无预算"}”，不写百分比`,
      },
    ];
  }
  return [];
}

export const changeRateRules: readonly Rule[] = [
  {
    id: "R203",
    statement: "增长、下降率＝增减额÷上年数×100%，保留两位小数",
    severity: "error",
    tolerance: "ratio",
    text: { amounts: { causeRank: 4 }, run: (context) => changesIn(context).flatMap(wrongRate) },
  },
  {
    id: "R204",
    statement: "下降率不超过100%",
    severity: "error",
    tolerance: "ratio",
    text: {
      amounts: { causeRank: neverTheCause },
      run: (context) => changesIn(context).flatMap(beyondHundred),
    },
  },
  {
    id: "R205",
    statement: "上年数为0时不计算增减率",
    severity: "error",
    tolerance: "none",
    text: { amounts: "none", run: (context) => changesIn(context).flatMap(rateOnZero) },
  },
];
