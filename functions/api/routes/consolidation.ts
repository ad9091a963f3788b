import { createRoute } from "@hono/zod-openapi";
import {
  consolidateBody,
  consolidatedCellQuery,
  reportParams,
} from "../../../shared/contract/requests.ts";
import {
  consolidatedCellResponse,
  consolidationResponse,
} from "../../../shared/contract/responses.ts";
import { consolidateDepartment } from "../../use-cases/consolidate.ts";
import { consolidatedCell, consolidationView } from "../../use-cases/consolidate-view.ts";
import { editionOf } from "../../use-cases/stored-edition.ts";
import { hasTablesOf } from "../../../shared/report/section-ids.ts";
import { hashOf } from "../../use-cases/report-content.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps, Person } from "../deps.ts";
import { ApiError, notFound } from "../errors.ts";
import { authorise } from "../people.ts";
import { orRefuse } from "../refusals.ts";

const read = createRoute({
  method: "get",
  path: "/api/reports/{id}/consolidation",
  summary: "A department's draft against its units: their status, internal flows, what moved since",
  request: { params: reportParams },
  responses: answers("The draft compared with its units", consolidationResponse),
});
const readCell = createRoute({
  method: "get",
  path: "/api/reports/{id}/consolidation/cells",
  summary: "What a cell of the department is made of",
  request: { params: reportParams, query: consolidatedCellQuery },
  responses: answers("The units and entries that add up to it", consolidatedCellResponse),
});
const consolidate = createRoute({
  method: "post",
  path: "/api/reports/{id}/consolidation",
  summary: "Write what the approved units and the entries add up to over the department's draft",
  request: { params: reportParams, body: body(consolidateBody) },
  responses: answers("The draft, as it is now, compared with its units", consolidationResponse),
});

export function addConsolidationRoutes(app: ApiApp, deps: ApiDeps): void {
  const all = { ...deps, files: deps.vault };

  /** Only a department is added up; a unit's report has no 汇总. */
  const authoriseDepartment = async (person: Person, id: string) => {
    const authorised = await authorise(deps, person, id);
    if (authorised.head.kind !== "department") throw notFound();
    return authorised;
  };

  app.openapi(read, async (c) => {
    const { head } = await authoriseDepartment(c.var.person, c.req.valid("param").id);
    const view = await consolidationView(all, head);
    return answer(c, consolidationResponse, { editionHash: hashOf(deps, head), ...view });
  });

  app.openapi(readCell, async (c) => {
    const { head } = await authoriseDepartment(c.var.person, c.req.valid("param").id);
    const { cell } = c.req.valid("query");
    if (!hasTablesOf(await editionOf(all, head.edition), [cell])) throw notFound();
    return answer(c, consolidatedCellResponse, await consolidatedCell(all, head, cell));
  });

  app.openapi(consolidate, async (c) => {
    const { head, actor } = await authoriseDepartment(c.var.person, c.req.valid("param").id);
    const done = await consolidateDepartment(all, head, c.req.valid("json"), actor);
    if (!done.ok && done.error.code === "section_conflict") {
      throw new ApiError("stale_version", "汇总时有人刚保存过本报告，没有写入，请刷新后重试。");
    }
    if (!done.ok && done.error.code === "units_outstanding") {
      throw new ApiError("units_outstanding", "所属单位的决算都还没有批复，没有可以汇总的数据。", {
        orgCodes: done.error.orgCodes,
      });
    }
    const after = orRefuse(done);
    const view = await consolidationView(all, after);
    return answer(c, consolidationResponse, { editionHash: hashOf(deps, after), ...view });
  });
}
