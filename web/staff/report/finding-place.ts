import { severityName } from "../../../shared/checks/names.ts";
import type { FindingView } from "../../../shared/contract/responses.ts";
import { isOfOverview } from "../../../shared/narrative/is-of-overview.ts";
import type { SectionId } from "../../../shared/report/section-ids.ts";

/** It blocks submitting: to be mended, or to be explained. */
export const isOpen = ({ severity, explanation }: FindingView): boolean =>
  severity === "error" || (severity === "warning" && explanation === undefined);

/** 错误, 待核对 or 未填, and 提示 that asks for nothing. */
export type FindingState = "error" | "warning" | "unfilled" | "hint";

export const stateOf = ({ severity, unfilled }: FindingView): FindingState =>
  unfilled === true ? "unfilled" : severity;

export const findingStateName = {
  ...severityName,
  unfilled: "未填",
} as const satisfies Record<FindingState, string>;

/** Of those that block submitting, how many are wrong, to be explained, or not filled in. */
export function openCounts(
  findings: readonly FindingView[],
): Readonly<Record<FindingState, number>> {
  const counts = { error: 0, warning: 0, unfilled: 0, hint: 0 };
  for (const finding of findings) if (isOpen(finding)) counts[stateOf(finding)] += 1;
  return counts;
}

/** 2 处错误、1 处须说明、3 处未填; empty where nothing is open. */
export const openWords = ({ error, warning, unfilled }: ReturnType<typeof openCounts>): string =>
  [[error, "处错误"] as const, [warning, "处须说明"] as const, [unfilled, "处未填"] as const]
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${String(count)} ${what}`)
    .join("、");

/** Where in the staff app a finding is mended; undefined where only the list of findings has it. */
export function placeHref(reportId: string, finding: FindingView): string | undefined {
  const part = partOfFinding(finding);
  if (part === undefined) return undefined;
  const [cell] = finding.cells;
  const field = fieldOfFinding(finding);
  const [name, value] =
    cell !== undefined
      ? ["cell", cell]
      : field !== undefined
        ? ["field", field]
        : ["sentence", finding.sentence];
  const query = value === undefined ? "" : `?${name}=${encodeURIComponent(value)}`;
  return `/reports/${reportId}/${part}${query}`;
}

/** The part of the report a finding is shown in; none where only the list of findings has it. */
export function partOfFinding({
  cells: [cell],
  sentence,
  section,
  ...finding
}: Pick<FindingView, "cells" | "sentence" | "section" | "place">): string | undefined {
  if (cell !== undefined) return cell.split("/")[0];
  if (fieldOfFinding({ section, ...finding }) !== undefined) return section;
  if (sentence !== undefined) return isOfOverview(sentence) ? "facts" : "narrative";
  if (section === "adjustments") return "consolidation";
  return section === "explanations" ? undefined : section;
}

/** Sections that are forms of fields. */
const formSections: readonly string[] = ["facts", "performance"] satisfies SectionId[];

/** The field of a form that a finding is mended in: `performance.projects.0.score`. */
export const fieldOfFinding = ({
  section,
  place,
}: Pick<FindingView, "section" | "place">): string | undefined =>
  section !== undefined && formSections.includes(section) && place !== undefined
    ? fieldName(place)
    : undefined;

/** A place in a section as its field bears it in the page. */
export const fieldName = (place: string): string => place.replaceAll("/", ".");
