import { cellAddress, type CellRef } from "../../forms/cell.ts";
import type { TableId } from "../../forms/form.ts";
import { valueOf, type CheckContext } from "../context.ts";
import type { Fault, FindingKind } from "../finding.ts";
import { evaluated, notApplicable, type CellCheck } from "../rule.ts";
import { type Cells, references, terms, leaf } from "./terms.ts";
import { nothingFilled } from "./compare.ts";
import { all } from "./combine.ts";

/** Money spent ⇔ things counted: whichever is there demands the others. */
export const together = (cost: Cells, ...counts: readonly Cells[]): CellCheck =>
  all(...counts.flatMap((count) => [demands(cost, count), belongsTo(count, cost)]));

/** A figure above zero in `cause` demands one in `needed`. */
export const demands = (cause: Cells, needed: Cells): CellCheck =>
  pairOf(cause, needed, "missing", (context, have, need) =>
    above(valueOf(context, have)) && !above(valueOf(context, need))
      ? [{ kind: "missing", cells: [cellAddress(need), cellAddress(have)] }]
      : [],
  );

/** A figure above zero in `detail` is only there when `whole` has one. */
const belongsTo = (detail: Cells, whole: Cells): CellCheck =>
  pairOf(detail, whole, "unexpected", (context, have, need) => {
    const actual = valueOf(context, have);
    return above(actual) && !above(valueOf(context, need))
      ? [{ kind: "unexpected", cells: [cellAddress(have), cellAddress(need)], actual }]
      : [];
  });

/** These cells have no figure, or zero. */
export const isEmpty = (kind: "not_of_such_units", ...cellsOf: readonly Cells[]): CellCheck => {
  const reads = cellsOf.flatMap(references);
  return leaf(reads, [kind], (context) => {
    const refs = cellsOf.flatMap((of) => terms(context, of));
    const faults = refs.flatMap((ref): Fault[] => {
      const actual = valueOf(context, ref) ?? 0;
      return actual === 0 ? [] : [{ kind, cells: [cellAddress(ref)], actual }];
    });
    return { tested: refs.length, faults };
  });
};

const above = (value: number | undefined): value is number => value !== undefined && value > 0;

/** Money divided by what was counted is no more than usual, in 分 each. */
export const averageWithin = (cost: Cells, count: Cells, usual: number): CellCheck =>
  pairOf(cost, count, "unusual_average", (context, money, counted) => {
    const amount = valueOf(context, money);
    const number = valueOf(context, counted);
    if (!above(amount) || !above(number) || amount <= usual * number) return [];
    const average = Math.round(amount / number);
    return [
      {
        kind: "unusual_average",
        cells: [cellAddress(money), cellAddress(counted)],
        expected: usual,
        actual: average,
      },
    ];
  });

/** These cells must be filled. */
export const filled = (...required: readonly Cells[]): CellCheck => {
  const reads = required.flatMap(references);
  return leaf(reads, ["missing"], (context) => {
    const refs = required.flatMap((of) => terms(context, of));
    return evaluated(
      refs.length,
      refs
        .filter((ref) => valueOf(context, ref) === undefined)
        .map((ref): Fault => ({ kind: "missing", cells: [cellAddress(ref)] })),
    );
  });
};

/** No figure of that kind in these tables (all tables, when none is named) is below zero. */
export function noNegatives(kind: "money" | "count", only?: TableId): CellCheck {
  return leaf(only === undefined ? [] : [{ table: only }], ["negative"], (context) => {
    let tested = 0;
    const faults: Fault[] = [];
    for (const [id, table] of context.tables) {
      if (only !== undefined && id !== only) continue;
      for (const { key: row, cells: values } of table.data.rows) {
        if ((table.rows.get(row)?.kind ?? "money") !== kind) continue;
        for (const [column, actual] of Object.entries(values)) {
          tested += 1;
          if (actual >= 0) continue;
          faults.push({
            kind: "negative",
            cells: [cellAddress({ table: id, row, column })],
            actual,
          });
        }
      }
    }
    return evaluated(tested, faults);
  });
}

function pairOf(
  first: Cells,
  second: Cells,
  kind: FindingKind,
  judge: (context: CheckContext, first: CellRef, second: CellRef) => readonly Fault[],
): CellCheck {
  return leaf([...references(first), ...references(second)], [kind], (context) => {
    const [one] = terms(context, first);
    const [two] = terms(context, second);
    if (one === undefined || two === undefined) return notApplicable("not_in_edition");
    if (valueOf(context, one) === undefined && valueOf(context, two) === undefined) {
      return nothingFilled;
    }
    return { tested: 1, faults: judge(context, one, two) };
  });
}
