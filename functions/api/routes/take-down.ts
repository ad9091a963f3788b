import { createRoute } from "@hono/zod-openapi";
import {
  declineTakeDownBody,
  takeDownBody,
  takeDownSeenBody,
} from "../../../shared/contract/requests.ts";
import { reportResponse } from "../../../shared/contract/responses.ts";
import { act, actRequest as request, actsOf } from "../act.ts";
import { answer, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { requirePrintable } from "../printable.ts";

const askTakeDown = createRoute({
  ...act("take-down", "Ask that a published report be taken down, with the legal basis"),
  request: { ...request, body: body(takeDownBody) },
});
const takeDown = createRoute({
  ...act("take-down/confirm", "Take it down as another person asked (the bureau)"),
  request: { ...request, body: body(takeDownSeenBody) },
});
const declineTakeDown = createRoute({
  ...act("take-down/decline", "Decline what another person asked, with a reason (the bureau)"),
  request: { ...request, body: body(declineTakeDownBody) },
});
const withdrawTakeDown = createRoute({
  ...act("take-down/withdraw", "Take one's own request to take down back"),
  request: { ...request, body: body(takeDownSeenBody) },
});

/** 撤下: one person asks, another one at the bureau decides. */
export function addTakeDownRoutes(app: ApiApp, deps: ApiDeps): void {
  const { inHand, carryOut } = actsOf(deps);

  app.openapi(askTakeDown, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    requirePrintable(deps, c.req.valid("json"));
    const view = await carryOut(found, { type: "ask_take_down", ...c.req.valid("json") });
    return answer(c, reportResponse, view);
  });

  app.openapi(takeDown, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const view = await carryOut(found, { type: "take_down", ...c.req.valid("json") });
    return answer(c, reportResponse, view);
  });

  app.openapi(declineTakeDown, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const view = await carryOut(found, { type: "decline_take_down", ...c.req.valid("json") });
    return answer(c, reportResponse, view);
  });

  app.openapi(withdrawTakeDown, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const view = await carryOut(found, { type: "withdraw_take_down", ...c.req.valid("json") });
    return answer(c, reportResponse, view);
  });
}
