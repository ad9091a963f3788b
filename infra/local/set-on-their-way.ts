import {
  headItemOf,
  headItemSchema,
  headOf,
  keys,
  registryHeadItemSchema,
} from "../../functions/storage/items.ts";
import type { FileStore } from "../../functions/storage/ports.ts";
import type { Database } from "../../functions/storage/sqlite/database.ts";
import { createItemTable, type ItemTable } from "../../functions/storage/sqlite/item-table.ts";
import { anchoredChains, setAsideAnchors } from "../../functions/use-cases/audit/anchors.ts";
import { react } from "../../shared/workflow/react.ts";
import { chainedEventSchema } from "../../shared/workflow/report-state-schema.ts";

/**
 * Sets on its way again what was on its way in a database that is older than its queues and files, or has
 * none: of every report the latest event that something was to follow from goes back into the outbox, and
 * the relay sends the same messages again. Every effect bears being done twice. Anchors of events that the
 * database does not have any more are set aside, as whoever consented to their loss expects.
 */
export async function setOnTheirWay(database: Database, vault: FileStore): Promise<void> {
  const table = createItemTable(database);
  for (const chain of await anchoredChains(vault, "")) {
    await setAsideAnchors(vault, chain, lastOf(table, chain));
  }
  const ids = database.rows("SELECT pk FROM items WHERE sk = 'head' AND yearKey IS NOT NULL");
  for (const { pk } of ids) await setOnItsWay(table, String(pk));
}

/** Number of the last event of a report or a region's registry; 0 where there is none any more. */
function lastOf(table: ItemTable, chain: string): number {
  const [, region] = /^(\d{6})-registry$/u.exec(chain) ?? [];
  const item =
    region === undefined
      ? table.get(keys.head(chain), headItemSchema)
      : table.get(keys.registryHead(region), registryHeadItemSchema);
  return item?.chain.seq ?? 0;
}

async function setOnItsWay(table: ItemTable, id: string): Promise<void> {
  const item = table.get(keys.head(id), headItemSchema);
  if (item === undefined) return;
  const head = headOf(item);
  const events = table
    .partition({ pk: id, prefix: "event#" }, chainedEventSchema)
    .filter(({ seq }) => head.outbox.every((one) => one.seq !== seq));
  const last = events.findLast((one) => react(one).some(({ type }) => type !== "notify"));
  if (last === undefined || head.state.status === "published") return;
  const outbox = [last, ...head.outbox].sort((one, other) => one.seq - other.seq);
  await table.write(keys.head(id), () => table.put(headItemOf({ ...head, outbox })));
}
