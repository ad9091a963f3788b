import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSqsQueue } from "../../../functions/platform/sqs-queue.ts";
import { inTrace } from "../../../functions/platform/trace.ts";

let server: FauxqsServer;
let client: SQSClient;
beforeAll(async () => {
  server = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1" });
  client = new SQSClient({
    region: "cn-north-1",
    credentials: { accessKeyId: "AKIACONTRACT", secretAccessKey: "contract" },
    endpoint: `http://127.0.0.1:${String(server.port)}`,
  });
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

async function queueNamed(name: string, attributes: Record<string, string> = {}) {
  const { QueueUrl = "" } = await client.send(
    new CreateQueueCommand({ QueueName: name, Attributes: attributes }),
  );
  const receive = async (most = 10) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: most,
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      }),
    );
    return Messages;
  };
  const remove = (handle = "") =>
    client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }));
  return { queue: createSqsQueue(client, QueueUrl), receive, remove };
}

const fifo = { FifoQueue: "true", ContentBasedDeduplication: "true" };
const message = (seq: number, unit = "137001") => ({
  id: `360200-2022-${unit}.${String(seq)}.render`,
  body: JSON.stringify({
    ...{ type: "render", reportId: `360200-2022-${unit}`, seq, editionHash: "0".repeat(64) },
  }),
});

describe("a message to SQS", () => {
  it("bears its effect's id, on a standard queue and without a group", async () => {
    const { queue, receive } = await queueNamed("plain");
    await queue.send(message(9));
    const [received] = await receive();
    expect(received?.Body).toBe(message(9).body);
    expect(received?.MessageAttributes?.["effectId"]?.StringValue).toBe(message(9).id);
    expect(received?.Attributes?.MessageGroupId).toBeUndefined();
  });

  it("bears the trace under which it is sent, and none that is not", async () => {
    const { queue, receive } = await queueNamed("traced");
    await inTrace("click-1", () => queue.send(message(1)));
    await queue.send(message(2));
    const received = await receive();
    expect(received.map((one) => one.MessageAttributes?.["trace"]?.StringValue)).toEqual(
      expect.arrayContaining(["click-1", undefined]),
    );
  });

  it("of a group waits on a FIFO queue until the one before is done; another group's does not", async () => {
    const { queue, receive, remove } = await queueNamed("grouped.fifo", fifo);
    await queue.send(message(1));
    await queue.send(message(2));
    await queue.send(message(1, "137002"));
    const [first] = await receive(1);
    expect(first?.Body).toBe(message(1).body);
    expect(first?.Attributes?.MessageGroupId).toBe("360200-2022-137001");
    expect((await receive()).map(({ Body }) => Body)).toEqual([message(1, "137002").body]);
    await remove(first?.ReceiptHandle);
    expect((await receive()).map(({ Body }) => Body)).toEqual([message(2).body]);
  });

  it("is in the group it is sent with", async () => {
    const { queue, receive } = await queueNamed("named.fifo", fifo);
    await queue.send({ ...message(1), group: "360200" });
    expect((await receive())[0]?.Attributes?.MessageGroupId).toBe("360200");
  });

  it("sent twice to a FIFO queue is one message", async () => {
    const { queue, receive } = await queueNamed("twice.fifo", fifo);
    await queue.send(message(1));
    await queue.send(message(1));
    expect(await receive()).toHaveLength(1);
  });

  it("may have an id that SQS would not take as a name", async () => {
    const { queue, receive } = await queueNamed("long.fifo", fifo);
    const ids = ["报告#1", "x".repeat(500), ""];
    for (const id of ids) await queue.send({ id: id || " ", body: `no message ${id}` });
    const received = (await receive()).map(({ Body }) => Body);
    expect(received.toSorted()).toEqual(ids.map((id) => `no message ${id}`).toSorted());
  });
});
