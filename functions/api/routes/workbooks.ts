import { createRoute } from "@hono/zod-openapi";
import { orgYearParams, reportParams, workbookQuery } from "../../../shared/contract/requests.ts";
import { contentDisposition } from "../../storage/content-disposition.ts";
import { loadReport, manifestOf } from "../../use-cases/report-content.ts";
import { actorTowards } from "../../../shared/registry/access.ts";
import { lineageOf } from "../../use-cases/access.ts";
import { loadOfferedReport } from "../../use-cases/prior-year.ts";
import { orgIn } from "../../../shared/registry/org-in-year.ts";
import { refusals } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { notFound } from "../errors.ts";
import { memberOf, authorise } from "../people.ts";

const contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const download = createRoute({
  method: "get",
  path: "/api/reports/{id}/workbook",
  summary: "The tables as they are now as .xlsx, to read or to fill in and hand back",
  request: { params: reportParams, query: workbookQuery },
  responses: {
    ...refusals,
    200: {
      description: "A workbook, a sheet a table; of an empty report the form to fill in",
      content: { [contentType]: { schema: { type: "string", format: "binary" } } },
    },
  },
});

const template = createRoute({
  method: "get",
  path: "/api/regions/{region}/years/{year}/orgs/{orgCode}/workbook",
  summary: "The form to fill in as .xlsx, with last year's codes and figures, opened or not",
  request: { params: orgYearParams },
  responses: {
    ...refusals,
    200: {
      description: "A workbook, a sheet a table, with nothing of this year in it",
      content: { [contentType]: { schema: { type: "string", format: "binary" } } },
    },
  },
});

export function addWorkbookRoutes(app: ApiApp, deps: ApiDeps): void {
  const blobs = { files: deps.vault, sha256: deps.sha256, editions: deps.editions };

  app.openapi(download, async (c) => {
    const { head } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const { section } = c.req.valid("query");
    const report = await loadReport(blobs, manifestOf(head));
    const lastYear = await loadOfferedReport({ ...deps, ...blobs }, report.identity);
    const workbook = await deps.heavyWork("writeWorkbook", {
      report,
      only: section,
      lastYear,
    });
    if (workbook === undefined) throw notFound();
    const { title } = report.edition.forms.find(({ id }) => id === section) ?? { title: "决算表" };
    const fileName = `${head.orgName}${String(head.year)}年度${title}.xlsx`;
    c.header("content-disposition", contentDisposition("attachment", fileName));
    return c.body(new Uint8Array(workbook).buffer, 200, { "content-type": contentType });
  });

  app.openapi(template, async (c) => {
    const { region, year, orgCode } = c.req.valid("param");
    const member = memberOf(c.var.person, region);
    const view = await deps.registry.view(region);
    const [stored, lineage, fiscalYear] = await Promise.all([
      view.org(orgCode),
      lineageOf(view, orgCode, year),
      view.year(year),
    ]);
    const org = stored && orgIn(stored, year);
    if (org === undefined || lineage === undefined || fiscalYear === undefined) throw notFound();
    if (org.kind === "bureau" || actorTowards(member, lineage).roles.length === 0) throw notFound();
    const { templateOf } = await import("../../use-cases/workbook/export-workbook.ts");
    const workbook = await templateOf({ ...deps, ...blobs }, { org, year: fiscalYear });
    const fileName = `${org.name}${String(year)}年度决算表（模板）.xlsx`;
    c.header("content-disposition", contentDisposition("attachment", fileName));
    return c.body(new Uint8Array(workbook).buffer, 200, { "content-type": contentType });
  });
}
