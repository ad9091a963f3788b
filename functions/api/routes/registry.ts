import { createRoute } from "@hono/zod-openapi";
import {
  memberParams,
  orgParams,
  pageQuery,
  putMemberBody,
  putOrgBody,
  putYearBody,
  regionParams,
  yearParams,
} from "../../../shared/contract/requests.ts";
import {
  memberResponse,
  membersResponse,
  orgResponse,
  orgsResponse,
  progressResponse,
  reportsResponse,
  yearResponse,
  yearsResponse,
} from "../../../shared/contract/responses.ts";
import { putMember, putOrg, putYear } from "../../use-cases/registry.ts";
import { summaryOf } from "../../use-cases/summary.ts";
import { yearProgress, yearReports } from "../../use-cases/year-reports.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { notFound } from "../errors.ts";
import { pageOf } from "../page.ts";
import { memberOf, requireBureauRole } from "../people.ts";
import { requirePrintable } from "../printable.ts";
import { orRefuse } from "../refusals.ts";

const listOrgs = createRoute({
  method: "get",
  path: "/api/regions/{region}/orgs",
  summary: "The organisation tree: bureau, departments, units",
  request: { params: regionParams },
  responses: answers("All nodes by code", orgsResponse),
});
const saveOrg = createRoute({
  method: "put",
  path: "/api/regions/{region}/orgs/{orgCode}",
  summary: "Add or change a node (bureau administrator)",
  request: { params: orgParams, body: body(putOrgBody) },
  responses: answers("The node as stored", orgResponse),
});
const listMembers = createRoute({
  method: "get",
  path: "/api/regions/{region}/members",
  summary: "The region's people (bureau administrator, auditor)",
  request: { params: regionParams },
  responses: answers("All people with their memberships", membersResponse),
});
const saveMember = createRoute({
  method: "put",
  path: "/api/regions/{region}/members/{subject}",
  summary: "Add or change a person's memberships (bureau administrator)",
  request: { params: memberParams, body: body(putMemberBody) },
  responses: answers("The person as stored", memberResponse),
});
const listYears = createRoute({
  method: "get",
  path: "/api/regions/{region}/years",
  summary: "Years with their edition and deadlines",
  request: { params: regionParams },
  responses: answers("All years", yearsResponse),
});
const saveYear = createRoute({
  method: "put",
  path: "/api/regions/{region}/years/{year}",
  summary: "Open, change or close a year (bureau administrator)",
  request: { params: yearParams, body: body(putYearBody) },
  responses: answers("The year as stored", yearResponse),
});
const progress = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/progress",
  summary: "How far every node has come, as far as I may see",
  request: { params: yearParams },
  responses: answers("A row a node", progressResponse),
});
const listReports = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/reports",
  summary: "Reports of a year that I may see, by org code",
  request: { params: yearParams, query: pageQuery },
  responses: answers("A page of reports", reportsResponse),
});
/** What belongs to a region rather than to a report. */
export function addRegistryRoutes(app: ApiApp, deps: ApiDeps): void {
  const { registry } = deps;

  app.openapi(listOrgs, async (c) => {
    const { region } = memberOf(c.var.person, c.req.valid("param").region);
    return answer(c, orgsResponse, { items: await registry.orgs(region) });
  });

  app.openapi(saveOrg, async (c) => {
    const { region, orgCode } = c.req.valid("param");
    await requireBureauRole(deps, memberOf(c.var.person, region), ["bureau_admin"]);
    const { parent, exempt, ...node } = c.req.valid("json");
    requirePrintable(deps, { name: node.name, exempt: { reason: exempt?.reason } });
    const stored = await putOrg(deps, {
      region,
      code: orgCode,
      ...node,
      ...(parent === undefined ? {} : { parent }),
      ...(exempt === undefined ? {} : { exempt }),
    });
    c.var.log.info("A node was changed.", { region, orgCode });
    return answer(c, orgResponse, orRefuse(stored));
  });

  app.openapi(listMembers, async (c) => {
    const member = memberOf(c.var.person, c.req.valid("param").region);
    await requireBureauRole(deps, member, ["bureau_admin", "auditor"]);
    return answer(c, membersResponse, { items: await registry.members(member.region) });
  });

  app.openapi(saveMember, async (c) => {
    const { region, subject } = c.req.valid("param");
    await requireBureauRole(deps, memberOf(c.var.person, region), ["bureau_admin"]);
    const { email, ...member } = c.req.valid("json");
    const stored = await putMember(deps, {
      region,
      subject,
      ...member,
      ...(email === undefined ? {} : { email }),
    });
    c.var.log.info("A person's memberships were changed.", { region, changed: subject });
    return answer(c, memberResponse, orRefuse(stored));
  });

  app.openapi(listYears, async (c) => {
    const { region } = memberOf(c.var.person, c.req.valid("param").region);
    return answer(c, yearsResponse, { items: await registry.years(region) });
  });

  app.openapi(saveYear, async (c) => {
    const { region, year } = c.req.valid("param");
    await requireBureauRole(deps, memberOf(c.var.person, region), ["bureau_admin"]);
    const stored = await putYear(deps, { region, year, ...c.req.valid("json") });
    c.var.log.info("A year was changed.", { region, year });
    return answer(c, yearResponse, orRefuse(stored));
  });

  app.openapi(progress, async (c) => {
    const { region, year } = c.req.valid("param");
    const member = memberOf(c.var.person, region);
    const fiscalYear = await registry.year(region, year);
    if (fiscalYear === undefined) throw notFound();
    const rows = await yearProgress(deps, member, fiscalYear);
    const counts: Record<string, number> = {};
    const count = (name: string) => {
      counts[name] = (counts[name] ?? 0) + 1;
    };
    for (const { head, exempt, damaged, overdue } of rows) {
      count(head?.state.status ?? (damaged ? "damaged" : exempt ? "exempt" : "not_opened"));
      if (overdue) count("overdue");
    }
    return answer(c, progressResponse, {
      year,
      counts,
      rows: rows.map(({ org, exempt, head, damaged, overdue }) => ({
        orgCode: org.code,
        orgName: org.name,
        kind: org.kind,
        parent: org.parent,
        exempt,
        damaged,
        report: head && summaryOf(head),
        overdue,
      })),
    });
  });

  app.openapi(listReports, async (c) => {
    const { region, year } = c.req.valid("param");
    const member = memberOf(c.var.person, region);
    const page = await yearReports(deps, member, year, pageOf(c.req.valid("query")));
    return answer(c, reportsResponse, {
      items: page.items.map(summaryOf),
      damaged: page.damaged ?? [],
      next: page.next,
    });
  });
}
