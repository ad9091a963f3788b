import { stageName, statusName } from "../workflow/names.ts";
import type { OrgActFacts, OrgReport } from "./org-act.ts";

/** What reports that are under way keep from being changed in the tree. */

/** Beyond the draft: reviewers, or a department's sums, rest on the tree as it was handed in. */
export const isHandedIn = ({ status }: OrgReport): boolean =>
  status === "in_review" || status === "approved" || status === "published" || status === "damaged";

export function reportStateText({ status, stage }: OrgReport): string {
  if (status === "damaged") return "的存储内容已损坏";
  if (stage !== undefined) return `正在审核（${stageName[stage]}）`;
  return statusName[status];
}

/** Why a change that takes effect in a year waits for reports of these nodes; `because` is what it would do. */
export function handedInFault(
  { reports, orgs }: OrgActFacts,
  codes: readonly string[],
  year: number,
  because: string,
): string | undefined {
  const found = reports.find(
    (one) => codes.includes(one.orgCode) && one.year >= year && isHandedIn(one),
  );
  if (found === undefined) return undefined;
  const name = orgs.get(found.orgCode)?.name ?? found.orgCode;
  return `“${name}”${String(found.year)} 年度决算${reportStateText(found)}，${because}。请等报告退回编制后再办，或从 ${String(found.year + 1)} 年度起办理。`;
}

/** A node that ends has no report of the years after. */
export function reportFault(
  { reports, orgs }: OrgActFacts,
  code: string,
  from: number,
): string | undefined {
  const years = reports.filter(
    ({ orgCode, year, status }) => orgCode === code && year >= from && status !== "absent",
  );
  const [found] = years.toSorted((a, b) => b.year - a.year);
  if (found === undefined) return undefined;
  const name = orgs.get(code)?.name ?? code;
  return `“${name}”${String(found.year)} 年度决算${reportStateText(found)}，那一年不能没有这个机构。请从 ${String(found.year + 1)} 年度起办理。`;
}
