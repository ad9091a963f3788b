import type { ReportSummary } from "../../../shared/workflow/report-summary.ts";
import { failureName, stageName, statusName } from "../../../shared/workflow/names.ts";

type ReportStatus = Pick<ReportSummary, "status" | "stage" | "returned" | "correcting" | "failure">;

/** The state of a report in a few words: 已退回，修改中 · 部门审核 · 已公开 … */
export function stateText(report: ReportStatus): string {
  if (report.status === "in_review" && report.stage !== undefined) return stageName[report.stage];
  if (report.status === "draft" && report.returned) return "已退回，修改中";
  if (report.status === "draft" && report.correcting) return "更正中";
  if (report.failure !== undefined) return failureName[report.failure.step];
  return statusName[report.status];
}

/** The colour of the chip beside it; the words alone are enough. */
export function stateTone(report: ReportStatus): "returned" | "failed" | ReportStatus["status"] {
  if (report.failure !== undefined) return "failed";
  return report.status === "draft" && report.returned ? "returned" : report.status;
}

/** 2022-08-31T02:00:00Z → 2022-08-31 10:00, Asia/Shanghai. */
export const localTime = (iso: string): string =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Shanghai",
    dateStyle: "short",
    timeStyle: "short",
  }).format(new Date(iso));
