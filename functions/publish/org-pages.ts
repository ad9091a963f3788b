import {
  orgRecordSchema,
  type CatalogueRow,
  type OrgLink,
  type OrgRecord,
} from "../../shared/disclosure/catalogue.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import { orgPage } from "../../web/portal/index-pages.ts";
import { orgPath, type PortalSettings, type PortalSite } from "../../web/portal/site.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { htmlType } from "./draw-report.ts";
import { filesAtOnce } from "./portal-directory.ts";
import {
  bytesOf,
  catalogueRoot,
  keyOf,
  putChanged,
  putJson,
  readJson,
  readRecords,
  spoiltLine,
  type PortalDeps,
  type Read,
} from "./portal-files.ts";
import { rowOfRecords } from "./report-row.ts";

/** Draws the page of an office over all years, or removes it where the office has nothing public any more. */
export async function drawOrg(
  deps: PortalDeps,
  site: PortalSite,
  {
    year,
    years,
    code,
    row,
  }: {
    readonly year: number;
    readonly years: readonly number[];
    readonly code: string;
    readonly row: CatalogueRow | undefined;
  },
): Promise<void> {
  const isShown = row?.published !== undefined || row?.retracted !== undefined;
  const key = orgRecordKey(site, code);
  const stored = await readJson(deps.portal, key, orgRecordSchema);
  if (stored === undefined && !isShown) return;
  const others = (await otherYears(deps, { key, code, years, stored })).filter(
    (one) => one.year !== year,
  );
  const reports = [...others, ...(isShown ? [{ year, row }] : [])].sort((a, b) => b.year - a.year);
  await putOrg(deps, site, { ...historyIn(stored), code, reports });
}

/**
 * Draws what became of an office, and of whom it came, where that is other than its record has it. An office with a
 * history has a page before anything of it is public, so that every link leads to one.
 */
export async function drawHistory(
  deps: PortalDeps,
  site: PortalSite,
  {
    code,
    name,
    links,
    years,
  }: {
    readonly code: string;
    readonly name: string;
    readonly links: readonly OrgLink[];
    readonly years: readonly number[];
  },
): Promise<void> {
  const key = orgRecordKey(site, code);
  const stored = await readJson(deps.portal, key, orgRecordSchema);
  if (stored === undefined && links.length === 0) return;
  const history = links.length === 0 ? {} : { name, links: [...links] };
  if (canonicalJson(historyIn(stored)) === canonicalJson(history)) return;
  const reports = await otherYears(deps, { key, code, years, stored });
  await putOrg(deps, site, { ...history, code, reports });
}

/** The offices that the stored history of one names; none where there is none. */
export async function officesInHistory(deps: PortalDeps, code: string): Promise<readonly string[]> {
  const stored = await readJson(deps.portal, orgRecordKey(deps.settings, code), orgRecordSchema);
  return (historyIn(stored).links ?? []).flatMap(({ offices }) => offices.map((one) => one.code));
}

function historyIn(stored: Read<OrgRecord> | undefined): Pick<OrgRecord, "name" | "links"> {
  if (stored === undefined || "fault" in stored) return {};
  const { name, links } = stored.value;
  return omitUndefined({ name, links });
}

async function putOrg(deps: PortalDeps, site: PortalSite, record: OrgRecord): Promise<void> {
  const { code, reports, links = [] } = record;
  const key = orgRecordKey(site, code);
  if (reports.length === 0 && links.length === 0) {
    await deps.portal.delete(keyOf(orgPath(site, code)));
    await deps.portal.delete(key);
    return;
  }
  await putChanged(deps, keyOf(orgPath(site, code)), bytesOf(orgPage(site, record)), htmlType);
  await putJson(deps, key, record);
}

/** What an office's record holds; a spoilt one is read anew from the records of its reports. */
async function otherYears(
  deps: PortalDeps,
  {
    key,
    code,
    years,
    stored,
  }: {
    readonly key: string;
    readonly code: string;
    readonly years: readonly number[];
    readonly stored: Read<OrgRecord> | undefined;
  },
): Promise<OrgRecord["reports"]> {
  if (stored === undefined) return [];
  if ("value" in stored && stored.value.code === code) return stored.value.reports;
  deps.log.error(spoiltLine, {
    key,
    fault: "fault" in stored ? stored.fault : "is the record of another office",
  });
  const found = await inBatches(years, filesAtOnce, async (year) => {
    const row = rowOfRecords(await readRecords(deps, year, code));
    return row === undefined ? [] : [{ year, row }];
  });
  return found.flat();
}

const orgRecordKey = (settings: PortalSettings, code: string): string =>
  `${catalogueRoot(settings)}org/${code}.json`;
