import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { EffectQueue, QueueStatus } from "../../../functions/storage/ports.ts";
import { currentTrace, inTrace, traceAttribute } from "../../../functions/platform/trace.ts";
import {
  isAbandonedWrite,
  writeFileAtomic,
} from "../../../functions/platform/write-file-atomic.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { hasCode } from "../../../functions/platform/errors.ts";

type QueueMessage = Parameters<EffectQueue["send"]>[0];

/** The shape of a Lambda function behind SQS: it names what failed, or throws for the whole batch. */
export type QueueHandler = (event: SQSEvent) => Promise<SQSBatchResponse | undefined>;

type DeadLetter = {
  readonly id: string;
  readonly body: string;
  readonly attempts: number;
  readonly error: string;
};

/** A failed attempt; `isDead` when no other will follow. */
export type FailedAttempt = {
  readonly id: string;
  readonly attempt: number;
  readonly error: string;
  readonly isDead: boolean;
};

export type FolderQueue = {
  /**
   * Resolves when the message is safely on disk. While one of the same id waits or is in work it is the
   * same message; one that is done is not remembered, and one that died gets its attempts anew.
   */
  send(message: QueueMessage): Promise<void>;
  /** Resolves when every message is done or dead, waiting for retries too, or the queue is closed. */
  drained(): Promise<void>;
  deadLetters(): Promise<readonly DeadLetter[]>;
  /**
   * Passes every dead letter on to the queue of those who tell people, those of earlier runs too.
   * Unreadable ones stay.
   */
  handOverDead(to: EffectQueue): Promise<void>;
  /** Takes up messages that another program put into the folder. */
  takeIn(): Promise<void>;
  status(): QueueStatus;
  /**
   * Takes no more work and resolves when what is being handled has ended, or after `closeGraceMs`. What
   * was cut short waits for the next start, as if it had not been begun.
   */
  close(): Promise<void>;
};

