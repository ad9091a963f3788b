import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { EffectQueue } from "../../../functions/storage/ports.ts";
import {
  isAbandonedWrite,
  writeFileAtomic,
} from "../../../functions/platform/write-file-atomic.ts";

/** One effect to be done; a second message of the same id is the same message. */
type QueueMessage = { readonly id: string; readonly body: string };

/** The shape of a Lambda function behind SQS: it names what failed, or throws for the whole batch. */
export type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;

type DeadLetter = QueueMessage & { readonly attempts: number; readonly error: string };

/** A failed attempt; `isDead` when no other will follow. */
export type FailedAttempt = {
  readonly id: string;
  readonly attempt: number;
  readonly error: string;
  readonly isDead: boolean;
};

export type FolderQueue = {
  /** Resolves when the message is safely on disk; a message already known is left as it is. */
  send(message: QueueMessage): Promise<void>;
  /** Resolves when every message is done or dead, waiting for retries too, or the queue is closed. */
  drained(): Promise<void>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /**
   * Passes every dead letter on to the queue of those who tell people, those of earlier runs too; one
   * that was passed on before is the same message there. They stay here to be looked at.
   */
  handOverDead(to: EffectQueue): Promise<void>;
  /** Gives every dead letter its attempts anew; answers how many there were. */
  redrive(): Promise<number>;
  /** Takes no more work and resolves when what is being handled has ended. */
  close(): Promise<void>;
};

const storedSchema = z.object({
  id: z.string(),
  body: z.string(),
  sentAt: z.string(),
  /** Attempts begun, and those of them that failed; the others were cut short by a killed process. */
  begun: z.number().int().min(0),
  failed: z.number().int().min(0),
  /** Not to be handled before this instant: a retry waits, also over a restart. */
  notBefore: z.string(),
  error: z.string().optional(),
});
type Stored = z.infer<typeof storedSchema>;

/** SQS takes no larger message. */
const maxBodyBytes = 1024 * 1024;
/** A message under which the process died so often is taken for the cause. */
const maxInterruptions = 100;
/** No retry waits longer, whatever the clock did since it was put off. */
const longestWaitMs = 60 * 60 * 1000;
/** How long a done message is remembered, so that the same effect sent again is not done again. */
const rememberMs = 14 * 24 * 60 * 60 * 1000;

/** 0.5 s, 2 s, 8 s, 32 s, then a minute each. */
const defaultRetryDelay = (attempt: number) => Math.min(60_000, 500 * 4 ** (attempt - 1));

/**
 * A durable queue in a folder, standing in for SQS with its dead-letter queue. A message is a file
 * that moves by rename from `waiting/` to `done/` or `dead/`, so a killed process resumes where it
 * was. As with SQS a message is handled at least once and in no promised order. An attempt that a
 * killed process cut short is not held against the message, unless that happens a hundred times.
 */
