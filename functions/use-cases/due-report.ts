import type { ProgressRow } from "../../shared/progress/progress.ts";
import type { FiscalYear } from "../../shared/registry/registry.ts";
import type { DueReport } from "../../shared/workflow/reminders.ts";

/** What is due of a node's report; undefined where nobody must act, and in a year that has ended. */
export function dueReport(
  { orgCode, orgName, kind, report, turn }: ProgressRow,
  { year, status: yearStatus, reminders }: FiscalYear,
  departmentCode: string,
): DueReport | undefined {
  const status = report?.status ?? "absent";
  if (yearStatus === "closed") return undefined;
  if (turn === undefined || status === "taken_down") return undefined;
  const failed = report?.failure?.step;
  const isAsked = report?.takeDownAsked !== undefined;
  return {
    ...{ year, orgCode, orgName, kind, departmentCode, status, turn },
    ...(failed && { failed }),
    ...(isAsked && { takeDownAsked: true as const }),
    ...(reminders && { escalation: reminders }),
  };
}
