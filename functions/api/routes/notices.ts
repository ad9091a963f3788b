import { createRoute } from "@hono/zod-openapi";
import {
  noticePreferencesBody,
  noticesQuery,
  readNoticesBody,
  regionParams,
} from "../../../shared/contract/requests.ts";
import {
  noticePreferencesResponse,
  noticesResponse,
  unreadResponse,
} from "../../../shared/contract/responses.ts";
import { choosePageOnly, markRead, noticesOf, unreadOf } from "../../use-cases/notices.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { pageOf } from "../page.ts";
import { memberOf } from "../people.ts";
import { orRefuse } from "../refusals.ts";

const path = "/api/regions/{region}/notices" as const;
const list = createRoute({
  method: "get",
  path,
  summary: "My notices (通知), latest first",
  request: { params: regionParams, query: noticesQuery },
  responses: answers("A page of them, and about what I want no letters", noticesResponse),
});
const unread = createRoute({
  method: "get",
  path: `${path}/unread`,
  summary: "How many of my notices I have not read",
  request: { params: regionParams },
  responses: answers("The number, counted up to a hundred", unreadResponse),
});
const read = createRoute({
  method: "post",
  path: `${path}/read`,
  summary: "Mark notices of mine as read, or all",
  request: { params: regionParams, body: body(readNoticesBody) },
  responses: answers("How many are left unread", unreadResponse),
});
const preferences = createRoute({
  method: "put",
  path: `${path}/preferences`,
  summary: "Choose about what I want no letters",
  request: { params: regionParams, body: body(noticePreferencesBody) },
  responses: answers("The kinds shown in the app alone", noticePreferencesResponse),
});

/** Everybody's own: nobody reads another's notices. */
export function addNoticeRoutes(app: ApiApp, deps: ApiDeps): void {
  app.openapi(list, async (c) => {
    const member = memberOf(c.var.person, c.req.valid("param").region);
    const { items, next, book } = await noticesOf(deps, member, pageOf(c.req.valid("query")));
    return answer(c, noticesResponse, { items, next, pageOnly: book.pageOnly });
  });

  app.openapi(unread, async (c) => {
    const member = memberOf(c.var.person, c.req.valid("param").region);
    return answer(c, unreadResponse, { unread: await unreadOf(deps, member) });
  });

  app.openapi(read, async (c) => {
    const member = memberOf(c.var.person, c.req.valid("param").region);
    const wanted = c.req.valid("json");
    orRefuse(await markRead(deps, member, "ids" in wanted ? wanted.ids : "all"));
    return answer(c, unreadResponse, { unread: await unreadOf(deps, member) });
  });

  app.openapi(preferences, async (c) => {
    const member = memberOf(c.var.person, c.req.valid("param").region);
    const book = orRefuse(await choosePageOnly(deps, member, c.req.valid("json").pageOnly));
    return answer(c, noticePreferencesResponse, { pageOnly: book.pageOnly });
  });
}
