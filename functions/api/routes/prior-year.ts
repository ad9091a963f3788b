import { createRoute } from "@hono/zod-openapi";
import { reportParams } from "../../../shared/contract/requests.ts";
import { priorYearResponse } from "../../../shared/contract/responses.ts";
import { priorYear, takePriorYear } from "../../use-cases/prior-year.ts";
import { answer, answers, noBody } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { ApiError } from "../errors.ts";
import { authorise } from "../people.ts";
import { orRefuse } from "../refusals.ts";

const read = createRoute({
  method: "get",
  path: "/api/reports/{id}/prior-year",
  summary: "What the approved report of the year before offers to this one",
  request: { params: reportParams },
  responses: answers("Last year's figures by cell, where they are stored", priorYearResponse),
});
const take = createRoute({
  method: "post",
  path: "/api/reports/{id}/prior-year",
  summary: "Write last year's approved figures into the facts of a draft",
  request: { params: reportParams, body: noBody },
  responses: answers("Last year's figures by cell, now in the facts", priorYearResponse),
});

export function addPriorYearRoutes(app: ApiApp, deps: ApiDeps): void {
  const all = { ...deps, files: deps.vault };

  app.openapi(read, async (c) => {
    const { head } = await authorise(deps, c.var.person, c.req.valid("param").id);
    return answer(c, priorYearResponse, await priorYear(all, head));
  });

  app.openapi(take, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const taken = await takePriorYear(all, head, actor);
    if (!taken.ok && taken.error.code === "not_found") {
      throw new ApiError("not_found", "系统里没有本单位上年批复的决算，上年数须自行填写。");
    }
    if (!taken.ok && taken.error.code === "section_conflict") {
      throw new ApiError("stale_version", "取上年数时有人刚保存过基本情况，没有写入，请重试。");
    }
    return answer(c, priorYearResponse, await priorYear(all, orRefuse(taken)));
  });
}
