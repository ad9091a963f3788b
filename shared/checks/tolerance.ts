/** 0.01 万元 in 分: the last digit that the statutory tables print. */
const lastDigit = 10_000;

/**
 * How far apart, in 分, both sides of a relation may lie when every amount was rounded to 0.01 万元 on its own:
 * half a digit a term, rounded up to a whole digit, at least one digit.
 */
export const roundingEnvelope = (terms: number): number =>
  Math.max(1, Math.ceil(terms / 2)) * lastDigit;

type Closeness = "same" | "rounding" | "apart";

/** `exact`: counts, and amounts typed in 元; no rounding excuses a gap there. */
export function closeness(gap: number, terms: number, exact: boolean): Closeness {
  if (gap === 0) return "same";
  return !exact && gap <= roundingEnvelope(terms) ? "rounding" : "apart";
}
