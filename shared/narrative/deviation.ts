import type { CellAddress } from "../forms/cell.ts";
import type { Thresholds } from "../forms/form.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { sourceCells } from "./sources.ts";
import type { Slot } from "./written.ts";

/** Rules of figures that went further than their region lets pass without a reason. */
export const changeRule = "R221";
export const completionRule = "R222";

/** A figure beyond its threshold, in the shape of the finding that the rule makes of it. */
export interface Deviation {
  readonly rule: typeof changeRule | typeof completionRule;
  readonly severity: "warning";
  readonly kind: "deviates";
  readonly cells: readonly CellAddress[];
  /** 分; absent where the figure is empty. */
  readonly actual?: number;
  readonly expected?: number;
  readonly difference: number;
  readonly slot: string;
  readonly compared: { readonly what: string; readonly against: string };
}

/**
 * The deviation at a place where the narrative takes a reason, when its figure is beyond the threshold. The rule and the
 * sentence both ask here, so that what explains the one is the reason in the other. A blank beside figures is none.
 */
export function deviationOf(
  { slot, compared }: Pick<Slot, "slot" | "compared">,
  valueOf: (source: FigureSource) => number | undefined,
  thresholds: Thresholds,
): Deviation | undefined {
  if (compared === undefined) return undefined;
  const { what, against, current, base } = compared;
  const actual = valueOf(current);
  const expected = valueOf(base);
  const isChange = isOfPriorYear(base);
  const isFar = isChange ? changesFar : missesFar;
  if (!isFar(actual ?? 0, expected ?? 0, thresholds)) return undefined;
  return {
    rule: isChange ? changeRule : completionRule,
    severity: "warning",
    kind: "deviates",
    cells: [...sourceCells(current), ...sourceCells(base)],
    ...(actual === undefined ? {} : { actual }),
    ...(expected === undefined ? {} : { expected }),
    difference: (actual ?? 0) - (expected ?? 0),
    slot,
    compared: { what, against },
  };
}

/** Last year's figure: a cell of last year's report, or a fact kept beside this year's. */
export const isOfPriorYear = (source: FigureSource): boolean =>
  source.kind === "prior" || (source.kind === "fact" && source.path.endsWith(".prior"));

/** 分 exceed what a number multiplies exactly, so the shares are compared as whole numbers. */
const times = (fen: number, factor: number): bigint => BigInt(fen) * BigInt(factor);

function changesFar(current: number, base: number, { change }: Thresholds): boolean {
  const difference = Math.abs(current - base);
  if (difference < change.amountFen) return false;
  return times(difference, 100) >= times(Math.abs(base), change.percent);
}

/** Spending without a budget is above any mark. */
function missesFar(final: number, budget: number, { completion }: Thresholds): boolean {
  const { fromPercent, toPercent } = completion;
  if (budget <= 0) return final > 0;
  return (
    times(final, 100) < times(budget, fromPercent) || times(final, 100) > times(budget, toPercent)
  );
}
