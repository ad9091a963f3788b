/**
 * The vocabulary rules are written in. Empty counts as zero in sums, but a relation without any figure is not
 * tested, and a relation whose cells an edition lacks does not exist there.
 */
import { cellAddress, type CellAddress, type CellRef } from "../forms/cell.ts";
import type { Edition, TableId } from "../forms/form.ts";
import {
  functionCode,
  hasReference,
  isCount,
  isUnprinted,
  priorValueOf,
  rowsLike,
  valueOf,
  type CheckContext,
  type IndexedTable,
  type Reference,
} from "./context.ts";
import type { Fault, FindingKind, FindingTerm } from "./finding.ts";
import {
  combine,
  evaluated,
  holds,
  notApplicable,
  type CellCheck,
  type Evaluation,
} from "./rule.ts";
import { closeness } from "./tolerance.ts";

/** Cells of one column, summed. A shape (RegExp) means the form's rows whose keys have it. */
interface Cells {
  readonly table: TableId;
  readonly rows: readonly string[] | RegExp;
  readonly column: string;
  readonly prior?: true;
}

export const cell = (table: TableId, row: string, column: string): Cells => ({
  table,
  rows: [row],
  column,
});

export const cells = (table: TableId, rows: readonly string[] | RegExp, column: string): Cells => ({
  table,
  rows,
  column,
});

/** The same cells of last year's report. */
export const lastYear = (of: Cells): Cells => ({ ...of, prior: true });

/** 类 rows of the fixed tables, 201 … 234. */
export const classRows = /^\d{3}$/u;

type Side = Cells | readonly Cells[];
export type RelationKind = "equal" | "not_above";

const foundBy = (comparison: RelationKind): FindingKind =>
  comparison === "equal" ? "not_equal" : "above";

/** left = right; the first cell of `left` is the one a finding points at. */
export const equal = (left: Side, right: Side): CellCheck => relation(left, "equal", right);

/** left ≤ right. */
export const notAbove = (left: Side, right: Side): CellCheck => relation(left, "not_above", right);

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

/** In every row of the table: Σ columns `left` = (or ≤) Σ columns `right`. */
export function inEveryRow(
  table: TableId,
  left: readonly string[],
  comparison: RelationKind,
  right: readonly string[],
): CellCheck {
  const check = leaf(
    [...left, ...right].map((column) => ({ table, column })),
    [foundBy(comparison)],
    (context) =>
      combine(
        tableOf(context, table).data.rows.map(({ key: row }) => {
          const refer = (column: string): Term => ({ table, row, column });
          return compare(context, left.map(refer), comparison, right.map(refer));
        }),
      ),
  );
  const isTotal = left.length === 1 && left[0] === "total" && comparison === "equal";
  return isTotal ? { ...check, sumsRow: true } : check;
}

/** By code, in every column: 合计 = Σ 类, 类 = Σ 款, 款 = Σ 项. */
export function sumsUpByCode(table: TableId): CellCheck {
  return leaf([{ table, row: "total" }], ["not_equal"], (context) => {
    const indexed = tableOf(context, table);
    const faults: Fault[] = [];
    let tested = 0;
    for (const column of indexed.columns) {
      const sumUp = (parent: string, children: readonly string[]): void => {
        const refer = (row: string): Term => ({ table, row, column });
        const outcome = compare(context, [refer(parent)], "equal", children.map(refer));
        tested += outcome.tested;
        faults.push(...outcome.faults);
      };
      sumUp("total", indexed.classes);
      for (const [parent, children] of indexed.children) {
        if (indexed.filled.has(parent)) sumUp(parent, children);
      }
    }
    return evaluated(tested, faults);
  });
}

/** For every 类 that `left`'s form or `right`'s rows have: left column = (or ≤) the right column, or columns. */
export function forEachClass(
  left: ByCode,
  comparison: RelationKind,
  right: ByCode | readonly ByCode[],
): CellCheck {
  const rights: readonly ByCode[] = "table" in right ? [right] : right;
  return leaf([{ ...left, row: classRows }, ...rights], [foundBy(comparison)], (context) => {
    const codes = new Set([
      ...rowsLike(tableOf(context, left.table), classRows),
      ...rights.flatMap(({ table }) => tableOf(context, table).classes),
    ]);
    return combine(
      [...codes].map((row) =>
        compare(
          context,
          [{ ...left, row }],
          comparison,
          rights.map((place) => ({ ...place, row })),
        ),
      ),
    );
  });
}

/** For every code that `part` lists, in each of the columns: part ≤ whole. */
export function partOfByCode(part: TableId, whole: TableId, columns: readonly string[]): CellCheck {
  return leaf(
    columns.flatMap((column) => [
      { table: part, column },
      { table: whole, column },
    ]),
    ["above"],
    (context) =>
      combine(
        tableOf(context, part).data.rows.flatMap(({ key: row }) =>
          columns.map((column) =>
            compare(context, [{ table: part, row, column }], "not_above", [
              { table: whole, row, column },
            ]),
          ),
        ),
      ),
  );
}

