import { createRoute } from "@hono/zod-openapi";
import {
  orgYearParams,
  pageQuery,
  seasonRowsQuery,
  yearParams,
} from "../../../shared/contract/requests.ts";
import {
  departmentProgressResponse,
  progressResponse,
  seasonDaysResponse,
  seasonRowsResponse,
} from "../../../shared/contract/responses.ts";
import type { DayTally } from "../../../shared/progress/days.ts";
import { overdueAt, type ProgressRow } from "../../../shared/progress/progress.ts";
import { isLate, type SeasonRow } from "../../../shared/progress/season.ts";
import type { FiscalYear, Member } from "../../../shared/registry/registry.ts";
import { pagesOf } from "../../storage/pages.ts";
import { seasonRows } from "../../use-cases/progress/season-rows.ts";
import { departmentProgress, yearProgress } from "../../use-cases/progress/year-progress.ts";
import { answer, answers } from "../answers.ts";
import type { ApiApp, ApiDeps, Person } from "../deps.ts";
import { notFound } from "../errors.ts";
import { pageOf } from "../page.ts";
import { memberOf, requireBureauRole } from "../people.ts";

const progress = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/progress",
  summary: "How far a year has come, as far as I may see",
  request: { params: yearParams, query: pageQuery },
  responses: answers("A page of departments, with sums on the first", progressResponse),
});
const progressOfDepartment = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/progress/{orgCode}",
  summary: "How far a department and its units have come",
  request: { params: orgYearParams },
  responses: answers("A row a node", departmentProgressResponse),
});
const listNodes = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/nodes",
  summary: "Nodes of a year by state, level, what they have, or text (bureau, auditor)",
  request: { params: yearParams, query: seasonRowsQuery },
  responses: answers("A page of nodes, department by department", seasonRowsResponse),
});
const listDays = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/days",
  summary: "What a year added up to day by day, and the year before (bureau, auditor)",
  request: { params: yearParams },
  responses: answers("Days in order", seasonDaysResponse),
});

/** Days that a chart shows of a year: from its first day of work to a year later. */
const shownDays = 400;

/** How a year goes (决算季): where every node has come, and how that went over time. */
export function addSeasonRoutes(app: ApiApp, deps: ApiDeps): void {
  const { registry } = deps;

  const yearOf = async (
    person: Person,
    { region, year }: { readonly region: string; readonly year: number },
  ): Promise<{ readonly member: Member; readonly fiscalYear: FiscalYear }> => {
    const member = memberOf(person, region);
    const fiscalYear = await (await registry.view(region)).year(year);
    if (fiscalYear === undefined) throw notFound();
    return { member, fiscalYear };
  };
  /** The same for whoever sees the whole region. */
  const regionYearOf: typeof yearOf = async (person, place) => {
    await requireBureauRole(
      deps,
      memberOf(person, place.region),
      ({ reach }) => reach === "region",
    );
    return yearOf(person, place);
  };

  app.openapi(progress, async (c) => {
    const { member, fiscalYear } = await yearOf(c.var.person, c.req.valid("param"));
    const page = pageOf(c.req.valid("query"));
    const { tally, departments, rows, next } = await yearProgress(deps, member, fiscalYear, page);
    const now = deps.now();
    return answer(c, progressResponse, {
      year: fiscalYear.year,
      ...(tally && { counts: tally.counts, overdue: overdueAt(tally, now) }),
      departments: departments.map(({ code, name, own, season, tally: { counts, dues } }) => ({
        ...{ code, name, own, counts, season },
        overdue: overdueAt({ counts, dues }, now),
      })),
      rows: rows.map((row) => seasonRowView(row, now)),
      next,
    });
  });

  app.openapi(progressOfDepartment, async (c) => {
    const { orgCode, ...place } = c.req.valid("param");
    const { member, fiscalYear } = await yearOf(c.var.person, place);
    const rows = await departmentProgress(deps, member, fiscalYear, orgCode);
    if (rows === undefined) throw notFound();
    const now = deps.now();
    return answer(c, departmentProgressResponse, {
      rows: rows.map((row) => seasonRowView(row, now)),
    });
  });

  app.openapi(listNodes, async (c) => {
    const { fiscalYear } = await regionYearOf(c.var.person, c.req.valid("param"));
    const { limit, after, ...filter } = c.req.valid("query");
    const now = deps.now();
    const view = await registry.view(fiscalYear.region);
    const page = pageOf({ limit, after });
    const found = await seasonRows(deps, view, fiscalYear, { filter, page, now });
    return answer(c, seasonRowsResponse, {
      items: found.items.map((row) => seasonRowView(row, now)),
      next: found.next,
    });
  });

  app.openapi(listDays, async (c) => {
    const { fiscalYear } = await regionYearOf(c.var.person, c.req.valid("param"));
    const { region, year } = fiscalYear;
    const daysOf = async (one: number) => {
      const days: DayTally[] = [];
      const pages = pagesOf((page) => deps.progress.days({ region, year: one }, page));
      for await (const { items } of pages) {
        days.push(...items);
        if (days.length >= shownDays) break;
      }
      return days.reverse();
    };
    const [days, before] = await Promise.all([daysOf(year), daysOf(year - 1)]);
    return answer(c, seasonDaysResponse, { days, before });
  });
}

/** A row of the person's own comes without its department and without notes. */
const seasonRowView = (
  row: ProgressRow & Partial<Pick<SeasonRow, "departmentCode" | "notes">>,
  now: string,
) => {
  const { course, notes, departmentCode } = row;
  const check = notes?.check;
  const { orgCode, orgName, kind, exempt, damaged, report, turn } = row;
  return {
    ...{ orgCode, orgName, kind, exempt, damaged, report, departmentCode },
    due: turn?.due,
    overdue: isLate(row, now),
    returns: course?.returns,
    last: course?.last,
    check: check && { at: check.at, errors: check.errors, warnings: check.warnings },
    openRemarks: notes?.openRemarks,
  };
};
