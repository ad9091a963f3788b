import { z, type ZodType } from "zod";
import {
  catalogueRowSchema,
  countsOf,
  departmentRowSchema,
  directorySchema,
  orgRecordSchema,
  portalRecordSchema,
  sumOf,
  type CataloguePart,
  type CatalogueRow,
  type Counts,
  type DepartmentRow,
  type Directory,
  type OrgRecord,
  type PortalRecord,
} from "../../shared/disclosure/catalogue.ts";
import { partOf, regroup, rowKey, type PartRows } from "../../shared/disclosure/paged-rows.ts";
import {
  departmentListPage,
  departmentPage,
  departmentPartPage,
  homePage,
  orgPage,
  yearPage,
  type YearContent,
} from "../../web/portal/index-pages.ts";
import { newsFeed, withNews } from "../../web/portal/news.ts";
import { aboutPage, notFoundPage } from "../../web/portal/plain-pages.ts";
import { pagesSiteMap, partSiteMap, portalSiteMap } from "../../web/portal/site-map.ts";
import {
  aboutPath,
  catalogueFilePath,
  cataloguePartPath,
  departmentListPath,
  departmentPartPath,
  departmentPath,
  feedPath,
  homePath,
  orgPath,
  siteMapPagesPath,
  siteMapPartPath,
  siteMapPath,
  yearPath,
  type PortalSettings,
  type PortalSite,
} from "../../web/portal/site.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { htmlType, siteOf } from "./draw-report.ts";
import {
  bytesOf,
  catalogueRoot,
  keyOf,
  putChanged,
  readJson,
  recordBytes,
  readRecords,
  rootOf,
  spoiltLine,
  type PortalDeps,
  type Read,
} from "./portal-files.ts";
import { rowOfRecords } from "./report-row.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** A year's row as it is to be; absent: the office has none. */
export interface RowChange {
  readonly code: string;
  /** Departments it may have been filed under until now. */
  readonly departments: readonly string[];
  readonly row?: CatalogueRow;
}

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
  await draw(deps, { year, record, offices, departments, changes });
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
  const drawn = await draw(deps, { year, record: others, offices, departments, changes });
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

/** Keys of a list's parts, and the entry of a part in the list's directory. */
interface DirectoryLayout<Row> {
  readonly year: number;
  readonly key: string;
  readonly keyOfPart: (prefix: string) => string;
  readonly schema: ZodType<Row>;
  readonly keyOfRow: (row: Row) => string;
  readonly countsOf: (rows: readonly Row[]) => Counts;
}

interface OpenDirectory<Row> {
  readonly place: DirectoryLayout<Row>;
  readonly stored?: Directory;
}

const officesOf = (settings: PortalSettings, year: number): DirectoryLayout<CatalogueRow> => ({
  year,
  key: keyOf(catalogueFilePath(settings, year)),
  keyOfPart: (prefix) => keyOf(cataloguePartPath(settings, year, prefix)),
  schema: catalogueRowSchema,
  keyOfRow: ({ department, code }) => rowKey(department.code, code),
  countsOf,
});

