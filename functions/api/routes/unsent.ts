import { createRoute } from "@hono/zod-openapi";
import { reportParams, unsentBody } from "../../../shared/contract/requests.ts";
import { unsentResponse } from "../../../shared/contract/responses.ts";
import { mayHaveUnsent, reportUnsent, unsentChanges } from "../../use-cases/unsent-changes.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps, Person } from "../deps.ts";
import { ApiError } from "../errors.ts";
import { authorise } from "../people.ts";
import { requireSection } from "../require-section.ts";

const list = createRoute({
  method: "get",
  path: "/api/reports/{id}/unsent",
  summary: "Who has typed into the report and not sent it yet (those who may edit it)",
  request: { params: reportParams },
  responses: answers("One entry a browser, latest first", unsentResponse),
});
const report = createRoute({
  method: "put",
  path: "/api/reports/{id}/unsent",
  summary: "Report which sections a browser of mine has not sent; none when all are",
  request: { params: reportParams, body: body(unsentBody) },
  responses: answers("All entries of the report", unsentResponse),
});

/** Unsent changes are between those who draw the report up; nobody else learns of them. */
export function addUnsentRoutes(app: ApiApp, deps: ApiDeps): void {
  const editorOf = async (person: Person, id: string) => {
    const authorised = await authorise(deps, person, id);
    if (!mayHaveUnsent(authorised.actor)) throw new ApiError("wrong_role");
    return authorised;
  };

  app.openapi(list, async (c) => {
    const { id } = c.req.valid("param");
    const { head } = await editorOf(c.var.person, id);
    return answer(c, unsentResponse, { items: await unsentChanges(deps, head) });
  });

  app.openapi(report, async (c) => {
    const { id } = c.req.valid("param");
    const { head, actor } = await editorOf(c.var.person, id);
    const unsent = c.req.valid("json");
    for (const section of unsent.sections) await requireSection(deps, head.edition, section);
    const reported = await reportUnsent(deps, id, unsent, actor);
    if (reported === "given_up") throw new ApiError("stale_version");
    return answer(c, unsentResponse, { items: await unsentChanges(deps, head) });
  });
}
