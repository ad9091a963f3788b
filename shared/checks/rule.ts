import type { CheckContext, Reference } from "./context.ts";
import type { Fault, FindingKind, IdleReason, Severity } from "./finding.ts";

/** A relation (勾稽关系) or form rule as data; `rule-book.ts` holds them all. */
export interface Rule {
  /** As in the trade's list, e.g. `R001`; F… are faults of form. */
  readonly id: string;
  /** What must hold, as the trade says it. */
  readonly statement: string;
  /** Law or 文号 it rests on, where there is one. */
  readonly basis?: string;
  readonly severity: Severity;
  /** First and last report year it holds for; always when absent. */
  readonly years?: { readonly from?: number; readonly to?: number };
  readonly check: Check;
}

/** A typed expression over a report's cells. */
export interface Check {
  /** What it names in the forms: an edition that lacks one of these has no such relation. */
  readonly reads: readonly Reference[];
  /** Reads the unit editions that the report was added up from, too. */
  readonly readsUnits?: true;
  /** What it may find; the catalogue tells from it how a finding reads and what rounding excuses. */
  readonly finds?: readonly FindingKind[];
  readonly run: (context: CheckContext) => Evaluation;
}

export interface Evaluation {
  /** How many relations had figures to compare; none means the rule does not apply. */
  readonly tested: number;
  readonly faults: readonly Fault[];
  /** Why nothing was tested. */
  readonly idle?: IdleReason;
}

export const holds: Evaluation = { tested: 1, faults: [] };

export const idle = (reason: IdleReason): Evaluation => ({ tested: 0, faults: [], idle: reason });

export const evaluated = (tested: number, faults: readonly Fault[]): Evaluation =>
  tested === 0 ? idle("all_empty") : { tested, faults };

/** The reason nearest to a figure comes first. */
const idleReasons: readonly IdleReason[] = [
  "no_prior_year",
  "condition_not_met",
  "all_empty",
  "not_in_year",
  "not_in_edition",
];

/** All parts of a rule as one; without any figure, the part nearest to one says why. */
export function combine(parts: readonly Evaluation[]): Evaluation {
  let tested = 0;
  const faults: Fault[] = [];
  for (const part of parts) {
    tested += part.tested;
    faults.push(...part.faults);
  }
  if (tested > 0) return { tested, faults };
  return idle(
    idleReasons.find((reason) => parts.some((part) => part.idle === reason)) ?? "all_empty",
  );
}
