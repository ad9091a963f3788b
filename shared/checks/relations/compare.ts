import { cellAddress } from "../../forms/cell.ts";
import { isCount, isUnprinted, type CheckContext } from "../context.ts";
import type { FindingKind, FindingTerm } from "../finding.ts";
import { holds, notApplicable, type CellCheck, type Evaluation } from "../rule.ts";
import { closeness } from "../tolerance.ts";
import { type Side, sideOf, type Term, references, terms, termValue, leaf } from "./terms.ts";

export type RelationKind = "equal" | "not_above";

export const foundBy = (comparison: RelationKind): FindingKind =>
  comparison === "equal" ? "not_equal" : "above";

/** left = right; the first cell of `left` is the one a finding points at. */
export const equal = (left: Side, right: Side): CellCheck => relation(left, "equal", right);

/** left ≤ right. */
export const notAbove = (left: Side, right: Side): CellCheck => relation(left, "not_above", right);

export const nothingFilled = notApplicable("all_empty");

function relation(left: Side, comparison: RelationKind, right: Side): CellCheck {
  const lefts = sideOf(left);
  const rights = sideOf(right);
  return leaf([...lefts, ...rights].flatMap(references), [foundBy(comparison)], (context) =>
    compare(
      context,
      lefts.flatMap((of) => terms(context, of)),
      comparison,
      rights.flatMap((of) => terms(context, of)),
    ),
  );
}

export function compare(
  context: CheckContext,
  left: readonly Term[],
  comparison: RelationKind,
  right: readonly Term[],
): Evaluation {
  let anyLeft = false;
  let anyRight = false;
  let figures = 0;
  let leftSum = 0;
  let rightSum = 0;
  for (const term of left) {
    const value = termValue(context, term);
    if (value === undefined) {
      if (term.prior) return notApplicable("no_prior_year");
      continue;
    }
    anyLeft = true;
    leftSum += value;
    if (value !== 0) figures += 1;
  }
  for (const term of right) {
    const value = termValue(context, term);
    if (value === undefined) {
      if (term.prior) return notApplicable("no_prior_year");
      continue;
    }
    anyRight = true;
    rightSum += value;
    if (value !== 0) figures += 1;
  }
  const [subject] = left;
  if (subject === undefined || right.length === 0) return nothingFilled;
  if (!anyLeft && (!anyRight || comparison === "not_above")) return nothingFilled;
  if (!anyRight && right.every((term) => isUnprinted(context, term))) return nothingFilled;
  const difference = leftSum - rightSum;
  const gap = comparison === "equal" ? Math.abs(difference) : Math.max(0, difference);
  const close = closeness(gap, figures - 1, isCount(context, subject) ? 0 : context.roundings);
  if (close === "same") return holds;
  const actual = comparison === "equal" ? termValue(context, subject) : leftSum;
  const involved = [...left.slice(1), ...right].filter(
    (term) => right.length === 1 || termValue(context, term) !== undefined,
  );
  return {
    tested: 1,
    faults: [
      {
        kind: close === "rounding" ? "rounding" : comparison === "equal" ? "not_equal" : "above",
        cells: [subject, ...involved.filter((term) => term.prior === subject.prior)].map(
          cellAddress,
        ),
        expected: comparison === "equal" ? (actual ?? 0) - difference : rightSum,
        ...(actual !== undefined && { actual }),
        difference,
        ...(subject.prior && { ofPriorYear: true }),
        terms: involved
          .filter((term) => comparison === "equal" || !left.includes(term))
          .map((term) => termOf(context, term, left.includes(term))),
      },
    ],
  };
}

function termOf(context: CheckContext, term: Term, minus: boolean): FindingTerm {
  const value = termValue(context, term);
  return {
    cell: cellAddress(term),
    ...(value !== undefined && { value }),
    ...(minus && { minus }),
    ...(term.prior && { prior: term.prior }),
  };
}
