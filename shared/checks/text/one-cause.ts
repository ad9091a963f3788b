import type { CellAddress } from "../../forms/cell.ts";
import { figuresOf, termsOf, type Finding } from "../finding.ts";

export interface Caused {
  readonly finding: Finding;
  /** Rules that the same cell breaks by the same amount. */
  readonly also: readonly string[];
}

/** One wrong cell breaks its row, its column and the tables that repeat it, each by the same amount: one finding. */
export function onePerCause(findings: readonly Finding[]): Caused[] {
  const grouped = new Set<Finding>();
  return findings.flatMap((finding): Caused[] => {
    if (grouped.has(finding)) return [];
    const open = findings.filter((other) => other !== finding && !grouped.has(other));
    const alike = open.filter((other) => isAlike(finding, other));
    const [most] = cellsIn(finding)
      .map((cell) => ({ cell, group: alike.filter((other) => cellsIn(other).includes(cell)) }))
      .sort((a, b) => b.group.length - a.group.length);
    const group = [finding, ...(most?.group ?? [])];
    for (const one of group) grouped.add(one);
    const first = group.find(({ cells }) => cells[0] === most?.cell) ?? finding;
    const rules = new Set(group.filter((other) => other !== first).map(({ rule }) => rule));
    rules.delete(first.rule);
    const cells = [...new Set([first, ...group].flatMap((one) => one.cells))];
    return [{ finding: { ...first, cells }, also: [...rules] }];
  });
}

const isAlike = (a: Finding, b: Finding): boolean =>
  [a, b].every(({ severity, kind }) => severity === "error" && kind === "not_equal") &&
  sizeOf(a) > 0 &&
  // Each cell is rounded by itself.
  Math.abs(sizeOf(a) - sizeOf(b)) <= 30_000;

const sizeOf = (finding: Finding): number => Math.abs(figuresOf(finding).difference ?? 0);

const cellsIn = (finding: Finding): readonly CellAddress[] => [
  ...finding.cells,
  ...termsOf(finding).map(({ cell }) => cell),
];
