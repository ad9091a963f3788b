import { createRoute } from "@hono/zod-openapi";
import {
  submissionSectionParams,
  importBody,
  reportParams,
  saveSectionBody,
  sectionParams,
} from "../../../shared/contract/requests.ts";
import {
  importResponse,
  savedSectionResponse,
  sectionResponse,
} from "../../../shared/contract/responses.ts";
import { emptySection, isTable } from "../../../shared/report/section-ids.ts";
import { submissionsOf } from "../../use-cases/history.ts";
import { importTables } from "../../use-cases/import-tables.ts";
import { soundOrThrow, writeAnewText } from "../../use-cases/damage.ts";
import { hashOf, loadManifest, loadSection, readSection } from "../../use-cases/report-content.ts";
import { saveSection } from "../../use-cases/save-section.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { ApiError, notFound } from "../errors.ts";
import { authorise } from "../people.ts";
import { orRefuse } from "../refusals.ts";
import { requireSection } from "../require-section.ts";

const read = createRoute({
  method: "get",
  path: "/api/reports/{id}/sections/{section}",
  summary: "A section as it is now",
  request: { params: sectionParams },
  responses: answers("The section; empty if nobody saved it", sectionResponse),
});
const save = createRoute({
  method: "put",
  path: "/api/reports/{id}/sections/{section}",
  summary: "Save a section over the one its editor started from",
  request: { params: sectionParams, body: body(saveSectionBody) },
  responses: answers("Who saved it and its new hash", savedSectionResponse),
});
const readOfSubmission = createRoute({
  method: "get",
  path: "/api/reports/{id}/editions/{hash}/sections/{section}",
  summary: "A section as it was handed in",
  request: { params: submissionSectionParams },
  responses: answers("The section of that submission, never changed", sectionResponse),
});
const takeIn = createRoute({
  method: "post",
  path: "/api/reports/{id}/imports",
  summary: "Take in tables from a file: all of them, or none with every fault named",
  request: { params: reportParams, body: body(importBody) },
  responses: answers("The sections saved", importResponse),
});

export function addSectionRoutes(app: ApiApp, deps: ApiDeps): void {
  const blobs = { files: deps.vault, sha256: deps.sha256, editions: deps.editions };

  app.openapi(read, async (c) => {
    const { id, section } = c.req.valid("param");
    const { head } = await authorise(deps, c.var.person, id);
    await requireSection(deps, head.edition, section);
    const pointer = head.sections[section];
    const stored = await readSection(blobs, section, pointer?.sha256, head.edition);
    if (pointer !== undefined) c.header("etag", `"${pointer.sha256}"`);
    if (!stored.ok && head.state.status === "draft") {
      const value = emptySection(section);
      const damage = writeAnewText(stored.error);
      return answer(c, sectionResponse, { section, pointer, value, damage });
    }
    return answer(c, sectionResponse, { section, pointer, value: soundOrThrow(stored) });
  });

  app.openapi(save, async (c) => {
    const { id, section } = c.req.valid("param");
    const { head, actor } = await authorise(deps, c.var.person, id);
    const { base, value, follow } = c.req.valid("json");
    const saved = await saveSection(
      { ...deps, ...blobs },
      head,
      { section, base: base ?? undefined, value, follow },
      actor,
    );
    if (!saved.ok && saved.error.code === "section_conflict") {
      const { current } = saved.error;
      throw new ApiError("section_conflict", undefined, {
        section,
        current: {
          pointer: current,
          value: await loadSection(blobs, section, current?.sha256, head.edition),
        },
        yours: value,
      });
    }
    const { head: after, pointer, followed, value: kept } = orRefuse(saved);
    return answer(c, savedSectionResponse, {
      section,
      pointer,
      version: after.version,
      editionHash: hashOf(deps, after),
      ...(follow === true && isTable(section) && { followed, value: kept }),
    });
  });

  app.openapi(readOfSubmission, async (c) => {
    const { id, hash, section } = c.req.valid("param");
    const { head } = await authorise(deps, c.var.person, id);
    const submissions = await submissionsOf(deps, head);
    if (submissions.every(({ editionHash }) => editionHash !== hash)) throw notFound();
    const manifest = await loadManifest(blobs, hash);
    await requireSection(deps, manifest.edition, section);
    c.header("cache-control", "private, max-age=31536000, immutable");
    const value = await loadSection(blobs, section, manifest.sections[section], manifest.edition);
    return answer(c, sectionResponse, { section, value });
  });

  app.openapi(takeIn, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const imported = await importTables({ ...deps, ...blobs }, head, c.req.valid("json"), actor);
    if (!imported.ok && imported.error.code === "section_conflict") {
      throw new ApiError("stale_version", "导入时有人刚保存过其中的表，没有导入，请重试。");
    }
    const { head: after, saved, ignored } = orRefuse(imported);
    return answer(c, importResponse, {
      ...(ignored.length === 0 ? {} : { ignored }),
      saved: saved.map(({ section, pointer }) => ({
        section,
        pointer,
        version: after.version,
        editionHash: hashOf(deps, after),
      })),
    });
  });
}
