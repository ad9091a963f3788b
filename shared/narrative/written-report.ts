import type { Report } from "../report/report.ts";
import { writeNarrative } from "./write-narrative.ts";
import { writeOverview } from "./write-overview.ts";
import type { WrittenNarrative } from "./written.ts";

/** A report's own words, 概况 and 情况说明, written once for everything that reads them. */
export interface WrittenReport {
  readonly overview: WrittenNarrative;
  readonly narrative: WrittenNarrative;
}

export const writeReport = (report: Report): WrittenReport => ({
  overview: writeOverview(report),
  narrative: writeNarrative(report),
});
