import { type ItemKey, markerSchema } from "../items.ts";
import type { ItemTable } from "./item-table.ts";

/** Puts a marker, never below the one that is there. */
export const countUp = (table: ItemTable, key: ItemKey, seq: number): Promise<void> =>
  table.write(key, () => {
    const stored = table.get(key, markerSchema);
    if (stored === undefined || stored.seq < seq) table.put({ ...key, seq });
  });
