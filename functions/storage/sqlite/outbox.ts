import { z } from "zod";
import { ForkedChainError } from "../forked-chain-error.ts";
import type { ItemKey } from "../items.ts";
import type { ItemTable } from "./item-table.ts";

interface Numbered {
  readonly seq: number;
  readonly hash: string;
}

/** Puts event items if absent, within a write; the same again is harmless, another in its place throws. */
export function recordEvents(
  table: ItemTable,
  events: readonly (readonly [ItemKey, Numbered])[],
): void {
  for (const [key, event] of events) {
    if (table.putIfNone({ ...key, ...event })) continue;
    const recorded = table.get(key, z.looseObject({ hash: z.string() }));
    if (recorded?.hash !== event.hash) throw new ForkedChainError(key);
  }
}
