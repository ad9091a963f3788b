import type { CatalogueRow, PortalRecord } from "../../shared/disclosure/catalogue.ts";
import {
  drawAcrossYears,
  drawSiteMap,
  portalRecordKey,
  readPortalRecord,
  withYear,
} from "./across-years.ts";
import { siteOf } from "./draw-report.ts";
import { drawYear, type RowChange } from "./draw-year.ts";
import {
  departmentsOf,
  officesOf,
  readDirectory,
  readPart,
  SpoiltIndex,
} from "./portal-directory.ts";
import { catalogueRoot, putJson, rootOf, spoiltLine, type PortalDeps } from "./portal-files.ts";

/**
 * Changes rows of a year that is drawn, and everything that shows them. Only the parts they lie in are read and
 * written, so the cost is the same whatever is already public. One at a time in a region; cut off
 * anywhere and run again it ends in the same files, byte for byte: the directories, by which parts are
 * found, are written once everything else is.
 */
export async function updateYear(
  deps: PortalDeps,
  year: number,
  changes: readonly RowChange[],
): Promise<"updated" | "not_drawn"> {
  const record = await readPortalRecord(deps);
  const offices = await readDirectory(deps, officesOf(deps.settings, year));
  const departments = await readDirectory(deps, departmentsOf(deps.settings, year));
  const isListed = record?.years.some((one) => one.year === year) ?? false;
  if (!isListed && offices.stored === undefined && departments.stored === undefined) {
    return "not_drawn";
  }
  const lost = [offices, departments].find(({ stored }) => stored === undefined);
  if (lost !== undefined) throw new SpoiltIndex(lost.place.key, "is missing", year);
  if (record === undefined) throw new SpoiltIndex(portalRecordKey(deps.settings), "is missing");
  await drawYear(deps, { year, record, offices, departments, changes });
  return "updated";
}

/**
 * Draws a year's lists from all its rows, whatever is stored. What it does not name any more goes; `record`
 * is what the portal knows of all other years.
 */
export async function redrawYear(
  deps: PortalDeps,
  year: number,
  rows: readonly CatalogueRow[],
): Promise<void> {
  const { settings } = deps;
  const record = (await readPortalRecord(deps)) ?? { years: [], news: [] };
  const offices = { place: officesOf(settings, year) };
  const departments = { place: departmentsOf(settings, year) };
  const changes = rows.map((row) => ({ code: row.code, departments: [], row }));
  const others = { ...record, news: record.news.filter((one) => one.year !== year) };
  const drawn = await drawYear(deps, { year, record: others, offices, departments, changes });
  const root = rootOf(settings);
  const records = `${catalogueRoot(settings)}${String(year)}/`;
  const isPart = (key: string) => !key.slice(records.length).includes("/");
  const stale = [
    ...(await deps.portal.list(records)).filter(({ key }) => isPart(key)),
    ...(await deps.portal.list(`${root}list/${String(year)}/`)),
    ...(await deps.portal.list(`${root}sitemaps/${String(year)}`)),
  ].filter(({ key }) => !drawn.has(key));
  for (const { key } of stale) await deps.portal.delete(key);
}

/**
 * Draws what shows all years from their directories and rows, after a loss; answers the years whose
 * own lists cannot be read, which are left out until they are drawn anew.
 */
export async function redrawAcrossYears(deps: PortalDeps): Promise<readonly number[]> {
  const { settings, portal } = deps;
  const root = catalogueRoot(settings);
  const found = (await portal.list(root))
    .flatMap(({ key }) => /^(\d{4})\.json$/.exec(key.slice(root.length))?.[1] ?? [])
    .map(Number);
  let record: PortalRecord = { years: [], news: [] };
  const prefixes = new Map<number, readonly string[]>();
  const spoilt: number[] = [];
  for (const year of found) {
    try {
      const { place, stored } = await readDirectory(deps, officesOf(settings, year));
      if (stored === undefined) continue;
      const rows = new Map<string, CatalogueRow>();
      for (const { prefix } of stored.parts) {
        for (const row of (await readPart(deps, place, prefix)).values()) rows.set(row.code, row);
      }
      record = withYear(record, year, stored.counts, rows);
      prefixes.set(
        year,
        stored.parts.map(({ prefix }) => prefix),
      );
    } catch (error) {
      if (!(error instanceof SpoiltIndex)) throw error;
      deps.log.error(spoiltLine, { key: error.key, fault: error.fault });
      spoilt.push(year);
    }
  }
  const site = await siteOf(deps);
  await drawAcrossYears(deps, site, record);
  await drawSiteMap(deps, site, record, prefixes);
  await putJson(deps, portalRecordKey(settings), record);
  return spoilt;
}
