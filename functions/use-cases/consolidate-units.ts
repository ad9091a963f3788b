import type { Report, UnitEdition } from "../../shared/report/report.ts";
import type { Manifest } from "../../shared/report/manifest.ts";
import { emptySections, sectionIds } from "../../shared/report/sections.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import type { OrgNode, RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { reportIdOf } from "./open-report.ts";
import { loadManifest, loadReport, loadSection } from "./report-content.ts";

/** A unit of a department with its report of the year. */
export interface DepartmentUnit {
  readonly org: OrgNode;
  readonly reportId: string;
  readonly exempt: boolean;
  /** Absent while nobody opened its report. */
  readonly head?: ReportHead;
  /** The edition that was approved, by hash; nothing else of a unit counts for its department (R304). */
  readonly approved?: string;
}

export interface UnitDeps {
  readonly reports: Pick<ReportStore, "load">;
  readonly registry: Pick<RegistryStore, "orgs">;
}

/** The units of a department's report, by org code; none of a unit's. */
export async function unitsOfDepartment(
  deps: UnitDeps,
  { region, year, orgCode, kind }: ReportHead,
): Promise<readonly DepartmentUnit[]> {
  if (kind !== "department") return [];
  const orgs = (await deps.registry.orgs(region))
    .filter((org) => org.kind === "unit" && org.parent === orgCode)
    .toSorted((a, b) => (a.code < b.code ? -1 : 1));
  return Promise.all(
    orgs.map(async (org) => {
      const reportId = reportIdOf(region, year, org.code);
      const head = await deps.reports.load(reportId);
      const approved = head && approvedEdition(head);
      return {
        org,
        reportId,
        exempt: org.exempt?.year === year,
        ...(head === undefined ? {} : { head }),
        ...(approved === undefined ? {} : { approved }),
      };
    }),
  );
}

/** Units that are neither approved nor exempt: the department's report waits for them. */
export const outstandingUnits = (units: readonly DepartmentUnit[]): string[] =>
  units
    .filter(({ exempt, approved }) => !exempt && approved === undefined)
    .map(({ org }) => org.code);

function approvedEdition({ state }: ReportHead): string | undefined {
  return state.status === "approved" || state.status === "published"
    ? state.submission.editionHash
    : undefined;
}

/** A unit's edition by its hash: what its department adds up, no text. */
export async function loadUnitEdition(deps: BlobDeps, hash: string): Promise<UnitEdition> {
  const { orgCode, orgName, sections } = await loadManifest(deps, hash);
  const figures = await Promise.all(
    sectionIds
      .filter((id) => id === "facts" || /^t\d\d$/u.test(id))
      .map(async (id) => [id, await loadSection(deps, id, sections[id])] as const),
  );
  return {
    orgCode,
    orgName,
    editionHash: hash,
    sections: { ...emptySections, ...Object.fromEntries(figures) },
  };
}

export const loadUnitEditions = (
  deps: BlobDeps,
  hashes: readonly string[],
): Promise<readonly UnitEdition[]> =>
  Promise.all(hashes.map((hash) => loadUnitEdition(deps, hash)));

/** A report as the rules on 汇总 read it: with the unit editions its tables were added up from. */
export async function loadReportWithUnits(deps: BlobDeps, manifest: Manifest): Promise<Report> {
  const report = await loadReport(deps, manifest);
  const { basis } = report.sections.adjustments;
  if (basis === undefined) return report;
  return { ...report, units: await loadUnitEditions(deps, Object.values(basis)) };
}
