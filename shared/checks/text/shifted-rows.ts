import { parseCellAddress } from "../../forms/cell.ts";
import type { TableId } from "../../forms/form.ts";
import type { TableData } from "../../forms/table-data.ts";
import { generalBudgetByCodeRule } from "../balance/fiscal-budgets.ts";
import { incomeByCodeRule } from "../balance/by-code.ts";
import { termsOf, type Finding } from "../finding.ts";
import type { Rule } from "../rule.ts";

/** A table whose figures are in the rows of other codes, as another table with the same codes shows. */
export interface Shift {
  readonly table: TableId;
  readonly against: TableId;
  /** Rule that compares the two tables code by code. */
  readonly rule: Rule;
  /** First code with another code's figures, and whose they are. */
  readonly code: string;
  readonly figuresOf: string;
  /** Rows between the two. */
  readonly by: number;
  /** So many rows hold another's figures. */
  readonly rows: number;
}

/** Tables that list the same codes, and the columns in which most of their figures agree. */
const pairs = [
  ["t05", "t03", generalBudgetByCodeRule, ["total", "basic", "project"]],
  ["t02", "t03", incomeByCodeRule, ["total"]],
] as const;

/** Fewer rows may hold another's figures by chance: a 类 with one 款 repeats it. */
const fewestRows = 5;

export function shiftIn(
  tables: ReadonlyMap<TableId, TableData>,
  findings: readonly Finding[],
): Shift | undefined {
  for (const [table, other, rule, columns] of pairs) {
    const [one, against] = [tables.get(table), tables.get(other)];
    if (one === undefined || against === undefined) continue;
    // The one that does not add up by itself is the shifted one.
    const [shifted, sound] =
      faultsWithin(table, findings) >= faultsWithin(other, findings)
        ? [table, other]
        : [other, table];
    const found =
      shifted === table ? shiftOf(one, against, columns) : shiftOf(against, one, columns);
    if (found !== undefined) return { table: shifted, against: sound, rule, ...found };
  }
  return undefined;
}

const faultsWithin = (table: TableId, findings: readonly Finding[]): number =>
  findings.filter(
    (finding) =>
      finding.severity === "error" &&
      [...finding.cells, ...termsOf(finding).map(({ cell }) => cell)].every(
        (cell) => parseCellAddress(cell)?.table === table,
      ),
  ).length;

function shiftOf(table: TableData, against: TableData, columns: readonly string[]) {
  const figures = ({ cells }: TableData["rows"][number]) =>
    columns.map((column) => String(cells[column] ?? 0)).join("|");
  const empty = columns.map(() => "0").join("|");
  const right = against.rows.filter(({ key }) => key !== "total");
  const byCode = new Map(right.map((row) => [row.key, figures(row)]));
  const order = new Map(right.map(({ key }, index) => [key, index]));
  const rows = table.rows.filter(({ key }) => key !== "total");
  const misplaced = rows.flatMap((row) => {
    const [own, at] = [figures(row), order.get(row.key)];
    if (own === empty || at === undefined || byCode.get(row.key) === own) return [];
    const [nearest] = right
      .flatMap((other) => (byCode.get(other.key) === own ? [other.key] : []))
      .map((key) => ({ code: row.key, figuresOf: key, by: (order.get(key) ?? 0) - at }))
      .sort((a, b) => Math.abs(a.by) - Math.abs(b.by));
    return nearest === undefined ? [] : [nearest];
  });
  const [first] = misplaced;
  const steps = new Map<number, number>();
  for (const { by } of misplaced) steps.set(by, (steps.get(by) ?? 0) + 1);
  const isSteady = Math.max(0, ...steps.values()) >= fewestRows;
  if (first === undefined || !isSteady || misplaced.length * 10 < rows.length * 3) return undefined;
  return { ...first, by: Math.abs(first.by), rows: misplaced.length };
}
