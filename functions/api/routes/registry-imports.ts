import { createRoute } from "@hono/zod-openapi";
import { Buffer } from "node:buffer";
import {
  importPartParams,
  planImportBody,
  regionParams,
} from "../../../shared/contract/requests.ts";
import {
  appliedPartResponse,
  importStateResponse,
  plannedImportResponse,
} from "../../../shared/contract/responses.ts";
import { importLines, vacancyLines } from "../../../shared/registry/import/import-words.ts";
import { registryTemplate } from "../../../shared/registry/import/registry-sheets.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { contentDisposition } from "../../storage/content-disposition.ts";
import { applyImportPart } from "../../use-cases/apply-import.ts";
import { planImport, planUndo, type PlannedImport } from "../../use-cases/registry-import.ts";
import { answer, answers, body, noBody, refusals } from "../answers.ts";
import type { ApiApp, ApiDeps, Person } from "../deps.ts";
import { handOverCode } from "../invitation-code.ts";
import { memberOf, requireBureauRole } from "../people.ts";
import { orRefuse } from "../refusals.ts";

const base = "/api/regions/{region}/registry-imports";
const contentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const template = createRoute({
  method: "get",
  path: `${base}/template`,
  summary: "The workbook to fill in with nodes and people (bureau administrator)",
  request: { params: regionParams },
  responses: {
    200: {
      description: "The template",
      content: { [contentType]: { schema: { type: "string", format: "binary" } } },
    },
    ...refusals,
  },
});
const state = createRoute({
  method: "get",
  path: base,
  summary: "The import under way, and the last one (bureau administrator)",
  request: { params: regionParams },
  responses: answers("Both, where there is one", importStateResponse),
});
const plan = createRoute({
  method: "post",
  path: base,
  summary: "Weigh a workbook of nodes and people; nothing is applied (bureau administrator)",
  request: { params: regionParams, body: body(planImportBody) },
  responses: answers("What it would change, part by part", plannedImportResponse),
});
const part = createRoute({
  method: "post",
  path: `${base}/{import}/parts/{part}`,
  summary: "Apply one part of a planned import (bureau administrator)",
  request: { params: importPartParams, body: noBody },
  responses: answers("How far it has come", appliedPartResponse),
});
const undo = createRoute({
  method: "post",
  path: `${base}/undo`,
  summary: "Plan to take the last import back (bureau administrator)",
  request: { params: regionParams, body: noBody },
  responses: answers("What that would change, part by part", plannedImportResponse),
});

/** Importing the tree and its people from a workbook. */
export function addRegistryImportRoutes(app: ApiApp, deps: ApiDeps): void {
  const all = { ...deps, files: deps.vault };
  const administrator = async (person: Person, region: string) => {
    const member = memberOf(person, region);
    await requireBureauRole(deps, member, (role) => role.registry === "keeps");
    return { id: member.subject, name: member.name };
  };
  const planned = (
    { id, plan: stored, parts, vacancies = [] }: ShownPlan,
    orgs: PlannedImport["orgs"],
  ) => {
    const names = { org: (code: string) => orgs.get(code)?.name ?? code, edition: String };
    const lines = [...importLines(stored, names), ...vacancyLines(vacancies, names)];
    return { id, parts, fileName: stored.fileName, lines };
  };

  app.openapi(template, async (c) => {
    await administrator(c.var.person, c.req.valid("param").region);
    const { writeWorkbook } = await import("../../use-cases/workbook/write-workbook.ts");
    const workbook = await writeWorkbook(registryTemplate(), "机构和人员名册");
    c.header("content-disposition", contentDisposition("attachment", "机构和人员名册.xlsx"));
    return c.body(new Uint8Array(workbook).buffer, 200, { "content-type": contentType });
  });

  app.openapi(state, async (c) => {
    const { region } = c.req.valid("param");
    await administrator(c.var.person, region);
    const head = await deps.registry.head(region);
    const { import: running, lastImport: last } = head?.state ?? {};
    return answer(c, importStateResponse, omitUndefined({ running, last }));
  });

  app.openapi(plan, async (c) => {
    const { region } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const { content, ...request } = c.req.valid("json");
    const bytes = new Uint8Array(Buffer.from(content, "base64"));
    const found = orRefuse(await planImport(all, by, { region, ...request, bytes }));
    c.var.log.info("An import was planned.", { region, import: found.id, parts: found.parts });
    return answer(c, plannedImportResponse, planned(found, found.orgs));
  });

  app.openapi(part, async (c) => {
    const { region, import: id, part: number } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const applied = orRefuse(await applyImportPart(all, by, { region, id, part: number }));
    c.var.log.info("A part of an import was applied.", { region, import: id, part: number });
    const invited = [];
    for (const one of applied.invited) {
      const { code, mailed } = await handOverCode(deps, one);
      const { name, mobile, email } = one.invitation;
      invited.push({ name, contact: mobile ?? email ?? "", code, mailed });
    }
    return answer(c, appliedPartResponse, { done: applied.done, parts: applied.parts, invited });
  });

  app.openapi(undo, async (c) => {
    const { region } = c.req.valid("param");
    await administrator(c.var.person, region);
    const found = orRefuse(await planUndo(all, region));
    return answer(c, plannedImportResponse, planned(found, new Map()));
  });
}

type ShownPlan = Pick<PlannedImport, "id" | "plan" | "parts"> & Partial<PlannedImport>;
