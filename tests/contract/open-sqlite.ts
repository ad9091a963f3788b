import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { sha256 } from "../../functions/platform/ids.ts";
import type { Stores } from "../../functions/storage/ports.ts";
import { type Database, openDatabase } from "../../functions/storage/sqlite/database.ts";
import { damagedRows, migrations } from "../../functions/storage/sqlite/item-table.ts";
import { createSqliteStores } from "../../functions/storage/sqlite/stores.ts";
import { at } from "./fixtures.ts";

/** A stored item as it lies in the database, for a hand that is not the stores'. */
const itemSchema = z.looseObject({ pk: z.string(), sk: z.string() });
export type Item = z.infer<typeof itemSchema>;

export interface OpenSqlite {
  readonly database: Database;
  readonly stores: Stores;
  readonly items: (pk: string) => Item[];
  readonly put: (item: Item) => Promise<unknown>;
  readonly remove: (item: Item) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** The embedded database of a file, with a hand in it that asks no store. */
export async function openSqlite(file: string): Promise<OpenSqlite> {
  const opened = await openDatabase({ file, migrations, damagedRows, now: () => at });
  if (!opened.ok) throw new Error(opened.error.code);
  const database = opened.value;
  return {
    database,
    stores: createSqliteStores(database, sha256),
    items: (pk) =>
      database
        .rows("SELECT pk, sk, item FROM items WHERE pk = ? ORDER BY sk", pk)
        .map(({ item, ...key }) =>
          itemSchema.parse({ ...(JSON.parse(String(item)) as object), ...key }),
        ),
    put: ({ pk, sk, ...members }) =>
      database.write("another hand", () =>
        database.run(
          "INSERT INTO items VALUES (?, ?, ?) ON CONFLICT (pk, sk) DO UPDATE SET item = excluded.item",
          ...[pk, sk, JSON.stringify(members)],
        ),
      ),
    remove: ({ pk, sk }) =>
      database.write("another hand", () =>
        database.run("DELETE FROM items WHERE pk = ? AND sk = ?", pk, sk),
      ),
    close: () => database.close(),
  };
}

/** The same in a temporary folder, which goes with it. */
export async function openTemporarySqlite(): Promise<OpenSqlite> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-sqlite-"));
  const opened = await openSqlite(join(folder, "test.sqlite"));
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
