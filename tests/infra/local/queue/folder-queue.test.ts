import type { SQSEvent } from "aws-lambda";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  createFolderQueue,
  type FailedAttempt,
  type FolderQueue,
  type QueueHandler,
} from "../../../../infra/local/queue/folder-queue.ts";

const instant = "2023-09-15T08:00:00.000Z";
let dir: string;
const queues: FolderQueue[] = [];

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "queue-"));
});
afterEach(async () => {
  for (const queue of queues.splice(0)) await queue.close();
  await rm(dir, { recursive: true, force: true });
});

async function open(
  handler: QueueHandler,
  settings: Partial<Parameters<typeof createFolderQueue>[0]> = {},
) {
  const queue = await createFolderQueue({
    dir,
    handler,
    concurrency: 2,
    maxAttempts: 3,
    now: () => instant,
    retryDelayMs: () => 1,
    ...settings,
  });
  queues.push(queue);
  return queue;
}

/** A handler that keeps what it got and does what it is told for each body. */
function recording(act: (body: string, attempt: number) => Promise<void> | void = () => undefined) {
  const events: SQSEvent[] = [];
  const bodies: string[] = [];
  const handler: QueueHandler = async (event) => {
    events.push(event);
    for (const { body, attributes } of event.Records) {
      bodies.push(body);
      await act(body, Number(attributes.ApproximateReceiveCount));
    }
    return { batchItemFailures: [] };
  };
  return { events, bodies, handler };
}

const held = () => {
  let letGo: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  return { gate, letGo };
};

describe("a message", () => {
  it("reaches the handler in the shape of SQS and is done once", async () => {
    const { handler, events } = recording();
    const queue = await open(handler);
    await queue.send({ id: "effect-1", body: '{"决算":1}' });
    await queue.drained();
    expect(events).toHaveLength(1);
    expect(events[0]?.Records).toEqual([
      expect.objectContaining({
        messageId: "effect-1",
        body: '{"决算":1}',
        eventSource: "aws:sqs",
        attributes: expect.objectContaining({
          ApproximateReceiveCount: "1",
          SentTimestamp: String(Date.parse(instant)),
        }) as unknown,
      }),
    ]);
    expect(await queue.deadLetters()).toEqual([]);
  });

  it("sent again is the same message: while waiting, in work, done, dead and after a restart", async () => {
    const { gate, letGo } = held();
    const { handler, bodies } = recording(async (body) => {
      await gate;
      if (body === "bad") throw new Error("no");
    });
    const queue = await open(handler, { maxAttempts: 1 });
    await Promise.all(
      Array.from({ length: 5 }, () => queue.send({ id: "effect-1", body: "good" })),
    );
    await queue.send({ id: "effect-1", body: "good" });
    await queue.send({ id: "effect-2", body: "bad" });
    letGo();
    await queue.drained();
    await queue.send({ id: "effect-1", body: "good" });
    await queue.send({ id: "effect-2", body: "bad" });
    await queue.drained();
    await queue.close();

    const again = await open(handler, { maxAttempts: 1 });
    await again.send({ id: "effect-1", body: "good" });
    await again.send({ id: "effect-2", body: "bad" });
    await again.drained();
    expect(bodies.sort()).toEqual(["bad", "good"]);
    expect(await again.deadLetters()).toHaveLength(1);
  });

  it("may have any id, and ids that differ only by case are two messages", async () => {
    const { handler, bodies } = recording();
    const queue = await open(handler);
    const ids = ["a", "A", "../../escape", "报告#1", "", "x".repeat(500), "con\0trol"];
    for (const id of ids) await queue.send({ id, body: id });
    await queue.drained();
    expect(bodies.sort()).toEqual([...ids].sort());
    expect(await readdir(join(dir, "done"))).toHaveLength(ids.length);
  });

  it("over the size SQS takes is refused, and so is one sent to a closed queue", async () => {
    const { handler, bodies } = recording();
    const queue = await open(handler);
    await expect(queue.send({ id: "big", body: "x".repeat(1024 * 1024 + 1) })).rejects.toThrow(
      "larger than",
    );
    await queue.close();
    await expect(queue.send({ id: "late", body: "" })).rejects.toThrow("closed");
    expect(bodies).toEqual([]);
  });
});

