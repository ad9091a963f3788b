import { createRoute } from "@hono/zod-openapi";
import {
  diffQuery,
  lastYear,
  openReportBody,
  reportParams,
} from "../../../shared/contract/requests.ts";
import { yearChanges } from "../../../shared/comparison/year-changes.ts";
import {
  diffResponse,
  submissionsResponse,
  findingsResponse,
  narrativeResponse,
  openedResponse,
  publicationResponse,
  publicNoticeResponse,
  reportResponse,
} from "../../../shared/contract/responses.ts";
import { reasonSlots } from "../../../shared/narrative/gaps.ts";
import { allowedActions, type ReportAction } from "../../../shared/workflow/available.ts";
import { actorTowards } from "../../../shared/registry/access.ts";
import { lineageOf } from "../../use-cases/access.ts";
import { outdatedUnits } from "../../use-cases/consolidate-unit-states.ts";
import { unitsOfDepartment } from "../../use-cases/consolidate-units.ts";
import { submissionsOf } from "../../use-cases/history.ts";
import { narrativeView } from "../../use-cases/narrative-view.ts";
import { currentSummaries } from "../../use-cases/current-summaries.ts";
import { keepCheck } from "../../use-cases/progress/keep-notes.ts";
import { openReport } from "../../use-cases/open-report.ts";
import { loadOfferedReport, rollForward } from "../../use-cases/prior-year.ts";
import { correctionToCome } from "../../use-cases/correction-to-come.ts";
import { publicationState } from "../../use-cases/publication-state.ts";
import { hashOf, loadManifest, loadReport, manifestOf } from "../../use-cases/report-content.ts";
import { loadDraftToCheck } from "../../use-cases/report-to-check.ts";
import { answer, answers, besideAnswer, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { ApiError, notFound } from "../errors.ts";
import { memberOf, authorise } from "../people.ts";
import { orRefuse } from "../refusals.ts";
import { reportView } from "../report-view.ts";

const open = createRoute({
  method: "post",
  path: "/api/reports",
  summary: "Open a node's report of a year (its preparer)",
  request: { body: body(openReportBody) },
  responses: answers("The report, with what rolls forward from last year's", openedResponse, 201),
});
const read = createRoute({
  method: "get",
  path: "/api/reports/{id}",
  summary: "A report: state, whose turn, sections by hash, what I may do",
  request: { params: reportParams },
  responses: answers("The report; its ETag is its version", reportResponse),
});
const findings = createRoute({
  method: "get",
  path: "/api/reports/{id}/findings",
  summary: "Everything that is wrong with the report as it is now, and the ledger of all rules",
  request: { params: reportParams },
  responses: answers("Findings, worst first", findingsResponse),
});
const narrative = createRoute({
  method: "get",
  path: "/api/reports/{id}/narrative",
  summary: "The statutory narrative as written from the cells",
  request: { params: reportParams },
  responses: answers("Chapters, and the reasons the report takes", narrativeResponse),
});
const diff = createRoute({
  method: "get",
  path: "/api/reports/{id}/diff",
  summary: "What changed between two submissions, or since one until now",
  request: { params: reportParams, query: diffQuery },
  responses: answers("Cells, sentences, files and facts that differ", diffResponse),
});
const submissions = createRoute({
  method: "get",
  path: "/api/reports/{id}/editions",
  summary: "Submissions that were handed in, latest first",
  request: { params: reportParams },
  responses: answers("Submissions by hash", submissionsResponse),
});
const publication = createRoute({
  method: "get",
  path: "/api/reports/{id}/publication",
  summary: "How far the report has come on its way to the portal",
  request: { params: reportParams },
  responses: answers("Its publication", publicationResponse),
});

const publicNotice = createRoute({
  method: "get",
  path: "/api/reports/{id}/public-notice",
  summary: "What the public will read of the correction under way",
  request: { params: reportParams },
  responses: answers("The notice, and what changed against what is public", publicNoticeResponse),
});

export function addReportRoutes(app: ApiApp, deps: ApiDeps): void {
  const blobs = { files: deps.vault, sha256: deps.sha256, editions: deps.editions };

  app.openapi(open, async (c) => {
    const { region, year, orgCode } = c.req.valid("json");
    const member = memberOf(c.var.person, region);
    const view = await deps.registry.view(region);
    const [org, fiscalYear, ...places] = await Promise.all([
      view.org(orgCode),
      view.year(year),
      lineageOf(view, orgCode, year),
      lineageOf(view, orgCode),
    ]);
    // Of a year in which the node was not there, its people learn of it.
    const lineage = places.find((place) => place !== undefined);
    if (org === undefined || lineage === undefined) throw notFound();
    const actor = actorTowards(member, lineage);
    if (actor.roles.length === 0) throw notFound();
    if (org.kind === "bureau") {
      throw new ApiError("invalid_request", "财政部门审核各部门决算，自身的决算以部门身份编制。");
    }
    if (fiscalYear === undefined) throw notFound();
    const opened = orRefuse(await openReport(deps, { org, lineage, year: fiscalYear }, actor));
    const { head, ...begun } = await rollForward({ ...deps, ...blobs }, opened, actor);
    return answer(c, openedResponse, { ...reportView(deps, head, actor), ...begun }, 201);
  });

  app.openapi(read, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    c.header("etag", `"${String(head.version)}"`);
    const [summary] = await currentSummaries(deps, [head]);
    return answer(c, reportResponse, reportView(deps, head, actor, summary));
  });

  app.openapi(findings, async (c) => {
    const found = await authorise(deps, c.var.person, c.req.valid("param").id);
    const { head } = found;
    const [report, units] = await Promise.all([
      loadDraftToCheck({ ...deps, ...blobs }, head),
      unitsOfDepartment(deps, head),
    ]);
    const editionHash = hashOf(deps, head);
    const { view, summary } = await deps.heavyWork("findings", {
      report,
      outdated: outdatedUnits(units, report.sections.adjustments),
    });
    // What is in review was checked when it was handed in.
    if (head.state.status === "draft") {
      await besideAnswer(c, () => keepCheck(deps, found, editionHash, summary));
    }
    return answer(c, findingsResponse, { editionHash, ...view });
  });

  app.openapi(narrative, async (c) => {
    const { head } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const report = await loadReport(blobs, manifestOf(head));
    return answer(c, narrativeResponse, {
      editionHash: hashOf(deps, head),
      chapters: narrativeView(report),
      slots: reasonSlots(report),
    });
  });

  app.openapi(diff, async (c) => {
    const { head } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const { from, to = hashOf(deps, head) } = c.req.valid("query");
    const current = hashOf(deps, head);
    const handedIn = await submissionsOf(deps, head);
    const edition = async (hash: string) => {
      if (hash === current) return loadReport(blobs, manifestOf(head));
      if (handedIn.every(({ editionHash }) => editionHash !== hash)) throw notFound();
      return loadReport(blobs, await loadManifest(blobs, hash));
    };
    if (from === lastYear) {
      const prior = await loadOfferedReport({ ...deps, ...blobs }, head);
      if (prior === undefined) throw notFound();
      const cells = yearChanges(prior, await edition(to));
      const others = { sentences: [], attachments: [], explanations: [], facts: [] };
      return answer(c, diffResponse, { from, to, cells, ...others });
    }
    const [older, newer] = await Promise.all([edition(from), edition(to)]);
    const changes = await deps.heavyWork("diff", { older, newer });
    return answer(c, diffResponse, { from, to, ...changes });
  });

  app.openapi(submissions, async (c) => {
    const { head } = await authorise(deps, c.var.person, c.req.valid("param").id);
    return answer(c, submissionsResponse, { items: await submissionsOf(deps, head) });
  });

  app.openapi(publicNotice, async (c) => {
    const { head } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const notice = await correctionToCome({ ...deps, ...blobs }, head);
    if (notice === undefined) throw notFound();
    return answer(c, publicNoticeResponse, notice);
  });

  app.openapi(publication, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const publicationStatus = await publicationState({ ...deps, files: deps.vault }, head);
    const mending: readonly ReportAction[] = ["retry_publication", "undo_approval"];
    const allowed = allowedActions(head.state, actor).filter((one) => mending.includes(one));
    return answer(c, publicationResponse, { ...publicationStatus, allowedActions: allowed });
  });
}
