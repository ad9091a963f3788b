import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../../functions/platform/ids.ts";
import { createDynamoStores } from "../../../../functions/storage/dynamo/stores.ts";
import type { Stores } from "../../../../functions/storage/ports.ts";
import { type Dynalite, startDynalite } from "../../../contract/dynalite.ts";
import {
  draft,
  inReview,
  newHead,
  newThread,
  opened,
  pointer,
  submitted,
  zhou,
} from "../../../contract/fixtures.ts";

/** As the SDK does when the answer to a write is lost on the way: it sends the very same write again. */
function sendWritesTwice(client: DynamoDBClient): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (/^(Put|Update)/.test(context.commandName ?? "")) await next(args);
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
}

let dynamo: Dynalite;
let stores: Stores;
beforeAll(async () => {
  dynamo = await startDynalite("lost");
  sendWritesTwice(dynamo.client);
  stores = createDynamoStores({ client: dynamo.client, table: "lost", sha256 });
});
afterAll(async () => {
  await dynamo.close();
});

describe("a write whose first answer was lost", () => {
  it("is known as one's own when sent again: creation, commit, save and entry succeed once", async () => {
    const { reports, threads } = stores;
    const head = newHead("L01");
    expect((await reports.create(head)).ok).toBe(true);
    const open = await reports.commit(head, [opened], { state: draft });
    if (!open.ok) throw new Error(open.error.code);
    const saved = await reports.saveSection(head.id, "t01", undefined, pointer("1"));
    if (!saved.ok) throw new Error(saved.error.code);
    const sent = await reports.commit(saved.value, [submitted], { state: inReview });
    expect(sent).toMatchObject({ ok: true, value: { version: 3, chain: { seq: 2 } } });
    await reports.trimOutbox(head.id, 2);
    expect(await reports.load(head.id)).toMatchObject({ version: 3, outbox: [] });

    const thread = newThread(head.id, "1");
    await threads.create(thread);
    const entry = { id: "2", ...zhou, text: "已改", act: "answer" } as const;
    const grown = await threads.append(thread, entry, "answered");
    expect(grown).toMatchObject({ ok: true, value: { version: 2 } });
    expect((await threads.load(head.id, "1"))?.entries).toHaveLength(2);
  });

  it("is still refused when somebody else's is stored", async () => {
    const { reports } = stores;
    const head = newHead("L02");
    await reports.create(head);
    const open = await reports.commit(head, [opened], { state: draft });
    expect(open.ok).toBe(true);
    const late = await reports.commit(head, [opened], { state: draft });
    expect(late).toEqual({ ok: false, error: { code: "stale_version" } });
  });
});
