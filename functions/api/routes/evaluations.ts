import { createRoute } from "@hono/zod-openapi";
import {
  evaluationsQuery,
  readEvaluationsBody,
  reportParams,
} from "../../../shared/contract/requests.ts";
import { evaluationsReadResponse } from "../../../shared/contract/responses.ts";
import { contentDisposition } from "../../storage/content-disposition.ts";
import { readEvaluations } from "../../use-cases/read-evaluations.ts";
import { loadSection } from "../../use-cases/report-content.ts";
import { answer, answers, body, refusals } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { authorise } from "../people.ts";
import { orRefuse } from "../refusals.ts";

const base = "/api/reports/{id}/evaluations";
const contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const read = createRoute({
  method: "post",
  path: base,
  summary: "Read 项目支出绩效自评表 from a workbook; nothing is saved",
  request: { params: reportParams, body: body(readEvaluationsBody) },
  responses: answers("The tables and projects that it holds", evaluationsReadResponse),
});
const download = createRoute({
  method: "get",
  path: base,
  summary: "The 自评表 of a report as .xlsx, or the form to fill in and hand back",
  request: { params: reportParams, query: evaluationsQuery },
  responses: {
    ...refusals,
    200: {
      description: "A workbook, a sheet a table",
      content: { [contentType]: { schema: { type: "string", format: "binary" } } },
    },
  },
});

export function addEvaluationRoutes(app: ApiApp, deps: ApiDeps): void {
  const all = { ...deps, files: deps.vault };

  app.openapi(read, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const found = orRefuse(await readEvaluations(all, head, c.req.valid("json"), actor));
    return answer(c, evaluationsReadResponse, {
      ...found,
      tables: [...found.tables],
      ignored: [...found.ignored],
    });
  });

  app.openapi(download, async (c) => {
    const { head } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const { year, orgName: department, sections, edition } = head;
    const performance = await loadSection(
      all,
      "performance",
      sections.performance?.sha256,
      edition,
    );
    const isBlank = c.req.valid("query").form === "blank";
    const tables = isBlank ? [] : performance.selfEvaluations;
    const workbook = await deps.heavyWork("writeEvaluations", { tables, year, department });
    const fileName = `${department}${String(year)}年度项目支出绩效自评表.xlsx`;
    c.header("content-disposition", contentDisposition("attachment", fileName));
    return c.body(new Uint8Array(workbook).buffer, 200, { "content-type": contentType });
  });
}
