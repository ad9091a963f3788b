import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApiHandler, type ApiHandler } from "../../../functions/api/handler.ts";
import { startService, type Service } from "./service.ts";

let service: Service;
let handler: ApiHandler;
let id: string;
beforeAll(async () => {
  service = await startService();
  handler = createApiHandler(service.deps);
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

async function invoke(
  method: string,
  path: string,
  {
    body,
    query = "",
    base64 = false,
    headers = {},
  }: {
    readonly body?: string;
    readonly query?: string;
    readonly base64?: boolean;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<APIGatewayProxyStructuredResultV2> {
  const event: APIGatewayProxyEventV2 = {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers: {
      authorization: `Bearer ${await service.token("limin")}`,
      "content-type": "application/json",
      host: "api.test",
      ...headers,
    },
    requestContext: {
      accountId: "0",
      apiId: "api",
      domainName: "api.test",
      domainPrefix: "api",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "gateway-request-1",
      routeKey: "$default",
      stage: "$default",
      time: "",
      timeEpoch: 0,
    },
    ...(body === undefined ? {} : { body: base64 ? Buffer.from(body).toString("base64") : body }),
    isBase64Encoded: base64,
  };
  return (await handler(event, {} as never)) as APIGatewayProxyStructuredResultV2;
}

describe("behind API Gateway", () => {
  it("answers as the app does, under the gateway's request id", async () => {
    const answer = await invoke("GET", `/api/reports/${id}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers?.["x-request-id"]).toBe("gateway-request-1");
    expect(JSON.parse(answer.body ?? "")).toEqual(
      (await service.call("limin", "GET", `/api/reports/${id}`)).body,
    );
    const refused = await invoke("GET", "/api/reports/360200-2022-999");
    expect(refused.statusCode).toBe(404);
    expect(JSON.parse(refused.body ?? "")).toMatchObject({
      error: { requestId: "gateway-request-1" },
    });
  });

  it("answers under the id that the client sent, and logs the gateway's beside it", async () => {
    const sent = "0197f3c2-click-0001";
    const answer = await invoke("GET", "/api/me", { headers: { "x-request-id": sent } });
    expect(answer.headers?.["x-request-id"]).toBe(sent);
    const line = JSON.parse(service.lines.at(-1) ?? "{}") as Record<string, unknown>;
    expect(line).toMatchObject({ trace: sent, gatewayRequestId: "gateway-request-1" });
  });

  it.each([
    "short",
    "with a space in it",
    '"},{"level":"error',
    "x".repeat(65),
    "编号一二三四五六七八",
  ])("does not take %j for an id", async (sent) => {
    const answer = await invoke("GET", "/api/me", { headers: { "x-request-id": sent } });
    expect(answer.headers?.["x-request-id"]).toBe("gateway-request-1");
    expect(service.lines.at(-1)).not.toContain(JSON.stringify(sent));
  });

  it("reads queries, Chinese bodies and bodies in base64", async () => {
    const events = await invoke("GET", `/api/reports/${id}/events`, { query: "limit=1" });
    expect((JSON.parse(events.body ?? "") as { items: unknown[] }).items).toHaveLength(1);
    const body = JSON.stringify({ anchor: { kind: "section", section: "t01" }, text: "请核对㐂" });
    for (const base64 of [false, true]) {
      const opened = await invoke("POST", `/api/reports/${id}/threads`, { body, base64 });
      expect(opened.statusCode).toBe(201);
      expect(JSON.parse(opened.body ?? "")).toMatchObject({ entries: [{ text: "请核对㐂" }] });
    }
  });
});

describe("every answer", () => {
  it.each(["/api/me", "/api/nowhere", "/api/health", "/elsewhere"])(
    "at %s may be neither kept, framed nor guessed at by a browser",
    async (path) => {
      const { headers } = await service.call("limin", "GET", path);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("cache-control")).toBe("no-store");
      expect(headers.get("x-request-id")).toBeTruthy();
      expect(headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  it("is logged with who, what and how long, and without tokens", async () => {
    await service.call("limin", "GET", "/api/me");
    const line = JSON.parse(service.lines.at(-1) ?? "{}") as Record<string, unknown>;
    expect(line).toMatchObject({ method: "GET", path: "/api/me", status: 200, subject: "limin" });
    expect(service.lines.join("\n")).not.toMatch(/eyJ|Bearer ey/u);
  });
});
