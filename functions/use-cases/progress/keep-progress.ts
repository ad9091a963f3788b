import { canonicalJson } from "../../../shared/canonical-json.ts";
import {
  stateOf,
  tallyOf,
  type DepartmentLine,
  type KeptReport,
} from "../../../shared/progress/progress.ts";
import { signOffKinds } from "../../../shared/workflow/transitions.ts";
import type { FiscalYear } from "../../../shared/registry/registry.ts";
import type {
  ProgressStore,
  RegistryStore,
  RegistryView,
  ReportHead,
  ReportStore,
} from "../../storage/ports.ts";
import { lineageOfReport } from "../access.ts";
import { placeOfReport } from "../open-report.ts";
import { summaryOf } from "../summary.ts";
import { departmentRows } from "./rows.ts";

export interface ProgressDeps {
  readonly reports: Pick<ReportStore, "surveyHead">;
  readonly registry: Pick<RegistryStore, "view">;
  readonly progress: ProgressStore;
}

/** Brings what is kept of a report up to its head as it is stored. */
export async function keepReport(deps: ProgressDeps, id: string): Promise<void> {
  const found = await deps.reports.surveyHead(id);
  if (found === undefined) return;
  await ("value" in found ? keepHead(deps, found.value) : keepDamaged(deps, id));
}

/**
 * Brings what is kept of a report, and the line of its department, up to a head. Repeated or run side by
 * side it ends in the same: a report is kept as of its latest version, a line over the one it was read
 * from.
 */
export async function keepHead(
  deps: Pick<ProgressDeps, "registry" | "progress">,
  head: ReportHead,
): Promise<void> {
  const view = await deps.registry.view(head.region);
  const [lineage, org, year] = await Promise.all([
    lineageOfReport(view, head),
    view.org(head.orgCode),
    view.year(head.year),
  ]);
  if (lineage === undefined || year === undefined) return;
  const { departmentCode } = lineage;
  const kept = keptOf(head);
  const parents = org?.parent === undefined ? [] : [org.parent];
  const left = new Set([head.departmentCode, ...parents, ...(org?.formerParents ?? [])]);
  left.delete(departmentCode);
  await deps.progress.keep(head, departmentCode, kept);
  await keepDepartment(deps, year, departmentCode, view);
  for (const department of left) {
    const there = await deps.progress.under(head, department);
    if (there.every(({ orgCode }) => orgCode !== head.orgCode)) continue;
    await deps.progress.keep(head, department, { ...kept, isGone: true });
    await keepDepartment(deps, year, department);
  }
}

export const keptOf = (head: ReportHead): KeptReport => ({
  orgCode: head.orgCode,
  version: head.version,
  summary: summaryOf(head),
  unsigned: unsignedOf(head),
  isGone: false,
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
  const department = org.kind === "unit" ? (org.parent ?? "") : orgCode;
  const before = await deps.progress.under(year, department);
  const version = before.find((one) => one.orgCode === orgCode)?.version ?? 0;
  const damaged = { orgCode, version, unsigned: [], isGone: false };
  await deps.progress.keep(year, department, damaged);
  await keepDepartment(deps, year, department);
}

/** Times a line is added up anew because another wrote it meanwhile. */
const maxAttempts = 10;

/** Recomputes a department's line from the reports kept under it and the tree. */
export async function keepDepartment(
  { registry, progress }: Pick<ProgressDeps, "registry" | "progress">,
  year: FiscalYear,
  department: string,
  known?: RegistryView,
): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const stored = await progress.line(year, department);
    const view = (attempt === 1 ? known : undefined) ?? (await registry.view(year.region));
    const org = await view.org(department);
    const rows = await departmentRows(progress, view, year, department);
    const own = rows.find(({ orgCode }) => orgCode === department);
    const line: DepartmentLine = {
      code: department,
      name: org?.name ?? stored?.name ?? department,
      ...(own && { own: stateOf(own) }),
      tally: tallyOf(rows.filter(({ isCounted }) => isCounted)),
      version: stored?.version ?? 0,
    };
    if (stored !== undefined && canonicalJson(stored) === canonicalJson(line)) return;
    if (await progress.putLine(year, line)) return;
  }
  throw new Error(`The line of ${department} was written by others ${String(maxAttempts)} times.`);
}