const storedSchema = z.object({
  id: z.string(),
  body: z.string(),
  group: z.string().optional(),
  /** The trace it follows from, as in SQS's attribute. */
  trace: z.string().optional(),
  sentAt: z.string(),
  /** When it was first handled. */
  firstAt: z.string().optional(),
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

/** 0.5 s, 2 s, 8 s, 32 s, then a minute each. */
const defaultRetryDelay = (attempt: number) => Math.min(60_000, 500 * 4 ** (attempt - 1));

/**
 * A durable queue in a folder, standing in for SQS with its dead-letter queue. A message is a file in
 * `waiting/`, removed once it is done and moved to `dead/` when it never will be, so a killed process
 * resumes where it was. As with SQS a message is handled at least once and in no promised order; of one
 * group one is handled at a time. An attempt that a killed process cut short is no failure of the
 * message, unless that happens a hundred times.
 */
export async function createFolderQueue({
  dir,
  handler,
  concurrency,
  groupOf = () => undefined,
  maxAttempts,
  patienceMs = 0,
  now,
  retryDelayMs = defaultRetryDelay,
  timeoutMs = 5 * 60_000,
  closeGraceMs = 4_000,
  onFailure = () => undefined,
}: {
  /** Its last part is the queue's name. */
  readonly dir: string;
  readonly handler: QueueHandler;
  /** Messages in work at the same time. */
  readonly concurrency: number;
  /** The group of a message that was sent without one; without any it is alone in its group. */
  readonly groupOf?: (body: string) => string | undefined;
  /** A message dies once it has failed this often, and over this long a time since its first attempt. */
  readonly maxAttempts: number;
  readonly patienceMs?: number;
  readonly now: () => string;
  readonly retryDelayMs?: (attempt: number) => number;
  /** Longest time of one attempt, as a Lambda's time-out: then it counts as failed. */
  readonly timeoutMs?: number;
  /** How long closing waits for what is in work. */
  readonly closeGraceMs?: number;
  readonly onFailure?: (failure: FailedAttempt) => void;
}): Promise<FolderQueue> {
  const folders = foldersOf(dir);
  const path = (state: keyof typeof folders, name: string) => join(folders[state], name);

  /** Every message not yet done or dead, by file name, the longest waiting first. */
  const open = new Map<string, Stored>();
  /** File names whose time has come, by group; a group is in `runnable` when none of it is in work. */
  const ready = new Map<string, string[]>();
  const runnable: string[] = [];
  const busy = new Set<string>();
  const timers = new Map<string, NodeJS.Timeout>();
  const sending = new Map<string, Promise<void>>();
  const running = new Set<Promise<void>>();
  const watchers = new Set<() => void>();
  let isClosed = false;
  /** Closed, and what was in work then has been given up: it may no longer touch the folder. */
  let isLeft = false;
  const dead = new Set<string>();

  const store = (name: string, stored: Stored, durable: boolean) =>
    writeFileAtomic(path("waiting", name), JSON.stringify(stored), { durable });

  function schedule(name: string, delayMs: number): void {
    if (isClosed) return;
    if (delayMs <= 0) {
      makeReady(name);
      return;
    }
    const timer = setTimeout(
      () => {
        timers.delete(name);
        makeReady(name);
      },
      Math.min(delayMs, longestWaitMs),
    );
    timers.set(name, timer);
  }

  function makeReady(name: string): void {
    const stored = open.get(name);
    if (stored === undefined) return;
    const group = stored.group ?? groupOf(stored.body) ?? name;
    const names = ready.get(group);
    if (names === undefined) {
      ready.set(group, [name]);
      if (!busy.has(group)) runnable.push(group);
    } else names.push(name);
    pump();
  }

  function pump(): void {
    while (!isClosed && running.size < concurrency) {
      const group = runnable.shift();
      if (group === undefined) return;
      const name = ready.get(group)?.shift();
      if (ready.get(group)?.length === 0) ready.delete(group);
      const stored = name === undefined ? undefined : open.get(name);
      if (name === undefined || stored === undefined) continue;
      busy.add(group);
      // Not that of the message before, whose end began this one.
      const work = inTrace(traceOf(stored), () =>
        handle(name, stored).catch((error: unknown) => {
          // The folder failed, not the message: it stays waiting and is taken up again.
          onFailure({ id: stored.id, attempt: stored.begun, error: textOf(error), isDead: false });
          schedule(name, retryDelayMs(maxAttempts));
        }),
      ).finally(() => {
        running.delete(work);
        busy.delete(group);
        if (ready.has(group)) runnable.push(group);
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
    const { firstAt = now() } = before;
    const stored = { ...before, firstAt, begun: before.begun + 1 };
    open.set(name, stored);
    await store(name, stored, false);
    const error = await attempt(stored, { handler, timeoutMs });
    if (isLeft) return;

    if (error === undefined) {
      await rm(path("waiting", name));
      open.delete(name);
      return;
    }
    if (isClosed) {
      // What it needed was being closed under it.
      await store(name, before, false);
      return;
    }
    const failures = stored.failed + 1;
    const elapsedMs = Date.parse(now()) - Date.parse(firstAt);
    const isDead = failures >= maxAttempts && elapsedMs >= patienceMs;
    const delayMs = retryDelayMs(failures);
    const notBefore = new Date(Date.parse(now()) + delayMs).toISOString();
    const failed = { ...stored, failed: failures, error, notBefore };
    await store(name, failed, isDead);
    if (isDead) {
      await rename(path("waiting", name), path("dead", name));
      open.delete(name);
      dead.add(name);
    } else {
      open.set(name, failed);
      schedule(name, delayMs);
    }
    onFailure({ id: stored.id, attempt: failures, error, isDead });
  }

  async function accept({ id, body, group }: QueueMessage, name: string): Promise<void> {
    const at = now();
    const trace = currentTrace();
    const stored = {
      ...{ id, body, sentAt: at, begun: 0, failed: 0, notBefore: at },
      ...omitUndefined({ group, trace }),
    };
    await store(name, stored, true);
    if (dead.delete(name)) await rm(path("dead", name), { force: true });
    open.set(name, stored);
    schedule(name, 0);
  }

  /** Those waiting in the folder that are not known here; what cannot be read is dead, and reported. */
  async function unknownWaiting(): Promise<(readonly [name: string, stored: Stored])[]> {
    const found: (readonly [name: string, stored: Stored])[] = [];
    for (const name of await readdir(folders.waiting)) {
      if (isAbandonedWrite(name) || open.has(name) || sending.has(name)) continue;
      const stored = await readStored(path("waiting", name)).catch(ifGone);
      if (stored === "gone") continue;
      if (stored !== undefined && stored.begun - stored.failed < maxInterruptions) {
        found.push([name, stored]);
        continue;
      }
      await rename(path("waiting", name), path("dead", name));
      onFailure({
        id: stored?.id ?? name,
        attempt: stored?.begun ?? 0,
        error: stored === undefined ? unreadable(path("dead", name)) : interrupted,
        isDead: true,
      });
    }
    return found.sort(([, a], [, b]) => a.sentAt.localeCompare(b.sentAt));
  }

  async function takeIn(): Promise<void> {
    for (const [name, stored] of await unknownWaiting()) {
      if (open.has(name) || sending.has(name)) continue;
      open.set(name, stored);
      schedule(name, Date.parse(stored.notBefore) - Date.parse(now()));
    }
    await countDead();
  }

  async function countDead(): Promise<void> {
    const names = await readdir(folders.dead);
    dead.clear();
    for (const name of names) dead.add(name);
  }

  async function resume(): Promise<void> {
    for (const folder of Object.values(folders)) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    }
    // Earlier versions remembered there what was done.
    await rm(join(dir, "done"), { recursive: true, force: true });
    for (const name of await readdir(folders.waiting)) {
      if (isAbandonedWrite(name)) await rm(path("waiting", name), { force: true });
    }
    await takeIn();
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
            ? { id: name, body: "", attempts: 0, error: unreadable(path("dead", name)) }
            : {
                id: stored.id,
                body: stored.body,
                attempts: stored.failed,
                error: stored.error ?? interrupted,
              },
        );
      }
      return letters;
    },

    async handOverDead(to) {
      for (const name of (await readdir(folders.dead)).sort()) {
        const stored = await readStored(path("dead", name)).catch(ifGone);
        if (stored === undefined || stored === "gone") continue;
        // Sent again a message may die again, at another time.
        await inTrace(traceOf(stored), () =>
          to.send({ id: `${stored.id}.${stored.notBefore}`, body: stored.body }),
        );
        await rm(path("dead", name), { force: true });
      }
      await countDead();
    },

    takeIn,

    status() {
      const [oldest] = open.values();
      return {
        name: basename(dir),
        waiting: open.size,
        oldestWaitingMs:
          oldest === undefined ? 0 : Math.max(0, Date.parse(now()) - Date.parse(oldest.sentAt)),
        dead: dead.size,
      };
    },

    async close() {
      isClosed = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      const over = new AbortController();
      await Promise.race([
        Promise.all([...sending.values(), ...running]),
        pause(closeGraceMs, undefined, { signal: over.signal }).catch(() => undefined),
      ]);
      over.abort();
      isLeft = true;
      wakeIfDrained();
    },
  };
}

const foldersOf = (dir: string) => ({ waiting: join(dir, "waiting"), dead: join(dir, "dead") });

/**
 * Puts the dead letters of a queue's folder back among those that wait, with their attempts anew. A
 * running queue takes them in by itself (`takeIn`).
 */
export async function redriveFolder(
  dir: string,
  now: () => string,
): Promise<{ readonly sentBack: number; readonly unreadable: readonly string[] }> {
  const { waiting, dead } = foldersOf(dir);
  let sentBack = 0;
  const unreadableFiles: string[] = [];
  for (const name of (await readdir(dead).catch(() => [])).sort()) {
    const stored = await readStored(join(dead, name)).catch(ifGone);
    if (stored === "gone") continue;
    if (stored === undefined) {
      unreadableFiles.push(join(dead, name));
      continue;
    }
    const { id, body, group, trace } = stored;
    const anew = {
      ...{ id, body, sentAt: now(), begun: 0, failed: 0, notBefore: now() },
      ...omitUndefined({ group, trace }),
    };
    await mkdir(waiting, { recursive: true, mode: 0o700 });
    await writeFileAtomic(join(waiting, name), JSON.stringify(anew));
    await rm(join(dead, name), { force: true });
    sentBack += 1;
  }
  return { sentBack, unreadable: unreadableFiles };
}

const interrupted = "The process ended again and again during this message.";
const unreadable = (file: string) => `The file of this message is unreadable: ${file}.`;

/** As `eachRecord` traces what bears no trace. */
const traceOf = ({ trace, id }: Stored): string => trace ?? id;

const textOf = (error: unknown) =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Ids that are not plain lower-case names are hashed: some file systems know no case. */
const fileNameOf = (id: string) =>
  /^[0-9a-z-]{1,80}$/.test(id)
    ? `${id}.json`
    : `${createHash("sha256").update(id).digest("hex")}.sha256.json`;

/** Another program may have moved the file on. */
function ifGone(error: unknown): "gone" {
  if (hasCode(error, "ENOENT")) return "gone";
  throw error;
}

async function readStored(file: string): Promise<Stored | undefined> {
  const text = await readFile(file, "utf8");
  try {
    return storedSchema.parse(JSON.parse(text));
  } catch {
    return undefined; // kept in dead/ for an operator
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

function sqsEvent(stored: Stored): SQSEvent {
  const { id, body, begun, failed, sentAt, firstAt = sentAt } = stored;
  return {
    Records: [
      {
        messageId: id,
        receiptHandle: `${id}#${begun}`,
        body,
        attributes: {
          // An attempt that a killed process cut short does not count here either.
          ApproximateReceiveCount: String(failed + 1),
          SentTimestamp: String(Date.parse(sentAt)),
          SenderId: "local",
          ApproximateFirstReceiveTimestamp: String(Date.parse(firstAt)),
        },
        messageAttributes: {
          effectId: { dataType: "String", stringValue: id },
          [traceAttribute]: { dataType: "String", stringValue: traceOf(stored) },
        },
        md5OfBody: createHash("md5").update(body).digest("hex"),
        eventSource: "aws:sqs",
        eventSourceARN: "arn:aws:sqs:local:000000000000:effects",
        awsRegion: "local",
      },
    ],
  };
}