describe("a message whose handling fails", () => {
  it("is tried again until it succeeds", async () => {
    const failures: FailedAttempt[] = [];
    const { handler, bodies } = recording((_body, attempt) => {
      if (attempt < 3) throw new Error(`attempt ${attempt}`);
    });
    const queue = await open(handler, { onFailure: (failure) => failures.push(failure) });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    expect(bodies).toEqual(["x", "x", "x"]);
    expect(failures.map(({ attempt, isDead }) => [attempt, isDead])).toEqual([
      [1, false],
      [2, false],
    ]);
    expect(await queue.deadLetters()).toEqual([]);
  });

  it.each<[string, QueueHandler, string]>([
    ["throws", () => Promise.reject(new Error("Chromium is missing")), "Chromium is missing"],
    [
      "reports it",
      ({ Records: [record] }) =>
        Promise.resolve({ batchItemFailures: [{ itemIdentifier: record?.messageId ?? "" }] }),
      "reported",
    ],
    ["never ends", () => new Promise(() => undefined), "Not done within 20 ms"],
    [
      "throws before it promises",
      () => {
        throw new TypeError("at once");
      },
      "at once",
    ],
  ])("in the end lies in the dead-letter folder when the handler %s", async (_, handler, text) => {
    const queue = await open(handler, { timeoutMs: 20 });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    expect(await queue.deadLetters()).toEqual([
      { id: "effect-1", body: "x", attempts: 3, error: expect.stringContaining(text) as string },
    ]);
  });

  it("does not hold up the others", async () => {
    const { handler, bodies } = recording((body) => {
      if (body === "bad") throw new Error("no");
    });
    const queue = await open(handler, { concurrency: 1, retryDelayMs: () => 500 });
    await queue.send({ id: "bad", body: "bad" });
    for (let n = 0; n < 5; n++) await queue.send({ id: `good-${n}`, body: `good-${n}` });
    await queue.drained();
    expect(bodies.slice(0, 6).sort()).toEqual([
      "bad",
      "good-0",
      "good-1",
      "good-2",
      "good-3",
      "good-4",
    ]);
    expect(bodies.filter((body) => body === "bad")).toHaveLength(3);
  });

  it("waits for its retry over a restart, without losing count", async () => {
    const { handler } = recording(() => {
      throw new Error("no");
    });
    let queue: FolderQueue | undefined;
    await new Promise<void>((resolve, reject) => {
      open(handler, { retryDelayMs: () => 60_000, onFailure: () => resolve() })
        .then((opened) => (queue = opened).send({ id: "effect-1", body: "x" }))
        .catch(reject);
    });
    await queue?.close();

    const early = recording();
    await (await open(early.handler)).close();
    expect(early.bodies).toEqual([]);

    const late = recording();
    await (await open(late.handler, { now: () => "2023-09-15T08:01:00.000Z" })).drained();
    expect(late.events[0]?.Records[0]?.attributes.ApproximateReceiveCount).toBe("2");
  });

  it("that died is passed on to those who tell of it, once, and by the next start too", async () => {
    const { handler } = recording(() => {
      throw new Error("no");
    });
    const queue = await open(handler, { maxAttempts: 1 });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    await queue.close();

    const next = await open(handler, { maxAttempts: 1 });
    const told = recording();
    const letters = await open(told.handler, { dir: join(dir, "letters") });
    await next.handOverDead(letters);
    await next.handOverDead(letters);
    await letters.drained();
    expect(told.bodies).toEqual(["x"]);
    expect(await next.deadLetters()).toHaveLength(1);

    // Given its attempts anew and dead once more, it is told of once more.
    const later = await open(handler, { maxAttempts: 1, now: () => "2023-09-16T08:00:00.000Z" });
    await later.redrive();
    await later.drained();
    await later.handOverDead(letters);
    await letters.drained();
    expect(told.bodies).toEqual(["x", "x"]);
  });

  it("gets its attempts anew when the dead letters are sent back", async () => {
    let isBroken = true;
    const { handler, bodies } = recording(() => {
      if (isBroken) throw new Error("no");
    });
    const queue = await open(handler, { maxAttempts: 1 });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    isBroken = false;
    expect(await queue.redrive()).toBe(1);
    await queue.drained();
    expect(bodies).toEqual(["x", "x"]);
    expect(await queue.deadLetters()).toEqual([]);
    expect(await queue.redrive()).toBe(0);
  });
});

