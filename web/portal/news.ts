import { atomFeed, siteMap } from "../../shared/disclosure/feed.ts";
import { reportTitle } from "../../shared/document/titles.ts";
import {
  listedOrg,
  type PublicationEntry,
  type TombstoneEntry,
  type YearCatalogue,
} from "../../shared/disclosure/catalogue.ts";
import {
  aboutPath,
  feedPath,
  homePath,
  orgPath,
  reportPath,
  yearPath,
  type PortalSite,
} from "./site.ts";

/** Something that happened in public, for the home page and the feed. */
export interface NewsItem {
  readonly kind: "published" | "corrected" | "retracted";
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly author: string;
  readonly at: string;
  /** Publication number; 0 for a report that was taken down. */
  readonly number: number;
}

/** The latest act on every report, newest first, at most `limit`. */
export function newsOf(
  site: PortalSite,
  catalogues: readonly YearCatalogue[],
  limit: number,
): NewsItem[] {
  return catalogues
    .flatMap(({ reports }) => reports)
    .map((listing) =>
      listing.status === "published"
        ? publicationNews(site, listing.latest)
        : retractionNews(site, listing.tombstone),
    )
    .toSorted((a, b) => (a.at === b.at ? (a.path < b.path ? -1 : 1) : a.at < b.at ? 1 : -1))
    .slice(0, limit);
}

function publicationNews(site: PortalSite, entry: PublicationEntry): NewsItem {
  const { correction, number } = entry;
  return {
    ...shared(site, entry),
    kind: correction === undefined ? "published" : "corrected",
    summary:
      correction === undefined
        ? `第${String(number)}次公开。`
        : `第${String(number)}次公开，更正原因：${correction.reason}`,
    number,
  };
}

const retractionNews = (site: PortalSite, entry: TombstoneEntry): NewsItem => ({
  ...shared(site, entry),
  kind: "retracted",
  summary: `已撤下，依据：${entry.legalBasis}`,
  number: 0,
});

const shared = (site: PortalSite, entry: PublicationEntry | TombstoneEntry) => ({
  path: reportPath(site, entry.year, entry.orgCode),
  title: reportTitle({ region: "", ...entry }),
  author: entry.orgName,
  at: entry.at,
});

export const newsFeed = (site: PortalSite, news: readonly NewsItem[]): string =>
  atomFeed({
    title: site.siteName,
    homeUrl: site.baseUrl + homePath(site),
    selfUrl: site.baseUrl + feedPath(site),
    entries: news.map(({ path, title, summary, author, at, number }) => ({
      url: site.baseUrl + path,
      id: `${site.baseUrl}${path}#${number === 0 ? "retracted" : String(number)}`,
      title,
      summary,
      author,
      at,
    })),
  });

/** Every page that stands for something of its own; archive copies stay out. */
export function portalSiteMap(site: PortalSite, catalogues: readonly YearCatalogue[]): string {
  const reports = catalogues.flatMap((catalogue) => catalogue.reports).map(listedOrg);
  const codes = [...new Set(reports.map(({ orgCode }) => orgCode))].toSorted();
  return siteMap(
    [
      { url: homePath(site) },
      { url: aboutPath(site) },
      ...catalogues.map(({ year }) => ({ url: yearPath(site, year) })),
      ...codes.map((code) => ({ url: orgPath(site, code) })),
      ...reports.map(({ year, orgCode, at }) => ({
        url: reportPath(site, year, orgCode),
        modified: at,
      })),
    ].map((entry) => ({ ...entry, url: site.baseUrl + entry.url })),
  );
}
