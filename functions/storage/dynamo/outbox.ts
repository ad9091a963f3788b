import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import { ForkedChainError } from "../forked-chain-error.ts";
import { changes } from "./changes.ts";
import type { ItemKey } from "../items.ts";
import { getItem, putIfNone, type TableAccess, unlessRefused } from "./table-access.ts";

/** What becomes of events once a head holds them: items of their own, then out of the head. */

/** Puts an event's item if absent; the same event again is harmless, another in its place throws. */
export async function recordEvent(
  access: TableAccess,
  key: ItemKey,
  event: { readonly seq: number; readonly hash: string },
): Promise<void> {
  if (await putIfNone(access, { ...key, ...event })) return;
  const recorded = await getItem(access, key, z.looseObject({ hash: z.string() }));
  if (recorded?.hash !== event.hash) throw new ForkedChainError(key);
}

/** Tries that a trim may lose to commits of others before it gives up. */
const maxAttempts = 10;

interface Outboxed {
  readonly chain: { readonly seq: number };
  readonly outbox: readonly { readonly seq: number }[];
}

/** Takes events up to `seq` out of a head's outbox, unless something was committed meanwhile. */
export async function trimOutbox(
  { db, table }: TableAccess,
  {
    key,
    load,
    known,
  }: {
    readonly key: ItemKey;
    readonly load: () => Promise<Outboxed | undefined>;
    /** What the first attempt goes by; the condition refuses it when it has moved. */
    readonly known?: Outboxed | undefined;
  },
  seq: number,
): Promise<void> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const head = (attempt === 1 ? known : undefined) ?? (await load());
    const relayed = head?.outbox.filter((event) => event.seq <= seq) ?? [];
    if (head === undefined || relayed.length === 0) return;
    const isAll = relayed.length === head.outbox.length;
    const trimmed = await unlessRefused(
      db.send(
        new UpdateCommand({
          TableName: table,
          Key: key,
          ...changes({
            // Nothing was committed since: else the new event would fall out of the sweep's index.
            onlyIf: "#chain.#seq = :seq",
            remove: [
              ...relayed.map((event) => `#outbox.#${event.seq}`),
              ...(isAll ? ["#outboxShard", "#outboxSince"] : []),
            ],
            given: { ":seq": head.chain.seq },
          }),
        }),
      ),
    );
    if (trimmed !== undefined) return;
  }
  throw new Error(`The outbox of ${key.pk} could not be trimmed in ${maxAttempts} attempts`);
}