describe("a queue", () => {
  it("handles no more at once than it may", async () => {
    let atOnce = 0;
    let most = 0;
    const { handler, bodies } = recording(async () => {
      most = Math.max(most, ++atOnce);
      await new Promise((resolve) => setTimeout(resolve, 2));
      atOnce -= 1;
    });
    const queue = await open(handler, { concurrency: 3 });
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => queue.send({ id: `m-${n}`, body: String(n) })),
    );
    await queue.drained();
    expect(most).toBe(3);
    expect(bodies).toHaveLength(30);
  });

  it("closes after what is in work has ended, and keeps the rest for the next start", async () => {
    const { gate, letGo } = held();
    const { handler, bodies } = recording(() => gate);
    const queue = await open(handler, { concurrency: 1 });
    await queue.send({ id: "first", body: "first" });
    await queue.send({ id: "second", body: "second" });
    const closed = queue.close();
    letGo();
    await closed;
    await queue.drained();
    expect(bodies).toEqual(["first"]);

    const { handler: next, bodies: rest } = recording();
    await (await open(next)).drained();
    expect(rest).toEqual(["second"]);
  });

  it("starts over what killed writers and foreign hands left in its folder", async () => {
    await mkdir(join(dir, "waiting"), { recursive: true });
    await writeFile(join(dir, "waiting", "torn.json"), '{"id":"torn","bo');
    await writeFile(join(dir, "waiting", ".a.json.0b9c2f0e-0000-4000-8000-000000000000.tmp"), "{");
    const { handler, bodies } = recording();
    const queue = await open(handler);
    await queue.drained();
    expect(bodies).toEqual([]);
    expect(await readdir(join(dir, "waiting"))).toEqual([]);
    expect(await queue.deadLetters()).toMatchObject([{ id: "torn.json" }]);
  });

  it("forgets messages done more than 14 days ago", async () => {
    const { handler, bodies } = recording();
    const queue = await open(handler);
    await queue.send({ id: "old", body: "old" });
    await queue.send({ id: "new", body: "new" });
    await queue.drained();
    await queue.close();
    const days = (n: number) => new Date(Date.parse(instant) - n * 24 * 60 * 60 * 1000);
    await utimes(join(dir, "done", "old.json"), days(15), days(15));
    await utimes(join(dir, "done", "new.json"), days(13), days(13));

    const again = await open(handler);
    await again.send({ id: "old", body: "old" });
    await again.send({ id: "new", body: "new" });
    await again.drained();
    expect(bodies.filter((body) => body === "old")).toHaveLength(2);
    expect(bodies.filter((body) => body === "new")).toHaveLength(1);
  });

  it("loses no acknowledged message when its process is killed with -9 again and again", async () => {
    const done = join(dir, "done.txt");
    const program = fileURLToPath(import.meta.resolve("./count-messages.ts"));
    const acknowledged = new Set<string>();
    for (let round = 0; round < 8; round++) {
      const child = spawn(
        process.execPath,
        [
          "--import",
          "tsx",
          program,
          join(dir, "q"),
          done,
          String(acknowledged.size + 1_000 * round),
        ],
        { stdio: ["ignore", "pipe", "inherit"] },
      );
      let said = "";
      child.stdout.on("data", (part: Buffer) => {
        said += part.toString("utf8");
        if (said.split("\n").length > 10 + round * 5) child.kill("SIGKILL");
      });
      await once(child, "exit");
      for (const [, n] of said.matchAll(/^sent (\d+)\n/gm)) acknowledged.add(n ?? "");
    }
    const { handler, bodies } = recording();
    const queue = await open(handler, {
      dir: join(dir, "q"),
      now: () => new Date().toISOString(),
    });
    await queue.drained();
    const handled = new Set([...(await readFile(done, "utf8")).trim().split("\n"), ...bodies]);
    expect(acknowledged.size).toBeGreaterThan(80);
    expect([...acknowledged].filter((n) => !handled.has(n))).toEqual([]);
    expect(await queue.deadLetters()).toEqual([]);
    expect(await readdir(join(dir, "q", "waiting"))).toEqual([]);
  });
});
