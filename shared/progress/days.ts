import type { ProgressState, Tally } from "./progress.ts";

/**
 * What a year had added up to on a day (进度曲线), as the day's reminders found it in the morning; one is kept a day and
 * open year, and never computed again.
 */
export type DayTally = {
  /** YYYY-MM-DD, Asia/Shanghai. */
  readonly day: string;
  readonly counts: Tally["counts"];
  /** Nodes whose last day had passed. */
  readonly overdue: number;
};

const handedInStates: readonly ProgressState[] = [
  "in_review",
  "approved",
  "print_failed",
  "publish_failed",
  "published",
  "taken_down",
];
const publicStates: readonly ProgressState[] = ["published", "taken_down"];

export type Curve = "handed_in" | "public";

const statesOf = { handed_in: handedInStates, public: publicStates } as const satisfies Record<
  Curve,
  readonly ProgressState[]
>;

/** Nodes that report in a year: all but those exempt. */
export const reporting = (counts: Tally["counts"]): number =>
  Object.entries(counts).reduce(
    (sum, [state, count]) => (state === "exempt" ? sum : sum + count),
    0,
  );

/** Share of the reporting nodes that have come so far, 0 to 1; undefined where nobody reports. */
export function shareOf(curve: Curve, counts: Tally["counts"]): number | undefined {
  const all = reporting(counts);
  if (all === 0) return undefined;
  return statesOf[curve].reduce((sum, state) => sum + (counts[state] ?? 0), 0) / all;
}
