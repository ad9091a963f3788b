import { createRoute } from "@hono/zod-openapi";
import {
  fileParams,
  fileQuery,
  previewParams,
  reportParams,
  uploadBody,
  uploadParams,
} from "../../../shared/contract/requests.ts";
import {
  downloadResponse,
  previewResponse,
  uploadedResponse,
  uploadResponse,
} from "../../../shared/contract/responses.ts";
import { isShownType } from "../../../shared/report/shown-type.ts";
import { findAttachment } from "../../use-cases/attachments.ts";
import { previewState, requestPreview } from "../../use-cases/preview.ts";
import { uploadKey } from "../../use-cases/upload-key.ts";
import { announceUpload, completeUpload } from "../../use-cases/uploads.ts";
import { answer, answers, body, noBody } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { notFound } from "../errors.ts";
import { authorise } from "../people.ts";
import { linkSeconds, previewView } from "../preview-view.ts";
import { orRefuse } from "../refusals.ts";

const upload = createRoute({
  method: "post",
  path: "/api/reports/{id}/uploads",
  summary: "A ticket to send one file straight to the file store",
  request: { params: reportParams, body: body(uploadBody) },
  responses: answers("The ticket, unless these bytes are there already", uploadResponse),
});
const complete = createRoute({
  method: "post",
  path: "/api/reports/{id}/uploads/{upload}",
  summary: "Verify what was sent: only then is the file stored and may be attached",
  request: { params: uploadParams, body: body(uploadBody) },
  responses: answers("The stored file", uploadedResponse),
});
const download = createRoute({
  method: "get",
  path: "/api/reports/{id}/attachments/{sha256}",
  summary: "A short-lived address of an attached file",
  request: { params: fileParams, query: fileQuery },
  responses: answers("The address", downloadResponse),
});
const print = createRoute({
  method: "post",
  path: "/api/reports/{id}/previews",
  summary: "Print the report as it is now",
  request: { params: reportParams, body: noBody },
  responses: answers("The print, ready or under way", previewResponse),
});
const preview = createRoute({
  method: "get",
  path: "/api/reports/{id}/previews/{hash}",
  summary: "How far a print has come",
  request: { params: previewParams },
  responses: answers("The print", previewResponse),
});

export function addFileRoutes(app: ApiApp, deps: ApiDeps): void {
  const blobs = { files: deps.vault, sha256: deps.sha256, editions: deps.editions };

  app.openapi(upload, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const announced = c.req.valid("json");
    const ticket = await announceUpload({ ...deps, ...blobs }, head, announced, actor);
    return answer(c, uploadResponse, orRefuse(ticket));
  });

  app.openapi(complete, async (c) => {
    const { id, upload: uploadId } = c.req.valid("param");
    const { head, actor } = await authorise(deps, c.var.person, id);
    const announced = c.req.valid("json");
    orRefuse(await completeUpload(blobs, head, { ...announced, uploadId }, actor));
    const { sha256, sizeBytes } = announced;
    return answer(c, uploadedResponse, { sha256, sizeBytes });
  });

  app.openapi(download, async (c) => {
    const { id, sha256 } = c.req.valid("param");
    const { view } = c.req.valid("query");
    const { head } = await authorise(deps, c.var.person, id);
    const attachment = await findAttachment({ ...deps, ...blobs }, head, sha256);
    if (attachment === undefined) throw notFound();
    const url = await deps.links.issue({
      key: uploadKey(id, sha256),
      fileName: attachment.name,
      contentType: attachment.contentType,
      disposition:
        view === "inline" && isShownType(attachment.contentType) ? "inline" : "attachment",
      expiresInSeconds: linkSeconds,
    });
    return answer(c, downloadResponse, { url });
  });

  app.openapi(print, async (c) => {
    const { head } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const requested = await requestPreview({ ...deps, ...blobs }, head);
    return answer(c, previewResponse, await previewView(deps, head.id, requested));
  });

  app.openapi(preview, async (c) => {
    const { id, hash } = c.req.valid("param");
    await authorise(deps, c.var.person, id);
    const preview = await previewState({ ...deps, ...blobs }, { reportId: id }, hash);
    if (preview === undefined) throw notFound();
    return answer(c, previewResponse, await previewView(deps, id, preview));
  });
}
