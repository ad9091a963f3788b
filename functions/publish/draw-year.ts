import type {
  CatalogueRow,
  DepartmentRow,
  PortalRecord,
} from "../../shared/disclosure/catalogue.ts";
import { rowKey } from "../../shared/disclosure/paged-rows.ts";
import {
  departmentListPage,
  departmentPage,
  departmentPartPage,
  yearPage,
} from "../../web/portal/index-pages.ts";
import { partSiteMap } from "../../web/portal/site-map.ts";
import {
  departmentListPath,
  departmentPartPath,
  departmentPath,
  siteMapPartPath,
  yearPath,
  type PortalSite,
} from "../../web/portal/site.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { drawAcrossYears, drawSiteMap, portalRecordKey, withYear } from "./across-years.ts";
import { departmentView, headParts, yearContent } from "./department-view.ts";
import { htmlType, siteOf } from "./draw-report.ts";
import { drawOrg } from "./org-pages.ts";
import { filesAtOnce, regrouped, type OpenDirectory, type Regrouped } from "./portal-directory.ts";
import {
  bytesOf,
  keyOf,
  putChanged,
  putJson,
  recordBytes,
  type PortalDeps,
} from "./portal-files.ts";

/** A year's row as it is to be; absent: the office has none. */
export interface RowChange {
  readonly code: string;
  /** Departments it may have been filed under until now. */
  readonly departments: readonly string[];
  readonly row?: CatalogueRow;
}

/** A year's lists while they are drawn. */
interface Drawing {
  readonly deps: PortalDeps;
  readonly site: PortalSite;
  readonly year: number;
  /** Keys written so far. */
  readonly drawn: Set<string>;
  /** Keys that nothing leads to any more; what is drawn again stays. */
  readonly gone: Set<string>;
}

interface YearBefore {
  readonly year: number;
  readonly record: PortalRecord;
  readonly offices: OpenDirectory<CatalogueRow>;
  readonly departments: OpenDirectory<DepartmentRow>;
  readonly changes: readonly RowChange[];
}

/** Draws what shows the changed rows of a year; answers the keys of the year's lists that were drawn. */
export async function drawYear(
  deps: PortalDeps,
  { year, record, offices: officesBefore, departments: departmentsBefore, changes }: YearBefore,
): Promise<ReadonlySet<string>> {
  const site = await siteOf(deps);
  const drawing: Drawing = { deps, site, year, drawn: new Set(), gone: new Set() };
  const rowChanges = keyedChanges(changes);
  const touched = [...new Set([...rowChanges.keys()].map(departmentOfKey))].sort();
  const offices = await regrouped(deps, officesBefore, rowChanges, (parts) =>
    headParts(parts, touched),
  );
  await drawOffices(drawing, offices, touched);
  const departmentChanges = await drawDepartmentPages(drawing, offices, touched);
  const departments = await regrouped(deps, departmentsBefore, departmentChanges);
  await drawDepartmentLists(drawing, departments);
  const { counts } = offices.directory;
  const content = yearContent(offices, departments);
  await putPage(drawing, yearPath(site, year), yearPage(site, { year, counts, content }));

  const rows = new Map(changes.map(({ code, row }) => [code, row]));
  const now = withYear(record, year, counts, rows);
  const years = now.years.map((one) => one.year);
  await inBatches([...rows], filesAtOnce, ([code, row]) =>
    drawOrg(deps, site, { year, years, code, row }),
  );
  await drawAcrossYears(deps, site, now);
  const prefixes = offices.parts.map(({ prefix }) => prefix);
  const before = officesBefore.stored?.parts.map(({ prefix }) => prefix);
  if (JSON.stringify(before) !== JSON.stringify(prefixes)) {
    await drawSiteMap(deps, site, now, new Map([[year, prefixes]]));
  }
  await putJson(deps, portalRecordKey(site), now);
  await putDirectories(drawing, [departments, offices]);
  return drawing.drawn;
}

