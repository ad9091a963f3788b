import { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { HTTPException } from "hono/http-exception";
import type { z } from "zod";
import type { ErrorEnvelope } from "../../shared/contract/error-envelope.ts";
import { issueText } from "../../shared/issue-text.ts";
import { UnavailableError } from "../storage/unavailable-error.ts";
import { DamagedError } from "../storage/damaged-error.ts";
import { exceedsJsonLimits } from "../../shared/json-shape.ts";
import { SubmissionDamagedError } from "../use-cases/damage.ts";
import { HeavyWorkStopped } from "../use-cases/heavy-work.ts";
import { identify, recognise } from "./authenticate.ts";
import type { ApiApp, ApiDeps, ApiEnv } from "./deps.ts";
import { ApiError, notFound, statusOf } from "./errors.ts";
import { createRateLimits } from "./rate-limit.ts";
import { apiErrorOf } from "./refusals.ts";
import { secured } from "./secured.ts";
import { textDoor } from "./text-door.ts";
import { addAccountsRoutes } from "./routes/accounts.ts";
import { addEvaluationRoutes } from "./routes/evaluations.ts";
import { acceptancePath, addAcceptanceRoute } from "./routes/acceptance.ts";
import { addActRoutes } from "./routes/acts.ts";
import { addApprovalRoutes } from "./routes/approvals.ts";
import { addReviewRoutes } from "./routes/review.ts";
import { addConsolidationRoutes } from "./routes/consolidation.ts";
import { addEditionRoutes } from "./routes/editions.ts";
import { addOwnEditionRoutes } from "./routes/own-editions.ts";
import { addExplanationRoutes } from "./routes/explanations.ts";
import { addFileRoutes } from "./routes/files.ts";
import { addHistoryRoutes } from "./routes/history.ts";
import { addInvitationRoutes } from "./routes/invitations.ts";
import { addNoticeRoutes } from "./routes/notices.ts";
import { addPersonRoutes } from "./routes/person.ts";
import { addPriorYearRoutes } from "./routes/prior-year.ts";
import { addRegistryRoutes } from "./routes/registry.ts";
import { addRegistryImportRoutes } from "./routes/registry-imports.ts";
import { addReportRoutes } from "./routes/reports.ts";
import { addSeasonRoutes } from "./routes/season.ts";
import { addSectionRoutes } from "./routes/sections.ts";
import { addServiceRoutes } from "./routes/service.ts";
import { addThreadRoutes } from "./routes/threads.ts";
import { addUnsentRoutes } from "./routes/unsent.ts";
import { addWorkbookRoutes } from "./routes/workbooks.ts";
import { addTakeDownRoutes } from "./routes/take-down.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** What a Lambda function takes in one request (6 MB); API Gateway itself would pass 10. */
const maxBodyBytes = 6 * 1024 * 1024;

/** The whole API over its dependencies; `main.ts` and the local host alone know which they are. */
export function createApp(deps: ApiDeps): ApiApp {
  const app = new OpenAPIHono<ApiEnv>({ defaultHook: refuseInvalid });
  const limits = createRateLimits(deps);
  app.use(secured(deps));
  app.use(limits.ofAddress);
  app.use(bodyLimit({ maxSize: maxBodyBytes, onError: tooLarge }));
  addServiceRoutes(app, deps);
  const { takeAnonymous } = limits;
  app.use("/api/*", identify({ ...deps, takeAnonymous }));
  app.use(acceptancePath, refuseHostileJson, textDoor);
  addAcceptanceRoute(app, { ...deps, takeAnonymous });
  app.use("/api/*", recognise({ ...deps, takeAnonymous }));
  app.use("/api/*", limits.ofPerson);
  app.use("/api/*", refuseHostileJson);
  app.use("/api/*", textDoor);
  addPersonRoutes(app, deps);
  addNoticeRoutes(app, deps);
  addEditionRoutes(app, deps);
  addOwnEditionRoutes(app, deps);
  addRegistryImportRoutes(app, deps);
  addRegistryRoutes(app, deps);
  addSeasonRoutes(app, deps);
  addInvitationRoutes(app, deps);
  addReportRoutes(app, deps);
  addSectionRoutes(app, deps);
  addAccountsRoutes(app, deps);
  addEvaluationRoutes(app, deps);
  addPriorYearRoutes(app, deps);
  addConsolidationRoutes(app, deps);
  addExplanationRoutes(app, deps);
  addActRoutes(app, deps);
  addTakeDownRoutes(app, deps);
  addReviewRoutes(app, deps);
  addApprovalRoutes(app, deps);
  addThreadRoutes(app, deps);
  addUnsentRoutes(app, deps);
  addFileRoutes(app, deps);
  addHistoryRoutes(app, deps);
  addWorkbookRoutes(app, deps);

  app.notFound((c) => {
    const allowed = methodsAt(app, c.req.path);
    if (allowed.length === 0) return refuse(c, notFound());
    c.header("allow", allowed.join(", "));
    return refuse(c, new ApiError("method_not_allowed", undefined, { allowed }));
  });
  app.onError((error, c) => {
    const refusal = asRefusal(error);
    if (refusal === undefined || isForOperator(error)) {
      c.var.log.error("A request failed.", { error });
    }
    return refuse(c, refusal ?? new ApiError("internal"));
  });
  return app;
}

function refuse(c: Context<ApiEnv>, { code, message, details }: ApiError) {
  const envelope: ErrorEnvelope = {
    error: {
      code,
      message,
      requestId: c.var.requestId,
      ...omitUndefined({ details }),
    },
  };
  c.set("refused", code);
  if (code === "unauthenticated") c.header("www-authenticate", "Bearer");
  if (isWait(details)) {
    c.header("retry-after", String(details.retryAfterSeconds));
  }
  return c.json(envelope, statusOf[code]);
}

/** Errors answered with a plain sentence that an operator, not the person, has to mend. */
const isForOperator = (error: unknown): boolean =>
  error instanceof DamagedError || error instanceof UnavailableError;

const isWait = (details: unknown): details is { readonly retryAfterSeconds: number } =>
  typeof details === "object" && details !== null && "retryAfterSeconds" in details;

/** Refusals of our own, and those of the framework (malformed JSON, a body of another type). */
function asRefusal(error: unknown): ApiError | undefined {
  if (error instanceof ApiError) return error;
  if (error instanceof SubmissionDamagedError) {
    return apiErrorOf({ code: "content_damaged", damage: error.damage });
  }
  if (error instanceof DamagedError) return new ApiError("content_damaged");
  if (error instanceof UnavailableError) {
    return error.why === "full"
      ? new ApiError(
          "unavailable",
          "服务器的存储空间已满，没有确认保存，以前保存的内容不受影响、仍可查看。请联系系统管理员；腾出空间后会自动恢复。",
          { retryAfterSeconds: 60 },
        )
      : new ApiError("unavailable", undefined, { retryAfterSeconds: 5 });
  }
  if (error instanceof HeavyWorkStopped) {
    return new ApiError(
      "timed_out",
      "审核这份报告所需的时间或内存超出上限，没有完成。请检查文字说明是否填入了异常的内容。",
    );
  }
  if (!(error instanceof HTTPException)) return undefined;
  if (error.status === 415) {
    return new ApiError(
      "invalid_request",
      "请求的内容须为 JSON（content-type: application/json）。",
    );
  }
  if (error.status === 400) {
    return new ApiError("invalid_request", "请求的内容不是完整的 JSON，读不出来。");
  }
  return undefined;
}

/**
 * What no schema can refuse: the one key it would drop in silence, where every other unknown key is refused, and a
 * body built so deep or of so many parts that reading it is the harm.
 */
const refuseHostileJson = createMiddleware<ApiEnv>(async (c, next) => {
  const hasBody = c.req.method === "POST" || c.req.method === "PUT";
  const text = hasBody ? await c.req.text() : "";
  if (text.includes('"__proto__"')) {
    throw new ApiError("invalid_request", undefined, {
      issues: [{ path: "json", message: "含有不认识的内容“__proto__”，请去掉。" }],
    });
  }
  if (exceedsJsonLimits(text)) {
    throw new ApiError("invalid_request", "请求的内容层次过深或项目过多，没有读取，也没有保存。");
  }
  await next();
});

const tooLarge = () => {
  throw new ApiError("too_large");
};

/** An address that cannot be is not there; what else is wrong is named, place by place. */
function refuseInvalid(
  result:
    | { readonly success: boolean; readonly error?: z.ZodError; readonly target?: string }
    | undefined,
): undefined {
  if (result === undefined || result.success) return undefined;
  if (result.target === "param") throw notFound();
  const issues = (result.error?.issues ?? []).slice(0, 50).map((issue) => ({
    path: [result.target, ...issue.path.map(String)].join("."),
    message: issueText(issue).slice(0, longestIssue),
  }));
  throw new ApiError("invalid_request", undefined, { issues });
}

/** A schema names every key it does not know. */
const longestIssue = 600;

/** Methods of the routes an address fits, where the request's own method fits none. */
function methodsAt(app: ApiApp, path: string): string[] {
  const methods = app.routes
    .filter((route) => route.method !== "ALL" && fits(route.path, path))
    .map(({ method }) => method);
  return [...new Set(methods)].sort();
}

const fits = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replaceAll(/:[a-zA-Z0-9]+/gu, "[^/]+")}$`, "u").test(path);
