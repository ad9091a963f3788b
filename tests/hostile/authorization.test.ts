import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiApp } from "../../functions/api/deps.ts";
import { messageOf } from "../../functions/api/errors.ts";
import { sha256 } from "../../functions/platform/ids.ts";
import type { Member } from "../../shared/registry/registry.ts";
import { hashOf, manifestOf, storeManifest } from "../../functions/use-cases/report-content.ts";
import { region, startService, type Service } from "../functions/api/service.ts";
import { createRandom } from "../random.ts";
import { cases, dependsOnReport, isList, isOfNothing, type Case } from "./authorization/cases.ts";
import { deskOf } from "./authorization/desk.ts";
import { expected, held, type Outcome } from "./authorization/oracle.ts";
import { orgs, people, places, year, type Kind } from "./authorization/people.ts";
import { stations } from "./authorization/stations.ts";
import { isLong } from "./length.ts";

/**
 * Every route × every role at every place × every point of a report's life. What must be answered is worked out
 * from the transition table (authorization/oracle.ts), and not by the functions that the API asks. The stores are lists
 * in memory that note what was to be written and write nothing, so that one report serves every case.
 */

/** The part of the matrix that `npm test` asks for. */
const shortShare = 0.04;

interface RequestCase {
  readonly one: Case;
  readonly person: Member;
  readonly kind: Kind;
}

async function ask(
  { app }: { readonly app: ApiApp },
  { one, person, kind }: RequestCase,
  hash: string,
) {
  const [method = "", pattern = ""] = one.route.split(" ");
  const { orgCode } = places[kind];
  const parameters: Record<string, string> = {
    ...{ region, year: String(year), orgCode, id: `${region}-${String(year)}-${orgCode}`, hash },
    ...{ section: "t01", subject: "newcomer", sha256: "a".repeat(64), thread: "00000000-0000" },
    ...{ edition: "jiangxi-2022", key: "matrix-2023", rule: "R101" },
    ...{
      explanation: "00000000-0000",
      plan: "0".repeat(64),
      upload: uuid,
      grant: uuid,
      invitation: uuid,
    },
    ...{ import: "a".repeat(64), part: "1" },
  };
  const path = pattern.replaceAll(/\{(\w+)\}/gu, (_, name: string) => parameters[name] ?? "");
  const answer = await app.request(`${path}${one.query?.(hash) ?? ""}`, {
    method,
    headers: { authorization: `Bearer ${person.subject}`, "content-type": "application/json" },
    ...(one.body === undefined
      ? {}
      : {
          body: JSON.stringify(
            one.route === "POST /api/reports" ? { region, year, orgCode } : one.body(hash),
          ),
        }),
  });
  const isJson = answer.headers.get("content-type")?.includes("json") === true;
  return { status: answer.status, text: isJson ? await answer.text() : "{}" };
}
const uuid = "01890000-0000-7000-8000-000000000001";

/** What the answer was, in the words of the oracle; the code as it is where the oracle has none for it. */
function outcomeOf(one: Case, { status, text }: { status: number; text: string }): string {
  if (status < 300) return "in";
  const { error } = JSON.parse(text) as { error: { code: string; details?: unknown } };
  if (status === 404) return isOfNothing(one.route) ? "in or not_found" : error.code;
  const refusals = [
    "wrong_role",
    "four_eyes",
    "wrong_status",
    "invalid_request",
    "unauthenticated",
  ];
  return refusals.includes(error.code) ? error.code : "in";
}

/** What nobody can tell from the answer about a report that there is none of. */
const isNothing = (text: string): boolean => {
  const { error, ...more } = JSON.parse(text) as { error: Record<string, unknown> };
  const { code, message, requestId, ...details } = error;
  return (
    code === "not_found" &&
    message === messageOf.not_found &&
    typeof requestId === "string" &&
    Object.keys({ ...more, ...details }).length === 0
  );
};

const isAs = (outcome: string, wanted: Outcome): boolean =>
  outcome === wanted ||
  (outcome === "in or not_found" && (wanted === "in" || wanted === "not_found"));

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

it("the matrix has every route of the API", async () => {
  const { body } = await service.call(undefined, "GET", "/api/openapi.json");
  const { paths } = body as { paths: Record<string, Record<string, unknown>> };
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((name) => `${name.toUpperCase()} ${path}`),
  );
  const judged = new Set(cases.map(({ route }) => route));
  expect([...judged].sort()).toEqual(routes.filter((route) => route !== "GET /api/health").sort());
});

describe.each(Object.keys(places) as Kind[])("the report of a %s", (kind) => {
  const place = places[kind];
  const id = `${region}-${String(year)}-${place.orgCode}`;
  // A draft is called what its node is called in the tree.
  const orgName = orgs.find(({ code }) => code === place.orgCode)?.name ?? place.orgCode;
  const points = stations({ ...place, id, region, year, orgName }, sha256);

  it.each(points)(
    "$name: each is let in, or refused with its reason, and no other",
    async (station) => {
      const random = createRandom(20231116);
      const desk = deskOf(service, id, station.head);
      const hash = station.head === undefined ? "a".repeat(64) : hashOf(service.deps, station.head);
      if (station.head !== undefined) {
        await storeManifest(
          { ...service.deps, files: service.deps.vault },
          manifestOf(station.head),
        );
      }
      const wrong: string[] = [];
      let asked = 0;
      for (const one of cases) {
        if (!dependsOnReport(one) && station.name !== "draft") continue;
        for (const person of people) {
          if (!isLong && !random.chance(shortShare)) continue;
          asked += 1;
          const wanted = expected(one, person, station, kind);
          const before = desk.writes.length;
          const answer = await ask(desk, { one, person, kind }, hash);
          const outcome = outcomeOf(one, answer);
          const name = `${one.route} by ${person.subject}`;
          if (!isAs(outcome, wanted)) wrong.push(`${name}: ${outcome} instead of ${wanted}`);
          const mayWrite = wanted === "in" && !one.route.startsWith("GET");
          if (desk.writes.length > before && !mayWrite) {
            wrong.push(`${name}: wrote ${desk.writes.slice(before).join()}`);
          }
          if (wanted === "not_found" && !isNothing(answer.text)) {
            wrong.push(`${name}: learns something from ${answer.text}`);
          }
          const { reads } = held(person, kind);
          if (isList(one) && answer.text.includes(id) && !reads) wrong.push(`${name}: lists ${id}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(desk.faults).toEqual([]);
      expect(asked).toBeGreaterThan(isLong ? 1_500 : 50);
    },
  );
});
