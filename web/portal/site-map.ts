import type { CatalogueRow } from "../../shared/disclosure/catalogue.ts";
import { siteMap, siteMapIndex } from "../../shared/disclosure/feed.ts";
import {
  aboutPath,
  departmentPath,
  homePath,
  orgPath,
  reportPath,
  siteMapPagesPath,
  siteMapPartPath,
  yearPath,
  type PortalSite,
} from "./site.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** One map a part of the catalogue: an address stays in the map of its part. */
export const portalSiteMap = (
  site: PortalSite,
  years: readonly { readonly year: number; readonly prefixes: readonly string[] }[],
): string =>
  siteMapIndex(
    [
      siteMapPagesPath(site),
      ...years.flatMap(({ year, prefixes }) =>
        prefixes.map((prefix) => siteMapPartPath(site, year, prefix)),
      ),
    ].map((path) => site.baseUrl + path),
  );

/** The pages that are there whatever was published. */
export const pagesSiteMap = (site: PortalSite, years: readonly number[]): string =>
  siteMap(
    [homePath(site), aboutPath(site), ...years.map((year) => yearPath(site, year))].map((path) => ({
      url: site.baseUrl + path,
    })),
  );

/** Reports, offices and departments of one part; archive copies stay out. */
export function partSiteMap(site: PortalSite, year: number, rows: readonly CatalogueRow[]): string {
  const departments = [...new Set(rows.map(({ department }) => department.code))];
  const acts = rows.filter((row) => row.published !== undefined || row.retracted !== undefined);
  return siteMap(
    [
      ...departments.map((code) => ({ path: departmentPath(site, code, year) })),
      ...acts.map(({ code }) => ({ path: orgPath(site, code) })),
      ...acts.map(({ code, published, retracted }) => {
        const modified = (retracted ?? published)?.at;
        return {
          path: reportPath(site, year, code),
          ...omitUndefined({ modified }),
        };
      }),
    ].map(({ path, ...entry }) => ({ ...entry, url: site.baseUrl + path })),
  );
}
