import type { OrgKind } from "./report.ts";
import type { Adjustments } from "./sections.ts";

/**
 * 报表类型 of the national system (R305). 经费差额表 has no report of its own here: what the treasury's books and the
 * units' differ by is an entry of the 调整表 with its reason.
 */
export const reportTypes = {
  single: "单户表",
  entered_sum: "汇总录入表",
  difference: "经费差额表",
  adjustment: "调整表",
  stacked: "叠加汇总表",
} as const;
export type ReportType = keyof typeof reportTypes;

/** What a report is: a unit's own books, sums typed in by a department, or units stacked with a 调整表. */
export function reportTypeOf(
  kind: OrgKind,
  { basis }: { readonly basis?: Adjustments["basis"] },
): Extract<ReportType, "single" | "entered_sum" | "stacked"> {
  if (kind === "unit") return "single";
  return basis === undefined ? "entered_sum" : "stacked";
}
