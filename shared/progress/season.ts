import { isOverdue } from "../workflow/deadlines.ts";
import type { Stage } from "../workflow/report-state.ts";
import {
  overdueAt,
  stateOf,
  type DepartmentLine,
  type ProgressRow,
  type ProgressState,
  type ReportNotes,
} from "./progress.ts";

/** Which nodes of a year somebody looks for (决算季的筛选). All that is given must hold. */
export interface SeasonFilter {
  readonly state?: ProgressState | "not_public" | undefined;
  /** In review at this level. */
  readonly stage?: Stage | undefined;
  readonly having?: "overdue" | "errors" | "warnings" | "remarks" | "returns" | undefined;
  /** Part of a code or name. */
  readonly text?: string | undefined;
}

/** A node of a year with what is known of its report between events. */
export interface SeasonRow extends ProgressRow {
  readonly departmentCode: string;
  readonly notes?: ReportNotes;
}

/** What nobody can read yet, of nodes that have to report. */
const notPublic: readonly ProgressState[] = [
  "not_opened",
  "draft",
  "in_review",
  "approved",
  "print_failed",
  "publish_failed",
  "damaged",
];

const statesMeant = (state: NonNullable<SeasonFilter["state"]>): readonly ProgressState[] =>
  state === "not_public" ? notPublic : [state];

export const isLate = ({ turn }: ProgressRow, instant: string): boolean =>
  turn !== undefined && isOverdue(turn.due, instant);

export function matchesRow(
  row: SeasonRow,
  { state, stage, having, text }: SeasonFilter,
  instant: string,
): boolean {
  if (state !== undefined && !statesMeant(state).includes(stateOf(row))) return false;
  if (stage !== undefined && row.report?.stage !== stage) return false;
  if (text !== undefined && !hasText(row.orgCode, row.orgName, text)) return false;
  switch (having) {
    case undefined:
      return true;
    case "overdue":
      return isLate(row, instant);
    case "errors":
      return (row.notes?.check?.errors ?? 0) > 0;
    case "warnings":
      return (row.notes?.check?.warnings ?? 0) > 0;
    case "remarks":
      return (row.notes?.openRemarks ?? 0) > 0;
    case "returns":
      return (row.course?.returns ?? 0) > 0;
  }
}

/**
 * Whether a department may have nodes that match, as far as its line shows: the others need not be read.
 * A text is looked for in the nodes themselves, whose names no line holds.
 */
export function mayHaveMatches(
  { tally, season }: DepartmentLine,
  { state, stage, having }: SeasonFilter,
  instant: string,
): boolean {
  const { counts } = tally;
  if (state !== undefined && statesMeant(state).every((one) => (counts[one] ?? 0) === 0)) {
    return false;
  }
  if (stage !== undefined && (counts.in_review ?? 0) === 0) return false;
  // A line of an earlier version does not tell.
  if (having === undefined || (having !== "overdue" && season === undefined)) return true;
  const found = {
    overdue: overdueAt(tally, instant),
    errors: season?.errors,
    warnings: season?.warnings,
    remarks: season?.openRemarks,
    returns: season?.returns,
  }[having];
  return found !== 0;
}

/** Whether a code or a name contains a text, whatever the case. */
const hasText = (code: string, name: string, text: string): boolean =>
  [code, name].some((one) => one.toLowerCase().includes(text.trim().toLowerCase()));
