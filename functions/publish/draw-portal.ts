import {
  editionFolder,
  listedOrg,
  type Listing,
  type PublicationEntry,
  type YearCatalogue,
} from "../../shared/disclosure/catalogue.ts";
import { openChecksSchema } from "../../shared/disclosure/open-checks.ts";
import { openReportSchema } from "../../shared/disclosure/open-report.ts";
import { checksPage } from "../../web/portal/checks-page.ts";
import { homePage, orgPage, yearPage } from "../../web/portal/index-pages.ts";
import { newsFeed, newsOf, portalSiteMap } from "../../web/portal/news.ts";
import { aboutPage, notFoundPage, tombstonePage } from "../../web/portal/plain-pages.ts";
import { reportPage } from "../../web/portal/report-page.ts";
import {
  aboutPath,
  catalogueFilePath,
  checksPath,
  editionPath,
  feedPath,
  homePath,
  orgPath,
  reportPath,
  siteMapPath,
  yearPath,
  type PortalSite,
} from "../../web/portal/site.ts";
import { stylesheet } from "../../web/portal/stylesheet.ts";
import {
  bytesOf,
  keyOf,
  readCatalogues,
  readPlan,
  readRecords,
  recordBytes,
  recordsRoot,
  textOf,
  type PortalDeps,
  type ReportRecords,
} from "./portal-files.ts";

/**
 * Draws what may change from what may not. There is no lock: whoever draws looks again after the last
 * write and draws once more if another act was recorded meanwhile, so the last to finish is right.
 */
export async function drawReport(deps: PortalDeps, year: number, orgCode: string): Promise<void> {
  const records = async () =>
    (await readRecords(deps, year, orgCode)).get(orgCode) ?? { publications: [] };
  await untilSteady(records, (current) => drawAddress(deps, year, orgCode, current));
}

/** Year, organisation and home pages, feed and site map; years and codes are those that changed. */
export async function drawIndexes(
  deps: PortalDeps,
  changed: { readonly years: readonly number[]; readonly orgCodes: readonly string[] },
): Promise<void> {
  const site = await siteOf(deps);
  for (const year of changed.years) {
    const current = async () => ({
      records: [...(await readRecords(deps, year))],
      plan: await readPlan(deps, year),
    });
    await untilSteady(current, async ({ records, plan }) => {
      const catalogue: YearCatalogue = {
        year,
        reports: records.flatMap(([, acts]) => listingOf(acts)),
      };
      await deps.portal.put(
        keyOf(catalogueFilePath(site, year)),
        recordBytes(catalogue),
        "application/json",
      );
      await putPage(
        deps,
        yearPath(site, year),
        yearPage(site, { catalogue, ...(plan && { plan }) }),
      );
    });
  }
  await untilSteady(
    () => readCatalogues(deps),
    (catalogues) => drawAcrossYears(deps, site, catalogues, changed.orgCodes),
  );
}

/** Draws every page again from what is recorded, as after a change of settings or design. */
export async function drawPortal(deps: PortalDeps): Promise<void> {
  const { portal, settings } = deps;
  const root = `${homePath(settings).slice(1)}catalogue/`;
  const years = new Set<number>();
  const reports = new Map<string, { year: number; orgCode: string }>();
  for (const { key } of await portal.list(root)) {
    const [, year, orgCode] =
      /^(\d{4})\/(?:([0-9A-Z]+)\/|plan\.json)/.exec(key.slice(root.length)) ?? [];
    if (year === undefined) continue;
    years.add(Number(year));
    if (orgCode !== undefined) reports.set(`${year}/${orgCode}`, { year: Number(year), orgCode });
  }
  for (const { year, orgCode } of reports.values()) await drawReport(deps, year, orgCode);
  const orgCodes = [...new Set([...reports.values()].map(({ orgCode }) => orgCode))];
  await drawIndexes(deps, { years: [...years], orgCodes });
}

async function drawAcrossYears(
  deps: PortalDeps,
  site: PortalSite,
  catalogues: readonly YearCatalogue[],
  orgCodes: readonly string[],
): Promise<void> {
  const { portal } = deps;
  for (const code of orgCodes) {
    const listings = catalogues
      .flatMap(({ reports }) => reports)
      .filter((listing) => listedOrg(listing).orgCode === code);
    if (listings.length === 0) await portal.delete(keyOf(orgPath(site, code)));
    else await putPage(deps, orgPath(site, code), orgPage(site, { code, listings }));
  }
  const news = newsOf(site, catalogues, 50);
  await putPage(deps, aboutPath(site), aboutPage(site, catalogues[0]?.year));
  await putPage(deps, `${homePath(site)}404.html`, notFoundPage(site));
  await putPage(deps, homePath(site), homePage(site, { catalogues, news: news.slice(0, 15) }));
  await portal.put(keyOf(feedPath(site)), bytesOf(newsFeed(site, news)), "application/atom+xml");
  await portal.put(
    keyOf(siteMapPath(site)),
    bytesOf(portalSiteMap(site, catalogues)),
    "application/xml",
  );
}

