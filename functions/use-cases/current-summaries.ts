import type { ReportSummary } from "../../shared/workflow/report-summary.ts";
import { turnAfterApproval, waitsForDepartment } from "../../shared/workflow/turn.ts";
import type { ReportHead, ReportStore } from "../storage/ports.ts";
import { reportIdOf } from "./open-report.ts";
import { summaryOf } from "./summary.ts";

type Heads = { readonly reports: Pick<ReportStore, "surveyHead"> };

/**
 * What lists show of some reports, with the last days that follow from their departments' own approval today. One more
 * head is read for each department that a unit's report waits for.
 */
export async function currentSummaries(
  deps: Heads,
  heads: readonly ReportHead[],
): Promise<readonly ReportSummary[]> {
  const summaries = heads.map(summaryOf);
  const departments = new Set(summaries.filter(waitsForDepartment).map(departmentReportId));
  const publishBy = new Map(
    await Promise.all(
      [...departments].map(async (id) => [id, await publishByOf(deps, id)] as const),
    ),
  );
  return summaries.map((summary) => {
    const { turn } = summary;
    if (turn === undefined) return summary;
    const departmentPublishBy = publishBy.get(departmentReportId(summary));
    return { ...summary, turn: turnAfterApproval(turn, summary, departmentPublishBy) };
  });
}

const departmentReportId = ({ region, year, departmentCode }: ReportSummary): string =>
  reportIdOf(region, year, departmentCode);

/** Last day of publication of a report once it is approved. One that cannot be read sets no last day for others. */
export async function publishByOf({ reports }: Heads, id: string): Promise<string | undefined> {
  const found = await reports.surveyHead(id);
  if (found === undefined || !("value" in found)) return undefined;
  const { state } = found.value;
  return "approval" in state ? state.approval.publishBy : undefined;
}
