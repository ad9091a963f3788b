import { createRoute } from "@hono/zod-openapi";
import { Buffer } from "node:buffer";
import {
  codeListBody,
  discardEditionBody,
  editionPreviewParams,
  ownEditionParams,
  putEditionBody,
  regionParams,
  useEditionBody,
} from "../../../shared/contract/requests.ts";
import {
  codeListResponse,
  editionDraftResponse,
  editionListResponse,
  ownEditionResponse,
  ownEditionsResponse,
  previewResponse,
} from "../../../shared/contract/responses.ts";
import type { EditionChanges } from "../../../shared/editions/derive.ts";
import { readCodeList } from "../../use-cases/code-list.ts";
import {
  discardEdition,
  offeredEditions,
  putEditionIntoUse,
  saveEdition,
} from "../../use-cases/own-editions.ts";
import { editionDraft } from "../../use-cases/drafted-edition.ts";
import { previewedEdition, previewState, requestEditionPreview } from "../../use-cases/preview.ts";
import { answer, answers, body, noBody } from "../answers.ts";
import type { ApiApp, ApiDeps, Person } from "../deps.ts";
import { notFound } from "../errors.ts";
import { administratorOf, memberOf, requireBureauRole } from "../people.ts";
import { previewView } from "../preview-view.ts";
import { orRefuse } from "../refusals.ts";

const offered = createRoute({
  method: "get",
  path: "/api/regions/{region}/editions",
  summary: "Editions (报表版式) that a year of the region can be opened with",
  request: { params: regionParams },
  responses: answers("The bureau's own in use, then those shipped", editionListResponse),
});
const list = createRoute({
  method: "get",
  path: "/api/regions/{region}/own-editions",
  summary: "The bureau's own editions (本地版式), drafts included (bureau administrator, auditor)",
  request: { params: regionParams },
  responses: answers("All of them by key", ownEditionsResponse),
});
const read = createRoute({
  method: "get",
  path: "/api/regions/{region}/own-editions/{key}",
  summary: "An own edition with what its draft changes in its base (bureau administrator, auditor)",
  request: { params: ownEditionParams },
  responses: answers("The edition and its draft", editionDraftResponse),
});
const save = createRoute({
  method: "put",
  path: "/api/regions/{region}/own-editions/{key}",
  summary: "Derive an edition, or replace its draft (bureau administrator)",
  request: { params: ownEditionParams, body: body(putEditionBody) },
  responses: answers("The edition as stored", ownEditionResponse),
});
const codeList = createRoute({
  method: "post",
  path: "/api/regions/{region}/code-lists",
  summary:
    "What a list of 科目 (.xlsx) changes in a draft's codes; nothing is stored (bureau administrator)",
  request: { params: regionParams, body: body(codeListBody) },
  responses: answers(
    "New and renamed codes, and those that the list does not have",
    codeListResponse,
  ),
});
const use = createRoute({
  method: "post",
  path: "/api/regions/{region}/own-editions/{key}/use",
  summary: "Put the draft into use (启用), never to be changed again (bureau administrator)",
  request: { params: ownEditionParams, body: body(useEditionBody) },
  responses: answers("The edition with its new version", ownEditionResponse),
});
const discard = createRoute({
  method: "post",
  path: "/api/regions/{region}/own-editions/{key}/discard",
  summary: "Give up an edition that was never in use (bureau administrator)",
  request: { params: ownEditionParams, body: body(discardEditionBody) },
  responses: answers("The edition as stored", ownEditionResponse),
});
const print = createRoute({
  method: "post",
  path: "/api/regions/{region}/own-editions/{key}/previews",
  summary: "Print the saved draft on its sample report (bureau administrator, auditor)",
  request: { params: ownEditionParams, body: noBody },
  responses: answers("The print, ready or under way", previewResponse),
});
const preview = createRoute({
  method: "get",
  path: "/api/regions/{region}/own-editions/{key}/previews/{hash}",
  summary: "How far a print of a draft has come (bureau administrator, auditor)",
  request: { params: editionPreviewParams },
  responses: answers("The print", previewResponse),
});

/** Editions that the bureau makes itself: data of the region, changed by its administrators alone. */
export function addOwnEditionRoutes(app: ApiApp, deps: ApiDeps): void {
  const all = { ...deps, files: deps.vault };
  const requireReader = async (person: Person, region: string) =>
    requireBureauRole(deps, memberOf(person, region), (role) => role.registry !== "none");

  app.openapi(offered, async (c) => {
    const { region } = memberOf(c.var.person, c.req.valid("param").region);
    return answer(c, editionListResponse, { items: await offeredEditions(deps, region) });
  });

  app.openapi(list, async (c) => {
    const { region } = c.req.valid("param");
    await requireReader(c.var.person, region);
    const items = await deps.registry.editions(region);
    return answer(c, ownEditionsResponse, { items });
  });

  app.openapi(read, async (c) => {
    const { region, key } = c.req.valid("param");
    await requireReader(c.var.person, region);
    const edition = await deps.registry.edition(region, key);
    if (edition === undefined) throw notFound();
    return answer(c, editionDraftResponse, {
      ...edition,
      changes: await editionDraft(all, edition),
    });
  });

  app.openapi(save, async (c) => {
    const { region, key } = c.req.valid("param");
    const by = await administratorOf(deps, c.var.person, region);
    const { base, changes, version } = c.req.valid("json");
    const wanted = { region, base, changes: { ...changes, id: key } as EditionChanges, version };
    const stored = orRefuse(await saveEdition(all, by, wanted));
    c.var.log.info("An edition's draft was saved.", { region, edition: key });
    return answer(c, ownEditionResponse, stored);
  });

  app.openapi(codeList, async (c) => {
    await administratorOf(deps, c.var.person, c.req.valid("param").region);
    const { content, ...request } = c.req.valid("json");
    const bytes = new Uint8Array(Buffer.from(content, "base64"));
    return answer(c, codeListResponse, orRefuse(await readCodeList(deps, { ...request, bytes })));
  });

  app.openapi(use, async (c) => {
    const place = c.req.valid("param");
    const by = await administratorOf(deps, c.var.person, place.region);
    const request = { ...place, ...c.req.valid("json") };
    const stored = orRefuse(await putEditionIntoUse(all, by, request));
    c.var.log.info("An edition was put into use.", { edition: stored.versions.at(-1)?.id });
    return answer(c, ownEditionResponse, stored);
  });

  app.openapi(discard, async (c) => {
    const place = c.req.valid("param");
    const by = await administratorOf(deps, c.var.person, place.region);
    const request = { ...place, ...c.req.valid("json") };
    const stored = orRefuse(await discardEdition(all, by, request));
    c.var.log.info("An edition was given up.", { region: place.region, edition: place.key });
    return answer(c, ownEditionResponse, stored);
  });

  app.openapi(print, async (c) => {
    const { region, key } = c.req.valid("param");
    await requireReader(c.var.person, region);
    const edition = await deps.registry.edition(region, key);
    if (edition === undefined) throw notFound();
    const requested = orRefuse(await requestEditionPreview(all, edition));
    return answer(c, previewResponse, await previewView(deps, key, requested));
  });

  app.openapi(preview, async (c) => {
    const { region, key, hash } = c.req.valid("param");
    await requireReader(c.var.person, region);
    const state = await previewState(all, previewedEdition(region, key), hash);
    if (state === undefined) throw notFound();
    return answer(c, previewResponse, await previewView(deps, key, state));
  });
}
