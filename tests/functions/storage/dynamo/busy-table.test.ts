import { afterAll, beforeAll, expect, it } from "vitest";
import { sha256 } from "../../../../functions/platform/ids.ts";
import { createDynamoStores } from "../../../../functions/storage/dynamo/stores.ts";
import type { Stores } from "../../../../functions/storage/ports.ts";
import { type Dynalite, startDynalite } from "../../../contract/dynalite.ts";
import { draft, newHead, opened } from "../../../contract/fixtures.ts";

let dynamo: Dynalite;
let stores: Stores;
let answer: string | undefined;
beforeAll(async () => {
  dynamo = await startDynalite("busy");
  dynamo.client.middlewareStack.add(
    (next) => (args) =>
      answer === undefined
        ? next(args)
        : Promise.reject(Object.assign(new Error("Slow down"), { name: answer })),
    { step: "build" },
  );
  stores = createDynamoStores({ client: dynamo.client, table: "busy", sha256 });
});
afterAll(() => dynamo.close());

it.each(["ThrottlingException", "ProvisionedThroughputExceededException", "TimeoutError"])(
  "a table that answers %s is busy, for reads and writes, and then goes on",
  async (name) => {
    const head = newHead(name.slice(0, 4));
    await stores.reports.create(head);
    answer = name;
    const busy = { name: "UnavailableError", why: "busy" };
    await expect(stores.reports.load(head.id)).rejects.toMatchObject(busy);
    await expect(stores.reports.commit(head, [opened], { state: draft })).rejects.toMatchObject(
      busy,
    );
    answer = undefined;
    expect((await stores.reports.commit(head, [opened], { state: draft })).ok).toBe(true);
  },
);

it("any other failure rises as it is", async () => {
  answer = "ValidationException";
  await expect(stores.reports.load("360200-2022-X")).rejects.toMatchObject({ name: answer });
  answer = undefined;
});
