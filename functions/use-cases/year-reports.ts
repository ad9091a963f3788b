import { isOverdue } from "../../shared/workflow/deadlines.ts";
import type {
  FiscalYear,
  HeadPage,
  Member,
  OrgNode,
  PageRequest,
  RegistryStore,
  ReportHead,
  ReportStore,
} from "../storage/ports.ts";
import { everyItem } from "../storage/registry-view.ts";
import { lineageOf, nodesOf, rolesTowards, seenReports, seesRegion } from "./access.ts";
import { reportIdOf } from "./open-report.ts";

interface YearDeps {
  readonly reports: Pick<ReportStore, "surveyHead" | "byYear">;
  readonly registry: Pick<RegistryStore, "view" | "orgs">;
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

export interface ProgressRow {
  readonly org: OrgNode;
  readonly exempt: boolean;
  readonly head?: ReportHead;
  /** There is a report, and its head cannot be read. */
  readonly damaged: boolean;
  /** The last day for whoever must act has passed. */
  readonly overdue: boolean;
}

/** How far every node of a year has come, as far as a person may see: departments, each with its units. */
export async function yearProgress(
  deps: YearDeps & { readonly now: () => string },
  member: Member,
  year: FiscalYear,
): Promise<readonly ProgressRow[]> {
  const view = await deps.registry.view(member.region);
  const isWhole = await seesRegion(member, view);
  const candidates = isWhole
    ? await everyItem((page) => deps.registry.orgs(member.region, page))
    : (await Promise.all((await nodesOf(member, view)).map((code) => view.org(code)))).filter(
        (org) => org !== undefined,
      );
  const found = isWhole
    ? await wholeYear(deps, member.region, year.year)
    : await loadAll(
        deps,
        member.region,
        year.year,
        candidates.map(({ code }) => code),
      );
  const seen = await seenReports(member, view, found.items);
  const heads = new Map(seen.map((head) => [head.orgCode, head]));
  const isVisible = await Promise.all(
    candidates.map(async (org) => {
      const lineage = await lineageOf(view, org.code);
      return lineage !== undefined && rolesTowards(member, lineage).length > 0;
    }),
  );
  const nodes = candidates
    .filter((org, index) => org.kind !== "bureau" && (isVisible[index] || heads.has(org.code)))
    .sort(byDepartment);
  const damagedIds = new Set(found.damaged);
  const now = deps.now();
  return nodes.map((org) => {
    const head = heads.get(org.code);
    const exempt = org.exempt?.year === year.year;
    const damaged = damagedIds.has(reportIdOf(member.region, year.year, org.code));
    const due = head === undefined ? dueOf(org, year) : head.turn?.due;
    return {
      org,
      exempt,
      damaged,
      ...(head === undefined ? {} : { head }),
      overdue:
        due !== undefined && !damaged && !(exempt && head === undefined) && isOverdue(due, now),
    };
  });
}

const dueOf = ({ kind }: OrgNode, year: FiscalYear): string =>
  kind === "unit" ? year.unitDue : year.departmentDue;

const byDepartment = (a: OrgNode, b: OrgNode): number => {
  const [left, right] = [a, b].map(({ kind, parent, code }) =>
    kind === "unit" ? `${parent ?? ""}/${code}` : code,
  );
  return (left ?? "") < (right ?? "") ? -1 : 1;
};

/** Every report of a region's year, by org code. */
export async function wholeYear(
  { reports }: { readonly reports: Pick<ReportStore, "byYear"> },
  region: string,
  year: number,
): Promise<Omit<HeadPage, "next">> {
  const items: ReportHead[] = [];
  const damaged: string[] = [];
  let after: string | undefined;
  do {
    const page = await reports.byYear(region, year, {
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    items.push(...page.items);
    damaged.push(...(page.damaged ?? []));
    after = page.next;
  } while (after !== undefined);
  return { items, damaged };
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
