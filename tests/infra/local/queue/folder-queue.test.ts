import type { SQSEvent } from "aws-lambda";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { currentTrace, inTrace } from "../../../../functions/platform/trace.ts";
import {
  createFolderQueue,
  type FailedAttempt,
  type FolderQueue,
  type QueueHandler,
  redriveFolder,
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

/** A handler that keeps what it got and does what the test sets for each body. */
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

const gated = () => {
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

  it("sent again while it waits or is in work is the same message, also sent many times at once", async () => {
    const { gate, letGo } = gated();
    const { handler, bodies } = recording(() => gate);
    const queue = await open(handler, { concurrency: 1 });
    await Promise.all(
      Array.from({ length: 5 }, () => queue.send({ id: "in-work", body: "in-work" })),
    );
    await Promise.all(
      Array.from({ length: 5 }, () => queue.send({ id: "waiting", body: "waiting" })),
    );
    await queue.send({ id: "in-work", body: "in-work" });
    letGo();
    await queue.drained();
    expect(bodies).toEqual(["in-work", "waiting"]);
  });

  it("sent again once it is done is done again: whether that is needed, its result says", async () => {
    const { handler, bodies } = recording();
    const queue = await open(handler);
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    expect(bodies).toEqual(["x", "x"]);
  });

  it("sent again once it is dead gets its attempts anew", async () => {
    let isBroken = true;
    const { handler, bodies } = recording(() => {
      if (isBroken) throw new Error("no");
    });
    const queue = await open(handler, { maxAttempts: 1 });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    expect(await queue.deadLetters()).toHaveLength(1);
    isBroken = false;
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    expect(bodies).toEqual(["x", "x"]);
    expect(await queue.deadLetters()).toEqual([]);
    expect(queue.status()).toMatchObject({ waiting: 0, dead: 0 });
  });

  it("may have any id, and ids that differ only by case are two messages", async () => {
    const { handler, bodies } = recording();
    const queue = await open(handler);
    const ids = ["a", "A", "../../escape", "报告#1", "", "x".repeat(500), "con\0trol"];
    for (const id of ids) await queue.send({ id, body: id });
    await queue.drained();
    expect(bodies.sort()).toEqual([...ids].sort());
    expect(await readdir(join(dir, "waiting"))).toEqual([]);
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

describe("the trace of a message", () => {
  const traceOf = (event: SQSEvent | undefined) =>
    event?.Records[0]?.messageAttributes["trace"]?.stringValue;

  it("is that under which it was sent, whatever was handled before it, over a restart and over its death", async () => {
    const { gate, letGo } = gated();
    const current: (string | undefined)[] = [];
    let isBroken = true;
    const { handler, events } = recording(async (body) => {
      current.push(currentTrace());
      if (body === "first") await gate;
      if (body === "second" && isBroken) throw new Error("no");
    });
    const failures: (string | undefined)[] = [];
    const settings = {
      ...{ concurrency: 1, maxAttempts: 1 },
      onFailure: () => failures.push(currentTrace()),
    };
    const queue = await open(handler, settings);
    await inTrace("click-1", () => queue.send({ id: "effect-1", body: "first" }));
    await inTrace("click-2", () => queue.send({ id: "effect-2", body: "second" }));
    await queue.send({ id: "effect-3", body: "third" });
    letGo();
    await queue.drained();
    expect(events.map(traceOf)).toEqual(["click-1", "click-2", "effect-3"]);
    expect(current).toEqual(["click-1", "click-2", "effect-3"]);
    expect(failures).toEqual(["click-2"]);

    await queue.close();
    isBroken = false;
    await redriveFolder(dir, () => instant);
    const again = await open(handler, settings);
    await again.drained();
    expect(traceOf(events.at(-1))).toBe("click-2");
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

  it("is tried for as long as an outage may last, however often that is", async () => {
    let minutes = 0;
    const { handler, bodies } = recording(() => {
      minutes += 1;
      throw new Error("no");
    });
    const queue = await open(handler, {
      maxAttempts: 3,
      patienceMs: 12 * 60_000,
      now: () => new Date(Date.parse(instant) + minutes * 60_000).toISOString(),
    });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    expect(bodies).toHaveLength(12);
    expect(await queue.deadLetters()).toMatchObject([{ attempts: 12 }]);
  });

  it("that died is passed on to those who tell of it, once, by the next start too", async () => {
    const { handler } = recording(() => {
      throw new Error("no");
    });
    const queue = await open(handler, { maxAttempts: 1 });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    await queue.close();

    const next = await open(handler, { maxAttempts: 1 });
    expect(next.status().dead).toBe(1);
    const deadHandler = recording();
    const letters = await open(deadHandler.handler, { dir: join(dir, "letters") });
    await next.handOverDead(letters);
    await next.handOverDead(letters);
    await letters.drained();
    expect(deadHandler.bodies).toEqual(["x"]);
    expect(await next.deadLetters()).toEqual([]);
    expect(next.status().dead).toBe(0);
  });

  it("stays among the dead when passing it on fails", async () => {
    const { handler } = recording(() => {
      throw new Error("no");
    });
    const queue = await open(handler, { maxAttempts: 1 });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    const full = { send: () => Promise.reject(new Error("The disk is full.")) };
    await expect(queue.handOverDead(full)).rejects.toThrow("full");
    expect(await queue.deadLetters()).toHaveLength(1);
  });

  it.each(["while the queue runs", "while it does not"])(
    "gets its attempts anew when the dead are sent back by another program %s",
    async (when) => {
      let isBroken = true;
      const { handler, bodies, events } = recording(() => {
        if (isBroken) throw new Error("no");
      });
      const queue = await open(handler, { maxAttempts: 2 });
      await queue.send({ id: "effect-1", body: "x", group: "g" });
      await queue.drained();
      isBroken = false;
      if (when === "while it does not") await queue.close();
      expect(await redriveFolder(dir, () => instant)).toEqual({ sentBack: 1, unreadable: [] });
      const running = when === "while it does not" ? await open(handler) : queue;
      await running.takeIn();
      await running.takeIn();
      await running.drained();
      expect(bodies).toEqual(["x", "x", "x"]);
      expect(events.at(-1)?.Records[0]?.attributes.ApproximateReceiveCount).toBe("1");
      expect(await running.deadLetters()).toEqual([]);
      expect(running.status().dead).toBe(0);
      expect(await redriveFolder(dir, () => instant)).toEqual({ sentBack: 0, unreadable: [] });
    },
  );
});

describe("messages of one group", () => {
  const groupOf = (body: string) => body.split("/")[0];

  it("are handled one at a time, those of others beside them", async () => {
    const atOnce = new Map<string, number>();
    let most = 0;
    const { handler, bodies } = recording(async (body) => {
      const group = groupOf(body) ?? "";
      expect(atOnce.get(group) ?? 0).toBe(0);
      atOnce.set(group, 1);
      most = Math.max(most, [...atOnce.values()].filter((n) => n > 0).length);
      await new Promise((resolve) => setTimeout(resolve, 2));
      atOnce.set(group, 0);
    });
    const queue = await open(handler, { concurrency: 3, groupOf });
    const sent = Array.from({ length: 40 }, (_, n) => `${String(n % 4)}/${String(n)}`);
    await Promise.all(sent.map((body) => queue.send({ id: body, body })));
    await queue.drained();
    expect(most).toBe(3);
    expect(bodies.toSorted()).toEqual(sent.toSorted());
    expect(await queue.deadLetters()).toEqual([]);
  });

  it("keep no other group waiting, nor those of their own while they wait for a retry", async () => {
    const { gate, letGo } = gated();
    const { handler, bodies } = recording(async (body) => {
      if (body === "slow/1") await gate;
      if (body === "bad/1") throw new Error("no");
    });
    const queue = await open(handler, { concurrency: 2, groupOf, retryDelayMs: () => 60_000 });
    for (const body of ["slow/1", "slow/2", "bad/1", "bad/2", "good/1"]) {
      await queue.send({ id: body, body });
    }
    while (bodies.length < 4) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(bodies).toEqual(["slow/1", "bad/1", "bad/2", "good/1"]);
    letGo();
    while (bodies.length < 5) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(bodies.at(-1)).toBe("slow/2");
  });

  it("are of the group they were sent with, also after a restart", async () => {
    const { handler, bodies } = recording();
    const stopped = await open(handler, { concurrency: 0 });
    for (const n of [1, 2, 3]) {
      await stopped.send({ id: `m-${String(n)}`, body: `${String(n)}/x`, group: "same" });
    }
    await stopped.close();
    let atOnce = 0;
    const later = recording(async () => {
      expect((atOnce += 1)).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      atOnce -= 1;
    });
    const queue = await open(later.handler, { concurrency: 3, groupOf });
    await queue.drained();
    expect(bodies).toEqual([]);
    expect(later.bodies).toHaveLength(3);
    expect(await queue.deadLetters()).toEqual([]);
  });
});

describe("a clean stop", () => {
  it("in the middle of a message is no failed attempt of it, though its work fails for want of what was closed", async () => {
    const failures: FailedAttempt[] = [];
    let fail: () => void = () => undefined;
    const cut = recording(
      () =>
        new Promise<void>((_resolve, reject) => {
          fail = () => {
            reject(new Error("The printer is closed."));
          };
        }),
    );
    const queue = await open(cut.handler, {
      maxAttempts: 1,
      onFailure: (failure) => failures.push(failure),
    });
    await queue.send({ id: "effect-1", body: "x" });
    while (cut.bodies.length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    const closed = queue.close();
    fail();
    await closed;
    expect(failures).toEqual([]);

    const { handler, events } = recording();
    const next = await open(handler, { maxAttempts: 1 });
    await next.drained();
    expect(events[0]?.Records[0]?.attributes.ApproximateReceiveCount).toBe("1");
    expect(await next.deadLetters()).toEqual([]);
  });

  it("does not wait for work that never ends, which may touch the folder no more", async () => {
    const { gate, letGo } = gated();
    const hanging = recording(() => gate);
    const queue = await open(hanging.handler, { closeGraceMs: 50 });
    await queue.send({ id: "effect-1", body: "x" });
    await queue.close();
    letGo();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await readdir(join(dir, "waiting"))).toEqual(["effect-1.json"]);
    const { handler, bodies } = recording();
    await (await open(handler)).drained();
    expect(bodies).toEqual(["x"]);
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
    const { gate, letGo } = gated();
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
    const failures: FailedAttempt[] = [];
    const { handler, bodies } = recording();
    const queue = await open(handler, { onFailure: (failure) => failures.push(failure) });
    await queue.drained();
    expect(bodies).toEqual([]);
    expect(await readdir(join(dir, "waiting"))).toEqual([]);
    expect(await queue.deadLetters()).toMatchObject([{ id: "torn.json" }]);

    // Nobody can do what it asked for: it is reported, counted, and stays to be looked at.
    const file = join(dir, "dead", "torn.json");
    expect(failures).toMatchObject([
      { id: "torn.json", isDead: true, error: expect.stringContaining(file) as string },
    ]);
    expect(queue.status().dead).toBe(1);
    await queue.handOverDead(queue);
    expect(await redriveFolder(dir, () => instant)).toEqual({ sentBack: 0, unreadable: [file] });
    expect(await readdir(join(dir, "dead"))).toEqual(["torn.json"]);
  });

  it("answers how many messages wait, and since when", async () => {
    let at = Date.parse(instant);
    const { gate, letGo } = gated();
    const { handler } = recording(() => gate);
    const queue = await open(handler, {
      dir: join(dir, "render"),
      concurrency: 1,
      now: () => new Date(at).toISOString(),
    });
    expect(queue.status()).toEqual({ name: "render", waiting: 0, oldestWaitingMs: 0, dead: 0 });
    await queue.send({ id: "a", body: "a" });
    at += 5_000;
    await queue.send({ id: "b", body: "b" });
    at += 1_000;
    expect(queue.status()).toMatchObject({ waiting: 2, oldestWaitingMs: 6_000 });
    letGo();
    await queue.drained();
    expect(queue.status()).toMatchObject({ waiting: 0, oldestWaitingMs: 0 });
  });

  it("keeps nothing of what is done, also of what an earlier version had kept", async () => {
    await mkdir(join(dir, "done"), { recursive: true });
    await writeFile(join(dir, "done", "effect-1.json"), "{}");
    const { handler, bodies } = recording();
    const queue = await open(handler);
    await queue.send({ id: "effect-1", body: "x" });
    await queue.drained();
    expect(bodies).toEqual(["x"]);
    expect((await readdir(dir, { recursive: true })).toSorted()).toEqual(["dead", "waiting"]);
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
      let output = "";
      child.stdout.on("data", (part: Buffer) => {
        output += part.toString("utf8");
        if (output.split("\n").length > 10 + round * 5) child.kill("SIGKILL");
      });
      await once(child, "exit");
      for (const [, n] of output.matchAll(/^sent (\d+)\n/gm)) acknowledged.add(n ?? "");
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
