import {
  portalRecordSchema,
  type CatalogueRow,
  type Counts,
  type PortalRecord,
} from "../../shared/disclosure/catalogue.ts";
import { homePage } from "../../web/portal/index-pages.ts";
import { newsFeed, withNews } from "../../web/portal/news.ts";
import { aboutPage, notFoundPage } from "../../web/portal/plain-pages.ts";
import { pagesSiteMap, portalSiteMap } from "../../web/portal/site-map.ts";
import {
  aboutPath,
  feedPath,
  homePath,
  siteMapPagesPath,
  siteMapPath,
  type PortalSettings,
  type PortalSite,
} from "../../web/portal/site.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { htmlType } from "./draw-report.ts";
import { filesAtOnce, officesOf, readDirectory, SpoiltIndex } from "./portal-directory.ts";
import {
  bytesOf,
  catalogueRoot,
  keyOf,
  putChanged,
  readJson,
  type PortalDeps,
} from "./portal-files.ts";

/** What shows all years of a portal: its record, home page, feed and site map. */

export const portalRecordKey = (settings: PortalSettings): string =>
  `${catalogueRoot(settings)}portal.json`;

export async function readPortalRecord(deps: PortalDeps): Promise<PortalRecord | undefined> {
  const key = portalRecordKey(deps.settings);
  const read = await readJson(deps.portal, key, portalRecordSchema);
  if (read !== undefined && "fault" in read) throw new SpoiltIndex(key, read.fault);
  return read?.value;
}

/** The record of all years with a year as it is now. */
export const withYear = (
  { years, news }: PortalRecord,
  year: number,
  counts: Counts,
  changed: ReadonlyMap<string, CatalogueRow | undefined>,
): PortalRecord => ({
  years: [...years.filter((one) => one.year !== year), { year, counts }].sort(
    (a, b) => b.year - a.year,
  ),
  news: withNews(news, year, changed),
});

export async function drawAcrossYears(
  deps: PortalDeps,
  site: PortalSite,
  record: PortalRecord,
): Promise<void> {
  const pages = [
    [aboutPath(site), aboutPage(site, record.years[0]?.year)],
    [`${homePath(site)}404.html`, notFoundPage(site)],
    [homePath(site), homePage(site, record)],
  ] as const;
  for (const [path, html] of pages) await putChanged(deps, keyOf(path), bytesOf(html), htmlType);
  const feed = newsFeed(site, record.news);
  await putChanged(deps, keyOf(feedPath(site)), bytesOf(feed), "application/atom+xml");
}

/** Reads the directories of the years whose parts are not handed in. */
export async function drawSiteMap(
  deps: PortalDeps,
  site: PortalSite,
  { years }: PortalRecord,
  known: ReadonlyMap<number, readonly string[]>,
): Promise<void> {
  const listed = await inBatches(years, filesAtOnce, async ({ year }) => {
    const prefixes =
      known.get(year) ??
      (await readDirectory(deps, officesOf(site, year))).stored?.parts.map(({ prefix }) => prefix);
    return { year, prefixes: prefixes ?? [] };
  });
  const pages = pagesSiteMap(
    site,
    years.map(({ year }) => year),
  );
  const maps = [
    [siteMapPagesPath(site), pages],
    [siteMapPath(site), portalSiteMap(site, listed)],
  ] as const;
  for (const [path, xml] of maps) {
    await putChanged(deps, keyOf(path), bytesOf(xml), "application/xml");
  }
}
