import { hasReference, type CheckContext } from "../context.ts";
import type { FindingKind } from "../finding.ts";
import { notApplicable, type CellCheck, combine } from "../rule.ts";
import { type Cells, type Side, terms, termValue } from "./terms.ts";

/** All of them are one rule; parts that an edition lacks are left out. */
export const all = (...checks: readonly CellCheck[]): CellCheck => ({
  reads: checks.flatMap((check) => check.reads),
  finds: findsOf(checks),
  run: (context) => combine(checks.map((check) => check.run(context))),
});

const findsOf = (checks: readonly CellCheck[]): FindingKind[] => [
  ...new Set(checks.flatMap(({ finds }) => finds)),
];

/** The first that the edition has all cells of. */
export const firstThatFits = (...checks: readonly CellCheck[]): CellCheck => ({
  reads: checks.flatMap((check) => check.reads),
  finds: findsOf(checks),
  run: (context) =>
    checks
      .find((check) => check.reads.every((read) => hasReference(context.tables, read)))
      ?.run(context) ?? notApplicable("not_in_edition"),
});

export const eachColumn = (
  columns: readonly string[],
  check: (column: string) => CellCheck,
): CellCheck => all(...columns.map(check));

/** The relation holds only when the report satisfies `condition`; else it does not apply. */
export const when = (
  condition: (context: CheckContext) => boolean,
  check: CellCheck,
): CellCheck => ({
  ...check,
  run: (context) => {
    const evaluation = check.run(context);
    if (evaluation.notApplicable === "not_in_edition" || condition(context)) return evaluation;
    return notApplicable("condition_not_met");
  },
});

/** Tested only where both cells are filled: an empty one says that the report has no such thing. */
export function whenBothFilled(
  first: Cells,
  second: Cells,
  check: (first: Side, second: Side) => CellCheck,
): CellCheck {
  return when(
    (context) =>
      [first, second].every((of) =>
        terms(context, of).every((term) => termValue(context, term) !== undefined),
      ),
    check(first, second),
  );
}
