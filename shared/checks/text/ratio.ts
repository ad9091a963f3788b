import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";
import { percentHundredths, printHundredths } from "../../money.ts";

/** A quantity in 分 that was rounded for print: it lies within ± `slack` of its value. */
export interface Rounded {
  readonly value: number;
  readonly slack: number;
}

/** An amount as printed may be anything that rounds to it, two decimals of 万元 unless more were printed. */
export function rounded({ value, decimals, noun }: PrintedFigure): Rounded {
  return { value, slack: noun === "元" ? 50 : 500_000 / 10 ** Math.max(2, decimals) };
}

export const plus = (a: Rounded, b: Rounded, sign: 1 | -1 = 1): Rounded => ({
  value: a.value + sign * b.value,
  slack: a.slack + b.slack,
});

export type Agreement = "same" | "truncated" | "apart";

/** Whether a printed percentage is part ÷ whole × 100, given what rounding hides in both. */
export function agreement(printed: PrintedFigure, part: Rounded, whole: Rounded): Agreement {
  const smallest = whole.value - whole.slack;
  if (smallest <= 0) return "same";
  const low = ((part.value - part.slack) / (whole.value + whole.slack)) * 100;
  const high = ((part.value + part.slack) / smallest) * 100;
  const digit = 10 ** -printed.decimals;
  const within = (reach: number) =>
    printed.value + reach >= low - 1e-9 && printed.value - reach <= high + 1e-9;
  if (within(digit / 2)) return isExactMiss(printed, part, whole) ? "truncated" : "same";
  // Cut off, not rounded: 60.9% printed as 60%. Of two decimals the last may be off either way.
  const isCut = printed.value <= high && printed.value + digit > low;
  return isCut || (printed.decimals >= 2 && within(0.01)) ? "truncated" : "apart";
}

/** Computed to the last digit from the printed amounts, the percentage ends in the digit next to it. */
function isExactMiss(printed: PrintedFigure, part: Rounded, whole: Rounded): boolean {
  const exact = percentHundredths(part.value, whole.value);
  return (
    printed.decimals === 2 &&
    exact !== undefined &&
    Math.abs(Math.round(printed.value * 100) - exact) === 1
  );
}

/** 90.93% of part ÷ whole. */
export function percentOf(part: number, whole: number): string {
  const hundredths = percentHundredths(part, whole);
  return hundredths === undefined ? "不适用" : `${printHundredths(hundredths)}%`;
}
