import { createRoute } from "@hono/zod-openapi";
import { reportParams, seenBody, viewedBody } from "../../../shared/contract/requests.ts";
import {
  reviewResponse,
  seenResponse,
  viewedResponse,
} from "../../../shared/contract/responses.ts";
import { hashOf } from "../../use-cases/report-content.ts";
import { reviewOf, tickPart } from "../../use-cases/review.ts";
import { markSeen } from "../../use-cases/seen-submission.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { authorise } from "../people.ts";
import { orRefuse } from "../refusals.ts";
import { requireSection } from "../require-section.ts";

const review = createRoute({
  method: "get",
  path: "/api/reports/{id}/review",
  summary: "What I compare the report with, what of it I have seen, and why it was returned",
  request: { params: reportParams },
  responses: answers("Bases of comparison, parts I viewed, the last return", reviewResponse),
});
const see = createRoute({
  method: "post",
  path: "/api/reports/{id}/seen",
  summary: "Mark that I have looked at the submission in review",
  request: { params: reportParams, body: body(seenBody) },
  responses: answers("The submission", seenResponse),
});
const tick = createRoute({
  method: "put",
  path: "/api/reports/{id}/viewed",
  summary: "Tick a part of the submission in review as viewed (已阅), or take the tick away",
  request: { params: reportParams, body: body(viewedBody) },
  responses: answers("The parts I have viewed", viewedResponse),
});

/** What one person has seen of a report, which nobody else reads. */
export function addReviewRoutes(app: ApiApp, deps: ApiDeps): void {
  app.openapi(review, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const editionHash = hashOf(deps, head);
    const found = await reviewOf(deps, head, { subject: actor.id, editionHash });
    return answer(c, reviewResponse, {
      ...found,
      bases: [...found.bases],
      viewed: [...found.viewed],
    });
  });

  app.openapi(see, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const { editionHash } = c.req.valid("json");
    orRefuse(await markSeen(deps, head, actor, editionHash));
    return answer(c, seenResponse, { editionHash });
  });

  app.openapi(tick, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const order = c.req.valid("json");
    await requireSection(deps, head.edition, order.part);
    const viewed = orRefuse(await tickPart(deps, head, actor, order));
    return answer(c, viewedResponse, { viewed: [...viewed] });
  });
}
