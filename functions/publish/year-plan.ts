import type { YearPlan } from "../../shared/disclosure/catalogue.ts";
import { publishBy, shanghaiDay } from "../../shared/workflow/deadlines.ts";
import { homePath, type PortalSettings } from "../../web/portal/site.ts";
import type {
  FileStore,
  FiscalYear,
  OrgNode,
  RegistryStore,
  RegistryView,
  ReportHead,
  ReportStore,
} from "../storage/ports.ts";
import { everyItem } from "../storage/registry-view.ts";
import { lineageOf, lineageOfReport } from "../use-cases/access.ts";
import { wholeYear } from "../use-cases/year-reports.ts";
import { drawIndexes } from "./draw-portal.ts";
import { keyOf, readPlan, type PortalDeps } from "./portal-files.ts";
import { publishYearPlan } from "./publish-report.ts";

export interface YearPlanDeps extends Pick<PortalDeps, "sha256"> {
  readonly registry: Pick<RegistryStore, "view" | "orgs" | "years">;
  readonly reports: Pick<ReportStore, "byYear">;
  readonly portal: FileStore;
  readonly settingsOf: (region: string) => PortalSettings;
  readonly now: () => string;
}

/**
 * Tells the portal of every year who must publish until when, as of today; what stands already is
 * not drawn again. A region that has nothing to show yet gets its home page.
 */
export async function refreshPlans(
  deps: YearPlanDeps,
  region: string,
): Promise<"planned" | "stood_already"> {
  const portal = { ...deps, settings: deps.settingsOf(region) };
  const view = await deps.registry.view(region);
  const orgs = await everyItem((page) => deps.registry.orgs(region, page));
  let outcome: "planned" | "stood_already" = "stood_already";
  for (const year of await deps.registry.years(region)) {
    const { items: heads } = await wholeYear(deps, region, year.year);
    const plan = await planOf(year, { view, orgs, heads, today: shanghaiDay(deps.now()) });
    const standing = await readPlan(portal, year.year);
    if (JSON.stringify(standing) === JSON.stringify(plan)) continue;
    await publishYearPlan(portal, plan);
    outcome = "planned";
  }
  if ((await deps.portal.stat(keyOf(homePath(portal.settings)))) === undefined) {
    await drawIndexes(portal, { years: [], orgCodes: [] });
    outcome = "planned";
  }
  return outcome;
}

/** Members stand as the stored plan spells them, so that an unchanged plan is the same text. */
async function planOf(
  { year }: FiscalYear,
  {
    view,
    orgs,
    heads,
    today,
  }: {
    readonly view: RegistryView;
    readonly orgs: readonly OrgNode[];
    readonly heads: readonly ReportHead[];
    readonly today: string;
  },
): Promise<YearPlan> {
  const headOf = new Map(heads.map((head) => [head.orgCode, head]));
  const entries = await Promise.all(
    orgs.map(async (org) => {
      if (org.kind === "bureau") return [];
      const head = headOf.get(org.code);
      // As its publication will name it.
      const lineage = await (head === undefined
        ? lineageOf(view, org.code)
        : lineageOfReport(view, head));
      const department = lineage && (await view.org(lineage.departmentCode));
      if (department === undefined) return [];
      const state = head?.state;
      return [
        {
          code: org.code,
          name: org.name,
          kind: org.kind,
          department: { code: department.code, name: department.name },
          ...(state !== undefined && "approval" in state
            ? { publishBy: publishBy(state.approval.at) }
            : {}),
          ...(org.exempt?.year === year ? { exempt: org.exempt.reason } : {}),
        },
      ];
    }),
  );
  return { year, asOf: today, orgs: entries.flat() };
}
