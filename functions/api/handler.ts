import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2, Context } from "aws-lambda";
import { handle } from "hono/aws-lambda";
import { createApp } from "./app.ts";
import type { ApiDeps } from "./deps.ts";

export type ApiHandler = (
  event: APIGatewayProxyEventV2,
  context: Omit<Context, "done" | "fail" | "succeed">,
) => Promise<APIGatewayProxyResultV2>;

/** The API as a function behind API Gateway (payload format 2.0); the local host calls the same. */
export const createApiHandler = (deps: ApiDeps): ApiHandler =>
  // oxlint-disable-next-line typescript/no-deprecated -- hono 4's own adapter; its successor comes with hono 5
  handle(createApp(deps)) as unknown as ApiHandler;
