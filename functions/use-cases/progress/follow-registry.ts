import { recordsBefore, recordsOf } from "../../../shared/registry/evolve-registry.ts";
import type { RegistryEvent, FiscalYear } from "../../../shared/registry/registry.ts";
import { everyItem, pagesOf } from "../../storage/pages.ts";
import type { AuditLog, RegistryStore, ReportStore } from "../../storage/ports.ts";
import { keepDepartment, keepReport, type ProgressDeps } from "./keep-progress.ts";

export interface FollowDeps extends ProgressDeps {
  readonly reports: Pick<ReportStore, "surveyHead" | "byYear" | "surveyEvents">;
  readonly registry: Pick<RegistryStore, "view" | "events" | "orgsUnder">;
  readonly audit: Pick<AuditLog, "record">;
}

/** More changes than this at once are followed by adding everything up. */
const followedEvents = 100;

/**
 * Brings the lines of a region up to its registry: of the departments that a change names, or all where a
 * year was opened or its deadlines were moved. The first time, everything is made from heads and registry.
 */
export async function followRegistry(deps: FollowDeps, region: string): Promise<void> {
  const { items } = await deps.registry.events(region, { limit: 1 });
  const tip = items[0]?.seq ?? 0;
  const followed = await deps.progress.followed(region);
  if (followed === tip) return;
  if (followed === undefined) await rebuildProgress(deps, region);
  else await followChanges(deps, region, { from: followed, to: tip });
  await deps.progress.markFollowed(region, tip);
}

async function followChanges(
  deps: FollowDeps,
  region: string,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<void> {
  const page = await deps.registry.events(region, { limit: Math.min(to - from, followedEvents) });
  const events = page.items.filter(({ seq }) => seq > from).map(({ event }) => event);
  const view = await deps.registry.view(region);
  const years = (await view.years()).filter(({ status }) => status === "open");
  const changedYears = new Set(events.flatMap(yearsOf));
  const isCut = to - from > followedEvents;
  const named = [...new Set(events.flatMap(departmentsOf))].sort();
  for (const year of years) {
    if (isCut || changedYears.has(year.year)) await keepAllDepartments(deps, year);
    else for (const code of named) await keepDepartment(deps, year, code);
  }
}

const yearsOf = (event: RegistryEvent): readonly number[] =>
  recordsOf(event).flatMap(({ kind, value }) => (kind === "year" ? [value.year] : []));

/** Departments whose line a change of an office alters: those it is or was under, in any year. */
function departmentsOf(event: RegistryEvent): readonly string[] {
  const changed = [...recordsBefore(event), ...recordsOf(event)];
  const named = changed.flatMap(({ kind, value }) => {
    if (kind !== "org" || value.kind === "bureau") return [];
    if (value.kind === "department") return [value.code];
    return [value.parent, ...(value.earlier ?? []).map(({ parent }) => parent)];
  });
  return named.filter((code) => code !== undefined);
}

/** Makes a region's progress again from the heads of its reports and its registry. */
export async function rebuildProgress(deps: FollowDeps, region: string): Promise<void> {
  const view = await deps.registry.view(region);
  for (const year of await view.years()) {
    const pages = pagesOf((page) => deps.reports.byYear(region, year.year, page));
    for await (const { items, damaged = [] } of pages) {
      for (const { id } of items) await keepReport(deps, id);
      for (const id of damaged) await keepReport(deps, id);
    }
    await keepAllDepartments(deps, year);
  }
}

async function keepAllDepartments(deps: FollowDeps, year: FiscalYear): Promise<void> {
  const bureau = await (await deps.registry.view(year.region)).bureau();
  if (bureau === undefined) return;
  const departments = await everyItem((page) =>
    deps.registry.orgsUnder(year.region, bureau.code, page),
  );
  for (const { code } of departments) await keepDepartment(deps, year, code);
}