async function put(
  { deps, drawn }: Drawing,
  key: string,
  bytes: Uint8Array,
  contentType: string,
): Promise<void> {
  drawn.add(key);
  await putChanged(deps, key, bytes, contentType);
}

const putPage = (drawing: Drawing, path: string, html: string) =>
  put(drawing, keyOf(path), bytesOf(html), htmlType);

/** The parts of the list of offices, each with its site map. */
async function drawOffices(
  drawing: Drawing,
  { place, groups, retired }: Regrouped<CatalogueRow>,
  touched: readonly string[],
): Promise<void> {
  const { site, year, gone } = drawing;
  await inBatches([...groups], filesAtOnce, async ([prefix, group]) => {
    const rows = [...group.values()];
    const list = recordBytes({ year, prefix, rows });
    await put(drawing, place.keyOfPart(prefix), list, "application/json");
    const map = bytesOf(partSiteMap(site, year, rows));
    await put(drawing, keyOf(siteMapPartPath(site, year, prefix)), map, "application/xml");
  });
  for (const prefix of retired) {
    gone.add(place.keyOfPart(prefix)).add(keyOf(siteMapPartPath(site, year, prefix)));
    for (const departmentCode of touched) {
      if (!prefix.startsWith(rowKey(departmentCode)) || prefix === rowKey(departmentCode)) continue;
      gone.add(keyOf(departmentPartPath(site, { departmentCode, year, prefix })));
    }
  }
}

/** The pages of departments whose offices changed; answers their rows as they are to be. */
async function drawDepartmentPages(
  drawing: Drawing,
  offices: Regrouped<CatalogueRow>,
  touched: readonly string[],
): Promise<ReadonlyMap<string, DepartmentRow | undefined>> {
  const { site, year, gone } = drawing;
  const changes = new Map<string, DepartmentRow | undefined>();
  await inBatches(touched, filesAtOnce, async (code) => {
    const view = departmentView(offices, code);
    changes.set(rowKey(code), view?.department);
    if (view === undefined) {
      gone.add(keyOf(departmentPath(site, code, year)));
      return;
    }
    const { department, content, parts } = view;
    const page = departmentPage(site, { year, department, content });
    await putPage(drawing, departmentPath(site, code, year), page);
    for (const { part, rows } of parts) {
      const path = departmentPartPath(site, { departmentCode: code, year, prefix: part.prefix });
      await putPage(drawing, path, departmentPartPage(site, { year, department, part, rows }));
    }
  });
  return changes;
}

/** The parts of the list of departments, with a page each where there are several. */
async function drawDepartmentLists(
  drawing: Drawing,
  { place, groups, parts, retired }: Regrouped<DepartmentRow>,
): Promise<void> {
  const { site, year, gone } = drawing;
  await inBatches([...groups], filesAtOnce, async ([prefix, group]) => {
    const rows = [...group.values()];
    const list = recordBytes({ year, prefix, rows });
    await put(drawing, place.keyOfPart(prefix), list, "application/json");
    const part = parts.find((one) => one.prefix === prefix);
    if (parts.length === 1 || part === undefined) return;
    const page = departmentListPage(site, { year, part, departments: rows });
    await putPage(drawing, departmentListPath(site, year, prefix), page);
  });
  for (const prefix of retired) {
    gone.add(place.keyOfPart(prefix));
    if (prefix !== "") gone.add(keyOf(departmentListPath(site, year, prefix)));
  }
}

type Listed = Pick<Regrouped<never>, "directory" | "retired"> & {
  readonly place: { readonly key: string };
};

/** Last of all, what the next change begins from; then what nothing leads to any more. */
async function putDirectories(
  { deps, drawn, gone }: Drawing,
  lists: readonly Listed[],
): Promise<void> {
  for (const { place, directory, retired } of lists) {
    drawn.add(place.key);
    await putJson(deps, place.key, retired.length === 0 ? directory : { ...directory, retired });
  }
  for (const key of gone) if (!drawn.has(key)) await deps.portal.delete(key);
  for (const { place, directory } of lists) await putJson(deps, place.key, directory);
}

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
