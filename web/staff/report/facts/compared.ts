import {
  percentHundredths,
  printHundredths,
  printWan,
  type AmountUnit,
} from "../../../../shared/money.ts";

/** A figure beside that of another year. */
export interface Compared {
  readonly now: number | undefined;
  readonly then: number;
  /** How the other year is called: 上年, or 本年 beside last year's own figure. */
  readonly year: "上年" | "本年";
  /** 分 printed in a unit, or a number of things. */
  readonly unit: AmountUnit | "count";
}

/** 上年 12，增加 3（25.00%）: what a figure was, and how it changed since. */
export function comparedWords({ now, then, year, unit }: Compared): string {
  const print = (figure: number): string =>
    unit === "count" ? String(figure) : unit === "wan" ? printWan(figure) : printHundredths(figure);
  const stated = `${year} ${print(then)}`;
  if (now === undefined) return stated;
  const [from, to] = year === "上年" ? [then, now] : [now, then];
  const change = to - from;
  if (change === 0) return `${stated}，持平`;
  const percent = percentHundredths(Math.abs(change), Math.abs(from));
  const rate = percent === undefined ? "" : `（${printHundredths(percent)}%）`;
  return `${stated}，${change > 0 ? "增加" : "减少"} ${print(Math.abs(change))}${rate}`;
}
