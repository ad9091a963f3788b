import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/platform/ids.ts";
import { createDynamoStores } from "../../functions/storage/dynamo/stores.ts";
import type { Stores } from "../../functions/storage/ports.ts";
import { createTableInput } from "./create-table.ts";
import { startDynalite } from "./dynalite.ts";
import { err } from "../../shared/result.ts";
import { draft, newHead, pointer } from "./fixtures.ts";
import { auditContract } from "./audit-contract.ts";
import { noticeStoreContract } from "./notice-contract.ts";
import { progressContract } from "./progress-contract.ts";
import {
  effectLogContract,
  lookStoreContract,
  registryContract,
  unsentStoreContract,
} from "./registry-contract.ts";
import { threadStoreContract } from "./thread-store-contract.ts";
import { reportStoreContract } from "./report-store-contract.ts";

interface Engine {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly close: () => Promise<void>;
}

/** DynamoDB Local, ScyllaDB Alternator or another engine somebody runs. */
async function onEndpoint(endpoint: string): Promise<Engine> {
  const credentials = { accessKeyId: "contract", secretAccessKey: "contract" };
  const client = new DynamoDBClient({ endpoint, region: "local", credentials });
  const table = `contract-${randomUUID()}`;
  await client.send(new CreateTableCommand(createTableInput(table)));
  await waitUntilTableExists({ client, maxWaitTime: 30 }, { TableName: table });
  return {
    client,
    table,
    close: async () => {
      await client.send(new DeleteTableCommand({ TableName: table }));
      client.destroy();
    },
  };
}

const endpoint = process.env["TEST_DYNAMODB_ENDPOINT"];

describe.each([
  {
    name: "dynalite",
    start: async () => ({ ...(await startDynalite("contract")), table: "contract" }),
  },
  ...(endpoint === undefined ? [] : [{ name: endpoint, start: () => onEndpoint(endpoint) }]),
])("the one table on $name", ({ start }) => {
  let engine: Engine;
  let stores: Stores;
  beforeAll(async () => {
    engine = await start();
    stores = createDynamoStores({ ...engine, sha256 });
  });
  afterAll(() => engine.close());

  reportStoreContract(() => Promise.resolve(stores.reports));
  threadStoreContract(() => Promise.resolve(stores));
  unsentStoreContract(() => Promise.resolve(stores.unsent));
  lookStoreContract(() => Promise.resolve(stores.looks));
  noticeStoreContract(() => Promise.resolve(stores.notices));
  registryContract(() => Promise.resolve(stores.registry));
  progressContract(() => Promise.resolve(stores.progress));
  auditContract(() => Promise.resolve(stores.audit));
  effectLogContract(() => Promise.resolve(stores.effects));

  it("overwrites the one item that health writes", async () => {
    for (const at of ["2023-08-01T00:00:00.000Z", "2023-08-01T00:01:00.000Z"]) {
      await stores.probe.write(at);
    }
    const { Item } = await DynamoDBDocumentClient.from(engine.client).send(
      new GetCommand({ TableName: engine.table, Key: { pk: "health", sk: "probe" } }),
    );
    expect(Item).toEqual({ pk: "health", sk: "probe", at: "2023-08-01T00:01:00.000Z" });
  });

  it("reads and saves over a head whose pointers were stored member by member", async () => {
    const head = newHead("Y01", { state: draft });
    await stores.reports.create(head);
    const old = { t01: pointer("1"), t02: pointer("2") };
    await DynamoDBDocumentClient.from(engine.client).send(
      new UpdateCommand({
        TableName: engine.table,
        Key: { pk: head.id, sk: "head" },
        UpdateExpression: "SET sections = :old",
        ExpressionAttributeValues: { ":old": old },
      }),
    );
    expect((await stores.reports.load(head.id))?.sections).toEqual(old);
    const { sha256: base } = old.t01;
    const saved = await stores.reports.saveSection(head.id, "t01", base, pointer("3"));
    expect(saved).toMatchObject({ ok: true, value: { version: 1 } });
    const again = await stores.reports.saveSection(head.id, "t01", base, pointer("4"));
    expect(again).toEqual(err({ code: "section_conflict", current: pointer("3") }));
    const { sections } = (await stores.reports.load(head.id)) ?? {};
    expect(sections).toEqual({ t01: pointer("3"), t02: pointer("2") });
  });

  describe("an item another hand spoilt", () => {
    it("is called corrupt by its key instead of being answered", async () => {
      const head = newHead("Z01");
      await stores.reports.create(head);
      const db = DynamoDBDocumentClient.from(engine.client);
      await db.send(
        new UpdateCommand({
          TableName: engine.table,
          Key: { pk: head.id, sk: "head" },
          UpdateExpression: "SET #state = :broken",
          ExpressionAttributeNames: { "#state": "state" },
          ExpressionAttributeValues: { ":broken": { status: "lost" } },
        }),
      );
      const corrupt = {
        name: "CorruptItemError",
        message: expect.stringContaining(head.id) as string,
      };
      await expect(stores.reports.load(head.id)).rejects.toMatchObject(corrupt);
      expect(await stores.reports.surveyHead(head.id)).toEqual({
        name: head.id,
        corrupt: "state.status",
      });
    });

    it("keeps no other report from being listed, and is named with them", async () => {
      const { id, orgCode } = newHead("Z01");
      const other = newHead("Z00");
      await stores.reports.create(other);
      const year = await stores.reports.byYear("360200", 2022, { limit: 100 });
      expect(year.damaged).toEqual([id]);
      expect(year.items.map((head) => head.id)).toContain(other.id);
      expect(await stores.reports.byOrg("360200", orgCode, { limit: 5 })).toMatchObject({
        items: [],
        damaged: [id],
      });
    });

    it("is called corrupt among a report's events and threads", async () => {
      const db = DynamoDBDocumentClient.from(engine.client);
      for (const sk of ["event#000000001", "thread#1"]) {
        const Item = { pk: "360200-2022-Z02", sk, seq: 1 };
        await db.send(new PutCommand({ TableName: engine.table, Item }));
      }
      const corrupt = { name: "CorruptItemError" };
      await expect(stores.reports.events("360200-2022-Z02", { limit: 5 })).rejects.toMatchObject(
        corrupt,
      );
      await expect(stores.threads.list("360200-2022-Z02")).rejects.toMatchObject(corrupt);
      expect(await stores.reports.surveyEvents("360200-2022-Z02", { limit: 5 })).toMatchObject({
        items: [{ seq: 1, corrupt: expect.stringContaining("event") as string }],
      });
      expect(await stores.threads.survey("360200-2022-Z02")).toMatchObject([
        { name: "1", corrupt: expect.stringContaining("anchor") as string },
      ]);
    });
  });
});
