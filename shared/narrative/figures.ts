import type { FigureStyle } from "../forms/form.ts";
import { percentHundredths, percentTenths, printHundredths, printWan, type Fen } from "../money.ts";

/**
 * The grammar of figures: how amounts, changes, rates, shares and completions are reckoned and worded.
 * All arithmetic is on unrounded 分; percentages have two decimals, or one where the edition says so, half away from zero.
 */

type Decimals = NonNullable<FigureStyle["percentDecimals"]>;

/** A percentage that may be printed, or why there is none. */
type Percent =
  | { readonly kind: "percent"; readonly hundredths: number }
  /** Not zero, yet less than 0.01%. */
  | { readonly kind: "tiny" }
  | { readonly kind: "none"; readonly because: "base_zero" | "negative" };

/** This year against a base: prior year or budget. */
export type Comparison =
  | { readonly kind: "equal" }
  /** Differs by less than 0.01 万元, so no difference can be printed. */
  | { readonly kind: "nearly_equal" }
  | { readonly kind: "up" | "down"; readonly by: Fen; readonly rate: Percent };

export function compare(current: Fen, base: Fen, decimals: Decimals = 2): Comparison {
  const by = Math.abs(current - base);
  if (by === 0) return { kind: "equal" };
  if (printWan(by) === "0.00") return { kind: "nearly_equal" };
  const rate: Percent =
    current < 0 || base < 0 ? { kind: "none", because: "negative" } : ratio(by, base, decimals);
  return { kind: current > base ? "up" : "down", by, rate };
}

/** part ÷ whole as a share or a completion; a zero whole has none. */
export function ratio(part: Fen, whole: Fen, decimals: Decimals = 2): Percent {
  const hundredths = roundedPercent(part, whole, decimals);
  if (hundredths === undefined) return { kind: "none", because: "base_zero" };
  if (part < 0 || whole < 0) return { kind: "none", because: "negative" };
  return hundredths === 0 && part !== 0 ? { kind: "tiny" } : { kind: "percent", hundredths };
}

/** In hundredths, rounded once to as many decimals as are printed. */
function roundedPercent(part: Fen, whole: Fen, decimals: Decimals): number | undefined {
  if (decimals === 2) return percentHundredths(part, whole);
  const tenths = percentTenths(part, whole);
  return tenths === undefined ? undefined : tenths * 10;
}

/** 4914.2万元 in running text, where trailing zeros are dropped. */
export const amountText = (fen: Fen): string => `${printWan(fen, { trim: true })}万元`;

/** 114.60%, 114.6% of one decimal, 100%, 不足0.01%; `undefined` where there is no percentage. */
export function percentText(percent: Percent, decimals: Decimals = 2): string | undefined {
  if (percent.kind === "none") return undefined;
  if (percent.kind === "tiny") return decimals === 2 ? "不足0.01%" : "不足0.1%";
  const printed = printHundredths(percent.hundredths);
  return `${(decimals === 2 ? printed : printed.slice(0, -1)).replace(/\.0+$/u, "")}%`;
}

/** 98.69分 from hundredths of a point. */
export const scoreText = (hundredths: number): string =>
  `${printHundredths(hundredths, { trim: true })}分`;

/** Mean of scores in hundredths of a point, half up; none for no scores. */
export function meanHundredths(scores: readonly number[]): number | undefined {
  if (scores.length === 0) return undefined;
  const total = scores.reduce((all, score) => all + score, 0);
  return Math.floor((2 * total + scores.length) / (2 * scores.length));
}

const grades = ["优", "良", "中", "差"] as const;
export type Grade = (typeof grades)[number];

export const isGrade = (text: string): text is Grade => grades.some((grade) => grade === text);

/** 优 [90, 100] · 良 [80, 90) · 中 [60, 80) · 差 below 60, of a score out of 100 in hundredths. */
export function gradeOf(score: number): Grade {
  if (score >= 90_00) return "优";
  if (score >= 80_00) return "良";
  return score >= 60_00 ? "中" : "差";
}
