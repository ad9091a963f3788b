import { createRoute } from "@hono/zod-openapi";
import {
  grantParams,
  handOverBody,
  memberParams,
  orgActBody,
  orgParams,
  pageQuery,
  putMemberBody,
  putYearBody,
  regionParams,
  yearParams,
} from "../../../shared/contract/requests.ts";
import {
  grantActResponse,
  grantsResponse,
  handOverResponse,
  memberResponse,
  membersResponse,
  orgActPreviewResponse,
  orgActResponse,
  orgsResponse,
  pendingResponse,
  registryEventsResponse,
  registryVerificationResponse,
  waitingResponse,
  reportsResponse,
  yearResponse,
  yearsResponse,
} from "../../../shared/contract/responses.ts";
import { registryFaultText } from "../../../shared/registry/registry-words.ts";
import { putYear } from "../../use-cases/fiscal-year.ts";
import { handOver } from "../../use-cases/hand-over.ts";
import { waitingAt } from "../../use-cases/waiting-reports.ts";
import { doOrgAct, previewOrgAct } from "../../use-cases/org-acts.ts";
import { actOnGrant, pendingGrants, putMember } from "../../use-cases/registry.ts";
import { registryAnchorText } from "../../use-cases/audit/fault-words.ts";
import { verifyAnchoredRegistry } from "../../use-cases/audit/verify-registry.ts";
import { registryEvents } from "../../use-cases/registry-history.ts";
import { currentSummaries } from "../../use-cases/current-summaries.ts";
import { yearReports } from "../../use-cases/year-reports.ts";
import { answer, answers, body, noBody } from "../answers.ts";
import type { ApiApp, ApiDeps, Person } from "../deps.ts";
import { orgActPreviewView, orgView, printedOf } from "../org-views.ts";
import { pageOf } from "../page.ts";
import { administratorOf, memberOf, requireBureauRole } from "../people.ts";
import { requirePrintable } from "../printable.ts";
import { orRefuse } from "../refusals.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const listOrgs = createRoute({
  method: "get",
  path: "/api/regions/{region}/orgs",
  summary: "The organisation tree: bureau, departments, units",
  request: { params: regionParams, query: pageQuery },
  responses: answers("A page of nodes by code", orgsResponse),
});
const changeOrgs = createRoute({
  method: "post",
  path: "/api/regions/{region}/org-acts",
  summary: "Change the organisation tree from a year on (bureau administrator)",
  request: { params: regionParams, body: body(orgActBody) },
  responses: answers("The nodes as stored", orgActResponse),
});
const previewOrgs = createRoute({
  method: "post",
  path: "/api/regions/{region}/org-acts/preview",
  summary: "What a change of the tree would lead to; nothing is stored (bureau administrator)",
  request: { params: regionParams, body: body(orgActBody) },
  responses: answers("What would change, and what would follow", orgActPreviewResponse),
});
const listMembers = createRoute({
  method: "get",
  path: "/api/regions/{region}/members",
  summary: "The region's people (bureau administrator, auditor)",
  request: { params: regionParams, query: pageQuery },
  responses: answers("A page of people with their memberships, by subject", membersResponse),
});
const saveMember = createRoute({
  method: "put",
  path: "/api/regions/{region}/members/{subject}",
  summary: "Add or change a person's memberships (bureau administrator)",
  request: { params: memberParams, body: body(putMemberBody) },
  responses: {
    ...answers("The person as stored", memberResponse),
    202: {
      description:
        "Two levels of one line: nothing is changed until a second administrator confirms",
      content: { "application/json": { schema: pendingResponse } },
    },
  },
});
const handOverRoles = createRoute({
  method: "post",
  path: "/api/regions/{region}/members/{subject}/hand-over",
  summary: "Hand a person's roles at a node over to another (bureau administrator)",
  request: { params: memberParams, body: body(handOverBody) },
  responses: answers("Both persons as stored", handOverResponse),
});
const listWaiting = createRoute({
  method: "get",
  path: "/api/regions/{region}/orgs/{orgCode}/waiting",
  summary: "Reports that wait at a node, by role (bureau administrator, auditor)",
  request: { params: orgParams },
  responses: answers("At most ten a role", waitingResponse),
});
const listGrants = createRoute({
  method: "get",
  path: "/api/regions/{region}/grants",
  summary: "Grants that wait for a second administrator (bureau administrator, auditor)",
  request: { params: regionParams },
  responses: answers("Pending grants, oldest first", grantsResponse),
});
const grantAct = <Act extends string>(act: Act, summary: string) =>
  createRoute({
    method: "post",
    path: `/api/regions/{region}/grants/{grant}/${act}`,
    summary,
    request: { params: grantParams, body: noBody },
    responses: answers("What became of it", grantActResponse),
  });
