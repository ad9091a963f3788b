import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createDynamoStores } from "../../../functions/storage/dynamo/stores.ts";
import type { OrgNode } from "../../../functions/storage/ports.ts";
import { meter, type Consumed } from "../../contract/consumed.ts";
import { startDynalite, type Dynalite } from "../../contract/dynalite.ts";
import { enter } from "../enter.ts";
import { region, startService, type Service } from "./service.ts";

/**
 * What requests cost on DynamoDB, in read units (4 KB) and write units (1 KB), as its emulator counts them;
 * and that they cost the same however many offices a region has.
 */

const table = "budgets";
let dynalite: Dynalite;
let service: Service;
let consumed: () => Consumed;
let id: string;
beforeAll(async () => {
  dynalite = await startDynalite(table);
  consumed = meter(dynalite.client);
  service = await startService(createDynamoStores({ client: dynalite.client, table, sha256 }));
  id = await service.bring("137001", "draft");
});
afterAll(async () => {
  await service.close();
  await dynalite.close();
});

const call = async (who: string, method: string, path: string, body?: unknown) => {
  consumed();
  const answer = await service.call(who, method, path, body);
  expect(answer.status, `${method} ${path}`).toBe(200);
  return { ...consumed(), body: answer.body };
};
const read = () => call("limin", "GET", `/api/reports/${id}`);
const readSection = () => call("limin", "GET", `/api/reports/${id}/sections/facts`);
async function save() {
  const section = (await readSection()).body as { pointer: { sha256: string }; value: object };
  const body = { base: section.pointer.sha256, value: section.value };
  return call("limin", "PUT", `/api/reports/${id}/sections/facts`, body);
}
const worklist = (who: string) => call(who, "GET", `/api/regions/${region}/worklist`);

/** Departments with two units each, beside those of the test city. */
const offices = (departments: number): OrgNode[] =>
  Array.from({ length: departments }, (_, index) => String(300 + index)).flatMap((code) =>
    [code, `${code}001`, `${code}002`].map((one) => ({
      region,
      code: one,
      name: `机构${one}`,
      ...(one === code
        ? { kind: "department" as const, parent: "000" }
        : { kind: "unit" as const, parent: code }),
      version: 0,
    })),
  );

describe("in a city of a few offices", () => {
  it("reading a report, or a section of it, takes 3 units", async () => {
    expect((await read()).read).toBeLessThanOrEqual(3);
    expect((await readSection()).read).toBeLessThanOrEqual(3);
  });

  it("saving a section takes 4 units of reading and 6 of writing", async () => {
    const saved = await save();
    expect(saved.read).toBeLessThanOrEqual(4);
    expect(saved.write).toBeLessThanOrEqual(6);
  });

  it("a worklist takes 15 units", async () => {
    for (const who of ["limin", "suntao", "zhaolin", "fengyuan", "xuning"]) {
      expect((await worklist(who)).read).toBeLessThanOrEqual(15);
    }
  });
});

describe("in a city of many offices", () => {
  it("each costs what it cost before", async () => {
    const costs = async () => [
      (await read()).read,
      await save().then(({ read: reading, write }) => [reading, write]),
      (await worklist("limin")).read,
      (await worklist("suntao")).read,
      (await worklist("xuning")).read,
    ];
    await costs();
    const before = await costs();
    await enter(service.deps.registry, region, { orgs: offices(60) });
    await costs();
    expect(await costs()).toEqual(before);
  });
});
