import { isOverdue } from "../../shared/workflow/deadlines.ts";
import { reachOf } from "../../shared/workflow/levels.ts";
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
import { lineageOf, rolesTowards, seesReport } from "./access.ts";
import { reportIdOf } from "./open-report.ts";

interface YearDeps {
  readonly reports: Pick<ReportStore, "surveyHead" | "byYear">;
  readonly registry: Pick<RegistryStore, "orgs">;
}

/** Whether a person sees the whole region: those do whose role at the bureau reaches that far. */
export const seesRegion = (member: Member, orgs: readonly OrgNode[]): boolean =>
  orgs.some(
    ({ kind, code }) =>
      kind === "bureau" &&
      member.memberships.some(
        ({ role, orgCode }) => orgCode === code && reachOf[role] === "region",
      ),
  );

const visibleNodes = (member: Member, orgs: readonly OrgNode[]): OrgNode[] =>
  orgs.filter((org) => {
    const lineage = lineageOf(orgs, org.code);
    return (
      org.kind !== "bureau" && lineage !== undefined && rolesTowards(member, lineage).length > 0
    );
  });

/** Those, and the units that once belonged to a department of the person's: a report may still be there. */
const nodesWithReports = (member: Member, orgs: readonly OrgNode[]): OrgNode[] => {
  const held = new Set(member.memberships.map(({ orgCode }) => orgCode));
  const visible = new Set(visibleNodes(member, orgs));
  return orgs.filter(
    (org) => visible.has(org) || org.formerParents?.some((code) => held.has(code)) === true,
  );
};

/** Reports of a year that a person may see, by org code. */
export async function yearReports(
  deps: YearDeps,
  member: Member,
  year: number,
  page: PageRequest,
): Promise<HeadPage> {
  const orgs = await deps.registry.orgs(member.region);
  if (seesRegion(member, orgs)) return deps.reports.byYear(member.region, year, page);
  const codes = nodesWithReports(member, orgs)
    .map(({ code }) => code)
    .sort()
    .filter((code) => page.after === undefined || code > page.after);
  const found = await loadAll(deps, member.region, year, codes.slice(0, page.limit));
  const last = codes[page.limit - 1];
  return {
    ...found,
    items: found.items.filter((head) => seesReport(member, orgs, head)),
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
  const orgs = await deps.registry.orgs(member.region);
  const visible = new Set(visibleNodes(member, orgs));
  const candidates = nodesWithReports(member, orgs);
  const found = seesRegion(member, orgs)
    ? await wholeYear(deps, member.region, year.year)
    : await loadAll(
        deps,
        member.region,
        year.year,
        candidates.map(({ code }) => code),
      );
  const heads = new Map(
    found.items
      .filter((head) => seesReport(member, orgs, head))
      .map((head) => [head.orgCode, head]),
  );
  const nodes = candidates
    .filter((org) => visible.has(org) || heads.has(org.code))
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
