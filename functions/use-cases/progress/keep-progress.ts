import { canonicalJson } from "../../../shared/canonical-json.ts";
import {
  courseAfter,
  seasonOf,
  stateOf,
  tallyOf,
  type Course,
  type DepartmentLine,
  type KeptReport,
} from "../../../shared/progress/progress.ts";
import { signOffKinds } from "../../../shared/workflow/transitions.ts";
import { orgIn } from "../../../shared/registry/org-in-year.ts";
import type { FiscalYear } from "../../../shared/registry/registry.ts";
import type {
  AuditLog,
  ProgressStore,
  RegistryStore,
  RegistryView,
  ReportHead,
  ReportStore,
} from "../../storage/ports.ts";
import { lineageOfReport } from "../access.ts";
import { listReportEvents } from "../audit/audit-log.ts";
import { readableEvents } from "../history.ts";
import { placeOfReport } from "../open-report.ts";
import { summaryOf } from "../summary.ts";
import { departmentRows } from "./rows.ts";

export interface ProgressDeps {
  readonly reports: Pick<ReportStore, "surveyHead" | "surveyEvents">;
  readonly registry: Pick<RegistryStore, "view">;
  readonly progress: ProgressStore;
}

/** Brings what is kept of a report, and what the audit log lists of it, up to its head as it is stored. */
export async function keepReport(
  deps: ProgressDeps & { readonly audit: Pick<AuditLog, "record"> },
  id: string,
): Promise<void> {
  const found = await deps.reports.surveyHead(id);
  if (found === undefined) return;
  if (!("value" in found)) return keepDamaged(deps, id);
  await listReportEvents(deps, found.value, await readableEvents(deps, found.value));
  await keepHead(deps, found.value);
}

/**
 * Brings what is kept of a report, and the line of its department, up to a head. Repeated or run side by
 * side it ends in the same: a report is kept as of its latest version, a line over the one it was read
 * from. The line is read before what it adds up, so that whoever keeps another report meanwhile makes
 * it move.
 */
export async function keepHead(
  deps: Pick<ProgressDeps, "registry" | "progress"> & {
    readonly reports: Pick<ReportStore, "surveyEvents">;
  },
  head: ReportHead,
): Promise<void> {
  const { progress } = deps;
  const view = await deps.registry.view(head.region);
  const [lineage, org, year] = await Promise.all([
    lineageOfReport(view, head),
    view.org(head.orgCode),
    view.year(head.year),
  ]);
  if (lineage === undefined || year === undefined) return;
  const { departmentCode } = lineage;
  const parents = org?.parent === undefined ? [] : [org.parent];
  const left = new Set([head.departmentCode, ...parents, ...(org?.formerParents ?? [])]);
  left.delete(departmentCode);
  const line = await progress.line(year, departmentCode);
  const here = await progress.under(head, departmentCode);
  const isMine = ({ orgCode }: KeptReport) => orgCode === head.orgCode;
  const elsewhere = await Promise.all(
    [...left].map(async (code) => {
      const found = (await progress.under(head, code)).find(isMine);
      return found === undefined ? [] : [{ code, found }];
    }),
  );
  const stored = here.find(isMine);
  const before = stored ?? elsewhere.flat()[0]?.found;
  const kept = keptOf(head, await courseOf(deps, head, before?.course));
  await progress.keep(head, departmentCode, kept);
  const latest = stored !== undefined && stored.version > kept.version ? stored : kept;
  const under = [...here.filter((one) => !isMine(one)), latest];
  await keepDepartment(deps, year, departmentCode, { view, line, under });
  for (const { code } of elsewhere.flat()) {
    await progress.keep(head, code, { ...kept, isGone: true });
    await keepDepartment(deps, year, code);
  }
}

/** A report's course by the events that follow what is kept, or by all of them where some are missing between. */
async function courseOf(
  deps: { readonly reports: Pick<ReportStore, "surveyEvents"> },
  head: ReportHead,
  known: Course | undefined,
): Promise<Course | undefined> {
  const from = known?.seq ?? 0;
  const following = head.outbox.filter(({ seq }) => seq > from);
  return from + following.length === head.chain.seq
    ? courseAfter(known, following)
    : courseAfter(undefined, await readableEvents(deps, head));
}

export const keptOf = (head: ReportHead, course: Course | undefined): KeptReport => ({
  orgCode: head.orgCode,
  version: head.version,
  summary: summaryOf(head),
  unsigned: unsignedOf(head),
  isGone: false,
  ...(course && { course }),
});

const unsignedOf = ({ state }: ReportHead): KeptReport["unsigned"] =>
  state.status === "in_review"
    ? signOffKinds.filter((kind) => state.signOffs[kind] === undefined)
    : [];

/** Where a head cannot be read its department is taken from the tree. */
async function keepDamaged(deps: ProgressDeps, id: string): Promise<void> {
  const { region, year: number, orgCode } = placeOfReport(id);
  const view = await deps.registry.view(region);
  const [org, year] = await Promise.all([view.org(orgCode), view.year(number)]);
  if (org === undefined || year === undefined) return;
  const inYear = orgIn(org, number) ?? org;
  const department = org.kind === "unit" ? (inYear.parent ?? "") : orgCode;
  const before = await deps.progress.under(year, department);
  const version = before.find((one) => one.orgCode === orgCode)?.version ?? 0;
  const damaged = { orgCode, version, unsigned: [], isGone: false };
  await deps.progress.keep(year, department, damaged);
  await keepDepartment(deps, year, department);
}

/** Times a line is added up anew because another wrote it meanwhile. */
const maxAttempts = 10;

/** A department as it was just read: its line first, then what is kept under it. */
interface DepartmentRead {
  readonly view: RegistryView;
  readonly line: DepartmentLine | undefined;
  readonly under: readonly KeptReport[];
}

/** Recomputes a department's line from the reports kept under it, their notes and the tree. */
export async function keepDepartment(
  { registry, progress }: Pick<ProgressDeps, "registry" | "progress">,
  year: FiscalYear,
  department: string,
  read?: DepartmentRead,
): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const known = attempt === 1 ? read : undefined;
    const stored = known === undefined ? await progress.line(year, department) : known.line;
    const view = known?.view ?? (await registry.view(year.region));
    const kept: Pick<ProgressStore, "under"> = {
      under: async (at, code) =>
        known !== undefined && code === department ? known.under : progress.under(at, code),
    };
    const [org, all, notes] = await Promise.all([
      view.org(department),
      departmentRows(kept, view, year, department),
      progress.notes(year, department),
    ]);
    // A department of other years than this.
    if (all.length === 0 && stored === undefined) return;
    const rows = all.filter(({ isCounted }) => isCounted);
    const own = all.find(({ orgCode }) => orgCode === department);
    const line: DepartmentLine = {
      code: department,
      name: (org && (orgIn(org, year.year) ?? org).name) ?? stored?.name ?? department,
      ...(own && { own: stateOf(own) }),
      tally: tallyOf(rows),
      season: seasonOf(department, rows, new Map(notes.map((one) => [one.orgCode, one]))),
      version: stored?.version ?? 0,
    };
    if (stored !== undefined && canonicalJson(stored) === canonicalJson(line)) return;
    if (await progress.putLine(year, line)) return;
  }
  throw new Error(`The line of ${department} was written by others ${String(maxAttempts)} times.`);
}
