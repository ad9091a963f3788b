import type { FindingView } from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";

/** A place between the figures that people fill in: the reason of a change, or what a code was spent on. */
export interface Blank {
  readonly kind: "reasons" | "purposes";
  readonly key: string;
  /** What is asked for, e.g. 本年收入合计较2021年变动的主要原因. */
  readonly about: string;
}

/** The warning that the reason of a blank explains: the server weighs the reason and keeps it as an explanation. */
export const warningAt = (
  { kind, key }: Blank,
  reported: readonly FindingView[],
): FindingView | undefined =>
  kind === "reasons"
    ? reported.find(({ severity, slot }) => severity === "warning" && slot === key)
    : undefined;

/** The last reason given at a blank while its figure still needed an explanation. */
export const earlierReason = (whole: Report, { kind, key }: Blank): string | undefined =>
  kind === "reasons"
    ? whole.sections.explanations.entries.filter(({ slot }) => slot === key).at(-1)?.reason
    : undefined;
