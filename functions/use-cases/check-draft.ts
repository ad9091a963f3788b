import { blockingFindings, checkReport } from "../../shared/checks/check-report.ts";
import type { CheckResult } from "../../shared/checks/finding.ts";
import { narrativeGaps } from "../../shared/narrative/gaps.ts";
import type { Report } from "../../shared/report/report.ts";
import type { OutdatedUnit } from "./consolidate-standing.ts";

export interface DraftCheck {
  readonly tables: CheckResult;
  /** Figures and reasons the statutory text needs and nobody gave. */
  readonly gaps: ReturnType<typeof narrativeGaps>;
  /** Units of a department that handed in another edition than its tables were added up from (R304). */
  readonly outdated: readonly OutdatedUnit[];
  /** How many things stand in the way of submitting. */
  readonly blocking: number;
}

/** Everything that is wrong with a report as it stands; the same for the screen and for submit. */
export function checkDraft(report: Report, outdated: readonly OutdatedUnit[]): DraftCheck {
  const tables = checkReport(report);
  const gaps = narrativeGaps(report);
  const blocking = blockingFindings(tables) + gaps.length + outdated.length;
  return { tables, gaps, outdated, blocking };
}
