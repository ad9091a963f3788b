import type { Manifest } from "../../shared/report/manifest.ts";
import type { Report } from "../../shared/report/report.ts";
import type { CodePoints } from "../../shared/text/code-points.ts";
import { loadReportWithUnits } from "./consolidate-units.ts";
import { withPriorReport, type PriorYearDeps } from "./prior-year.ts";

/** What an installation's own fonts add to the shipped ones. */
export interface LicensedFonts {
  readonly licensedCharacters?: CodePoints;
}

/**
 * A report as its rules read it, with the unit editions it was added up from and last year's report: one and the same
 * for the screen, for submit and for the ledger that is published.
 */
export async function loadReportToCheck(
  deps: PriorYearDeps & LicensedFonts,
  manifest: Manifest,
): Promise<Report> {
  const report = await withPriorReport(deps, await loadReportWithUnits(deps, manifest));
  const { licensedCharacters } = deps;
  return licensedCharacters === undefined ? report : { ...report, licensedCharacters };
}
