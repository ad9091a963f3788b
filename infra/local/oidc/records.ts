import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Adapter, AdapterFactory, AdapterPayload } from "oidc-provider";
import { z } from "zod";
import {
  isAbandonedWrite,
  writeFileAtomic,
} from "../../../functions/platform/write-file-atomic.ts";

const recordSchema = z.object({
  model: z.string(),
  id: z.string(),
  expiresAt: z.string().optional(),
  payload: z.custom<AdapterPayload>((value) => typeof value === "object" && value !== null),
});
type StoredRecord = z.infer<typeof recordSchema>;

/** What stems from a grant and goes with it when it is revoked. */
const grantable = ["AccessToken", "AuthorizationCode", "RefreshToken"];
const sweepEvery = 100;

/**
 * The issuer's sessions, grants, codes and refresh tokens: one small file each, so that people stay
 * signed in over a restart. Access tokens are not kept, they verify by themselves.
 * Read by id, by session uid, and by grant (to revoke all that came of it): all from memory, loaded
 * once. A write is acknowledged when its file is in place.
 */
export async function openRecords(
  dir: string,
  { now }: { readonly now: () => string },
): Promise<{
  readonly adapter: AdapterFactory;
  /** Removes all that a person is signed in by. */
  readonly removeAllOf: (subject: string) => Promise<void>;
}> {
  const records = new Map<string, StoredRecord>();
  let tail: Promise<unknown> = Promise.resolve();
  let writes = 0;

  const keyOf = (model: string, id: string) => `${model}:${id}`;
  const pathOf = (key: string) =>
    join(dir, `${createHash("sha256").update(key).digest("hex")}.json`);
  const isExpired = ({ expiresAt }: StoredRecord) => expiresAt !== undefined && expiresAt <= now();

  /** One after the other, so that the file of a record ends as the record did. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const done = tail.then(work);
    tail = done.catch(() => undefined);
    return done;
  }

  async function put(record: StoredRecord): Promise<void> {
    const key = keyOf(record.model, record.id);
    records.set(key, record);
    await inTurn(() => writeFileAtomic(pathOf(key), JSON.stringify(record), { durable: false }));
    writes += 1;
    if (writes % sweepEvery === 0) await remove(([, other]) => isExpired(other));
  }

  async function remove(isDoomed: (entry: [string, StoredRecord]) => boolean): Promise<void> {
    for (const [key] of [...records].filter(isDoomed)) {
      records.delete(key);
      await inTurn(() => rm(pathOf(key), { force: true }));
    }
  }

  function find(isWanted: (record: StoredRecord) => boolean): AdapterPayload | undefined {
    for (const record of records.values()) {
      if (isWanted(record) && !isExpired(record)) return structuredClone(record.payload);
    }
    return undefined;
  }

  await mkdir(dir, { recursive: true, mode: 0o700 });
  for (const name of await readdir(dir)) {
    const record = isAbandonedWrite(name) ? undefined : await readRecord(join(dir, name));
    if (record === undefined || isExpired(record)) await rm(join(dir, name), { force: true });
    else records.set(keyOf(record.model, record.id), record);
  }

  const adapter: AdapterFactory = (model): Adapter => ({
    upsert: (id, payload, expiresIn) =>
      put({
        model,
        id,
        payload: structuredClone(payload),
        ...(expiresIn === undefined
          ? {}
          : { expiresAt: new Date(Date.parse(now()) + expiresIn * 1000).toISOString() }),
      }),
    find: (id) => {
      const record = records.get(keyOf(model, id));
      return Promise.resolve(
        record === undefined || isExpired(record) ? undefined : structuredClone(record.payload),
      );
    },
    findByUid: (uid) =>
      Promise.resolve(find((record) => record.model === model && record.payload.uid === uid)),
    findByUserCode: (code) =>
      Promise.resolve(find((record) => record.model === model && record.payload.userCode === code)),
    consume: async (id) => {
      const record = records.get(keyOf(model, id));
      if (record === undefined) return;
      const consumed = Math.floor(Date.parse(now()) / 1000);
      await put({ ...record, payload: { ...record.payload, consumed } });
    },
    destroy: (id) => remove(([key]) => key === keyOf(model, id)),
    revokeByGrantId: (grantId) =>
      remove(
        ([, record]) => grantable.includes(record.model) && record.payload.grantId === grantId,
      ),
  });
  return {
    adapter,
    removeAllOf: (subject) => remove(([, { payload }]) => payload.accountId === subject),
  };
}

/** A record that cannot be read is one nobody can use: its owner signs in again. */
async function readRecord(path: string): Promise<StoredRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined;
  }
}
