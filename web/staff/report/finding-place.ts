import type { FindingView } from "../../../shared/contract/responses.ts";

/** It blocks submitting: to be mended, or to be explained. */
export const isOpen = ({ severity, explanation }: FindingView): boolean =>
  severity === "error" || (severity === "warning" && explanation === undefined);

/** The part of the report a finding is shown in; none where only the list of findings has it. */
export function partOfFinding({
  cells: [cell],
  sentence,
  section,
}: Pick<FindingView, "cells" | "sentence" | "section">): string | undefined {
  if (cell !== undefined) return cell.split("/")[0];
  if (sentence !== undefined) return isOfOverview(sentence) ? "facts" : "narrative";
  if (section === "adjustments") return "consolidation";
  return section === "explanations" ? undefined : section;
}

/** 概况 is written from facts alone. */
const isOfOverview = (sentence: string): boolean => /^(?:duties|profile)\./u.test(sentence);
