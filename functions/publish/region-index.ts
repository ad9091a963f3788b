import type { CatalogueRow } from "../../shared/disclosure/catalogue.ts";
import { isOverdue } from "../../shared/workflow/deadlines.ts";
import { publicationOf } from "../../shared/workflow/transitions.ts";
import type { PortalSettings } from "../../web/portal/site.ts";
import { DamagedError } from "../storage/damaged-error.ts";
import { orgIn } from "../../shared/registry/org-in-year.ts";
import type { OrgNode } from "../../shared/registry/registry.ts";
import type { FileStore, RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { everyItem, pagesOf } from "../storage/pages.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { placeOfReport, reportIdOf } from "../use-cases/open-report.ts";
import type { RowChange } from "./draw-year.ts";
import { readRecord, readRecords, spoiltLine, type PortalDeps } from "./portal-files.ts";
import { SpoiltIndex } from "./portal-directory.ts";
import { redrawAcrossYears, redrawYear, updateYear } from "./portal-index.ts";
import { rowOfEntry, rowOfRecords } from "./report-row.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

export interface RegionIndexDeps extends Pick<PortalDeps, "sha256" | "log"> {
  readonly registry: Pick<RegistryStore, "view" | "org" | "orgs" | "years" | "head" | "events">;
  readonly reports: Pick<ReportStore, "load" | "byYear" | "byTurn">;
  readonly portal: FileStore;
  readonly settingsOf: (region: string) => PortalSettings;
  readonly now: () => string;
}

export const portalOf = (deps: RegionIndexDeps, region: string): PortalDeps => ({
  portal: deps.portal,
  sha256: deps.sha256,
  log: deps.log,
  settings: deps.settingsOf(region),
});

/** Lists a report on the portal by its current state; repeating changes nothing. */
export async function indexReport(deps: RegionIndexDeps, reportId: string): Promise<"listed"> {
  const head = await deps.reports.load(reportId);
  if (head === undefined) throw new Error(`No report ${reportId} to list.`);
  const { region, year, orgCode } = head;
  const change = await rowChange(deps, { region, year, orgCode, head });
  await changeRows(deps, region, year, [change]);
  return "listed";
}

/** Changes rows of a year. A list that is spoilt is named, and drawn anew from registry and heads. */
export async function changeRows(
  deps: RegionIndexDeps,
  region: string,
  year: number,
  changes: readonly RowChange[],
): Promise<void> {
  await repairing(deps, region, async () => {
    const outcome = await updateYear(portalOf(deps, region), year, changes);
    if (outcome === "not_drawn") await redraw(deps, region, year);
  });
}

/** Draws a whole year from registry and heads. */
export async function redrawYearOf(
  deps: RegionIndexDeps,
  region: string,
  year: number,
): Promise<void> {
  await repairing(deps, region, () => redraw(deps, region, year));
}

const mostRepairs = 10;

async function repairing(
  deps: RegionIndexDeps,
  region: string,
  work: () => Promise<void>,
): Promise<void> {
  for (let repairs = 0; ; repairs += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof SpoiltIndex) || repairs === mostRepairs) throw error;
      deps.log.error(spoiltLine, { key: error.key, fault: error.fault });
      const { year } = error;
      if (year === undefined) {
        for (const one of await redrawAcrossYears(portalOf(deps, region))) {
          await redraw(deps, region, one);
        }
      } else await repairing(deps, region, () => redraw(deps, region, year));
    }
  }
}

async function redraw(deps: RegionIndexDeps, region: string, year: number): Promise<void> {
  const orgs = await everyItem((page) => deps.registry.orgs(region, page));
  const nodes = new Map(orgs.map((org) => [org.code, orgIn(org, year)]));
  const rows: CatalogueRow[] = [];
  const seen = new Set<string>();
  const orgOf = (code: string) => Promise.resolve(nodes.get(code));
  const add = async (orgCode: string, head: FoundHead) => {
    seen.add(orgCode);
    const row = await rowOf(deps, { region, year, orgCode, head }, orgOf);
    if (row !== undefined) rows.push(row);
  };
  const pages = pagesOf((page) => deps.reports.byYear(region, year, page));
  for await (const { items, damaged = [] } of pages) {
    await inBatches(items, rowsAtOnce, (head) => add(head.orgCode, head));
    for (const id of damaged) await add(placeOfReport(id).orgCode, "damaged");
  }
  for (const { code } of orgs) if (!seen.has(code)) await add(code, undefined);
  await redrawYear(portalOf(deps, region), year, rows);
}

