import { createRoute } from "@hono/zod-openapi";
import {
  auditQuery,
  pageQuery,
  regionParams,
  reportParams,
  yearParams,
} from "../../../shared/contract/requests.ts";
import {
  auditEntriesResponse,
  auditResponse,
  eventsResponse,
  verificationResponse,
} from "../../../shared/contract/responses.ts";
import type { ReportEvent } from "../../../shared/workflow/report-state.ts";
import type { RoleDefinition } from "../../../shared/workflow/roles.ts";
import { auditEntries } from "../../use-cases/audit/audit-log.ts";
import { faultText, gapText } from "../../use-cases/audit/fault-words.ts";
import type { ContentReader } from "../../use-cases/report-content.ts";
import { editionIfSound } from "../../use-cases/stored-edition.ts";
import { verifyReport, type Verification } from "../../use-cases/audit/verify-report.ts";
import { placeOfReport } from "../../use-cases/open-report.ts";
import { inBatches } from "../../use-cases/in-batches.ts";
import { answer, answers } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { notFound } from "../errors.ts";
import { pageOf } from "../page.ts";
import { memberOf, requireBureauRole, requireSight } from "../people.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const events = createRoute({
  method: "get",
  path: "/api/reports/{id}/events",
  summary: "The report's history, each event chained to the one before",
  request: { params: reportParams, query: pageQuery },
  responses: answers("A page of events, oldest first", eventsResponse),
});
const verification = createRoute({
  method: "get",
  path: "/api/reports/{id}/events/verification",
  summary: "Verify all that is stored of the report: events, state, files, what is public",
  request: { params: reportParams },
  responses: answers("Whether it is intact, and each fault with its place", verificationResponse),
});
const audit = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/audit",
  summary: "Every report's last act and whether events, state and anchor agree (bureau, auditor)",
  request: { params: yearParams, query: pageQuery },
  responses: answers("A page of reports", auditResponse),
});

const auditLog = createRoute({
  method: "get",
  path: "/api/regions/{region}/events",
  summary:
    "All events of reports and registry by time, person, unit and act (administrator, auditor)",
  request: { params: regionParams, query: auditQuery },
  responses: answers("A page of entries, latest first", auditEntriesResponse),
});

/** Named in one answer; the count is always that of all. */
const maxFaults = 50;
/** Reports verified at the same time. */
const reportsAtOnce = 8;

export function addHistoryRoutes(app: ApiApp, deps: ApiDeps): void {
  const audited = { ...deps, files: deps.vault };

  app.openapi(events, async (c) => {
    const { id } = c.req.valid("param");
    await requireSight(deps, c.var.person, id);
    const head = await deps.reports.surveyHead(id);
    if (head === undefined) throw notFound();
    const page = await deps.reports.surveyEvents(id, pageOf(c.req.valid("query")));
    const last = page.items.at(-1)?.seq ?? 0;
    // Not yet relayed ones follow on the last page.
    const outbox = page.next === undefined && "value" in head ? head.value.outbox : [];
    const items = [
      ...page.items.map((item) =>
        "value" in item ? item.value : { seq: item.seq, unreadable: item.corrupt },
      ),
      ...outbox.filter(({ seq }) => seq > last),
    ];
    const { region, orgCode } = placeOfReport(id);
    const view = await deps.registry.view(region);
    const org = await view.org(orgCode);
    const currentDepartment = org?.kind === "unit" ? org.parent : org?.code;
    const named = [
      currentDepartment,
      "value" in head ? head.value.departmentCode : undefined,
      ...items.flatMap((item) => ("event" in item ? departmentsIn(item.event) : [])),
    ];
    const departments = await Promise.all([...new Set(named)].map((one) => view.org(one ?? "")));
    const departmentNames = Object.fromEntries(
      departments.flatMap((one) => (one === undefined ? [] : [[one.code, one.name] as const])),
    );
    return answer(c, eventsResponse, {
      items,
      next: page.next,
      ...omitUndefined({ currentDepartment }),
      departmentNames,
    });
  });

  app.openapi(verification, async (c) => {
    const { id } = c.req.valid("param");
    await requireSight(deps, c.var.person, id);
    const verified = await verifyReport(audited, id, "full");
    if (verified === undefined) throw notFound();
    if (!verified.intact) {
      c.var.log.error("A report is damaged.", { reportId: id, faults: verified.faults });
    }
    return answer(c, verificationResponse, await verificationView(audited, verified));
  });

  app.openapi(auditLog, async (c) => {
    const { region } = c.req.valid("param");
    const isReader = ({ registry }: RoleDefinition) => registry !== "none";
    await requireBureauRole(deps, memberOf(c.var.person, region), isReader);
    const { from, to, limit, after, ...filter } = c.req.valid("query");
    const page = pageOf({ limit, after });
    return answer(
      c,
      auditEntriesResponse,
      await auditEntries(deps, region, { from, to, filter, page }),
    );
  });

  app.openapi(audit, async (c) => {
    const { region, year } = c.req.valid("param");
    const member = memberOf(c.var.person, region);
    await requireBureauRole(deps, member, ({ reach }) => reach === "region");
    const page = await deps.reports.byYear(region, year, pageOf(c.req.valid("query")));
    const ids = [...page.items.map(({ id }) => id), ...(page.damaged ?? [])].sort();
    const view = await deps.registry.view(region);
    const verified = await inBatches(ids, reportsAtOnce, (id) =>
      verifyReport(audited, id, "chain"),
    );
    const items = await Promise.all(
      // One may be gone since it was listed, which no command does.
      verified
        .filter((one) => one !== undefined)
        .map(async (one) => {
          const orgCode = placeOfReport(one.reportId).orgCode;
          const event = one.last?.event;
          return {
            reportId: one.reportId,
            orgCode,
            orgName: one.head?.orgName ?? (await view.org(orgCode))?.name ?? orgCode,
            ...(await verificationView(audited, one)),
            ...(event && { last: { type: event.type, at: event.at, byName: event.byName } }),
          };
        }),
    );
    return answer(c, auditResponse, { items, next: page.next });
  });
}

const departmentsIn = (event: ReportEvent): readonly (string | undefined)[] =>
  event.type === "submitted" ? [event.departmentCode, event.movedFrom] : [];

async function verificationView(
  deps: ContentReader,
  { head, intact, events: count, brokenAt, ...rest }: Verification,
) {
  const edition = head && (await editionIfSound(deps, head.edition));
  const { faults, gaps, files } = rest;
  return {
    intact,
    events: count,
    ...(head === undefined ? {} : { tip: head.chain.hash }),
    ...omitUndefined({ brokenAt }),
    faultCount: faults.length,
    faults: faults.slice(0, maxFaults).map((fault) => ({
      kind: fault.kind,
      ...faultText(fault, edition),
    })),
    unchecked: gaps.slice(0, maxFaults).map(gapText),
    files,
  };
}
