import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createCallerAddress } from "../../../../infra/local/caller-address.ts";
import { createGateway, type GatewayHandler } from "../../../../infra/local/gateway/gateway.ts";
import { awsLimits, type GatewayLimits } from "../../../../infra/local/gateway/limits.ts";

const mebibyte = 1024 * 1024;
const servers: Server[] = [];
const faults: unknown[] = [];

afterEach(async () => {
  faults.length = 0;
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function host(
  handler: GatewayHandler,
  limits: GatewayLimits = awsLimits,
): Promise<{ url: string; port: number }> {
  let requests = 0;
  const gateway = createGateway({
    handler,
    limits,
    callerAddress: createCallerAddress([]),
    now: () => "2023-09-15T08:00:00.000Z",
    newId: () => `r${++requests}`,
    onError: (error) => faults.push(error),
  });
  const server = createServer((request, response) => void gateway(request, response));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port };
}

/** Hosts a handler that keeps the events it is given. */
async function recording(limits?: GatewayLimits) {
  const events: APIGatewayProxyEventV2[] = [];
  const at = await host((event) => {
    events.push(event);
    return Promise.resolve({ statusCode: 204 });
  }, limits);
  return { ...at, events, last: () => events.at(-1) };
}

/** Sends bytes as they are, which no HTTP client would. */
const raw = (port: number, text: string) =>
  new Promise<string>((resolve, reject) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.on("data", (part) => (answer += part.toString("utf8")));
    socket.on("close", () => {
      resolve(answer);
    });
    socket.on("error", reject);
  });

describe("the event a function gets", () => {
  it("is the one API Gateway makes of a request", async () => {
    const { url, last, events } = await recording();
    await fetch(`${url}/api/reports?year=2022&state=draft&state=published&q=%E5%86%B3%E7%AE%97`, {
      headers: { "X-Custom": "Yes", cookie: "a=1; b=2", "user-agent": "test" },
    });
    expect(events).toHaveLength(1);
    expect(last()).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/api/reports",
      rawQueryString: "year=2022&state=draft&state=published&q=%E5%86%B3%E7%AE%97",
      cookies: ["a=1", "b=2"],
      headers: { "x-custom": "Yes", "user-agent": "test" },
      queryStringParameters: { year: "2022", state: "draft,published", q: "决算" },
      requestContext: {
        requestId: "r1",
        stage: "$default",
        timeEpoch: Date.parse("2023-09-15T08:00:00.000Z"),
        http: {
          method: "GET",
          path: "/api/reports",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
      },
      isBase64Encoded: false,
    });
    expect(last()?.headers).not.toHaveProperty("cookie");
    expect(last()).not.toHaveProperty("body");
  });

  it("holds the path percent-decoded, as an HTTP API hands it over", async () => {
    const { url, last } = await recording();
    await fetch(`${url}/api/%E6%8A%A5%E5%91%8A%20a%2Fb`);
    expect(last()?.rawPath).toBe("/api/报告 a/b");
  });

  it("holds a JSON body as text and a file in base64", async () => {
    const { url, last } = await recording();
    await fetch(url, {
      method: "POST",
      body: JSON.stringify({ 决算: 1 }),
      headers: { "content-type": "application/json" },
    });
    expect(last()).toMatchObject({ body: '{"决算":1}', isBase64Encoded: false });

    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    await fetch(url, { method: "POST", body: bytes });
    expect(last()?.isBase64Encoded).toBe(true);
    expect(new Uint8Array(Buffer.from(last()?.body ?? "", "base64"))).toEqual(bytes);
  });

  it("keeps the bytes of a text body that is not UTF-8", async () => {
    const { url, last } = await recording();
    const gbk = Uint8Array.from([0xbe, 0xf6, 0xcb, 0xe3]);
    await fetch(url, { method: "POST", body: gbk, headers: { "content-type": "text/plain" } });
    expect(last()?.isBase64Encoded).toBe(true);
    expect(new Uint8Array(Buffer.from(last()?.body ?? "", "base64"))).toEqual(gbk);
  });

  it("is not poisoned by a query named __proto__", async () => {
    const { url, last } = await recording();
    await fetch(`${url}/?__proto__=x&constructor=y`);
    expect(Object.entries(last()?.queryStringParameters ?? {})).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
  });
});

describe("an answer of a function", () => {
  it("arrives with its status, headers, cookies and bytes", async () => {
    const { url } = await host(() =>
      Promise.resolve({
        statusCode: 201,
        headers: { "content-type": "application/pdf", "x-count": 3 },
        cookies: ["a=1; HttpOnly", "b=2"],
        body: Buffer.from([0, 255, 1]).toString("base64"),
        isBase64Encoded: true,
      }),
    );
    const answer = await fetch(url);
    expect(answer.status).toBe(201);
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(answer.headers.get("x-count")).toBe("3");
    expect(answer.headers.getSetCookie()).toEqual(["a=1; HttpOnly", "b=2"]);
    expect(answer.headers.get("apigw-requestid")).toBe("r1");
    expect([...new Uint8Array(await answer.arrayBuffer())]).toEqual([0, 255, 1]);
  });

  it("without a status code is a JSON body", async () => {
    const { url } = await host(() => Promise.resolve({ 年度: 2022 } as never));
    const answer = await fetch(url);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ 年度: 2022 });
  });

  it("to HEAD has no body but its length", async () => {
    const { url } = await host(() => Promise.resolve({ statusCode: 200, body: "12345" }));
    const answer = await fetch(url, { method: "HEAD" });
    expect(answer.headers.get("content-length")).toBe("5");
    expect(await answer.text()).toBe("");
  });
});

