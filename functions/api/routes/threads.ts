import { createRoute } from "@hono/zod-openapi";
import {
  openThreadBody,
  reportParams,
  threadEntryBody,
  threadParams,
} from "../../../shared/contract/requests.ts";
import { threadResponse, threadsResponse } from "../../../shared/contract/responses.ts";
import type { ThreadAnchor } from "../../../shared/workflow/thread.ts";
import { noticeAnswer } from "../../use-cases/answer-notice.ts";
import { appendToThread, openThread, threadView } from "../../use-cases/threads.ts";
import { keepOpenRemarks } from "../../use-cases/progress/keep-notes.ts";
import { answer, answers, besideAnswer, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { authorise } from "../people.ts";
import { orRefuse } from "../refusals.ts";

const list = createRoute({
  method: "get",
  path: "/api/reports/{id}/threads",
  summary: "Review remarks (审核意见) with all their entries",
  request: { params: reportParams },
  responses: answers("All remarks", threadsResponse),
});
const open = createRoute({
  method: "post",
  path: "/api/reports/{id}/threads",
  summary: "Remark on a cell, row, section, sentence or file",
  request: { params: reportParams, body: body(openThreadBody) },
  responses: answers("The remark", threadResponse, 201),
});
const append = createRoute({
  method: "post",
  path: "/api/reports/{id}/threads/{thread}/entries",
  summary: "Answer a remark, settle it or take it up again",
  request: { params: threadParams, body: body(threadEntryBody) },
  responses: answers("The remark with the new entry", threadResponse, 201),
});

export function addThreadRoutes(app: ApiApp, deps: ApiDeps): void {
  app.openapi(list, async (c) => {
    const { id } = c.req.valid("param");
    const { head, actor } = await authorise(deps, c.var.person, id);
    const threads = await deps.threads.list(id);
    return answer(c, threadsResponse, {
      items: threads.map((thread) => threadView(head, thread, actor)),
      reportVersion: head.version,
    });
  });

  app.openapi(open, async (c) => {
    const found = await authorise(deps, c.var.person, c.req.valid("param").id);
    const { head, actor } = found;
    const { anchor, ...rest } = c.req.valid("json");
    const request = { anchor: anchor as ThreadAnchor, ...rest };
    const opened = orRefuse(await openThread({ ...deps, files: deps.vault }, head, request, actor));
    await besideAnswer(c, () => keepOpenRemarks(deps, found));
    return answer(c, threadResponse, threadView(head, opened, actor), 201);
  });

  app.openapi(append, async (c) => {
    const { id, thread: threadId } = c.req.valid("param");
    const found = await authorise(deps, c.var.person, id);
    const { head, actor } = found;
    const appended = orRefuse(
      await appendToThread(deps, head, threadId, c.req.valid("json"), actor),
    );
    await besideAnswer(c, () => keepOpenRemarks(deps, found));
    await besideAnswer(c, () => noticeAnswer(deps, head, appended));
    return answer(c, threadResponse, threadView(head, appended, actor), 201);
  });
}
