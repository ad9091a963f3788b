/** Rows drawn above and below those in sight. */
const margin = 12;

/** Rows to draw, first and behind the last, in order; what lies between them is as high and empty. */
export type RowRuns = readonly (readonly [from: number, to: number])[];

/** The rows in sight and the one at hand. */
export function runsOf(
  { first, inSight }: { readonly first: number; readonly inSight: number },
  count: number,
  active: number | undefined,
): RowRuns {
  const from = Math.max(0, Math.min(first, count - inSight) - margin);
  const to = Math.min(count, first + inSight + margin);
  if (active === undefined || active >= count || (active >= from && active < to)) {
    return [[from, to]];
  }
  const own = [active, active + 1] as const;
  return active < from ? [own, [from, to]] : [[from, to], own];
}
