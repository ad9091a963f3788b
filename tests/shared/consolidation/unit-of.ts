import type { Report, UnitSubmission } from "../../../shared/report/report.ts";

/** A report as its department adds it up. */
export const unitOf = (
  report: Report,
  orgCode = report.identity.orgCode,
  orgName = report.identity.orgName,
): UnitSubmission => ({
  orgCode,
  orgName,
  editionHash: orgCode.padStart(64, "0"),
  sections: report.sections,
});
