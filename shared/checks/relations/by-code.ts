import type { TableId } from "../../forms/form.ts";
import { functionCode, rowsLike } from "../context.ts";
import type { Fault } from "../finding.ts";
import { evaluated, type CellCheck, combine } from "../rule.ts";
import { classRows, type Term, tableOf, rowAddress, leaf } from "./terms.ts";
import { type RelationKind, foundBy, compare } from "./compare.ts";

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
