import type { Report, UnitSubmission } from "../../shared/report/report.ts";
import type { Manifest } from "../../shared/report/manifest.ts";
import type { Adjustments, Sections } from "../../shared/report/sections.ts";
import { isTable, namedSections, type SectionId } from "../../shared/report/section-ids.ts";
import { err, ok } from "../../shared/result.ts";
import { orgIn } from "../../shared/registry/org-in-year.ts";
import type { OrgNode } from "../../shared/registry/registry.ts";
import type { RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { damageIn, type Sound } from "./damage.ts";
import { reportIdOf } from "./open-report.ts";
import { readManifest, readReport, readSections, type ContentReader } from "./report-content.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** A unit of a department with its report of the year. */
export interface DepartmentUnit {
  readonly org: OrgNode;
  readonly reportId: string;
  readonly exempt: boolean;
  /** Absent while nobody opened its report. */
  readonly head?: ReportHead;
  /** The submission that was approved, by hash; nothing else of a unit counts for its department (R304). */
  readonly approved?: string;
}

export interface UnitDeps {
  readonly reports: Pick<ReportStore, "load">;
  readonly registry: Pick<RegistryStore, "view">;
}

/** The units of a department's report, by org code, as they were in its year; none of a unit's. */
export async function unitsOfDepartment(
  deps: UnitDeps,
  { region, year, orgCode, kind }: ReportHead,
): Promise<readonly DepartmentUnit[]> {
  if (kind !== "department") return [];
  const view = await deps.registry.view(region);
  const orgs = (await view.unitsOf(orgCode)).flatMap((unit) => {
    const then = orgIn(unit, year);
    return then?.parent === orgCode ? [then] : [];
  });
  return Promise.all(
    orgs.map(async (org) => {
      const reportId = reportIdOf(region, year, org.code);
      const head = await deps.reports.load(reportId);
      const approved = head && approvedSubmission(head);
      return {
        org,
        reportId,
        exempt: org.exempt?.year === year,
        ...omitUndefined({ head, approved }),
      };
    }),
  );
}

/** Units that are neither approved nor exempt: the department's report waits for them. */
export const outstandingUnits = (units: readonly DepartmentUnit[]): string[] =>
  units
    .filter(({ exempt, approved }) => !exempt && approved === undefined)
    .map(({ org }) => org.code);

function approvedSubmission({ state }: ReportHead): string | undefined {
  return state.status === "approved" || state.status === "published"
    ? state.submission.editionHash
    : undefined;
}

/** A submission of a unit, by its hash. */
export interface NamedUnitSubmission {
  readonly orgCode: string;
  readonly editionHash: string;
}

/** What of a submission is added up, or compared with the next year's: tables and facts, no text. */
export const readFigures = (deps: ContentReader, manifest: Manifest): Promise<Sound<Sections>> =>
  readSections(
    deps,
    manifest,
    namedSections(manifest.sections).filter((id) => id === "facts" || isTable(id)),
  );

/** Submissions of units, their figures or some sections alone; all that is damaged among them is named with its unit. */
export async function readUnitSubmissions(
  deps: ContentReader,
  named: readonly NamedUnitSubmission[],
  only?: readonly SectionId[],
): Promise<Sound<readonly UnitSubmission[]>> {
  const read = await Promise.all(named.map((one) => readUnitSubmission(deps, one, only)));
  const damage = read.flatMap((one) => (one.ok ? [] : one.error));
  return damage.length > 0 ? err(damage) : ok(read.flatMap((one) => (one.ok ? [one.value] : [])));
}

async function readUnitSubmission(
  deps: ContentReader,
  { orgCode, editionHash }: NamedUnitSubmission,
  only: readonly SectionId[] | undefined,
): Promise<Sound<UnitSubmission>> {
  const manifest = await readManifest(deps, editionHash);
  if (!manifest.ok) return err(damageIn({ kind: "unit", orgCode }, manifest.error));
  const { orgName } = manifest.value;
  const figures =
    only === undefined
      ? await readFigures(deps, manifest.value)
      : await readSections(deps, manifest.value, only);
  return figures.ok
    ? ok({ orgCode, orgName, editionHash, sections: figures.value })
    : err(damageIn({ kind: "unit", orgCode, orgName }, figures.error));
}

/** A report as the rules on 汇总 read it: with the unit submissions its tables were added up from. */
export async function readReportWithUnits(
  deps: ContentReader,
  manifest: Manifest,
): Promise<Sound<Report>> {
  const report = await readReport(deps, manifest);
  if (!report.ok) return report;
  const { basis } = report.value.sections.adjustments;
  if (basis === undefined) return report;
  const units = await readUnitSubmissions(deps, unitSubmissionsOf(basis));
  return units.ok ? ok({ ...report.value, units: units.value }) : units;
}

export const unitSubmissionsOf = (
  basis: NonNullable<Adjustments["basis"]>,
): readonly NamedUnitSubmission[] =>
  Object.entries(basis).map(([orgCode, editionHash]) => ({ orgCode, editionHash }));
