import { keys } from "../items.ts";
import type { StoreProbe } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";

/** One item, overwritten; nobody reads it. */
export const createStoreProbe = (table: ItemTable): StoreProbe => ({
  write: (at) =>
    table.write(keys.probe, () => {
      table.put({ ...keys.probe, at });
    }),
});
