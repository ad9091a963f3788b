import type { Member } from "../../shared/registry/registry.ts";
import type { HeadPage, PageRequest, RegistryStore, ReportStore } from "../storage/ports.ts";
import { nodesOf, seenReports, seesRegion } from "./access.ts";
import { reportIdOf } from "./open-report.ts";

interface YearDeps {
  readonly reports: Pick<ReportStore, "surveyHead" | "byYear">;
  readonly registry: Pick<RegistryStore, "view">;
}

/** Reports of a year that a person may see, by org code. */
export async function yearReports(
  deps: YearDeps,
  member: Member,
  year: number,
  page: PageRequest,
): Promise<HeadPage> {
  const view = await deps.registry.view(member.region);
  if (await seesRegion(member, view)) return deps.reports.byYear(member.region, year, page);
  const nodes = await nodesOf(member, view);
  const codes = nodes.filter((code) => page.after === undefined || code > page.after);
  const found = await loadAll(deps, member.region, year, codes.slice(0, page.limit));
  const last = codes[page.limit - 1];
  return {
    ...found,
    items: await seenReports(member, view, found.items),
    ...(last !== undefined && codes.length > page.limit ? { next: last } : {}),
  };
}

async function loadAll(
  { reports }: Pick<YearDeps, "reports">,
  region: string,
  year: number,
  codes: readonly string[],
): Promise<Omit<HeadPage, "next">> {
  const found = await Promise.all(
    codes.map((code) => reports.surveyHead(reportIdOf(region, year, code))),
  );
  const stored = found.filter((head) => head !== undefined);
  return {
    items: stored.flatMap((head) => ("value" in head ? [head.value] : [])),
    damaged: stored.flatMap((head) => ("value" in head ? [] : [head.name])),
  };
}
