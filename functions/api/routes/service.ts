import { createRoute } from "@hono/zod-openapi";
import { healthResponse } from "../../../shared/contract/responses.ts";
import { isQueueFailing } from "../../use-cases/queue-health.ts";
import { answer, answers } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";

const health = createRoute({
  method: "get",
  path: "/api/health",
  summary: "Whether the service can save, and whether the work behind it goes on",
  security: [],
  responses: {
    ...answers("It answers; `failing` when somebody must look at its queues", healthResponse),
    503: {
      description: "Nothing can be saved",
      content: { "application/json": { schema: healthResponse } },
    },
  },
});

/** What needs no token: the pulse, and the description of the API itself. */
export function addServiceRoutes(
  app: ApiApp,
  { queues = () => [], canWrite }: Pick<ApiDeps, "queues" | "canWrite">,
): void {
  app.openapi(health, async (c) => {
    if (!(await canWrite())) return answer(c, healthResponse, { status: "failing" }, 503);
    const isFailing = queues().some(isQueueFailing);
    return answer(c, healthResponse, { status: isFailing ? "failing" : "ok" });
  });

  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  app.get("/api/openapi.json", (c) => {
    c.header("cache-control", "public, max-age=300");
    return c.json(
      app.getOpenAPI31Document({
        openapi: "3.1.0",
        info: {
          title: "Juesuan 决算",
          version: "1",
          description:
            "Departmental final accounts: draw up, review, approve, publish. Amounts are integer 分; times ISO 8601 in UTC; days YYYY-MM-DD in Asia/Shanghai.",
        },
        security: [{ bearer: [] }],
      }),
    );
  });
}
