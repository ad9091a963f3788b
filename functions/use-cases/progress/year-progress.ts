import {
  addTallies,
  tallyOf,
  type DepartmentLine,
  type ProgressRow,
  type Tally,
} from "../../../shared/progress/progress.ts";
import { everyItem } from "../../storage/pages.ts";
import { orgIn } from "../../../shared/registry/org-in-year.ts";
import type { FiscalYear, Member, OrgNode } from "../../../shared/registry/registry.ts";
import type {
  PageRequest,
  ProgressStore,
  RegistryStore,
  RegistryView,
} from "../../storage/ports.ts";
import { rolesTowards, seesUnitsOf } from "../../../shared/registry/access.ts";
import { lineageOf, ownNodes, seesRegion } from "../access.ts";
import type { SeasonRow } from "../../../shared/progress/season.ts";
import { departmentRows } from "./rows.ts";
import { departmentSeason } from "./season-rows.ts";

interface ProgressDeps {
  readonly registry: Pick<RegistryStore, "view">;
  readonly progress: Pick<ProgressStore, "line" | "lines" | "under" | "notes">;
}

export interface YearProgress {
  /** Over everything the person may see; with the first page only. */
  readonly tally?: Tally;
  readonly departments: readonly DepartmentLine[];
  /** Units of the person's that are of none of those departments. */
  readonly rows: readonly ProgressRow[];
  readonly next?: string;
}

/** How far a year has come, as far as a person may see: department by department. */
export async function yearProgress(
  deps: ProgressDeps,
  member: Member,
  year: FiscalYear,
  page: PageRequest,
): Promise<YearProgress> {
  const view = await deps.registry.view(member.region);
  if (!(await seesRegion(member, view))) return ownProgress(deps, member, view, year);
  const found = await deps.progress.lines(year, page);
  const { items: departments, ...next } = found;
  if (page.after !== undefined) {
    return { departments: departments.filter(isThere), rows: [], ...next };
  }
  const others =
    found.next === undefined
      ? []
      : await everyItem((request) => deps.progress.lines(year, request), found.next);
  return {
    tally: addTallies([...departments, ...others].map(({ tally }) => tally)),
    departments: departments.filter(isThere),
    rows: [],
    ...next,
  };
}

/** A department that came to an end, or begins later, and with which no report is, is no row of the year. */
const isThere = ({ own, tally }: DepartmentLine): boolean =>
  own !== undefined || Object.keys(tally.counts).length > 0;

async function ownProgress(
  { progress }: ProgressDeps,
  member: Member,
  view: RegistryView,
  year: FiscalYear,
): Promise<YearProgress> {
  const nodes = (await ownNodes(member, view)).map((org) => orgIn(org, year.year) ?? org);
  const isOwnDepartment = (code: string | undefined) =>
    nodes.some(
      (org) => org.kind === "department" && org.code === code && seesUnitsOf(member, org.code),
    );
  const lines = await Promise.all(
    nodes.filter(({ code }) => isOwnDepartment(code)).map(({ code }) => progress.line(year, code)),
  );
  const alone = nodes.filter(
    ({ code, kind, parent }) => !isOwnDepartment(kind === "unit" ? parent : code),
  );
  const rows = await Promise.all(alone.map(async (org) => rowOf(progress, view, year, org)));
  const departments = lines.filter((line) => line !== undefined).filter(isThere);
  const seen = rows.flat();
  return {
    tally: addTallies([...departments.map(({ tally }) => tally), tallyOf(seen)]),
    departments,
    rows: seen,
  };
}

/** The row of one node, under the department its report is with. */
async function rowOf(
  progress: Pick<ProgressStore, "under">,
  view: RegistryView,
  year: FiscalYear,
  { code, kind, parent, formerParents = [] }: OrgNode,
): Promise<readonly ProgressRow[]> {
  const departments = kind === "unit" ? [parent ?? "", ...formerParents] : [code];
  const rows = await Promise.all(
    departments.map((department) => departmentRows(progress, view, year, department)),
  );
  return rows.flat().filter(({ orgCode, isCounted }) => orgCode === code && isCounted);
}

/** A department with its units, as far as a person may see; undefined to whom it is nothing. */
export async function departmentProgress(
  { registry, progress }: ProgressDeps,
  member: Member,
  year: FiscalYear,
  department: string,
): Promise<readonly SeasonRow[] | undefined> {
  const view = await registry.view(member.region);
  const [org, lineage] = await Promise.all([view.org(department), lineageOf(view, department)]);
  if (org?.kind !== "department" || lineage === undefined) return undefined;
  if (rolesTowards(member, lineage).length === 0) return undefined;
  const rows = await departmentSeason(progress, view, year, department);
  const seesUnits = seesUnitsOf(member, department) || (await seesRegion(member, view));
  return seesUnits ? rows : rows.filter(({ orgCode }) => orgCode === department);
}