const departmentsOf = (settings: PortalSettings, year: number): DirectoryLayout<DepartmentRow> => {
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

async function readDirectory<Row>(
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

async function readPart<Row>(
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
interface Regrouped<Row> {
  readonly place: DirectoryLayout<Row>;
  readonly groups: PartRows<Row>;
  readonly retired: readonly string[];
  readonly parts: readonly CataloguePart[];
  readonly directory: Directory;
}

async function regrouped<Row extends { readonly code: string; readonly name: string }>(
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

const filesAtOnce = 16;

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

/** Answers the keys of the year's lists that were drawn. */
async function draw(
  deps: PortalDeps,
  {
    year,
    record,
    offices: officesBefore,
    departments: departmentsBefore,
    changes,
  }: {
    readonly year: number;
    readonly record: PortalRecord;
    readonly offices: OpenDirectory<CatalogueRow>;
    readonly departments: OpenDirectory<DepartmentRow>;
    readonly changes: readonly RowChange[];
  },
): Promise<ReadonlySet<string>> {
  const site = await siteOf(deps);
  const drawn = new Set<string>();
  const put = async (key: string, bytes: Uint8Array, contentType: string) => {
    drawn.add(key);
    await putChanged(deps, key, bytes, contentType);
  };
  const putPage = (path: string, html: string) => put(keyOf(path), bytesOf(html), htmlType);
  const gone = new Set<string>();

  const rowChanges = keyedChanges(changes);
  const touched = [...new Set([...rowChanges.keys()].map(departmentOfKey))].sort();
  const offices = await regrouped(deps, officesBefore, rowChanges, (parts) =>
    headParts(parts, touched),
  );
  await inBatches([...offices.groups], filesAtOnce, async ([prefix, group]) => {
    const rows = [...group.values()];
    await put(
      offices.place.keyOfPart(prefix),
      recordBytes({ year, prefix, rows }),
      "application/json",
    );
    const map = partSiteMap(site, year, rows);
    await put(keyOf(siteMapPartPath(site, year, prefix)), bytesOf(map), "application/xml");
  });
  for (const prefix of offices.retired) {
    gone.add(offices.place.keyOfPart(prefix)).add(keyOf(siteMapPartPath(site, year, prefix)));
    for (const departmentCode of touched) {
      if (!prefix.startsWith(rowKey(departmentCode)) || prefix === rowKey(departmentCode)) continue;
      gone.add(keyOf(departmentPartPath(site, { departmentCode, year, prefix })));
    }
  }

  const departmentChanges = new Map<string, DepartmentRow | undefined>();
  await inBatches(touched, filesAtOnce, async (code) => {
    const view = departmentView(offices, code);
    departmentChanges.set(rowKey(code), view?.department);
    if (view === undefined) {
      gone.add(keyOf(departmentPath(site, code, year)));
      return;
    }
    const { department, content, parts } = view;
    await putPage(
      departmentPath(site, code, year),
      departmentPage(site, { year, department, content }),
    );
    for (const { part, rows } of parts) {
      await putPage(
        departmentPartPath(site, { departmentCode: code, year, prefix: part.prefix }),
        departmentPartPage(site, { year, department, part, rows }),
      );
    }
  });

  const departments = await regrouped(deps, departmentsBefore, departmentChanges);
  await inBatches([...departments.groups], filesAtOnce, async ([prefix, group]) => {
    const rows = [...group.values()];
    await put(
      departments.place.keyOfPart(prefix),
      recordBytes({ year, prefix, rows }),
      "application/json",
    );
    const part = departments.parts.find((one) => one.prefix === prefix);
    if (departments.parts.length === 1 || part === undefined) return;
    const page = departmentListPage(site, { year, part, departments: rows });
    await putPage(departmentListPath(site, year, prefix), page);
  });
  for (const prefix of departments.retired) {
    gone.add(departments.place.keyOfPart(prefix));
    if (prefix !== "") gone.add(keyOf(departmentListPath(site, year, prefix)));
  }
  const { counts } = offices.directory;
  const content = yearContent(offices, departments);
  await putPage(yearPath(site, year), yearPage(site, { year, counts, content }));

  const rows = new Map(changes.map(({ code, row }) => [code, row]));
  const now = withYear(record, year, counts, rows);
  const years = now.years.map((one) => one.year);
  await inBatches([...rows], filesAtOnce, ([code, row]) =>
    drawOrg(deps, site, { year, years, code, row }),
  );

  await drawAcrossYears(deps, site, now);
  const prefixes = offices.parts.map(({ prefix }) => prefix);
  const isNewMap =
    officesBefore.stored === undefined ||
    JSON.stringify(officesBefore.stored.parts.map(({ prefix }) => prefix)) !==
      JSON.stringify(prefixes);
  if (isNewMap) await drawSiteMap(deps, site, now, new Map([[year, prefixes]]));
  await putJson(deps, portalRecordKey(site), now);

  // Last of all, what the next change begins from; then what nothing leads to any more.
  const directories = [departments, offices].map((one) => ({
    key: one.place.key,
    directory: one.directory,
    retired: one.retired,
  }));
  for (const { key, directory, retired } of directories) {
    drawn.add(key);
    await putJson(deps, key, retired.length === 0 ? directory : { ...directory, retired });
  }
  for (const key of gone) if (!drawn.has(key)) await deps.portal.delete(key);
  for (const { key, directory } of directories) await putJson(deps, key, directory);
  return drawn;
}

const putJson = (deps: PortalDeps, key: string, value: Parameters<typeof recordBytes>[0]) =>
  putChanged(deps, key, recordBytes(value), "application/json");

/** Rows to set, and to take out where their office may have been filed before. */
function keyedChanges(changes: readonly RowChange[]): Map<string, CatalogueRow | undefined> {
  const keyed = new Map<string, CatalogueRow | undefined>();
  for (const { code, departments, row } of changes) {
    for (const department of departments) keyed.set(rowKey(department, code), undefined);
    if (row !== undefined) keyed.set(rowKey(row.department.code, code), row);
  }
  return keyed;
}

const departmentOfKey = (key: string): string => key.slice(0, key.indexOf("-"));

/** Parts that name a department: the one its own row is in, and its first. */
const headParts = (parts: readonly CataloguePart[], codes: readonly string[]): string[] => [
  ...new Set(
    codes.flatMap((code) =>
      [
        partOf(parts, rowKey(code, code)),
        parts.find(({ prefix }) => prefix.startsWith(rowKey(code))),
      ].flatMap((part) => part?.prefix ?? []),
    ),
  ),
];

/** A department as its rows and parts make it; undefined when it has none any more. */
function departmentView({ groups, parts }: Regrouped<CatalogueRow>, code: string) {
  const beginning = rowKey(code);
  const within = parts.filter(({ prefix }) => prefix.startsWith(beginning));
  const rows = [...groups.values()].flatMap((group) =>
    [...group].flatMap(([key, row]) => (key.startsWith(beginning) ? [row] : [])),
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  const own = rows.find((row) => row.code === code);
  const named = own ?? rows.find(({ department }) => department.name !== undefined);
  const isWhole = within.length <= 1;
  const department: DepartmentRow = {
    code,
    name: own?.name ?? named?.department.name ?? code,
    counts: isWhole ? countsOf(rows) : sumOf(within.map(({ counts }) => counts)),
    ...omitUndefined({ own }),
  };
  return {
    department,
    content: isWhole
      ? { kind: "offices" as const, rows }
      : { kind: "parts" as const, parts: within },
    parts: isWhole
      ? []
      : within.flatMap((part) => {
          const group = groups.get(part.prefix);
          return group === undefined ? [] : [{ part, rows: [...group.values()] }];
        }),
  };
}

function yearContent(
  offices: Regrouped<CatalogueRow>,
  departments: Regrouped<DepartmentRow>,
): YearContent {
  const whole = offices.groups.get("");
  if (offices.parts.length <= 1) {
    return { kind: "offices", rows: whole === undefined ? [] : [...whole.values()] };
  }
  const list = departments.groups.get("");
  return list === undefined
    ? { kind: "parts", parts: departments.parts }
    : { kind: "departments", departments: [...list.values()] };
}

async function drawOrg(
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
  if (reports.length === 0) {
    await deps.portal.delete(keyOf(orgPath(site, code)));
    await deps.portal.delete(key);
    return;
  }
  const record: OrgRecord = { code, reports };
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

const portalRecordKey = (settings: PortalSettings): string =>
  `${catalogueRoot(settings)}portal.json`;

async function readPortalRecord(deps: PortalDeps): Promise<PortalRecord | undefined> {
  const key = portalRecordKey(deps.settings);
  const read = await readJson(deps.portal, key, portalRecordSchema);
  if (read !== undefined && "fault" in read) throw new SpoiltIndex(key, read.fault);
  return read?.value;
}

const withYear = (
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

async function drawAcrossYears(
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
async function drawSiteMap(
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
