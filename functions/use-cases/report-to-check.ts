import type { Manifest } from "../../shared/report/manifest.ts";
import type { Report } from "../../shared/report/report.ts";
import { err, ok } from "../../shared/result.ts";
import type { CodePoints } from "../../shared/text/code-points.ts";
import type { ReportHead } from "../storage/ports.ts";
import { readReportWithUnits } from "./consolidate-units.ts";
import { soundOrThrow, type Sound } from "./damage.ts";
import { attachmentDamage, submissionDamage } from "./submission-integrity.ts";
import { readOver } from "./report-content.ts";
import { readPriorReport, withPriorReport, type PriorYearDeps } from "./prior-year.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** What an installation's own fonts add to the shipped ones. */
export interface LicensedFonts {
  readonly licensedCharacters?: CodePoints;
}

/**
 * A report as its rules read it, with the unit submissions it was added up from and last year's report: one and the same
 * for the screen, for submit and for the ledger that is published.
 */
export async function readReportToCheck(
  deps: PriorYearDeps & LicensedFonts,
  manifest: Manifest,
): Promise<Sound<Report>> {
  const report = await readReportWithUnits(deps, manifest);
  if (!report.ok) return report;
  const prior = await readPriorReport(deps, report.value.identity);
  if (!prior.ok) return prior;
  const { licensedCharacters } = deps;
  return ok({
    ...withPriorReport(report.value, prior.value),
    ...omitUndefined({ licensedCharacters }),
  });
}

export const loadReportToCheck = async (
  deps: PriorYearDeps & LicensedFonts,
  manifest: Manifest,
): Promise<Report> => soundOrThrow(await readReportToCheck(deps, manifest));

/**
 * The same with every attachment hashed again: who submits, approves or publishes must not rely on what was true when
 * the files were stored. Each file is read once; where any is damaged, all of the report's own damage is named.
 */
export async function readWholeReport(
  deps: PriorYearDeps & LicensedFonts,
  reportId: string,
  manifest: Manifest,
): Promise<Sound<Report>> {
  const report = await readReportToCheck(deps, manifest);
  if (!report.ok) {
    const damage = await submissionDamage(deps, reportId, manifest);
    return damage.length > 0 ? err(damage) : report;
  }
  const { files } = report.value.sections.attachments;
  const damage = await attachmentDamage(deps, reportId, files);
  return damage.length > 0 ? err(damage) : report;
}

/** As `readReportToCheck` of the current draft. Explanations of a draft that are damaged count as not given: they can be anew. */
export const loadDraftToCheck = async (
  deps: PriorYearDeps & LicensedFonts,
  head: ReportHead,
): Promise<Report> =>
  soundOrThrow(
    await readOver(head, ["explanations"], (manifest) => readReportToCheck(deps, manifest)),
  );