const confirmGrant = grantAct("confirm", "Confirm a grant as second administrator");
const declineGrant = grantAct("decline", "Decline a grant as second administrator");
const withdrawGrant = grantAct("withdraw", "Take a grant back (who asked for it)");
const listChanges = createRoute({
  method: "get",
  path: "/api/regions/{region}/registry/events",
  summary: "Changes of people, offices and years, latest first (bureau administrator, auditor)",
  request: { params: regionParams, query: pageQuery },
  responses: answers("A page of chained events", registryEventsResponse),
});
const verifyChanges = createRoute({
  method: "get",
  path: "/api/regions/{region}/registry/verification",
  summary: "Recompute the registry's chain and compare what is stored with it",
  request: { params: regionParams },
  responses: answers("Whether it holds, and where not", registryVerificationResponse),
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
  summary: "Open, change or end a year (bureau administrator)",
  request: { params: yearParams, body: body(putYearBody) },
  responses: answers("The year as stored", yearResponse),
});
const listReports = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/reports",
  summary: "Reports of a year that I may see, by org code",
  request: { params: yearParams, query: pageQuery },
  responses: answers("A page of reports", reportsResponse),
});
/** Faults that one answer names; there may be as many as records. */
const maxFaults = 100;

/** What belongs to a region rather than to a report. */
export function addRegistryRoutes(app: ApiApp, deps: ApiDeps): void {
  const { registry } = deps;
  const administrator = (person: Person, region: string) => administratorOf(deps, person, region);
  const requireReader = async (person: Person, region: string) =>
    requireBureauRole(deps, memberOf(person, region), (role) => role.registry !== "none");

  app.openapi(listOrgs, async (c) => {
    const { region } = memberOf(c.var.person, c.req.valid("param").region);
    const page = await registry.orgs(region, pageOf(c.req.valid("query")));
    return answer(c, orgsResponse, { ...page, items: page.items.map(orgView) });
  });

  app.openapi(previewOrgs, async (c) => {
    const { region } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const act = c.req.valid("json");
    requirePrintable(deps, printedOf(act));
    const preview = orRefuse(await previewOrgAct(deps, by, { region, act }));
    return answer(c, orgActPreviewResponse, orgActPreviewView(preview));
  });

  app.openapi(changeOrgs, async (c) => {
    const { region } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const act = c.req.valid("json");
    requirePrintable(deps, printedOf(act));
    const items = orRefuse(await doOrgAct(deps, by, { region, act }));
    c.var.log.info("The tree was changed.", { region, act: act.type, nodes: items.length });
    return answer(c, orgActResponse, { items: items.map(orgView) });
  });

  app.openapi(listMembers, async (c) => {
    const { region } = c.req.valid("param");
    await requireReader(c.var.person, region);
    return answer(c, membersResponse, await registry.members(region, pageOf(c.req.valid("query"))));
  });

  app.openapi(saveMember, async (c) => {
    const { region, subject } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const { email, ...member } = c.req.valid("json");
    const wanted = { region, subject, ...member, ...omitUndefined({ email }) };
    const done = orRefuse(await putMember(deps, by, wanted));
    if (done.outcome === "pending") {
      c.var.log.info("A grant waits for a second administrator.", { region, changed: subject });
      return answer(c, pendingResponse, { pending: done.grant }, 202);
    }
    c.var.log.info("A person's memberships were changed.", { region, changed: subject });
    return answer(c, memberResponse, done.member, 200);
  });

  app.openapi(handOverRoles, async (c) => {
    const { region, subject } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const done = orRefuse(await handOver(deps, by, { region, subject, ...c.req.valid("json") }));
    c.var.log.info("Roles were handed over.", { region, changed: subject });
    return answer(c, handOverResponse, done);
  });

  app.openapi(listWaiting, async (c) => {
    const { region, orgCode } = c.req.valid("param");
    await requireReader(c.var.person, region);
    return answer(c, waitingResponse, { items: await waitingAt(deps, region, orgCode) });
  });

  app.openapi(listGrants, async (c) => {
    const { region } = c.req.valid("param");
    await requireReader(c.var.person, region);
    return answer(c, grantsResponse, { items: await pendingGrants(deps, region) });
  });

  const decideOn = async (
    person: Person,
    { region, grant }: { region: string; grant: string },
    type: "confirm" | "decline" | "withdraw",
  ) => {
    const by = await administrator(person, region);
    orRefuse(await actOnGrant(deps, by, { region, grant, type }));
    return { grant };
  };
  app.openapi(confirmGrant, async (c) => {
    const done = await decideOn(c.var.person, c.req.valid("param"), "confirm");
    return answer(c, grantActResponse, { ...done, outcome: "confirmed" });
  });
  app.openapi(declineGrant, async (c) => {
    const done = await decideOn(c.var.person, c.req.valid("param"), "decline");
    return answer(c, grantActResponse, { ...done, outcome: "declined" });
  });
  app.openapi(withdrawGrant, async (c) => {
    const done = await decideOn(c.var.person, c.req.valid("param"), "withdraw");
    return answer(c, grantActResponse, { ...done, outcome: "withdrawn" });
  });

  app.openapi(listChanges, async (c) => {
    const { region } = c.req.valid("param");
    await requireReader(c.var.person, region);
    const page = await registryEvents(deps, region, pageOf(c.req.valid("query")));
    return answer(c, registryEventsResponse, page);
  });

  app.openapi(verifyChanges, async (c) => {
    const { region } = c.req.valid("param");
    await requireReader(c.var.person, region);
    const verified = await verifyAnchoredRegistry({ ...deps, files: deps.vault }, region);
    const { faults, anchorFaults, ...verdict } = verified;
    const texts = [
      ...anchorFaults.map(registryAnchorText).map(({ place, message }) => {
        return { where: place, what: message };
      }),
      ...faults.map(registryFaultText),
    ];
    return answer(c, registryVerificationResponse, {
      ...verdict,
      faults: texts.slice(0, maxFaults),
      faultCount: texts.length,
    });
  });

  app.openapi(listYears, async (c) => {
    const { region } = memberOf(c.var.person, c.req.valid("param").region);
    return answer(c, yearsResponse, { items: await registry.years(region) });
  });

  app.openapi(saveYear, async (c) => {
    const { region, year } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const { reminders, publishDue, reason, ...values } = c.req.valid("json");
    const wanted = { region, year, ...values, ...omitUndefined({ reminders, publishDue }) };
    const stored = await putYear({ ...deps, files: deps.vault }, by, { wanted, reason });
    c.var.log.info("A year was changed.", { region, year });
    return answer(c, yearResponse, orRefuse(stored));
  });

  app.openapi(listReports, async (c) => {
    const { region, year } = c.req.valid("param");
    const member = memberOf(c.var.person, region);
    const page = await yearReports(deps, member, year, pageOf(c.req.valid("query")));
    return answer(c, reportsResponse, {
      items: [...(await currentSummaries(deps, page.items))],
      damaged: page.damaged ?? [],
      next: page.next,
    });
  });
}
