import type { Role, SignOffKind, Stage, Status } from "../../../shared/workflow/report-state.ts";
import type { ReportSummary } from "../../../shared/contract/responses.ts";

/** The staff app's catalogue of words for the workflow's terms. */
export const stageName = {
  unit: "单位审核",
  department: "部门审核",
  bureau: "财政审核",
} as const satisfies Record<Stage, string>;

export const roleName = {
  preparer: "编制人",
  unit_reviewer: "单位审核人",
  department_reviewer: "部门审核人",
  bureau_reviewer: "财政审核人",
  secrecy_officer: "保密审查人",
  principal: "部门负责人",
  bureau_admin: "财政管理员",
  auditor: "审计监督",
} as const satisfies Record<Role, string>;

export const signOffName = {
  secrecy: "保密审查",
  principal: "负责人审签",
} as const satisfies Record<SignOffKind, string>;

export const statusName = {
  absent: "未编制",
  draft: "编制中",
  in_review: "审核中",
  approved: "已批复",
  published: "已公开",
  taken_down: "已撤下",
} as const satisfies Record<Status, string>;

/** One line for where a report stands: 已退回，修改中 · 部门审核 · 已公开 … */
export function standing(
  report: Pick<ReportSummary, "status" | "stage" | "returned" | "correcting">,
): string {
  if (report.status === "in_review" && report.stage !== undefined) return stageName[report.stage];
  if (report.status === "draft" && report.returned) return "已退回，修改中";
  if (report.status === "draft" && report.correcting) return "更正中";
  return statusName[report.status];
}

/** 2022-08-31T02:00:00Z → 2022-08-31 10:00, Asia/Shanghai. */
export const localTime = (iso: string): string =>
  new Intl.DateTimeFormat("sv-SE", {
    timeZone: "Asia/Shanghai",
    dateStyle: "short",
    timeStyle: "short",
  }).format(new Date(iso));
