import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import type { Edition } from "../../shared/forms/form.ts";
import {
  HeavyWorkStopped,
  inPlace,
  unlessSmall,
  type HeavyTasks,
  type HeavyWork,
} from "../../functions/use-cases/heavy-work.ts";

export interface HeavyPool {
  readonly work: HeavyWork;
  readonly close: () => Promise<void>;
}

export interface HeavyBounds {
  readonly threads: number;
  /** Of one piece of work, from when a thread takes it. */
  readonly timeoutMs: number;
  /** Of one thread: its program takes 100. */
  readonly memoryMegabytes: number;
}

/** Two, so that one person's heavy work leaves the next one a thread; under the 29 s that a request may take. */
export const usualBounds: HeavyBounds = { threads: 2, timeoutMs: 25_000, memoryMegabytes: 400 };

/** What a thread is given to do. */
export interface ThreadMessage {
  readonly name: keyof HeavyTasks;
  /** The task's input, with the id of each edition in its place. */
  readonly input: unknown;
  /** Editions named there that the thread does not have: they are larger than most reports. */
  readonly editions: readonly Edition[];
  /** Ids of editions it has that it is to let go of. */
  readonly forgotten: readonly string[];
}

interface Job {
  readonly name: keyof HeavyTasks;
  readonly input: unknown;
  readonly done: (value: unknown) => void;
  readonly failed: (error: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** Ids of the editions it has, the one used last at the end. */
  readonly editions: Set<string>;
  /** What it is doing, and until when. */
  job?: Job | undefined;
  timer?: NodeJS.Timeout;
}

interface Answer {
  readonly value?: unknown;
  readonly error?: unknown;
}

/**
 * Threads for work that would keep everybody else waiting. They are started when first needed and again when one was
 * ended at its bounds; none keeps the process from ending.
 */
export function createHeavyPool(bounds: HeavyBounds = usualBounds): HeavyPool {
  const threads = new Set<Thread>();
  const waiting: Job[] = [];
  let isClosed = false;

  const begin = (): void => {
    if (isClosed || waiting.length === 0) return;
    const free =
      [...threads].find(({ job }) => job === undefined) ??
      (threads.size < bounds.threads ? start() : undefined);
    const job = free === undefined ? undefined : waiting.shift();
    if (free === undefined || job === undefined) return;
    const { name } = job;
    free.job = job;
    free.timer = setTimeout(() => {
      drop(free, `${name} took longer than ${String(bounds.timeoutMs)} ms.`);
    }, bounds.timeoutMs);
    free.worker.postMessage(messageFor(free.editions, job));
  };

  const start = (): Thread => {
    const thread: Thread = { worker: threadWithin(bounds), editions: new Set() };
    threads.add(thread);
    thread.worker.on("message", ({ value, error }: Answer) => {
      const job = released(thread);
      if (error === undefined) job?.done(value);
      else job?.failed(error instanceof Error ? error : new Error(JSON.stringify(error)));
      begin();
    });
    thread.worker.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") {
        drop(thread, `A thread took more than ${String(bounds.memoryMegabytes)} MB.`);
      } else {
        released(thread)?.failed(error);
        drop(thread, error.message);
      }
    });
    thread.worker.on("exit", () => {
      drop(thread, "A thread ended.");
    });
    return thread;
  };

  /** Ends a thread; the next piece of work starts another. */
  const drop = (thread: Thread, why: string): void => {
    if (!threads.delete(thread)) return;
    released(thread)?.failed(new HeavyWorkStopped(why));
    void thread.worker.terminate();
    begin();
  };

  const elsewhere = (name: keyof HeavyTasks, input: unknown): Promise<unknown> =>
    new Promise((done, failed) => {
      if (isClosed) {
        failed(new HeavyWorkStopped("The pool is closed."));
        return;
      }
      waiting.push({ name, input, done, failed });
      begin();
    });

  return {
    work: unlessSmall(inPlace, elsewhere as HeavyWork),
    close: async () => {
      isClosed = true;
      for (const { failed } of waiting.splice(0))
        failed(new HeavyWorkStopped("The pool is closed."));
      const open = [...threads];
      for (const thread of open) drop(thread, "The pool is closed.");
      await Promise.all(open.map(({ worker }) => worker.terminate()));
    },
  };
}

/**
 * Editions that a thread keeps; each takes about a megabyte. Every draft that is tried is another one, so they would fill
 * its memory otherwise. More than one piece of work names.
 */
export const mostEditions = 20;

/** What a thread is sent of a job, by what it has; `known` is what it has afterwards. */
export function messageFor(
  known: Set<string>,
  { name, input }: Pick<Job, "name" | "input">,
): ThreadMessage {
  const editions = new Map<string, Edition>();
  const named = replaceEditions(input, (value) => {
    const edition = value as Edition;
    if (!known.delete(edition.id)) editions.set(edition.id, edition);
    known.add(edition.id);
    return edition.id;
  });
  const forgotten = [...known].slice(0, Math.max(0, known.size - mostEditions));
  for (const id of forgotten) known.delete(id);
  return { name, input: named, editions: [...editions.values()], forgotten };
}

/** Members of a task's input that hold a report, or a report's edition. */
const holders = ["report", "older", "newer", "lastYear", "priorReport"];

/** An input with what `replace` gives for each edition in it. */
export function replaceEditions(input: unknown, replace: (edition: unknown) => unknown): unknown {
  if (typeof input !== "object" || input === null) return input;
  return Object.fromEntries(
    Object.entries(input).map(([name, value]: [string, unknown]) => {
      if (name === "edition") return [name, replace(value)];
      return [name, holders.includes(name) ? replaceEditions(value, replace) : value];
    }),
  );
}

/** The work a thread was doing, which it is no longer. */
function released(thread: Thread): Job | undefined {
  const { job } = thread;
  clearTimeout(thread.timer);
  thread.job = undefined;
  return job;
}

/** A thread begins as plain JavaScript: it takes the loader of TypeScript first, whoever started the host. */
const beginning = ["tsx/esm/api", "./heavy-thread.ts"].map(
  (name) =>
    pathToFileURL(
      createRequire(import.meta.url)
        .resolve(name)
        .replace(/\.cjs$/u, ".mjs"),
    ).href,
);
const program = `
const [loader, thread] = ${JSON.stringify(beginning)};
import(loader).then(({ register }) => { register(); return import(thread); });
`;

function threadWithin({ memoryMegabytes }: HeavyBounds): Worker {
  const worker = new Worker(program, {
    eval: true,
    execArgv: ["--no-warnings"],
    resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes },
  });
  worker.unref();
  return worker;
}
