import { z, type ZodType } from "zod";
import {
  catalogueRowSchema,
  countsOf,
  departmentRowSchema,
  directorySchema,
  sumOf,
  type CataloguePart,
  type CatalogueRow,
  type Counts,
  type DepartmentRow,
  type Directory,
} from "../../shared/disclosure/catalogue.ts";
import { regroup, rowKey, type PartRows } from "../../shared/disclosure/paged-rows.ts";
import {
  catalogueFilePath,
  cataloguePartPath,
  type PortalSettings,
} from "../../web/portal/site.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { catalogueRoot, keyOf, readJson, type PortalDeps } from "./portal-files.ts";

/** The lists of a year in parts, found by a directory; only the parts a change lies in are read and written. */

/** A list of the portal cannot be read, or lacks a part: it is drawn anew from what it is drawn from. */
export class SpoiltIndex extends Error {
  override readonly name = "SpoiltIndex";
  readonly key: string;
  readonly fault: string;
  /** The year whose list it is; absent for the record of all years. */
  readonly year: number | undefined;
  constructor(key: string, fault: string, year?: number) {
    super(`${key} ${fault}.`);
    this.key = key;
    this.fault = fault;
    this.year = year;
  }
}

/** Keys of a list's parts, and the entry of a part in the list's directory. */
interface DirectoryLayout<Row> {
  readonly year: number;
  readonly key: string;
  readonly keyOfPart: (prefix: string) => string;
  readonly schema: ZodType<Row>;
  readonly keyOfRow: (row: Row) => string;
  readonly countsOf: (rows: readonly Row[]) => Counts;
}

export interface OpenDirectory<Row> {
  readonly place: DirectoryLayout<Row>;
  readonly stored?: Directory;
}

export const officesOf = (
  settings: PortalSettings,
  year: number,
): DirectoryLayout<CatalogueRow> => ({
  year,
  key: keyOf(catalogueFilePath(settings, year)),
  keyOfPart: (prefix) => keyOf(cataloguePartPath(settings, year, prefix)),
  schema: catalogueRowSchema,
  keyOfRow: ({ department, code }) => rowKey(department.code, code),
  countsOf,
});

export const departmentsOf = (
  settings: PortalSettings,
  year: number,
): DirectoryLayout<DepartmentRow> => {
  const folder = `${catalogueRoot(settings)}${String(year)}/`;
  return {
    year,
    key: `${folder}departments.json`,
    keyOfPart: (prefix) => `${folder}department-list${prefix === "" ? "" : `-${prefix}`}.json`,
    schema: departmentRowSchema,
    keyOfRow: ({ code }) => rowKey(code),
    countsOf: (rows) => sumOf(rows.map(({ counts }) => counts)),
  };
};

export async function readDirectory<Row>(
  { portal }: PortalDeps,
  place: DirectoryLayout<Row>,
): Promise<OpenDirectory<Row>> {
  const read = await readJson(portal, place.key, directorySchema);
  if (read === undefined) return { place };
  if ("fault" in read) throw new SpoiltIndex(place.key, read.fault, place.year);
  if (read.value.year !== place.year)
    throw new SpoiltIndex(place.key, "is another year's", place.year);
  return { place, stored: read.value };
}

export async function readPart<Row>(
  { portal }: PortalDeps,
  place: DirectoryLayout<Row>,
  prefix: string,
): Promise<ReadonlyMap<string, Row>> {
  const key = place.keyOfPart(prefix);
  const schema = z.object({ year: z.literal(place.year), rows: z.array(place.schema) });
  const read = await readJson(portal, key, schema);
  if (read === undefined) throw new SpoiltIndex(key, "is missing", place.year);
  if ("fault" in read) throw new SpoiltIndex(key, read.fault, place.year);
  const rows = new Map(read.value.rows.map((row) => [place.keyOfRow(row), row]));
  if ([...rows.keys()].some((one) => !one.startsWith(prefix))) {
    throw new SpoiltIndex(key, "holds rows of another part", place.year);
  }
  return rows;
}

/** The parts a change touches, and the directory as it is to be. */
export interface Regrouped<Row> {
  readonly place: DirectoryLayout<Row>;
  readonly groups: PartRows<Row>;
  readonly retired: readonly string[];
  readonly parts: readonly CataloguePart[];
  readonly directory: Directory;
}

export async function regrouped<Row extends { readonly code: string; readonly name: string }>(
  deps: PortalDeps,
  { place, stored }: OpenDirectory<Row>,
  changes: ReadonlyMap<string, Row | undefined>,
  alsoRead: (parts: readonly CataloguePart[]) => readonly string[] = () => [],
): Promise<Regrouped<Row>> {
  const before = stored?.parts ?? [];
  const read = new Map<string, ReadonlyMap<string, Row>>();
  let unread: readonly string[] = alsoRead(before);
  for (;;) {
    const rows = await inBatches(unread, filesAtOnce, (prefix) => readPart(deps, place, prefix));
    unread.forEach((prefix, index) => read.set(prefix, rows[index] ?? new Map()));
    const done = regroup(before, read, changes);
    if ("unread" in done) {
      unread = done.unread;
      continue;
    }
    const { groups, retired } = done;
    const parts = [
      ...before.filter(({ prefix }) => !read.has(prefix)),
      ...[...groups].map(([prefix, group]) => partEntry(place, prefix, [...group.values()])),
    ].sort((a, b) => (a.prefix < b.prefix ? -1 : 1));
    const directory = {
      year: place.year,
      counts: sumOf(parts.map(({ counts }) => counts)),
      parts,
    };
    // Parts that an update cut off before had not removed yet are removed by this one.
    const left = (stored?.retired ?? []).filter((prefix) => !groups.has(prefix));
    return { place, groups, retired: [...new Set([...retired, ...left])], parts, directory };
  }
}

/** Files that are read or written side by side. */
export const filesAtOnce = 16;

function partEntry<Row extends { readonly code: string; readonly name: string }>(
  place: DirectoryLayout<Row>,
  prefix: string,
  rows: readonly Row[],
): CataloguePart {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) throw new Error(`The part ${prefix} is empty.`);
  const named = ({ code, name }: Row) => ({ code, name });
  return {
    ...{ prefix, count: rows.length, counts: place.countsOf(rows) },
    ...{ first: named(first), last: named(last) },
  };
}
