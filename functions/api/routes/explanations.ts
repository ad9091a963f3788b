import { createRoute } from "@hono/zod-openapi";
import { explainBody, explanationParams, reportParams } from "../../../shared/contract/requests.ts";
import { savedSectionResponse } from "../../../shared/contract/responses.ts";
import { explainFinding, withdrawExplanation } from "../../use-cases/explain.ts";
import { hashOf } from "../../use-cases/report-content.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { ApiError } from "../errors.ts";
import { authorise } from "../people.ts";
import { orRefuse } from "../refusals.ts";

const explain = createRoute({
  method: "post",
  path: "/api/reports/{id}/explanations",
  summary: "Explain a warning as it is now; void as soon as one of its figures changes",
  request: { params: reportParams, body: body(explainBody) },
  responses: answers("Who explained it, and the section's new hash", savedSectionResponse),
});
const withdraw = createRoute({
  method: "delete",
  path: "/api/reports/{id}/explanations/{explanation}",
  summary: "Take an explanation back; its warning asks again",
  request: { params: explanationParams },
  responses: answers("The section's new hash", savedSectionResponse),
});

export function addExplanationRoutes(app: ApiApp, deps: ApiDeps): void {
  const all = { ...deps, files: deps.vault };

  /** Many at once are added one after the other; only a crowd ends here. */
  const savedOrRefuse = (done: Awaited<ReturnType<typeof explainFinding>>) => {
    if (!done.ok && done.error.code === "section_conflict") {
      throw new ApiError("stale_version", "同时有多人在填写说明，没有保存，请重试。");
    }
    const { head, pointer } = orRefuse(done);
    return {
      section: "explanations" as const,
      pointer,
      version: head.version,
      editionHash: hashOf(deps, head),
    };
  };

  app.openapi(explain, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const done = await explainFinding(all, head, c.req.valid("json"), actor);
    return answer(c, savedSectionResponse, savedOrRefuse(done));
  });

  app.openapi(withdraw, async (c) => {
    const { id, explanation } = c.req.valid("param");
    const { head, actor } = await authorise(deps, c.var.person, id);
    const done = await withdrawExplanation(all, head, explanation, actor);
    return answer(c, savedSectionResponse, savedOrRefuse(done));
  });
}
