import { createRoute } from "@hono/zod-openapi";
import type { z } from "zod";
import {
  correctBody,
  signOffBody,
  undoApprovalBody,
  verdictApproveBody,
  verdictReturnBody,
  withdrawBody,
} from "../../../shared/contract/requests.ts";
import { reportResponse } from "../../../shared/contract/responses.ts";
import type { ThreadAnchor } from "../../../shared/workflow/thread.ts";
import { giveVerdict, type Verdict } from "../../use-cases/give-verdict.ts";
import { keepOpenRemarks } from "../../use-cases/progress/keep-notes.ts";
import { giveVerdictWith } from "../../use-cases/verdict-with-remarks.ts";
import { takeEdition } from "../../use-cases/take-edition.ts";
import { submitReport } from "../../use-cases/submit-report.ts";
import { act, actRequest as request, actsOf } from "../act.ts";
import { answer, besideAnswer, body, noBody } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import type { AuthorisedReport } from "../people.ts";
import { requirePrintable } from "../printable.ts";
import { orRefuse } from "../refusals.ts";
import { reportView } from "../report-view.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const submit = createRoute({
  ...act("submit", "Hand the report in as it is now; refused while it has errors"),
  request: { ...request, body: noBody },
});
const withdraw = createRoute({
  ...act("withdraw", "Take it back with a reason before the next level has acted (its submitter)"),
  request: { ...request, body: body(withdrawBody) },
});
const approve = createRoute({
  ...act("approve", "Pass it to the next level; at the bureau the final approval (批复)"),
  request: { ...request, body: body(verdictApproveBody) },
});
const giveBack = createRoute({
  ...act("return", "Return it with a reason, to the preparer or the level below"),
  request: { ...request, body: body(verdictReturnBody) },
});
const signOff = createRoute({
  ...act("sign-offs", "Sign the submission: 保密审查 or 负责人审签"),
  request: { ...request, body: body(signOffBody) },
});
const takeEditionRoute = createRoute({
  ...act("take-edition", "Go on in the new version of the report's edition (its preparer)"),
  request: { ...request, body: noBody },
});
const correct = createRoute({
  ...act("correct", "Open a correction (更正) of a published report"),
  request: { ...request, body: body(correctBody) },
});
const retryPublication = createRoute({
  ...act("retry-publication", "Have a failed print or publication tried again (the bureau)"),
  request: { ...request, body: noBody },
});
const undoApproval = createRoute({
  ...act("undo-approval", "Undo the bureau's approval (撤销批复) before anything is public"),
  request: { ...request, body: body(undoApprovalBody) },
});

export function addActRoutes(app: ApiApp, deps: ApiDeps): void {
  const { inHand, carryOut } = actsOf(deps);
  const stores = { ...deps, files: deps.vault };
  const decideOn = async (
    c: Parameters<typeof besideAnswer>[0],
    found: AuthorisedReport,
    verdict: Exclude<Verdict, { type: "sign_off" }>,
    sent: z.infer<typeof verdictReturnBody>["remarks"],
  ) => {
    const remarks = sent.map(({ anchor, ...rest }) => ({
      anchor: anchor as ThreadAnchor,
      ...rest,
    }));
    const given = await giveVerdictWith(stores, found, verdict, remarks, found.actor);
    // Remarks may have been stored where the verdict was refused.
    if (remarks.length > 0) await besideAnswer(c, () => keepOpenRemarks(deps, found));
    return reportView(deps, orRefuse(given), found.actor);
  };

  app.openapi(submit, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const stored = await submitReport({ ...deps, files: deps.vault }, found, found.actor);
    return answer(c, reportResponse, reportView(deps, orRefuse(stored), found.actor));
  });

  app.openapi(takeEditionRoute, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const stored = orRefuse(await takeEdition(deps, found, found.actor));
    return answer(c, reportResponse, reportView(deps, stored, found.actor));
  });

  app.openapi(withdraw, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const order = { type: "withdraw" as const, ...c.req.valid("json") };
    return answer(c, reportResponse, await carryOut(found, order));
  });

  app.openapi(approve, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const { documentNumber, approvedOn, remarks, ...order } = c.req.valid("json");
    requirePrintable(deps, { documentNumber });
    const verdict = {
      ...{ type: "approve" as const, ...order },
      ...omitUndefined({ documentNumber, approvedOn }),
    };
    const view = await decideOn(c, found, verdict, remarks);
    return answer(c, reportResponse, view);
  });

  app.openapi(giveBack, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const { remarks, ...order } = c.req.valid("json");
    const view = await decideOn(c, found, { type: "return", ...order }, remarks);
    return answer(c, reportResponse, view);
  });

  app.openapi(signOff, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const order = { type: "sign_off" as const, ...c.req.valid("json") };
    const signed = orRefuse(await giveVerdict(stores, found, order, found.actor));
    const view = reportView(deps, signed, found.actor);
    return answer(c, reportResponse, view);
  });

  app.openapi(correct, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    requirePrintable(deps, c.req.valid("json"));
    const view = await carryOut(found, { type: "correct", ...c.req.valid("json") });
    return answer(c, reportResponse, view);
  });

  app.openapi(retryPublication, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    return answer(c, reportResponse, await carryOut(found, { type: "retry_publication" }));
  });

  app.openapi(undoApproval, async (c) => {
    const { id } = c.req.valid("param");
    const found = await inHand(c.var.person, id, c.req.valid("header"));
    const view = await carryOut(found, { type: "undo_approval", ...c.req.valid("json") });
    return answer(c, reportResponse, view);
  });
}
