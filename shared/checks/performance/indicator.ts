import type { SelfEvaluation } from "../../report/sections.ts";

type Indicator = Pick<SelfEvaluation["indicators"][number], "level2" | "target" | "actual">;

/** How far a quantitative indicator was reached; only where target and actual are plain numbers of one unit. */
export interface Measured {
  readonly result: "met" | "short";
  /** Share of the target that was reached, where it fell short and the share is a method of scoring. */
  readonly rate?: number;
  /** How often the target was reached, where more is better. */
  readonly over?: number;
}

const signs = new Map<string, "least" | "most" | "more" | "less">([
  ...(["≥", ">=", "≧", "不低于", "不少于", "不小于", "至少", "大于等于", "达到"] as const).map(
    (sign) => [sign, "least"] as const,
  ),
  ...(["≤", "<=", "≦", "不超过", "不高于", "不多于", "不大于", "小于等于"] as const).map(
    (sign) => [sign, "most"] as const,
  ),
  ...([">", "大于", "高于", "超过"] as const).map((sign) => [sign, "more"] as const),
  ...(["<", "小于", "低于"] as const).map((sign) => [sign, "less"] as const),
]);

const plain =
  /^(≥|≧|≤|≦|>=|<=|>|<|=|不低于|不少于|不小于|至少|大于等于|达到|不超过|不高于|不多于|不大于|小于等于|大于|高于|超过|小于|低于)?(\d+(?:\.\d+)?)(万|亿)?([%‰]|\p{Script=Han}{0,4})$/u;
const many = { 万: 1e4, 亿: 1e8 } as const;

interface Amount {
  readonly sign: "least" | "most" | "more" | "less" | undefined;
  readonly value: number;
  readonly unit: string;
}

function amountOf(text: string): Amount | undefined {
  const read = plain.exec(text.normalize("NFKC").replace(/[\s,]/gu, ""));
  if (read === null) return undefined;
  const [, sign = "", digits = "", scale, unit = ""] = read;
  const factor = scale === "万" || scale === "亿" ? many[scale] : 1;
  return { sign: signs.get(sign), value: Number(digits) * factor, unit };
}

/** Indicators of cost and time: less is better unless the target says otherwise. */
const lessIsBetter = /成本|时效/u;

export function measured({ level2, target, actual }: Indicator): Measured | undefined {
  const goal = amountOf(target);
  const got = amountOf(actual);
  if (goal === undefined || got === undefined || got.sign !== undefined) return undefined;
  if (goal.unit !== got.unit) return undefined;
  if (goal.value === got.value && (goal.sign === undefined || goal.sign === "least")) {
    return goal.value === 0 ? { result: "met" } : { result: "met", over: 1 };
  }
  if (goal.sign === "most" || goal.sign === "less") {
    const met = goal.sign === "most" ? got.value <= goal.value : got.value < goal.value;
    return met ? { result: "met" } : { result: "short" };
  }
  if (goal.value === 0) return undefined;
  if (goal.sign === undefined && lessIsBetter.test(level2)) return undefined;
  const rate = got.value / goal.value;
  const met = goal.sign === "more" ? rate > 1 : rate >= 1;
  return met ? { result: "met", over: rate } : { result: "short", rate };
}

/** 无, a dash or a full stop is no reason. */
export const saysNothing = (text: string | undefined): boolean =>
  /^(?:无|没有|暂无|不适用|无偏差|正常|[\s\-—─/、.。]*)$/u.test(text?.trim() ?? "");
