import { createRoute } from "@hono/zod-openapi";
import {
  orgYearParams,
  pageQuery,
  remindersBody,
  ruleParams,
  seasonRowsQuery,
  yearParams,
} from "../../../shared/contract/requests.ts";
import {
  departmentProgressResponse,
  progressResponse,
  remindersResponse,
  ruleHitsResponse,
  seasonDaysResponse,
  seasonRowsResponse,
  seasonRulesResponse,
} from "../../../shared/contract/responses.ts";
import { ruleStatement } from "../../../shared/checks/finding-text.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import type { DayTally } from "../../../shared/progress/days.ts";
import { overdueAt, type ProgressRow } from "../../../shared/progress/progress.ts";
import { isLate, type SeasonRow } from "../../../shared/progress/season.ts";
import type { FiscalYear, Member } from "../../../shared/registry/registry.ts";
import { pagesOf } from "../../storage/pages.ts";
import { ruleHits, seasonRules } from "../../use-cases/progress/season-rules.ts";
import { seasonRows } from "../../use-cases/progress/season-rows.ts";
import { departmentProgress, yearProgress } from "../../use-cases/progress/year-progress.ts";
import { assertNever } from "../../../shared/result.ts";
import {
  lettersOf,
  planReminders,
  remindByHand,
  reminderRestHours,
  type ReminderSkip,
} from "../../use-cases/remind-by-hand.ts";
import { orRefuse } from "../refusals.ts";
import { editionIfSound } from "../../use-cases/stored-edition.ts";
import { seasonContent } from "../../use-cases/progress/season-content.ts";
import { contentDisposition } from "../../storage/content-disposition.ts";
import { answer, answers, body, refusals } from "../answers.ts";
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
const remind = createRoute({
  method: "post",
  path: "/api/regions/{region}/years/{year}/reminders",
  summary: "Remind those whose turn it is at some nodes by mail, or see what would be sent",
  request: { params: yearParams, body: body(remindersBody) },
  responses: answers("Letters, and nodes left out with why", remindersResponse),
});
const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const listRules = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/rules",
  summary: "Rules that reports of a year break, those of most reports first (bureau, auditor)",
  request: { params: yearParams },
  responses: answers("All rules that were ever broken", seasonRulesResponse),
});
const listRuleHits = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/rules/{rule}",
  summary: "Reports that a rule has hit (bureau, auditor)",
  request: { params: ruleParams, query: pageQuery },
  responses: answers("A page of nodes, department by department", ruleHitsResponse),
});
const workbook = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/workbook",
  summary: "A year as .xlsx: nodes, figures, rules, returns and approvals (bureau, auditor)",
  request: { params: yearParams, query: seasonRowsQuery },
  responses: {
    ...refusals,
    200: {
      description: "A workbook of four sheets",
      content: { [xlsxType]: { schema: { type: "string", format: "binary" } } },
    },
  },
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

  /** What rules demand in a year's edition; their ids where the edition cannot be read. */
  const ruleTitles = async ({ edition: id }: FiscalYear) => {
    const edition = await editionIfSound({ ...deps, files: deps.vault }, id);
    return (rule: string) => (edition === undefined ? rule : ruleStatement(rule, edition));
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

  app.openapi(remind, async (c) => {
    const { region } = c.req.valid("param");
    const member = memberOf(c.var.person, region);
    await requireBureauRole(deps, member, (role) => role.registry === "keeps");
    const { fiscalYear } = await yearOf(c.var.person, c.req.valid("param"));
    const { orgCodes, preview } = c.req.valid("json");
    const by = { id: member.subject, name: member.name };
    const plan = preview
      ? await planReminders(deps, fiscalYear, orgCodes)
      : orRefuse(await remindByHand(deps, by, fiscalYear, orgCodes));
    const letters = lettersOf(plan.nodes, { byName: by.name, now: deps.now() });
    return answer(c, remindersResponse, {
      letters: letters.map(({ to, subject, text }) => ({
        ...{ name: to.name, reachable: to.email !== undefined, subject, text },
      })),
      nodes: plan.nodes.length,
      skipped: plan.skipped.map((skip) => ({ orgCode: skip.orgCode, message: skipText(skip) })),
    });
  });

  app.openapi(listRules, async (c) => {
    const { fiscalYear } = await regionYearOf(c.var.person, c.req.valid("param"));
    const titleOf = await ruleTitles(fiscalYear);
    const rules = await seasonRules(deps, fiscalYear);
    return answer(c, seasonRulesResponse, {
      items: rules.map((one) => ({ ...one, title: titleOf(one.rule) })),
    });
  });

  app.openapi(workbook, async (c) => {
    const { fiscalYear } = await regionYearOf(c.var.person, c.req.valid("param"));
    const { state, stage, having, text } = c.req.valid("query");
    const titleOf = await ruleTitles(fiscalYear);
    const { rules, ...content } = await seasonContent(deps, fiscalYear, {
      ...{ state, stage, having, text },
    });
    const { seasonWorkbook } = await import("../../use-cases/workbook/season-workbook.ts");
    const bytes = await seasonWorkbook({
      ...{ year: fiscalYear.year, now: deps.now(), ...content },
      rules: rules.map((one) => ({ ...one, title: titleOf(one.rule) })),
    });
    const fileName = `${String(fiscalYear.year)}年度决算进度.xlsx`;
    c.header("content-disposition", contentDisposition("attachment", fileName));
    return c.body(new Uint8Array(bytes).buffer, 200, { "content-type": xlsxType });
  });

  app.openapi(listRuleHits, async (c) => {
    const { rule, ...place } = c.req.valid("param");
    const { fiscalYear } = await regionYearOf(c.var.person, place);
    const view = await registry.view(fiscalYear.region);
    const { after } = c.req.valid("query");
    const found = await ruleHits(deps, view, fiscalYear, { rule, ...omitUndefined({ after }) });
    return answer(c, ruleHitsResponse, found);
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

function skipText(skip: ReminderSkip): string {
  switch (skip.why) {
    case "unknown":
      return "本年度没有这个单位。";
    case "nothing_due":
      return "现在没有等待办理的事项。";
    case "nobody":
      return "轮到办理的岗位没有人，请先在“年度与单位”中任命。";
    case "lately":
      return `${String(reminderRestHours)} 小时内已经催办过，请稍后再试。`;
    default:
      return assertNever(skip);
  }
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
    reminded: notes?.reminded,
  };
};
