import { createRoute } from "@hono/zod-openapi";
import { shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { approvalsBody, worklistQuery, yearParams } from "../../../shared/contract/requests.ts";
import { approvalsResponse, approvalsWaitingResponse } from "../../../shared/contract/responses.ts";
import { actorTowards } from "../../../shared/registry/access.ts";
import { reviewerOf, type RoleDefinition } from "../../../shared/workflow/roles.ts";
import { queueOf } from "../../../shared/workflow/turn.ts";
import { lineageOfReport } from "../../use-cases/access.ts";
import { approveTogether, obstacleTo } from "../../use-cases/approve-together.ts";
import { summaryOf } from "../../use-cases/summary.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps, Person } from "../deps.ts";
import { notFound } from "../errors.ts";
import { pageOf } from "../page.ts";
import { authorise, memberOf, requireBureauRole } from "../people.ts";
import { requirePrintable } from "../printable.ts";
import { apiErrorOf } from "../refusals.ts";

const listWaiting = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/approvals",
  summary: "Reports that wait for the bureau's approval, and what keeps each from a common one",
  request: { params: yearParams, query: worklistQuery },
  responses: answers("A page of reports, earliest due first", approvalsWaitingResponse),
});
const approveAll = createRoute({
  method: "post",
  path: "/api/regions/{region}/years/{year}/approvals",
  summary: "Approve several reports by one document (批量批复), each with its own outcome",
  request: { params: yearParams, body: body(approvalsBody) },
  responses: answers("What became of each", approvalsResponse),
});

/** 批复 of several reports at once, by the bureau's reviewers. */
export function addApprovalRoutes(app: ApiApp, deps: ApiDeps): void {
  const stores = { ...deps, files: deps.vault };

  const reviewer = async (person: Person, region: string) => {
    const member = memberOf(person, region);
    const isMeant = ({ duty }: RoleDefinition) =>
      duty.kind === "reviews" && duty.stage === "bureau";
    await requireBureauRole(deps, member, isMeant);
    return member;
  };

  app.openapi(listWaiting, async (c) => {
    const { region, year: number } = c.req.valid("param");
    const member = await reviewer(c.var.person, region);
    const view = await deps.registry.view(region);
    const [bureau, year] = await Promise.all([view.bureau(), view.year(number)]);
    if (bureau === undefined || year === undefined) throw notFound();
    const queue = queueOf(region, { role: reviewerOf.bureau, orgCode: bureau.code });
    const page = await deps.reports.byTurn(queue, pageOf(c.req.valid("query")));
    const ofYear = page.items.filter((head) => head.year === number);
    const items = await Promise.all(
      ofYear.map(async (head) => {
        const lineage = await lineageOfReport(view, head);
        if (lineage === undefined || !("submission" in head.state)) return [];
        const { editionHash, at } = head.state.submission;
        const document = { documentNumber: "（待填）", approvedOn: shanghaiDay(deps.now()) };
        const actor = actorTowards(member, lineage);
        const obstacle = await obstacleTo(stores, { head, lineage, year }, actor, {
          ...{ editionHash, document },
        });
        return [
          {
            ...summaryOf(head),
            ...{ editionHash, submittedAt: at },
            ...(obstacle && { obstacle: apiErrorOf(obstacle).message }),
          },
        ];
      }),
    );
    return answer(c, approvalsWaitingResponse, { items: items.flat(), next: page.next });
  });

  app.openapi(approveAll, async (c) => {
    const { region, year } = c.req.valid("param");
    await reviewer(c.var.person, region);
    const { reports, ...document } = c.req.valid("json");
    requirePrintable(deps, { documentNumber: document.documentNumber });
    if (reports.some(({ id }) => !id.startsWith(`${region}-${String(year)}-`))) throw notFound();
    const found = await Promise.all(
      reports.map(async ({ id, ...order }) => ({
        inHand: await authorise(deps, c.var.person, id),
        order: { ...order, document },
      })),
    );
    const items = [];
    // One after the other: each reads and hashes all of a report.
    for (const { inHand, order } of found) {
      const { id } = inHand.head;
      const done = await approveTogether(stores, inHand, inHand.actor, order);
      items.push(
        done.ok
          ? { id, approved: true }
          : { id, approved: false, message: apiErrorOf(done.error).message },
      );
      c.var.log.info("A report was decided on with others.", { reportId: id, approved: done.ok });
    }
    return answer(c, approvalsResponse, { items });
  });
}
