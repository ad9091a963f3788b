import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sha256 } from "../../../../functions/platform/ids.ts";
import {
  isAbandonedWrite,
  writeFileAtomic,
} from "../../../../functions/platform/write-file-atomic.ts";
import { contactKeys } from "../../../../shared/registry/invitation.ts";
import { plainContact } from "../../../../shared/registry/contact.ts";

const accountSchema = z.strictObject({
  /** `sub` of the person's tokens; memberships refer to it. */
  subject: z.string(),
  name: z.string(),
  /** What the person signs in with, as `contact.ts` spells it; at least one. */
  email: z.string().optional(),
  mobile: z.string().optional(),
  /** As `hashPassword` made it; absent once it was reset. */
  passwordHash: z.string().optional(),
  /** A code for a new password: SHA-256 of it, and until when. */
  reset: z.strictObject({ codeHash: z.string(), expiresAt: z.string() }).optional(),
  /** Secret of the one-time passwords, where the person asked for them, and the last counter used. */
  oneTimePassword: z
    .strictObject({ secret: z.string(), lastCounter: z.number().optional() })
    .optional(),
});
export type Account = Readonly<z.infer<typeof accountSchema>>;

/**
 * The accounts of an installation without an issuer of the government's: one small file each in the data
 * folder, read once and held in memory. A change is acknowledged when its file is in place and synced.
 */
export interface AccountStore {
  bySubject(subject: string): Account | undefined;
  /** By mobile number or mail address, however it is typed. */
  byLogin(typed: string): Account | undefined;
  /** False where another account signs in with one of its addresses. */
  create(account: Account): Promise<boolean>;
  /** One after the other, each on what the one before left; undefined where there is no such account. */
  change(subject: string, how: (account: Account) => Account): Promise<Account | undefined>;
}

export async function openAccounts(dir: string): Promise<AccountStore> {
  const bySubject = new Map<string, Account>();
  const byKey = new Map<string, string>();
  let tail: Promise<unknown> = Promise.resolve();

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  function hold(account: Account): void {
    bySubject.set(account.subject, account);
    for (const key of contactKeys(account)) byKey.set(key, account.subject);
  }

  async function store(account: Account): Promise<void> {
    const file = join(dir, `${sha256(account.subject)}.json`);
    await writeFileAtomic(file, JSON.stringify(account));
    hold(account);
  }

  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const name of await readdir(dir)) {
    const path = join(dir, name);
    if (isAbandonedWrite(name)) await rm(path, { force: true });
    else hold(await readAccount(path));
  }

  return {
    bySubject: (subject) => bySubject.get(subject),
    byLogin: (typed) => {
      const plain = plainContact(typed);
      if (plain === undefined) return undefined;
      const subject = byKey.get(`mobile:${plain}`) ?? byKey.get(`email:${plain}`);
      return subject === undefined ? undefined : bySubject.get(subject);
    },
    create: (account) =>
      inTurn(async () => {
        if (contactKeys(account).some((key) => byKey.has(key))) return false;
        await store(account);
        return true;
      }),
    change: (subject, how) =>
      inTurn(async () => {
        const account = bySubject.get(subject);
        if (account === undefined) return undefined;
        const changed = how(account);
        await store(changed);
        return changed;
      }),
  };
}

async function readAccount(path: string): Promise<Account> {
  try {
    return accountSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    throw new Error(
      `The account in ${path} cannot be read: take the file from the latest backup, or remove it and invite the person anew.`,
      { cause },
    );
  }
}