const refusal = async (answer: Response) => {
  const { error } = (await answer.json()) as {
    error: { code: string; message: string; requestId: string };
  };
  expect(error.requestId).toBe(answer.headers.get("apigw-requestid"));
  return { status: answer.status, code: error.code, message: error.message };
};

describe("the limits of AWS", () => {
  it("refuse a body over 10 MB and keep one just under 6 MB of payload", async () => {
    const { url, events } = await recording();
    const tooMuch = await fetch(url, { method: "POST", body: new Uint8Array(11 * mebibyte) });
    expect(await refusal(tooMuch)).toMatchObject({ status: 413, code: "too_large" });
    expect(events).toHaveLength(0);

    // Base64 makes four bytes of three: 5 MB do not fit into the 6 MB event of a function, 4 MB do.
    const tooMuchForLambda = await fetch(url, {
      method: "POST",
      body: new Uint8Array(5 * mebibyte),
    });
    expect((await refusal(tooMuchForLambda)).status).toBe(413);
    const fits = await fetch(url, { method: "POST", body: new Uint8Array(4 * mebibyte) });
    expect(fits.status).toBe(204);
  });

  it("refuse a body that never says its length", async () => {
    const { url, events } = await recording({ ...awsLimits, requestBytes: 1000 });
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(2000));
        controller.close();
      },
    });
    const answer = await fetch(url, {
      method: "POST",
      body: stream,
      duplex: "half",
    });
    expect(await refusal(answer)).toMatchObject({ status: 413, code: "too_large" });
    expect(events).toHaveLength(0);
  });

  it("turn an answer over 6 MB into a sentence", async () => {
    const { url } = await host(() =>
      Promise.resolve({ statusCode: 200, body: "x".repeat(6 * mebibyte) }),
    );
    const answer = await fetch(url);
    expect(await refusal(answer)).toMatchObject({ status: 500, code: "internal" });
    expect(faults).toHaveLength(1);
  });

  it("answer 504 when the function takes too long, and tell the function how long it has", async () => {
    let remaining = Infinity;
    const { url } = await host(
      async (_event, context) => {
        remaining = context.getRemainingTimeInMillis();
        return new Promise((resolve) => setTimeout(resolve, 5_000, { statusCode: 200 }).unref());
      },
      { ...awsLimits, timeoutMs: 60 },
    );
    const answer = await fetch(url);
    expect(await refusal(answer)).toMatchObject({ status: 504, code: "timed_out" });
    expect(remaining).toBeLessThanOrEqual(60);
  });
});

describe("trouble", () => {
  it("in a function is answered and logged, and the next request is served", async () => {
    let calls = 0;
    const { url } = await host(() => {
      if (++calls === 1) throw new Error("secret detail");
      if (calls === 2) return Promise.reject(new Error("secret detail"));
      if (calls === 3) return Promise.resolve({ statusCode: 200, headers: { "bad name": "x" } });
      if (calls === 4) return Promise.resolve({ statusCode: 99 });
      if (calls === 5) return Promise.resolve(undefined as never);
      return Promise.resolve({ statusCode: 200, body: "ok" });
    });
    for (let call = 1; call <= 5; call++) {
      const { status, code, message } = await refusal(await fetch(url));
      expect({ status, code }).toEqual({ status: 500, code: "internal" });
      expect(message).not.toContain("secret");
    }
    expect(faults).toHaveLength(5);
    expect(await (await fetch(url)).text()).toBe("ok");
  });

  it("in a request line is the caller's, not ours", async () => {
    const { port, url, events } = await recording();
    const targets = ["/api/%E4%B8", "/%zz", "http://elsewhere.example/api", "*"];
    for (const target of targets) {
      const answer = await raw(
        port,
        `GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
      );
      expect(answer.split("\r\n", 1)[0], target).toBe("HTTP/1.1 400 Bad Request");
      expect(answer, target).toContain('"code":"invalid_request"');
    }
    await raw(port, "NONSENSE\r\n\r\n");
    expect(events).toHaveLength(0);
    expect((await fetch(url)).status).toBe(204);
    expect(faults).toEqual([]);
  });

  it("of a caller who hangs up in the middle harms nobody", async () => {
    const { port, url, events } = await recording();
    await new Promise<void>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.write("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
        setTimeout(() => {
          socket.destroy();
          resolve();
        }, 30);
      });
    });
    expect((await fetch(url)).status).toBe(204);
    expect(events).toHaveLength(1);
  });
});
