import { open, readFile } from "node:fs/promises";
import { unlessFull } from "../unavailable-error.ts";
import { writeFileAtomic } from "../../platform/write-file-atomic.ts";
import { hasCode } from "../../platform/errors.ts";

/** A write that was acknowledged to somebody as stored. */
export interface Acknowledged {
  /** 1, 2, 3 … over the life of the database. */
  readonly number: number;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** What was written, by the key of its item. */
  readonly item: string;
}

/**
 * The numbers of acknowledged writes in a file of their own, synced before anybody is answered. A
 * database drops the end of a damaged log without a word; this file knows what was in it.
 */
export interface Acknowledgements {
  /** Resolves when the line is on the disk. Lines handed in at once are synced at once. */
  add(one: Acknowledged): Promise<void>;
  close(): Promise<void>;
}

/** Lines that stay when the file is written anew: enough to name the writes of a lost end. */
const linesKept = 2_000;
const longestFileBytes = 4 * 1_024 * 1_024;

/** The latest ones of a file, oldest first; none where there is no file. A damaged line hides no other. */
export async function readAcknowledged(path: string): Promise<readonly Acknowledged[]> {
  return acknowledgedIn(await readIfThere(path)).slice(-linesKept);
}

/** Goes on from what was read. */
export async function openAcknowledgements(
  path: string,
  read: readonly Acknowledged[],
): Promise<Acknowledgements> {
  let latest = read;
  const openAnew = async () => {
    await writeFileAtomic(path, latest.map(lineOf).join(""));
    return open(path, "a", 0o600);
  };
  let file = await openAnew();
  let sizeBytes = 0;

  let waiting: Acknowledged[] = [];
  let syncing: Promise<void> = Promise.resolve();
  /** The sync that takes the lines that wait now. */
  let next: Promise<void> | undefined;
  const sync = async () => {
    await syncing.catch(() => undefined);
    const lines = waiting;
    [waiting, next] = [[], undefined];
    syncing = write(lines);
    await syncing;
  };
  const write = async (lines: readonly Acknowledged[]) => {
    latest = [...latest, ...lines].slice(-linesKept);
    if (sizeBytes > longestFileBytes) {
      await file.close();
      file = await openAnew();
      sizeBytes = 0;
      return;
    }
    // Begun on a line of its own: an append that failed may have left half of one.
    const text = `\n${lines.map(lineOf).join("")}`;
    sizeBytes += Buffer.byteLength(text);
    try {
      await file.appendFile(text);
      await file.datasync();
    } catch (error) {
      throw unlessFull(error);
    }
  };

  return {
    add: (one) => {
      waiting.push(one);
      next ??= sync();
      return next;
    },
    close: async () => {
      await next?.catch(() => undefined);
      await syncing.catch(() => undefined);
      await file.close();
    },
  };
}

async function readIfThere(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return "";
    throw error;
  }
}

function acknowledgedIn(text: string): Acknowledged[] {
  const lines = text.split("\n").slice(0, -1);
  return lines.flatMap((line) => {
    const [, number, at, item] = /^(\d{1,15}) (\d{4}-\S+Z) (.+)$/u.exec(line) ?? [];
    return number === undefined || at === undefined || item === undefined
      ? []
      : [{ number: Number(number), at, item }];
  });
}

const lineOf = ({ number, at, item }: Acknowledged): string => `${String(number)} ${at} ${item}\n`;
