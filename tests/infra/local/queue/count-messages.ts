import { appendFile } from "node:fs/promises";
import { setTimeout as wait } from "node:timers/promises";
import { createFolderQueue } from "../../../../infra/local/queue/folder-queue.ts";

/**
 * A process that sends numbered messages and handles them slowly until it dies: `sent N` is printed
 * once N is acknowledged, and each handled message is a line in the file named.
 */
const [, , dir = "", done = "", first = "0"] = process.argv;
const queue = await createFolderQueue({
  dir,
  concurrency: 3,
  maxAttempts: 3,
  now: () => new Date().toISOString(),
  handler: async (event) => {
    for (const { body } of event.Records) {
      await wait(3);
      await appendFile(done, `${body}\n`);
    }
    return { batchItemFailures: [] };
  },
});
for (let n = Number(first); ; n++) {
  await queue.send({ id: `m-${n}`, body: String(n) });
  process.stdout.write(`sent ${n}\n`);
}
