import { unmarshall } from "@aws-sdk/util-dynamodb";
import { ClassicLevel } from "classic-level";
import { cp, mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { syncFolder } from "../../functions/platform/write-file-atomic.ts";
import { headItemSchema, keys, parseItem, threadSchema } from "../../functions/storage/items.ts";
import { openDatabase } from "../../functions/storage/sqlite/database.ts";
import {
  createItemTable,
  damagedRows,
  migrations,
  type ItemTable,
  type StoredItem,
} from "../../functions/storage/sqlite/item-table.ts";
import { isCodedError } from "../../functions/platform/errors.ts";

/**
 * The database of versions before SQLite: DynamoDB items as an emulator kept them in LevelDB, in the
 * folder where SQLite's file is now. It is taken over once, item by item, compared, and then kept aside
 * in `before-sqlite/`, unchanged. A process killed meanwhile begins anew.
 */
export async function takeOverLevel(
  file: string,
  { now }: { readonly now: () => string },
): Promise<{ readonly taken: number } | { readonly refusal: string } | undefined> {
  const folder = dirname(file);
  const old = await levelFiles(folder);
  if (old.length === 0) return undefined;
  if (!old.includes("CURRENT")) {
    return {
      refusal: `The database of an earlier version in ${folder} has lost its file CURRENT and cannot be read: put the folder back as it was. Nothing was changed.`,
    };
  }
  let items: StoredItem[];
  try {
    items = settled(await readLevel(folder, old));
  } catch (error) {
    if (!isCodedError(error) || !String(error.code).startsWith("LEVEL_")) throw error;
    return {
      refusal: `The database of an earlier version in ${folder} cannot be read (${error.message}): put the folder back as it was. Nothing was changed.`,
    };
  }
  const half = join(folder, "taking-over.sqlite");
  for (const end of ["", "-wal", "-shm", ".acknowledged"]) await rm(half + end, { force: true });
  const opened = await openDatabase({ file: half, now, migrations, damagedRows });
  if (!opened.ok) throw new Error(`A new database was refused: ${opened.error.code}.`);
  const table = createItemTable(opened.value);
  await table.write({ pk: "all", sk: "items" }, () => {
    for (const item of items) table.put(item);
  });
  items.forEach((item) => compare(table, item));
  await opened.value.close();
  await rm(`${half}.acknowledged`);
  await rename(half, file);
  await syncFolder(folder);
  await putAside(folder);
  return { taken: items.length };
}

/** Moves what was taken over out of the way; again where a process was killed before. */
export async function putAside(folder: string): Promise<void> {
  const old = await levelFiles(folder);
  if (old.length === 0) return;
  const aside = join(folder, "before-sqlite");
  await mkdir(aside, { recursive: true, mode: 0o700 });
  for (const name of old) await rename(join(folder, name), join(aside, name));
}

async function levelFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) =>
    /^(?:CURRENT|LOCK|LOG(?:\.old)?|MANIFEST-\d+|\d+\.\w+)$/u.test(name),
  );
}

const prefix = "item-juesuan~";

/** Reads a copy, for LevelDB cannot be opened without writing. */
async function readLevel(folder: string, names: readonly string[]): Promise<StoredItem[]> {
  const copy = await mkdtemp(join(tmpdir(), "juesuan-level-"));
  try {
    for (const name of names) await cp(join(folder, name), join(copy, basename(name)));
    const level = new ClassicLevel<string, unknown>(copy, {
      valueEncoding: "json",
      createIfMissing: false,
    });
    await level.open();
    const items: StoredItem[] = [];
    for await (const value of level.values({ gte: prefix, lt: `${prefix}\u{10ffff}` })) {
      const item = unmarshall(value as Parameters<typeof unmarshall>[0]);
      items.push(keyedSchema.parse(item));
    }
    await level.close();
    return items;
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

const keyedSchema = z.looseObject({ pk: z.string(), sk: z.string() });

/** Remarks on their way through their head, as the DynamoDB adapter sends them, arrive in their threads. */
function settled(items: readonly StoredItem[]): StoredItem[] {
  const byKey = new Map(items.map((item) => [nameOf(item), item]));
  for (const item of items) {
    if (item.sk !== "head" || !("remarks" in item)) continue;
    const head = parseItem(headItemSchema, item);
    for (const remark of Object.values(head.remarks ?? {})) {
      const key = keys.thread(head.id, remark.id);
      const stored = byKey.get(nameOf(key));
      const thread = stored === undefined ? undefined : parseItem(threadSchema, stored);
      if (remark.version !== (thread?.version ?? 0) + 1) continue;
      const entries = [...(thread?.entries ?? []), ...remark.entries];
      byKey.set(nameOf(key), { ...key, ...remark, entries });
    }
    const { pk, sk, ...members } = item;
    const kept = Object.entries(members).filter(([name]) => !ofDynamo.includes(name));
    byKey.set(nameOf(item), { pk, sk, ...Object.fromEntries(kept) });
  }
  return [...byKey.values()];
}

/** Members of a head that only the DynamoDB adapter has a use for. */
const ofDynamo: readonly string[] = ["remarks", "writeToken"];

const nameOf = ({ pk, sk }: Pick<StoredItem, "pk" | "sk">): string => `${pk}\n${sk}`;

function compare(table: ItemTable, item: StoredItem): void {
  const { pk, sk, ...members } = item;
  const stored = table.get({ pk, sk }, z.record(z.string(), z.unknown()));
  const wanted = Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      value instanceof Set ? [...(value as Set<string>)].sort() : value,
    ]),
  );
  if (!isDeepStrictEqual(stored, wanted)) {
    throw new Error(`The item ${pk} / ${sk} was not taken over as it was.`);
  }
}
