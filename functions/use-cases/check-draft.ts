import { blockingFindings, checkReport } from "../../shared/checks/check-report.ts";
import type { CheckResult } from "../../shared/checks/finding.ts";
import { narrativeGaps } from "../../shared/narrative/gaps.ts";
import type { Report } from "../../shared/report/report.ts";

export interface DraftCheck {
  readonly tables: CheckResult;
  /** Figures and reasons the statutory text needs and nobody gave. */
  readonly gaps: ReturnType<typeof narrativeGaps>;
  /** How many things stand in the way of submitting. */
  readonly blocking: number;
}

/** Everything that is wrong with a report as it stands; the same for the screen and for submit. */
export function checkDraft(report: Report): DraftCheck {
  const tables = checkReport(report);
  const gaps = narrativeGaps(report);
  return { tables, gaps, blocking: blockingFindings(tables) + gaps.length };
}
