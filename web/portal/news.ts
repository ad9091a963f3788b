import { atomFeed } from "../../shared/disclosure/feed.ts";
import { reportTitle } from "../../shared/document/titles.ts";
import type { CatalogueRow, News } from "../../shared/disclosure/catalogue.ts";
import { feedPath, homePath, reportPath, type PortalSite } from "./site.ts";

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

/** Acts that are kept, and those of them that the home page shows. */
export const newsKept = 50;
const newsAtHome = 15;

/** What is kept once some reports of a year were acted on: the latest act of each, newest first. */
export function withNews(
  kept: readonly News[],
  year: number,
  changed: ReadonlyMap<string, CatalogueRow | undefined>,
): News[] {
  const others = kept.filter((one) => one.year !== year || !changed.has(one.row.code));
  const acts = [...changed.values()].flatMap((row) =>
    row !== undefined && actedAt(row) !== undefined ? [{ year, row }] : [],
  );
  return [...others, ...acts].sort(newestFirst).slice(0, newsKept);
}

const actedAt = ({ retracted, published }: CatalogueRow): string | undefined =>
  (retracted ?? published)?.at;

function newestFirst(a: News, b: News): number {
  const [left, right] = [a, b].map(({ year, row }) => ({
    at: actedAt(row) ?? "",
    key: `${String(year)}/${row.code}`,
  }));
  if (left === undefined || right === undefined || left.at === right.at) {
    return (left?.key ?? "") < (right?.key ?? "") ? -1 : 1;
  }
  return left.at < right.at ? 1 : -1;
}

const itemsOf = (site: PortalSite, news: readonly News[]): NewsItem[] =>
  news.flatMap(({ year, row }): NewsItem[] => {
    const { code: orgCode, name: orgName, kind, published, retracted } = row;
    const shared = {
      path: reportPath(site, year, orgCode),
      title: reportTitle({ region: "", year, orgCode, orgName, kind }),
      author: orgName,
    };
    if (retracted !== undefined) {
      const { at, legalBasis } = retracted;
      const summary = `已撤下，依据：${legalBasis}`;
      return [{ ...shared, kind: "retracted", summary, at, number: 0 }];
    }
    if (published === undefined) return [];
    const { number, at, correction } = published;
    const count = `第${String(number)}次公开`;
    return [
      {
        ...shared,
        kind: correction === undefined ? "published" : "corrected",
        summary: correction === undefined ? `${count}。` : `${count}，更正原因：${correction}`,
        ...{ at, number },
      },
    ];
  });

export const newsAtHomeOf = (site: PortalSite, news: readonly News[]): NewsItem[] =>
  itemsOf(site, news.slice(0, newsAtHome));

export const newsFeed = (site: PortalSite, news: readonly News[]): string =>
  atomFeed({
    title: site.siteName,
    homeUrl: site.baseUrl + homePath(site),
    selfUrl: site.baseUrl + feedPath(site),
    entries: itemsOf(site, news).map(({ path, title, summary, author, at, number }) => ({
      url: site.baseUrl + path,
      id: `${site.baseUrl}${path}#${number === 0 ? "retracted" : String(number)}`,
      title,
      summary,
      author,
      at,
    })),
  });