export async function createFolderQueue({
  dir,
  handler,
  concurrency,
  maxAttempts,
  now,
  retryDelayMs = defaultRetryDelay,
  timeoutMs = 5 * 60_000,
  onFailure = () => undefined,
}: {
  readonly dir: string;
  readonly handler: QueueHandler;
  readonly concurrency: number;
  readonly maxAttempts: number;
  readonly now: () => string;
  readonly retryDelayMs?: (attempt: number) => number;
  /** Longest time of one attempt, as a Lambda's time-out: then it counts as failed. */
  readonly timeoutMs?: number;
  readonly onFailure?: (failure: FailedAttempt) => void;
}): Promise<FolderQueue> {
  const folders = {
    waiting: join(dir, "waiting"),
    done: join(dir, "done"),
    dead: join(dir, "dead"),
  } as const;
  const path = (state: keyof typeof folders, name: string) => join(folders[state], name);

  /** Every message not yet done or dead, by file name. */
  const open = new Map<string, Stored>();
  const ready: string[] = [];
  const timers = new Map<string, NodeJS.Timeout>();
  const sending = new Map<string, Promise<void>>();
  const running = new Set<Promise<void>>();
  const watchers = new Set<() => void>();
  let isClosed = false;

  const store = (name: string, stored: Stored, durable: boolean) =>
    writeFileAtomic(path("waiting", name), JSON.stringify(stored), { durable });

  function schedule(name: string, delayMs: number): void {
    if (isClosed) return;
    if (delayMs <= 0) {
      ready.push(name);
      pump();
      return;
    }
    const timer = setTimeout(
      () => {
        timers.delete(name);
        ready.push(name);
        pump();
      },
      Math.min(delayMs, longestWaitMs),
    );
    timers.set(name, timer);
  }

  function pump(): void {
    while (!isClosed && running.size < concurrency) {
      const name = ready.shift();
      if (name === undefined) return;
      const stored = open.get(name);
      if (stored === undefined) continue;
      const work = handle(name, stored)
        .catch((error: unknown) => {
          // The folder failed, not the message: it stays waiting and is taken up again.
          onFailure({ id: stored.id, attempt: stored.begun, error: textOf(error), isDead: false });
          schedule(name, retryDelayMs(maxAttempts));
        })
        .finally(() => {
          running.delete(work);
          pump();
          wakeIfDrained();
        });
      running.add(work);
    }
  }

  function wakeIfDrained(): void {
    if (!isClosed && (open.size > 0 || sending.size > 0)) return;
    for (const wake of watchers) wake();
    watchers.clear();
  }

  async function handle(name: string, before: Stored): Promise<void> {
    const stored = { ...before, begun: before.begun + 1 };
    open.set(name, stored);
    await store(name, stored, false);
    const error = await attempt(stored, { handler, timeoutMs });

    if (error === undefined) {
      await rename(path("waiting", name), path("done", name));
      open.delete(name);
      return;
    }
    const failures = stored.failed + 1;
    const isDead = failures >= maxAttempts;
    const delayMs = retryDelayMs(failures);
    const notBefore = new Date(Date.parse(now()) + delayMs).toISOString();
    const failed = { ...stored, failed: failures, error, notBefore };
    await store(name, failed, isDead);
    if (isDead) {
      await rename(path("waiting", name), path("dead", name));
      open.delete(name);
    } else {
      open.set(name, failed);
      schedule(name, delayMs);
    }
    onFailure({ id: stored.id, attempt: failures, error, isDead });
  }

  async function accept({ id, body }: QueueMessage, name: string): Promise<void> {
    if (await exists(path("done", name))) return;
    if (await exists(path("dead", name))) return;
    const at = now();
    const stored = { id, body, sentAt: at, begun: 0, failed: 0, notBefore: at };
    await store(name, stored, true);
    open.set(name, stored);
    schedule(name, 0);
  }

  async function resume(): Promise<void> {
    for (const folder of Object.values(folders)) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    const found: (readonly [name: string, stored: Stored])[] = [];
    for (const name of await readdir(folders.waiting)) {
      if (isAbandonedWrite(name)) {
        await rm(path("waiting", name), { force: true });
        continue;
      }
      const stored = await readStored(path("waiting", name));
      if (stored === undefined || stored.begun - stored.failed >= maxInterruptions) {
        await rename(path("waiting", name), path("dead", name));
      } else {
        found.push([name, stored]);
      }
    }
    found.sort(([, a], [, b]) => a.sentAt.localeCompare(b.sentAt));
    for (const [name, stored] of found) open.set(name, stored);
    for (const [name, stored] of found) {
      schedule(name, Date.parse(stored.notBefore) - Date.parse(now()));
    }
    await forgetOld();
  }

  async function forgetOld(): Promise<void> {
    const oldest = Date.parse(now()) - rememberMs;
    for (const name of await readdir(folders.done)) {
      if ((await stat(path("done", name))).mtimeMs < oldest) await rm(path("done", name));
    }
  }

  await resume();

  return {
    async send(message) {
      if (isClosed) throw new Error(`The queue ${dir} is closed.`);
      if (Buffer.byteLength(message.body) > maxBodyBytes) {
        throw new Error(`Message ${message.id} is larger than ${maxBodyBytes} bytes.`);
      }
      const name = fileNameOf(message.id);
      if (open.has(name)) return;
      const accepted =
        sending.get(name) ??
        accept(message, name).finally(() => {
          sending.delete(name);
          wakeIfDrained();
        });
      sending.set(name, accepted);
      await accepted;
    },

    async drained() {
      await new Promise<void>((resolve) => {
        watchers.add(resolve);
        wakeIfDrained();
      });
    },

    async deadLetters() {
      const letters: DeadLetter[] = [];
      for (const name of (await readdir(folders.dead)).sort()) {
        const stored = await readStored(path("dead", name));
        letters.push(
          stored === undefined
            ? { id: name, body: "", attempts: 0, error: "The file of this message is unreadable." }
            : {
                id: stored.id,
                body: stored.body,
                attempts: stored.failed,
                error: stored.error ?? "The process ended again and again during this message.",
              },
        );
      }
      return letters;
    },

    async handOverDead(to) {
      for (const name of (await readdir(folders.dead)).sort()) {
        const stored = await readStored(path("dead", name));
        if (stored === undefined) continue;
        // Given its attempts anew a message may die again, at another time.
        await to.send({ id: `${stored.id}.${stored.notBefore}`, body: stored.body });
      }
    },

    async redrive() {
      let count = 0;
      for (const name of await readdir(folders.dead)) {
        const stored = await readStored(path("dead", name));
        if (stored === undefined) continue;
        const anew = { ...stored, begun: 0, failed: 0, notBefore: now() };
        await store(name, anew, true);
        await rm(path("dead", name));
        open.set(name, anew);
        schedule(name, 0);
        count += 1;
      }
      return count;
    },

    async close() {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      await Promise.all([...sending.values(), ...running]);
      wakeIfDrained();
    },
  };
}

