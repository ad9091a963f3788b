import { blockingIn, type DraftCheck } from "./check-draft.ts";

/** What a check (审核) of a report adds up to. */
export interface CheckSummary {
  /** Findings that keep it from being handed in: errors, warnings without an explanation, and what is not filled in. */
  readonly blocking: number;
  /** What is not filled in (未填) is no error. */
  readonly errors: number;
  readonly warnings: number;
  /** Errors and warnings by the id of their rule. */
  readonly rules: Readonly<Record<string, number>>;
}

export function checkSummaryOf(check: DraftCheck): CheckSummary {
  const rules: Record<string, number> = {};
  let [errors, warnings] = [0, 0];
  for (const { rule, severity, unfilled } of check.findings) {
    if (severity === "hint" || unfilled === true) continue;
    rules[rule] = (rules[rule] ?? 0) + 1;
    if (severity === "error") errors += 1;
    else warnings += 1;
  }
  return { blocking: blockingIn(check), errors, warnings, rules };
}
