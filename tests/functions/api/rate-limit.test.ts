import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../functions/api/app.ts";
import { createBuckets, ratesOf, type Rates } from "../../../functions/api/rate-limit.ts";
import { region, start, startService, type Service } from "./service.ts";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

/** The same API with rates of its own, asked from an address at a time of the test's choosing. */
function limited(rates: Partial<Rates>) {
  const wide = { burst: 1_000, perMinute: 1_000 };
  let nowMs = Date.parse(start);
  const app = createApp({
    ...service.deps,
    now: () => new Date(nowMs).toISOString(),
    rates: {
      ...{ person: wide, address: wide, anonymous: wide, heavy: wide, previews: wide },
      ...rates,
    },
  });
  const ask = async (
    who: string | undefined,
    {
      path = "/api/me",
      method = "GET",
      address = "10.0.0.1",
      headers = {},
    }: {
      path?: string;
      method?: string;
      address?: string;
      headers?: Readonly<Record<string, string>>;
    } = {},
  ) => {
    const authorization =
      who === undefined ? {} : { authorization: `Bearer ${await service.token(who)}` };
    return app.request(
      path,
      { method, headers: { ...authorization, ...headers } },
      { requestContext: { http: { sourceIp: address } } },
    );
  };
  return { ask, wait: (seconds: number) => (nowMs += seconds * 1_000) };
}
const few = { burst: 3, perMinute: 6 };
const statuses = async (count: number, ask: () => Promise<Response>) => {
  const answers: number[] = [];
  for (let at = 0; at < count; at += 1) answers.push((await ask()).status);
  return answers;
};

describe("a person who asks too often", () => {
  it("reads in a sentence when to come back, and served then", async () => {
    const { ask, wait } = limited({ person: few });
    expect(await statuses(3, () => ask("limin"))).toEqual([200, 200, 200]);
    const refused = await ask("limin");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("10");
    expect(await refused.json()).toMatchObject({
      error: {
        code: "too_many_requests",
        message: "请求过于频繁，请在10秒后再试；已填写的内容不会丢失。",
        details: { retryAfterSeconds: 10 },
      },
    });
    wait(9);
    expect((await ask("limin")).status).toBe(429);
    wait(1);
    expect(await statuses(2, () => ask("limin"))).toEqual([200, 429]);
  });

  it("keeps nobody else waiting, at the same address or another", async () => {
    const { ask } = limited({ person: few });
    await statuses(20, () => ask("limin"));
    expect((await ask("zhouting")).status).toBe(200);
    expect((await ask("zhouting", { address: "10.0.0.2" })).status).toBe(200);
  });

  it("is the same person at every address", async () => {
    const { ask } = limited({ person: few });
    let at = 0;
    const answers = await statuses(5, () =>
      ask("limin", { address: `10.0.1.${String((at += 1))}` }),
    );
    expect(answers).toEqual([200, 200, 200, 429, 429]);
  });

  it("may go on with light work when the heavy work of a while is done", async () => {
    const { ask } = limited({ heavy: few });
    const findings = `/api/reports/${id}/findings`;
    expect(await statuses(4, () => ask("limin", { path: findings }))).toEqual([200, 200, 200, 429]);
    expect((await ask("limin", { path: `/api/reports/${id}/workbook` })).status).toBe(429);
    expect((await ask("limin")).status).toBe(200);
  });

  it("has few prints of drafts at a time, of one report whoever asks", async () => {
    const { ask } = limited({ previews: { burst: 2, perMinute: 1 } });
    const print = { path: `/api/reports/${id}/previews`, method: "POST" };
    expect(await statuses(3, () => ask("limin", print))).toEqual([200, 200, 429]);
    const before = service.queued.length;
    expect((await ask("wangqiang", print)).status).toBe(429);
    expect(service.queued).toHaveLength(before);
  });

  it("has few prints of an edition's draft at a time, of the same few", async () => {
    const { ask } = limited({ previews: { burst: 2, perMinute: 1 } });
    const of = (key: string) => ({
      path: `/api/regions/${region}/own-editions/${key}/previews`,
      method: "POST",
    });
    // Neither draft is there, which only those learn who may ask.
    expect((await ask("xuning", of("one-2023"))).status).toBe(404);
    expect((await ask("xuning", of("two-2023"))).status).toBe(404);
    expect((await ask("xuning", of("one-2023"))).status).toBe(429);
  });
});

describe("an address that asks too often", () => {
  it("is refused whoever asks there, and no other address is", async () => {
    const { ask } = limited({ address: few });
    expect(await statuses(4, () => ask("limin"))).toEqual([200, 200, 200, 429]);
    expect((await ask("zhouting")).status).toBe(429);
    expect((await ask(undefined, { path: "/api/health" })).status).toBe(429);
    expect((await ask("limin", { address: "10.0.0.2" })).status).toBe(200);
  });

  it("is the one of the connection, whatever its headers say", async () => {
    const { ask } = limited({ address: few });
    let at = 0;
    const forged = () =>
      ask("limin", { headers: { "x-forwarded-for": `10.9.9.${String((at += 1))}` } });
    expect(await statuses(4, forged)).toEqual([200, 200, 200, 429]);
  });

  it.each([
    ["no token", {}],
    ["a token of nobody", { authorization: "Bearer a.b.c" }],
  ])("with %s has a smaller share, which costs those with a token nothing", async (_, headers) => {
    const { ask } = limited({ anonymous: few });
    const unregistered = () => ask(undefined, { headers });
    expect(await statuses(5, unregistered)).toEqual([401, 401, 401, 429, 429]);
    expect((await ask("limin")).status).toBe(200);
  });
});

describe("the buckets", () => {
  it("are no more than a bound, the oldest forgotten first", () => {
    const buckets = createBuckets(few, () => 0, 100);
    for (let at = 0; at < 10_000; at += 1) buckets(`stranger ${String(at)}`);
    expect(buckets.size()).toBe(100);
  });

  it("keep who is still asking", () => {
    const buckets = createBuckets({ burst: 50, perMinute: 1 }, () => 0, 10);
    for (let at = 0; at < 50; at += 1) {
      expect(buckets("noisy")).toBeUndefined();
      buckets(`stranger ${String(at)}`);
    }
    expect(buckets("noisy")).toBe(60);
  });

  it("give nothing for a clock that was set back", () => {
    let now = 1_000_000;
    const buckets = createBuckets({ burst: 1, perMinute: 1 }, () => now);
    expect(buckets("a")).toBeUndefined();
    now = 0;
    expect(buckets("a")).toBe(60);
  });

  it("let an hour's honest work of a minute through", () => {
    const { person, heavy } = ratesOf({ person: 600, address: 6_000 });
    const [asked, checked] = [createBuckets(person, () => 0), createBuckets(heavy, () => 0)];
    // Twenty pages of ten requests, and a grid that is checked after each of sixty saves.
    const answers = Array.from({ length: 260 }, () => asked("limin"));
    expect(answers.every((wait) => wait === undefined)).toBe(true);
    expect(Array.from({ length: 60 }, () => checked("limin"))).not.toContain(1);
  });
});