const textOf = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Ids that are not plain lower-case names are hashed: some file systems know no case. */
const fileNameOf = (id: string) =>
  /^[0-9a-z-]{1,80}$/.test(id)
    ? `${id}.json`
    : `${createHash("sha256").update(id).digest("hex")}.sha256.json`;

async function exists(file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

async function readStored(file: string): Promise<Stored | undefined> {
  const text = await readFile(file, "utf8");
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // kept in dead/ for a person to look at
  }
}

/** Hands one message to the handler; answers with the text of what went wrong, if anything did. */
async function attempt(
  stored: Stored,
  { handler, timeoutMs }: { readonly handler: QueueHandler; readonly timeoutMs: number },
): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`Not done within ${timeoutMs} ms.`));
    }, timeoutMs);
  });
  try {
    const answer = await Promise.race([handler(sqsEvent(stored)), limit]);
    const failures = answer?.batchItemFailures ?? [];
    return failures.length === 0 ? undefined : "The handler reported the message as failed.";
  } catch (error) {
    return textOf(error);
  } finally {
    clearTimeout(timer);
  }
}

function sqsEvent({ id, body, begun, failed, sentAt }: Stored): SQSEvent {
  const sent = String(Date.parse(sentAt));
  return {
    Records: [
      {
        messageId: id,
        receiptHandle: `${id}#${begun}`,
        body,
        attributes: {
          // An attempt that a killed process cut short is not held against the message here either.
          ApproximateReceiveCount: String(failed + 1),
          SentTimestamp: sent,
          SenderId: "local",
          ApproximateFirstReceiveTimestamp: sent,
        },
        messageAttributes: { effectId: { dataType: "String", stringValue: id } },
        md5OfBody: createHash("md5").update(body).digest("hex"),
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:local:000000000000:effects",
        awsRegion: "local",
      },
    ],
  };
}