const rowsAtOnce = 16;

type FoundHead = ReportHead | "damaged" | undefined;

interface Office {
  readonly region: string;
  readonly year: number;
  readonly orgCode: string;
}

/** An office's row of a year as it is to be, and the departments it may have been filed under. */
export async function rowChange(
  deps: RegionIndexDeps,
  office: Office & { readonly head?: ReportHead | undefined },
): Promise<RowChange> {
  const { region, year, orgCode } = office;
  const head = office.head ?? (await findHead(deps, reportIdOf(region, year, orgCode)));
  const node = await deps.registry.org(region, orgCode);
  const orgOf = async (code: string) => {
    const org = code === orgCode ? node : await deps.registry.org(region, code);
    return org && orgIn(org, year);
  };
  const row = await rowOf(deps, { region, year, orgCode, head }, orgOf);
  const departments = [
    ...[orgCode, node?.parent, ...(node?.formerParents ?? [])],
    typeof head === "object" ? head.departmentCode : undefined,
  ].flatMap((code) => (code === undefined || code === row?.department.code ? [] : [code]));
  return {
    code: orgCode,
    departments: [...new Set(departments)],
    ...omitUndefined({ row }),
  };
}

async function findHead(
  { reports }: Pick<RegionIndexDeps, "reports">,
  id: string,
): Promise<FoundHead> {
  try {
    return await reports.load(id);
  } catch (error) {
    if (error instanceof DamagedError) return "damaged";
    throw error;
  }
}

async function rowOf(
  deps: RegionIndexDeps,
  { region, year, orgCode, head: found }: Office & { readonly head: FoundHead },
  /** Of the year. */
  orgOf: (code: string) => Promise<OrgNode | undefined>,
): Promise<CatalogueRow | undefined> {
  // A head that cannot be read hides nothing that is public: the portal's own records say what is.
  const row =
    found === "damaged"
      ? rowOfRecords(await readRecords(portalOf(deps, region), year, orgCode))
      : found && (await publicRow(deps, region, found, orgOf));
  if (row !== undefined) return row;
  const head = found === "damaged" ? undefined : found;
  const node = await orgOf(orgCode);
  if (node === undefined || node.kind === "bureau") return undefined;
  const inTree = node.kind === "unit" ? node.parent : node.code;
  // As its publication will name it: from submit on a report stays where it was handed in.
  const code =
    head === undefined || head.state.status === "draft"
      ? (inTree ?? head?.departmentCode)
      : head.departmentCode;
  if (code === undefined || (await orgOf(code)) === undefined) return undefined;
  const state = head?.state;
  const day = state !== undefined && "approval" in state ? state.approval.publishBy : undefined;
  const exempt = node.exempt?.reason;
  return {
    ...{ code: orgCode, name: node.name, kind: node.kind, department: { code } },
    ...omitUndefined({ publishBy: day }),
    ...(day !== undefined && exempt === undefined && isOverdue(day, deps.now())
      ? { overdue: true as const }
      : {}),
    ...omitUndefined({ exempt }),
  };
}

/** The row of what is, or was, public; what its record cannot say is taken from the head. */
async function publicRow(
  deps: RegionIndexDeps,
  region: string,
  head: ReportHead,
  orgOf: (code: string) => Promise<OrgNode | undefined>,
): Promise<CatalogueRow | undefined> {
  const { year, orgCode, orgName, kind, departmentCode, state } = head;
  const named = async () => {
    const department = await orgOf(departmentCode);
    return {
      ...{ code: orgCode, name: orgName, kind },
      department: { code: departmentCode, name: department?.name ?? orgName },
    };
  };
  if (state.status === "taken_down") {
    const { at, legalBasis } = state.tombstone;
    return { ...(await named()), retracted: { at, legalBasis } };
  }
  const publication = publicationOf(state);
  if (publication === undefined) return undefined;
  const { number, at, editionHash } = publication;
  const entry = await readRecord(portalOf(deps, region), { year, orgCode, number });
  if (entry?.editionHash === editionHash) return rowOfEntry(entry);
  return { ...(await named()), published: { number, at, editionHash } };
}
