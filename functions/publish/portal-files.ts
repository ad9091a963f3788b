import type { ZodType } from "zod";
import { canonicalJson, type Json, type Sha256 } from "../../shared/canonical-json.ts";
import {
  publicationEntrySchema,
  tombstoneEntrySchema,
  type PublicationEntry,
  type TombstoneEntry,
} from "../../shared/disclosure/catalogue.ts";
import type { PortalSettings } from "../../web/portal/site.ts";
import type { Log } from "../platform/log.ts";
import type { FileStore } from "../storage/ports.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/**
 * Keys of the portal's files, below the region's prefix:
 *
 *   2022/137/index.html checks/index.html report.pdf …        the permanent address, content may change
 *   2022/137/editions/0a1b2c3d/…                              a submission's own files, never changed
 *   catalogue/2022/137/1.json, 2.json …, retracted.json       one record an act, never changed;
 *                                                             gone if its approval is undone before it counts
 *   catalogue/2022.json, 2022/part-137.json …                 the year's rows, in parts
 *   catalogue/2022/departments.json, department-list-1.json … its departments, in parts
 *   catalogue/org/137.json, portal.json                       an office over the years; years and news
 *   catalogue/plan.json                                       up to where the registry was read
 *   index.html, 2022/index.html, list/2022/…, org/137/2022/…  drawn from those, one page a part
 *   org/137/index.html, feed.xml, sitemap.xml, sitemaps/…
 */
export interface PortalDeps {
  readonly portal: FileStore;
  readonly sha256: Sha256;
  readonly settings: PortalSettings;
  readonly log: Pick<Log, "error">;
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

export const rootOf = ({ pathPrefix }: PortalSettings): string =>
  pathPrefix === "" ? "" : `${pathPrefix.slice(1)}/`;

export const catalogueRoot = (settings: PortalSettings): string => `${rootOf(settings)}catalogue/`;
export const recordsRoot = (settings: PortalSettings, year: number, orgCode: string): string =>
  `${catalogueRoot(settings)}${String(year)}/${orgCode}/`;
export const recordKey = (
  settings: PortalSettings,
  { year, orgCode, number }: Pick<PublicationEntry, "year" | "orgCode" | "number">,
): string => `${recordsRoot(settings, year, orgCode)}${String(number)}.json`;
export const tombstoneKey = (settings: PortalSettings, year: number, orgCode: string): string =>
  `${recordsRoot(settings, year, orgCode)}retracted.json`;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);
export const textOf = (bytes: Uint8Array): string => decoder.decode(bytes);
export const recordBytes = (record: Json): Uint8Array => bytesOf(`${canonicalJson(record)}\n`);

/** What a file holds by its schema, or what is wrong with it in a few words. */
export type Read<T> = { readonly value: T } | { readonly fault: string };

export async function readJson<T>(
  portal: Pick<FileStore, "get">,
  key: string,
  schema: ZodType<T>,
): Promise<Read<T> | undefined> {
  const bytes = await portal.get(key);
  if (bytes === undefined) return undefined;
  if (bytes.length === 0) return { fault: "is empty" };
  try {
    const parsed = schema.safeParse(JSON.parse(textOf(bytes)));
    return parsed.success ? { value: parsed.data } : { fault: "does not hold what it should" };
  } catch (error) {
    if (error instanceof SyntaxError) return { fault: "is not JSON" };
    throw error;
  }
}

/** The line that names a spoilt file of the portal. */
export const spoiltLine = "A file of the portal is spoilt.";

/** The record of one publication; another's, or none that can be read, is as good as missing. */
export async function readRecord(
  { portal, settings, log }: Pick<PortalDeps, "portal" | "settings" | "log">,
  of: Pick<PublicationEntry, "year" | "orgCode" | "number">,
): Promise<PublicationEntry | undefined> {
  const key = recordKey(settings, of);
  const read = await readJson(portal, key, publicationEntrySchema);
  if (read === undefined) return undefined;
  const isOwn =
    "value" in read &&
    read.value.year === of.year &&
    read.value.orgCode === of.orgCode &&
    read.value.number === of.number;
  if (isOwn) return read.value;
  log.error(spoiltLine, {
    key,
    fault: "fault" in read ? read.fault : "is the record of another publication",
  });
  return undefined;
}

async function readTombstone(
  { portal, settings, log }: PortalDeps,
  year: number,
  orgCode: string,
): Promise<TombstoneEntry | undefined> {
  const key = tombstoneKey(settings, year, orgCode);
  const read = await readJson(portal, key, tombstoneEntrySchema);
  if (read === undefined) return undefined;
  if ("value" in read && read.value.year === year && read.value.orgCode === orgCode) {
    return read.value;
  }
  const fault = "fault" in read ? read.fault : "is the record of another report";
  log.error(spoiltLine, { key, fault });
  return undefined;
}

/** All that is recorded of a report and can be read. */
export async function readRecords(
  deps: PortalDeps,
  year: number,
  orgCode: string,
): Promise<ReportRecords> {
  const root = recordsRoot(deps.settings, year, orgCode);
  const numbers = (await deps.portal.list(root))
    .flatMap(({ key }) => /^(\d+)\.json$/.exec(key.slice(root.length))?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const publications: PublicationEntry[] = [];
  for (const number of numbers) {
    const entry = await readRecord(deps, { year, orgCode, number });
    if (entry !== undefined) publications.push(entry);
  }
  const tombstone = await readTombstone(deps, year, orgCode);
  return { publications, ...omitUndefined({ tombstone }) };
}

/** Puts a file that may change; one that is as it should be is left alone. */
export async function putChanged(
  { portal }: Pick<PortalDeps, "portal">,
  key: string,
  bytes: Uint8Array,
  contentType: string,
): Promise<void> {
  const stored = await portal.get(key);
  if (stored !== undefined && isSame(stored, bytes)) return;
  await portal.put(key, bytes, contentType);
}

const isSame = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, index) => byte === other[index]);

export const putJson = (deps: PortalDeps, key: string, value: Parameters<typeof recordBytes>[0]) =>
  putChanged(deps, key, recordBytes(value), "application/json");
