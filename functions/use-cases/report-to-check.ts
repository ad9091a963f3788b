import type { Manifest } from "../../shared/report/manifest.ts";
import type { Report } from "../../shared/report/report.ts";
import { loadReportWithUnits } from "./consolidate-units.ts";
import { withPriorReport, type PriorYearDeps } from "./prior-year.ts";

/**
 * A report as its rules read it, with the unit editions it was added up from and last year's report: one and the same
 * for the screen, for submit and for the ledger that is published.
 */
export const loadReportToCheck = async (deps: PriorYearDeps, manifest: Manifest): Promise<Report> =>
  withPriorReport(deps, await loadReportWithUnits(deps, manifest));
