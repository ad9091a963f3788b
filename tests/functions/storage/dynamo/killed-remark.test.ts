import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../../functions/platform/ids.ts";
import { keys } from "../../../../functions/storage/items.ts";
import { createDynamoStores } from "../../../../functions/storage/dynamo/stores.ts";
import { openTable } from "../../../../functions/storage/dynamo/table-access.ts";
import type { ReportHead, Stores } from "../../../../functions/storage/ports.ts";
import { type Dynalite, startDynalite } from "../../../contract/dynalite.ts";
import {
  draft,
  inReview,
  newHead,
  newThread,
  opened,
  submitted,
  zhou,
} from "../../../contract/fixtures.ts";

/** A remark takes three writes; a process may die after any of them (docs/adr/0014). */

const table = "killed";
let dynamo: Dynalite;
let living: Stores;
beforeAll(async () => {
  dynamo = await startDynalite(table);
  living = createDynamoStores({ client: dynamo.client, table, sha256 });
});
afterAll(async () => {
  await dynamo.close();
});

/** The stores of a process that dies after so many writes. */
async function dyingAfter(writes: number): Promise<Stores> {
  const { endpoint, credentials, region } = dynamo.client.config;
  const at = await endpoint?.();
  const client = new DynamoDBClient({
    region,
    credentials,
    ...(at === undefined
      ? {}
      : { endpoint: `${at.protocol}//${at.hostname}:${String(at.port ?? 80)}` }),
  });
  let done = 0;
  client.middlewareStack.add(
    (next, context) => (args) => {
      if (!/^(Put|Update)/.test(context.commandName ?? "")) return next(args);
      done += 1;
      return done > writes ? Promise.reject(new Error("killed")) : next(args);
    },
    { step: "initialize" },
  );
  return createDynamoStores({ client, table, sha256 });
}

let reports = 0;
let head: ReportHead;
beforeEach(async () => {
  head = newHead(`K${String((reports += 1)).padStart(2, "0")}`);
  await living.reports.create(head);
  const committed = await living.reports.commit(head, [opened], { state: draft });
  if (!committed.ok) throw new Error(committed.error.code);
  head = committed.value;
});

const answer = { id: "answer", ...zhou, text: "已改", act: "answer" } as const;
const more = { id: "more", ...zhou, text: "还有一处", act: "answer" } as const;

describe.each([1, 2])("a process killed after write %i of a remark", (writes) => {
  it("leaves an opening that everybody reads, that counts, and that goes on", async () => {
    const thread = newThread(head.id, "01");
    await expect((await dyingAfter(writes)).threads.create(thread)).rejects.toThrow("killed");
    expect(await living.threads.list(head.id)).toEqual([thread]);
    expect(await living.threads.load(head.id, "01")).toEqual(thread);
    const late = await living.reports.commit(head, [submitted], { state: inReview });
    expect(late).toEqual({ ok: false, error: { code: "stale_version" } });
    expect(await living.threads.append(thread, answer, "answered")).toMatchObject({
      ok: true,
      value: { version: 2, status: "answered", entries: [{ act: "open" }, { act: "answer" }] },
    });
    expect(await living.threads.list(head.id)).toHaveLength(1);
  });

  it("leaves an answer that everybody reads, and nothing in the way of the next", async () => {
    const thread = newThread(head.id, "01");
    await living.threads.create(thread);
    const dying = await dyingAfter(writes);
    await expect(dying.threads.append(thread, answer, "answered")).rejects.toThrow("killed");
    const read = await living.threads.load(head.id, "01");
    expect(read).toMatchObject({ version: 2, status: "answered" });
    if (read === undefined) throw new Error("The thread is gone.");
    // On the version before it, another answer is late; on its own, it is the next.
    const late = await living.threads.append(thread, more, "answered");
    expect(late).toEqual({ ok: false, error: { code: "stale_version" } });
    expect(await living.threads.append(read, more, "answered")).toMatchObject({
      ok: true,
      value: { version: 3, entries: [{}, { id: "answer" }, { id: "more" }] },
    });
  });

  it("is finished though many died before, and the report is handed in with all of them", async () => {
    const names = Array.from({ length: 12 }, (_, n) => String(n + 10));
    for (const name of names) {
      const dying = await dyingAfter(writes);
      await dying.threads.create(newThread(head.id, name)).catch(() => undefined);
    }
    await living.threads.create(newThread(head.id, "99"));
    const kept = (await living.threads.list(head.id)).map(({ id }) => id);
    expect(kept).toContain("99");
    // Who died at the full head had not got in: no answer was given, and nothing is half there.
    expect(kept.length).toBeGreaterThanOrEqual(9);
    const now = await living.reports.load(head.id);
    if (now === undefined) throw new Error("The report is gone.");
    expect((await living.reports.commit(now, [submitted], { state: inReview })).ok).toBe(true);
  });
});

it("a head stored before remarks went through it takes them", async () => {
  await openTable(dynamo.client, table).db.send(
    new UpdateCommand({
      TableName: table,
      Key: keys.head(head.id),
      UpdateExpression: "REMOVE remarks",
    }),
  );
  const thread = newThread(head.id, "01");
  expect(await living.threads.create(thread)).toEqual({ ok: true, value: thread });
  expect(await living.threads.append(thread, answer, "answered")).toMatchObject({ ok: true });
});