interface ByCode {
  readonly table: TableId;
  readonly column: string;
}

/** For every code that `left`'s tables list: Σ left columns = (or ≤) Σ right columns, row by row. */
export function forEachCode(
  left: readonly ByCode[],
  comparison: RelationKind,
  right: readonly ByCode[],
): CellCheck {
  return leaf([...left, ...right], [foundBy(comparison)], (context) => {
    const codes = new Set(
      left.flatMap(({ table }) =>
        [...tableOf(context, table).filled.keys()].filter((key) => functionCode.test(key)),
      ),
    );
    const termsOf = (side: readonly ByCode[], row: string): Term[] =>
      side
        .filter(({ table }) => tableOf(context, table).filled.has(row))
        .map(({ table, column }) => ({ table, row, column }));
    const [first] = right;
    return combine(
      [...codes].map((row) => {
        const rights = termsOf(right, row);
        const empty = rights.length === 0 && first ? [{ ...first, row }] : rights;
        return compare(context, termsOf(left, row), comparison, empty);
      }),
    );
  });
}

/** Every code with money in one of `part`'s columns is a row of `whole`. */
export function codesOccurIn(part: TableId, whole: TableId, columns: readonly string[]): CellCheck {
  return leaf(
    [...columns.map((column) => ({ table: part, column })), { table: whole }],
    ["missing_row"],
    (context) => {
      const from = tableOf(context, part);
      const into = tableOf(context, whole);
      const codes = from.data.rows.filter(
        ({ key, cells }) =>
          functionCode.test(key) && columns.some((column) => (cells[column] ?? 0) !== 0),
      );
      return evaluated(
        codes.length,
        codes
          .filter(({ key }) => !into.filled.has(key))
          .map(({ key }): Fault => ({
            kind: "missing_row",
            cells: [rowAddress(into, key), rowAddress(from, key)],
          })),
      );
    },
  );
}

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

/** Tested only where both cells are filled: an empty one says that the report has no such thing. */
export function whenBothFilled(
  first: Cells,
  second: Cells,
  check: (first: Side, second: Side) => CellCheck,
): CellCheck {
  return when(
    (context) =>
      [first, second].every((of) =>
        terms(context, of).every((term) => read(context, term) !== undefined),
      ),
    check(first, second),
  );
}

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

/** A row as a finding names it: by its first filled column. */
export function rowAddress(table: IndexedTable, row: string): CellAddress {
  const columns = [...(table.columnsOfRow.get(row) ?? table.columns)];
  const typed = Object.keys(table.filled.get(row)?.cells ?? {});
  const column = columns.find((key) => typed.includes(key)) ?? typed[0] ?? columns[0] ?? "total";
  return cellAddress({ table: table.form.id, row, column });
}

/** A check whose every reference the edition must have. */
export function leaf(
  reads: readonly Reference[],
  finds: readonly FindingKind[],
  run: (context: CheckContext) => Evaluation,
): CellCheck {
  const known = new WeakMap<Edition, boolean>();
  const fits = ({ report: { edition }, tables }: CheckContext): boolean => {
    const fitting = known.get(edition) ?? reads.every((read) => hasReference(tables, read));
    known.set(edition, fitting);
    return fitting;
  };
  return {
    reads,
    finds,
    run: (context) => (fits(context) ? run(context) : notApplicable("not_in_edition")),
  };
}

export function tableOf(context: CheckContext, id: TableId): IndexedTable {
  const table = context.tables.get(id);
  if (table === undefined) throw new Error(`Rule reads ${id} without naming it.`);
  return table;
}

export interface Term extends CellRef {
  readonly prior?: true;
}

const nothingFilled = notApplicable("all_empty");

const sideOf = (side: Side): readonly Cells[] => ("table" in side ? [side] : side);

const references = ({ table, rows, column, prior }: Cells): Reference[] =>
  (rows instanceof RegExp ? [rows] : rows).map((row) => ({
    table,
    row,
    column,
    ...(prior && { prior }),
  }));

const terms = (context: CheckContext, { table, rows, column, prior }: Cells): Term[] =>
  (rows instanceof RegExp ? rowsLike(tableOf(context, table), rows) : rows).map((row) => ({
    table,
    row,
    column,
    ...(prior && { prior }),
  }));

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

const read = (context: CheckContext, term: Term): number | undefined =>
  term.prior ? priorValueOf(context, term) : valueOf(context, term);

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
    const value = read(context, term);
    if (value === undefined) {
      if (term.prior) return notApplicable("no_prior_year");
      continue;
    }
    anyLeft = true;
    leftSum += value;
    if (value !== 0) figures += 1;
  }
  for (const term of right) {
    const value = read(context, term);
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
  const actual = comparison === "equal" ? read(context, subject) : leftSum;
  const involved = [...left.slice(1), ...right].filter(
    (term) => right.length === 1 || read(context, term) !== undefined,
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
  const value = read(context, term);
  return {
    cell: cellAddress(term),
    ...(value !== undefined && { value }),
    ...(minus && { minus }),
    ...(term.prior && { prior: term.prior }),
  };
}
