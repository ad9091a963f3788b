import { createRoute } from "@hono/zod-openapi";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import { editionParams } from "../../../shared/contract/requests.ts";
import { editionDataResponse, editionListResponse } from "../../../shared/contract/responses.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { soundOrThrow } from "../../use-cases/damage.ts";
import { findEdition } from "../../use-cases/stored-edition.ts";
import { answer, answers } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { notFound } from "../errors.ts";

const list = createRoute({
  method: "get",
  path: "/api/editions",
  summary: "Editions (报表版式) a year can be opened with",
  responses: answers("All of them by name", editionListResponse),
});

const read = createRoute({
  method: "get",
  path: "/api/editions/{edition}",
  summary: "All an edition says: forms, code tables, glossary, thresholds, words",
  request: { params: editionParams },
  responses: {
    ...answers("The edition as data", editionDataResponse),
    304: { description: "The edition named by If-None-Match is the one there is" },
  },
});

/** Editions are the same for every signed-in person: they hold no figures of anybody. */
export function addEditionRoutes(
  app: ApiApp,
  { editions, vault, sha256 }: Pick<ApiDeps, "editions" | "vault" | "sha256">,
): void {
  app.openapi(list, (c) =>
    answer(c, editionListResponse, {
      items: [...editions.listed],
    }),
  );

  const served = new WeakMap<Edition, { readonly data: EditionData; readonly etag: string }>();
  const servedOf = async (id: string) => {
    const found = await findEdition({ editions, files: vault, sha256 }, id);
    if (found === undefined) throw notFound();
    const edition = soundOrThrow(found);
    const known = served.get(edition);
    if (known !== undefined) return known;
    const data = editionData(edition);
    const made = { data, etag: `"${sha256(canonicalJson(data))}"` };
    served.set(edition, made);
    return made;
  };

  app.openapi(read, async (c) => {
    const { data, etag } = await servedOf(c.req.valid("param").edition);
    c.header("etag", etag);
    // A release may mend an edition, so a browser that kept one asks whether it still is the one there is.
    c.header("cache-control", "private, no-cache");
    if (c.req.header("if-none-match") === etag) return c.body(null, 304);
    return answer(c, editionDataResponse, data);
  });
}
