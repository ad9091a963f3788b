import { createRoute } from "@hono/zod-openapi";
import { pageQuery, reportParams } from "../../../shared/contract/requests.ts";
import { eventsResponse, verificationResponse } from "../../../shared/contract/responses.ts";
import { verifyHistory } from "../../use-cases/history.ts";
import { answer, answers } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { pageOf } from "../page.ts";
import { visit } from "../people.ts";

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
  summary: "Recompute the chain of events",
  request: { params: reportParams },
  responses: answers("Whether it holds, and where not", verificationResponse),
});

export function addHistoryRoutes(app: ApiApp, deps: ApiDeps): void {
  app.openapi(events, async (c) => {
    const { head } = await visit(deps, c.var.person, c.req.valid("param").id);
    const page = await deps.reports.events(head.id, pageOf(c.req.valid("query")));
    const last = page.items.at(-1)?.seq ?? 0;
    // Not yet relayed ones follow on the last page.
    const waiting = page.next === undefined ? head.outbox.filter(({ seq }) => seq > last) : [];
    return answer(c, eventsResponse, { items: [...page.items, ...waiting], next: page.next });
  });

  app.openapi(verification, async (c) => {
    const { head } = await visit(deps, c.var.person, c.req.valid("param").id);
    return answer(c, verificationResponse, await verifyHistory(deps, head));
  });
}
