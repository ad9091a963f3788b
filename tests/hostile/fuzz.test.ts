import { afterAll, beforeAll, expect, it } from "vitest";
import { jiangxi2022 } from "../examples/editions.ts";
import { sectionSchema } from "../../shared/report/sections.ts";
import { sectionIdsOf } from "../../shared/report/section-ids.ts";
import { z } from "zod";
import { createRandom, type Random } from "../random.ts";
import { region, startService, type Answer, type Service } from "../functions/api/service.ts";
import { fuzzed, isBlank, type Schema } from "./fuzzed.ts";
import { isLong } from "./length.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/**
 * Requests made up from the description of the API: bodies that its schemas allow, bodies with something in them
 * that they do not, addresses of what there is and of what there is not, by everybody. Any may be refused; none
 * may break the service, be answered without end, or leave behind what verification finds damaged. A seed names a
 * run: `HOSTILE_SEED=7 npm run test:hostile` asks for the same requests again.
 */

const seed = Number(process.env["HOSTILE_SEED"] ?? 20231116);
const requests = isLong ? 40_000 : 800;
const longestRunMs = 5 * 60_000;
const mostBytes = 4 * 1024 * 1024;

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema: Schema;
  }[];
  readonly body: Schema | undefined;
}

let service: Service;
let operations: readonly Operation[];
let ids: readonly string[];
const tokens = new Map<string, string>();
const people = ["limin", "zhouting", "wangqiang", "zhaolin", "suntao", "qianli", "zhenghua"];
const others = ["fengyuan", "xuning", "shenbo", "heping", "waibu", "panyun", "stranger"];

beforeAll(async () => {
  service = await startService();
  ids = [await service.bring("137001", "draft"), await service.bring("137002", "unit")];
  for (const name of [...people, ...others]) tokens.set(name, await service.token(name));
  const { body } = await service.call(undefined, "GET", "/api/openapi.json");
  const { paths } = body as { paths: Record<string, Record<string, Described>> };
  operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { parameters = [], requestBody }]) => ({
      ...{ method: method.toUpperCase(), path, parameters },
      body: requestBody?.content["application/json"].schema,
    })),
  );
});
afterAll(() => service.close());

interface Described {
  readonly parameters?: Operation["parameters"];
  readonly requestBody?: { readonly content: { readonly "application/json": { schema: Schema } } };
}

const sections = sectionIdsOf(jiangxi2022).map(
  (id) => [id, z.toJSONSchema(sectionSchema(id), { io: "input" }) as Schema] as const,
);

/** An address of what there is, mostly; and a section's own value, which the description leaves open. */
function requestOf({ method, path, parameters, body }: Operation, random: Random) {
  const [section, schema] = random.pick(sections as [(typeof sections)[0], ...typeof sections]);
  const known: Record<string, string> = {
    ...{ region, year: "2022", section, subject: random.pick(["limin", "newcomer", "xuning"]) },
    orgCode: random.pick(["137001", "137002", "137", "000", "137009"]),
    id: random.pick(ids as [string, ...string[]]),
  };
  const valueOf = (one: Operation["parameters"][number]): string =>
    random.chance(0.9) && known[one.name] !== undefined
      ? (known[one.name] ?? "")
      : addressPart(fuzzed(one.schema, random));
  const named = (where: string) => parameters.filter((one) => one.in === where);
  const inPath = new Map(named("path").map((one) => [one.name, encoded(valueOf(one))]));
  const query = named("query")
    .filter(() => random.chance(0.6))
    .map((one) => `${one.name}=${encoded(valueOf(one))}`);
  const value = body === undefined ? undefined : fuzzed(body, random);
  if (path.endsWith("/sections/{section}") && isBlank(value) && random.chance(0.8)) {
    Object.assign(value, { value: fuzzed(schema, random) });
  }
  return {
    method,
    path: `${path.replaceAll(/\{(\w+)\}/gu, (_, name: string) => inPath.get(name) ?? "")}?${query.join("&")}`,
    ...omitUndefined({ body: value }),
  };
}

const addressPart = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** Half a surrogate pair has no form in an address. */
const encoded = (text: string): string => encodeURIComponent(text.replaceAll(/\p{Cs}/gu, "?"));

/** What is wrong with an answer, whatever was asked. */
function faultOf({ status, headers, body }: Answer): string | undefined {
  const text = body instanceof Uint8Array ? "" : JSON.stringify(body ?? "");
  if (text.length > mostBytes) return `has ${String(text.length)} bytes`;
  if (headers.get("x-request-id") === null) return "has no request id";
  if (status < 300) return undefined;
  const { error } = (body ?? {}) as { error?: { code?: unknown; message?: unknown } };
  if (status >= 500 || typeof error?.code !== "string" || typeof error.message !== "string") {
    return `is ${String(status)} ${text.slice(0, 200)}`;
  }
  if (!/[一-鿿]/u.test(error.message)) return `has no sentence in Chinese: ${error.message}`;
  return /node_modules|\bat \w+ \(|[A-Z]\w+Error\b/u.test(text)
    ? `shows its insides: ${text}`
    : undefined;
}

it(
  "no request breaks the service, and what is stored stays whole",
  async () => {
    const random = createRandom(seed);
    const statuses = new Map<number, number>();
    const faults: string[] = [];
    const until = performance.now() + longestRunMs;
    let made = 0;
    for (; made < requests && performance.now() < until && faults.length < 10; made += 1) {
      const operation = operations[random.below(operations.length)];
      if (operation === undefined) throw new Error("The API has no operations.");
      const request = requestOf(operation, random);
      const who = random.pick([...people, ...others] as [string, ...string[]]);
      const authorization = `Bearer ${tokens.get(who) ?? ""}`;
      const answer = await service.call(undefined, request.method, request.path, request.body, {
        authorization,
      });
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const fault = faultOf(answer);
      if (fault !== undefined) {
        const asked = JSON.stringify(request.body ?? null).slice(0, 400);
        faults.push(
          `${String(made)}: ${request.method} ${request.path} by ${who} ${asked} ${fault}`,
        );
      }
    }
    const counted = [...statuses]
      .sort()
      .map(([status, count]) => `${String(status)} ${String(count)}×`);
    console.log(`Seed ${String(seed)}, ${String(made)} requests: ${counted.join(", ")}`);
    expect(faults).toEqual([]);
    expect(made).toBeGreaterThan(isLong ? 2_000 : 700);
    // A run that is refused everything at the door tries nothing behind it.
    expect([...statuses.keys()].sort()).toEqual(expect.arrayContaining([200, 400, 403, 404, 409]));

    const { body: registry } = await service.call(
      "shenbo",
      "GET",
      `/api/regions/${region}/registry/verification`,
    );
    expect(registry).toMatchObject({ intact: true });
    for (const id of ids) {
      const { body } = await service.call(
        "shenbo",
        "GET",
        `/api/reports/${id}/events/verification`,
      );
      expect(body).toMatchObject({ intact: true });
    }
  },
  longestRunMs + 60_000,
);
