import { createMiddleware } from "hono/factory";
import { inTrace, isTrace } from "../platform/trace.ts";
import type { ApiDeps, ApiEnv } from "./deps.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/**
 * One log line a request, its id on every answer, and nothing kept or framed by a browser. The id is the
 * one that the client sent, else the gateway's, and traces all that follows from the request.
 */
export const secured = ({ log, newId }: Pick<ApiDeps, "log" | "newId">) =>
  createMiddleware<ApiEnv>(async (c, next) => {
    const bindings = c.env as ApiEnv["Bindings"] | undefined;
    const gatewayId = bindings?.requestContext?.requestId;
    const sent = c.req.header("x-request-id");
    const requestId = sent !== undefined && isTrace(sent) ? sent : (gatewayId ?? newId());
    c.set("requestId", requestId);
    // The gateway's own log knows the request by its own id alone.
    const isRenamed = gatewayId !== undefined && gatewayId !== requestId;
    c.set("log", isRenamed ? log.with({ gatewayRequestId: gatewayId }) : log);
    const started = performance.now();
    await inTrace(requestId, async () => {
      await next();
      const { headers, status } = c.res;
      headers.set("x-request-id", requestId);
      headers.set("x-content-type-options", "nosniff");
      headers.set("referrer-policy", "no-referrer");
      headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
      headers.set("strict-transport-security", "max-age=31536000; includeSubDomains");
      headers.set("cross-origin-resource-policy", "same-origin");
      if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
      c.var.log.info("A request was answered.", {
        method: c.req.method,
        path: c.req.path,
        status,
        ...omitUndefined({ refused: c.var.refused }),
        durationMs: Math.round(performance.now() - started),
      });
    });
  });
