import { mkdtemp, rm } from "node:fs/promises";
import { request, type IncomingHttpHeaders } from "node:http";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOperator } from "../../../../infra/local/status/operator.ts";
import { killAll, start, until } from "./program.ts";

let folder: string;
let port: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "juesuan-status-"));
  const host = await start(join(folder, "data"), [
    "--host",
    "0.0.0.0",
    "--port",
    "0",
    "--portal-port",
    "0",
  ]);
  port = Number(new URL(host.staffUrl).port);
});
afterAll(async () => {
  await killAll();
  await rm(folder, { recursive: true, force: true });
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}
const ask = (
  path: string,
  {
    address = "127.0.0.1",
    headers = {},
  }: { readonly address?: string; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ host: address, port, path, headers, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      response.once("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    })
      .once("error", reject)
      .end();
  });

interface Report {
  readonly canWrite: boolean;
  readonly queues: readonly { readonly name: string; readonly waiting: number }[];
  readonly measured: Readonly<Record<string, { readonly count: number; readonly max: number }>>;
}
const report = async () => JSON.parse((await ask("/status.json")).text) as Report;

describe("the page of the local host", () => {
  it("shows the operator queues, times and memory, as numbers", async () => {
    expect((await ask("/api/health")).text).toBe('{"status":"ok"}');
    await until(async () => (await report()).measured["publishTime"] !== undefined, "published");
    const { canWrite, queues, measured } = await report();
    expect(canWrite).toBe(true);
    expect(queues.map(({ name }) => name)).toEqual(["render", "publish", "dead-letters", "notify"]);
    for (const name of ["requestTime", "storeReadTime", "storeWriteTime", "fileWriteTime"]) {
      expect(measured[name]?.count, name).toBeGreaterThan(0);
    }
    expect(measured["residentMemory"]?.max).toBeGreaterThan(50);
  });

  it("is a page without script, and names no report and nobody", async () => {
    const { status, headers, text } = await ask("/status");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    for (const words of ["决算运行状态", "排印", "停止重试", "数据库写入", "内存"]) {
      expect(text).toContain(words);
    }
    for (const page of [text, (await ask("/status.json")).text]) {
      expect(page).not.toMatch(/<script|360200|137001|limin|李敏|行政服务中心/u);
    }
  });

  const strangers: readonly (readonly [string, Parameters<typeof ask>[1]])[] = [
    ["forwarded by a proxy", { headers: { "x-forwarded-for": "203.0.113.9" } }],
    ["for a name that leads here", { headers: { host: "rebound.example.com" } }],
    ...Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4")
      .slice(0, 1)
      .map(({ address }) => ["of another address", { address }] as const),
  ];
  it.each(strangers)("is not there for a request %s", async (_who, how) => {
    for (const path of ["/status", "/status.json"]) {
      const [asked, unknown] = [await ask(path, how), await ask(`${path}-unknown`, how)];
      expect({ status: asked.status, text: asked.text }).toEqual({
        status: unknown.status,
        text: unknown.text.replaceAll("-unknown", ""),
      });
      expect(asked.text).not.toMatch(/oldestWaitingMs|决算运行状态/u);
    }
  });
});

describe("an operator", () => {
  const headers = { host: "127.0.0.1:8080" };
  it.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])(
    "asks from %s",
    (remoteAddress) => {
      expect(isOperator({ socket: { remoteAddress }, headers })).toBe(true);
    },
  );

  it.each(["10.0.0.1", "1127.0.0.1", "127.0.0.1.example", "::ffff:10.0.0.1", "fe80::1", undefined])(
    "does not ask from %s",
    (remoteAddress) => {
      expect(isOperator({ socket: { remoteAddress }, headers })).toBe(false);
    },
  );

  it.each(["127.0.0.1.example.com", "example.com:8080", "localhost.example.com", ""])(
    "does not name the machine %j",
    (host) => {
      const socket = { remoteAddress: "127.0.0.1" };
      expect(isOperator({ socket, headers: { host } })).toBe(false);
    },
  );
});