/** The stylesheet is named by its content: a page keeps the one it was drawn with. */
async function siteOf({ portal, sha256, settings }: PortalDeps): Promise<PortalSite> {
  const path = `${homePath(settings)}assets/${sha256(stylesheet).slice(0, 12)}.css`;
  await portal.putIfAbsent(keyOf(path), bytesOf(stylesheet), "text/css; charset=utf-8");
  return { ...settings, stylesheet: path };
}

async function drawAddress(
  deps: PortalDeps,
  year: number,
  orgCode: string,
  { publications, tombstone }: ReportRecords,
): Promise<void> {
  const site = await siteOf(deps);
  const address = reportPath(site, year, orgCode);
  if (tombstone !== undefined) {
    await putPage(deps, address, tombstonePage(site, tombstone));
    await clear(deps, address.slice(1), (key) => key !== keyOf(address));
    await clear(deps, recordsRoot(site, year, orgCode), (key) => !key.endsWith("/retracted.json"));
    return;
  }
  const latest = publications.at(-1);
  if (latest === undefined) {
    // Nothing counts as published: what an attempt had drawn here goes, its edition's own files later.
    const archive = `${address.slice(1)}editions/`;
    await clear(deps, address.slice(1), (key) => !key.startsWith(archive));
    return;
  }
  for (const shown of publications) {
    const { files, report, checks } = await editionOf(deps, site, shown);
    const page = { report, checks, shown, publications };
    const isLatest = shown === latest;
    const folders = isLatest ? [folderOf(site, shown), address] : [folderOf(site, shown)];
    // Files before the pages that link to them; leftovers of the edition before go last.
    for (const { path, contentType, bytes } of isLatest ? files : []) {
      await deps.portal.put(address.slice(1) + path, bytes, contentType);
    }
    const pages = [
      ...(checks === undefined
        ? []
        : [{ below: checksPath, html: checksPage(site, { ...page, checks }) }]),
      { below: (folder: string) => folder, html: reportPage(site, page) },
    ];
    for (const { below, html } of pages) {
      for (const folder of folders) await putPage(deps, below(folder), html);
    }
    if (!isLatest) continue;
    const paths = files.map(({ path }) => address.slice(1) + path);
    const kept = new Set([...pages.map(({ below }) => keyOf(below(address))), ...paths]);
    const archive = `${address.slice(1)}editions/`;
    await clear(deps, address.slice(1), (key) => !kept.has(key) && !key.startsWith(archive));
  }
}

/** An edition's own files as they stand; they were written before its record, so all are there. */
async function editionOf({ portal }: PortalDeps, site: PortalSite, shown: PublicationEntry) {
  const files = await Promise.all(
    shown.files.map(async (file) => {
      const key = folderOf(site, shown).slice(1) + file.path;
      const bytes = await portal.get(key);
      if (bytes === undefined) throw new Error(`The portal has lost ${key}, which it published.`);
      return { ...file, bytes };
    }),
  );
  const json = (name: string): unknown => {
    const file = files.find(({ path }) => path === name);
    return file && JSON.parse(textOf(file.bytes));
  };
  const report = json("report.json");
  if (report === undefined) throw new Error(`${shown.orgCode} was published without report.json.`);
  return {
    files,
    report: openReportSchema.parse(report),
    // What was published before ledgers were has none.
    checks: openChecksSchema.optional().parse(json("checks.json")),
  };
}

const folderOf = (site: PortalSite, { year, orgCode, editionHash }: PublicationEntry): string =>
  editionPath(site, year, orgCode, editionFolder(editionHash));

function listingOf({ publications, tombstone }: ReportRecords): Listing[] {
  if (tombstone !== undefined) return [{ status: "retracted", tombstone }];
  const latest = publications.at(-1);
  return latest === undefined ? [] : [{ status: "published", latest }];
}

const putPage = ({ portal }: PortalDeps, path: string, html: string): Promise<void> =>
  portal.put(keyOf(path), bytesOf(html), "text/html; charset=utf-8");

async function clear(
  { portal }: PortalDeps,
  prefix: string,
  isUnwanted: (key: string) => boolean,
): Promise<void> {
  for (const { key } of await portal.list(prefix)) {
    if (isUnwanted(key)) await portal.delete(key);
  }
}

/** Reads, draws, and reads again until nothing changed while it drew. */
async function untilSteady<T>(read: () => Promise<T>, draw: (state: T) => Promise<void>) {
  let state = await read();
  for (;;) {
    await draw(state);
    const after = await read();
    if (JSON.stringify(after) === JSON.stringify(state)) return;
    state = after;
  }
}
