import { readFile } from "node:fs/promises";
import { z } from "zod";
import { sha256 } from "../../../functions/platform/ids.ts";
import { writeFileAtomic } from "../../../functions/platform/write-file-atomic.ts";

interface Rule {
  readonly most: number;
  readonly windowMs: number;
}

const minuteMs = 60_000;
/** How many wrong passwords, for one person and from one address: guessing is slowed, then stopped for the day. */
const personRules: readonly Rule[] = [
  { most: 5, windowMs: 5 * minuteMs },
  { most: 30, windowMs: 24 * 60 * minuteMs },
];
const addressRules: readonly Rule[] = [{ most: 30, windowMs: 5 * minuteMs }];

/** Names and addresses remembered; more are only made up to fill the memory, and the oldest go. */
const mostKeys = 20_000;

export type AttemptLimit = {
  /** Counts an attempt before it is judged; answers with the seconds to wait when there were too many. */
  begin(username: string, address: string): number | undefined;
  /** The attempt was right: it and the person's wrong ones no longer count. */
  succeed(username: string, address: string): void;
  /** What was attempted under a name no longer counts: its password is a new one. */
  forgive(username: string): void;
  /** Resolves when all that was counted is kept. */
  settled(): Promise<void>;
};

type Attempts = Map<string, number[]>;

/**
 * Slows the guessing of passwords; what nobody signs in with is counted like what somebody does. `file`
 * keeps the counts over a restart, names and addresses as hashes.
 */
export async function openAttemptLimit({
  file,
  now,
}: {
  readonly file: string;
  readonly now: () => string;
}): Promise<AttemptLimit> {
  const attempts = await load(file);
  let saving: Promise<void> | undefined;
  let isBehind = false;
  const personKey = (username: string) => sha256(`person ${username}`);
  const addressKey = (address: string) => sha256(`address ${address}`);

  /** Writes what is counted by now, and once more if it is more by then. */
  function save(): void {
    isBehind = true;
    saving ??= write().finally(() => {
      saving = undefined;
    });
  }
  async function write(): Promise<void> {
    while (isBehind) {
      isBehind = false;
      const text = JSON.stringify(Object.fromEntries(attempts));
      // What is lost with a failed write is a few counts.
      await writeFileAtomic(file, text, { durable: false }).catch(() => undefined);
    }
  }

  function recent(key: string, rules: readonly Rule[], atMs: number): readonly number[] {
    const longest = Math.max(...rules.map(({ windowMs }) => windowMs));
    const kept = (attempts.get(key) ?? []).filter((attemptMs) => atMs - attemptMs < longest);
    if (kept.length === 0) attempts.delete(key);
    else attempts.set(key, kept);
    return kept;
  }

  function waitMs(key: string, rules: readonly Rule[], atMs: number): number {
    const before = recent(key, rules, atMs);
    return Math.max(
      ...rules.map(({ most, windowMs }) => {
        const first = before.filter((attemptMs) => atMs - attemptMs < windowMs).at(-most);
        return first === undefined ? 0 : first + windowMs - atMs;
      }),
    );
  }

  return {
    begin(username, address) {
      const atMs = Date.parse(now());
      const counted = [
        [personKey(username), personRules],
        [addressKey(address), addressRules],
      ] as const;
      const longest = Math.max(...counted.map(([key, rules]) => waitMs(key, rules, atMs)));
      if (longest > 0) return Math.ceil(longest / 1000);
      for (const [key, rules] of counted) {
        const kept = recent(key, rules, atMs);
        attempts.delete(key);
        attempts.set(key, [...kept, atMs]);
      }
      for (const key of attempts.keys()) {
        if (attempts.size <= mostKeys) break;
        attempts.delete(key);
      }
      save();
      return undefined;
    },
    succeed(username, address) {
      attempts.delete(personKey(username));
      attempts.get(addressKey(address))?.pop();
      save();
    },
    forgive(username) {
      attempts.delete(personKey(username));
      save();
    },
    settled: async () => saving,
  };
}

const storedSchema = z.record(z.string(), z.array(z.number()));

async function load(file: string): Promise<Attempts> {
  try {
    const stored = storedSchema.parse(JSON.parse(await readFile(file, "utf8")));
    return new Map(Object.entries(stored));
  } catch {
    return new Map(); // none yet, or nothing that anybody can use
  }
}
