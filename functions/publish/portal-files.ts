import { canonicalJson, type Json, type Sha256 } from "../../shared/canonical-json.ts";
import {
  publicationEntrySchema,
  tombstoneEntrySchema,
  yearCatalogueSchema,
  yearPlanSchema,
  type PublicationEntry,
  type TombstoneEntry,
  type YearCatalogue,
  type YearPlan,
} from "../../shared/disclosure/catalogue.ts";
import type { PortalSettings } from "../../web/portal/site.ts";
import type { FileStore } from "../storage/ports.ts";

/**
 * Keys of the portal's files, below the region's prefix:
 *
 *   2022/137/index.html checks/index.html report.pdf …        the address that stands, may change
 *   2022/137/editions/0a1b2c3d/…                              an edition's own files, never changed
 *   catalogue/2022/137/1.json, 2.json …, retracted.json       one record an act, never changed;
 *                                                             gone if its approval is undone before it counts
 *   catalogue/2022/plan.json                                  who must publish until when
 *   catalogue/2022.json, index.html, 2022/index.html,         drawn from the records, whole each time
 *   org/137/index.html, feed.xml, sitemap.xml …
 */
export interface PortalDeps {
  readonly portal: FileStore;
  readonly sha256: Sha256;
  readonly settings: PortalSettings;
}

/** The acts recorded for one report. */
export interface ReportRecords {
  /** First to latest. */
  readonly publications: readonly PublicationEntry[];
  readonly tombstone?: TombstoneEntry;
}

/** A portal path is its file's key with a slash before it; a folder's is its index.html. */
export const keyOf = (path: string): string =>
  path.endsWith("/") ? `${path.slice(1)}index.html` : path.slice(1);

const rootOf = ({ pathPrefix }: PortalSettings): string =>
  pathPrefix === "" ? "" : `${pathPrefix.slice(1)}/`;

const catalogueRoot = (settings: PortalSettings): string => `${rootOf(settings)}catalogue/`;
const yearRecordsRoot = (settings: PortalSettings, year: number): string =>
  `${catalogueRoot(settings)}${String(year)}/`;
export const recordsRoot = (settings: PortalSettings, year: number, orgCode: string): string =>
  `${yearRecordsRoot(settings, year)}${orgCode}/`;
export const planKey = (settings: PortalSettings, year: number): string =>
  `${yearRecordsRoot(settings, year)}plan.json`;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
export const recordBytes = (record: Json): Uint8Array => bytesOf(`${canonicalJson(record)}\n`);

/** A file that was listed a moment ago; it may have gone since, which is not a fault. */
async function json(portal: FileStore, key: string): Promise<unknown> {
  const bytes = await portal.get(key);
  return bytes === undefined ? undefined : JSON.parse(textOf(bytes));
}

/** All records of a year by org code, at most sixteen files in flight. */
export async function readRecords(
  { portal, settings }: PortalDeps,
  year: number,
  orgCode?: string,
): Promise<ReadonlyMap<string, ReportRecords>> {
  const root = yearRecordsRoot(settings, year);
  const below = orgCode === undefined ? root : recordsRoot(settings, year, orgCode);
  const keys = (await portal.list(below))
    .map(({ key }) => ({
      key,
      match: /^([0-9A-Z]+)\/(\d+|retracted)\.json$/.exec(key.slice(root.length)),
    }))
    .flatMap(({ key, match }) =>
      match === null ? [] : [{ key, code: match[1] ?? "", act: match[2] ?? "" }],
    );
  const records = new Map<string, ReportRecords>();
  for (const batch of batches(keys, 16)) {
    const read = await Promise.all(
      batch.map(async (found) => ({ ...found, value: await json(portal, found.key) })),
    );
    for (const { code, act, value } of read) {
      if (value === undefined) continue;
      const known = records.get(code) ?? { publications: [] };
      records.set(
        code,
        act === "retracted"
          ? { ...known, tombstone: tombstoneEntrySchema.parse(value) }
          : {
              ...known,
              publications: [...known.publications, publicationEntrySchema.parse(value)],
            },
      );
    }
  }
  return new Map(
    [...records]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([code, { publications, ...rest }]) => [
        code,
        { ...rest, publications: publications.toSorted((a, b) => a.number - b.number) },
      ]),
  );
}

export async function readPlan(
  { portal, settings }: PortalDeps,
  year: number,
): Promise<YearPlan | undefined> {
  const plan = await json(portal, planKey(settings, year));
  return plan === undefined ? undefined : yearPlanSchema.parse(plan);
}

/** The drawn summaries of all years, newest first. */
export async function readCatalogues({ portal, settings }: PortalDeps): Promise<YearCatalogue[]> {
  const root = catalogueRoot(settings);
  const keys = (await portal.list(root))
    .map(({ key }) => key)
    .filter((key) => /^\d{4}\.json$/.test(key.slice(root.length)));
  const read = await Promise.all(keys.map((key) => json(portal, key)));
  return read
    .filter((value) => value !== undefined)
    .map((value) => yearCatalogueSchema.parse(value))
    .toSorted((a, b) => b.year - a.year);
}

function* batches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
