/** 0.01 万元 in 分: the last digit that the statutory tables print. */
const lastDigit = 10_000;

/**
 * How far apart, in 分, a sum of so many terms and its total may lie when every amount was rounded to 0.01 万元 on
 * its own: half a digit a term and half for the total, in whole digits, at least one. `roundings` counts how often
 * each amount was rounded: once a unit for a department that was added up, never where 元 were typed.
 */
export const roundingEnvelope = (terms: number, roundings = 1): number =>
  roundings === 0 ? 0 : Math.max(1, Math.floor(((terms + 1) * roundings) / 2)) * lastDigit;

type Closeness = "same" | "rounding" | "apart";

/** `terms`: of both sides together but one, zeros not counted, for a zero was not rounded. */
export function closeness(gap: number, terms: number, roundings: number): Closeness {
  if (gap === 0) return "same";
  return gap <= roundingEnvelope(terms, roundings) ? "rounding" : "apart";
}
