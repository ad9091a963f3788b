import { effectSchema, keys } from "../items.ts";
import type { EffectLog } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";

/** One marker item an effect; the first time it was done stays. */
export const createEffectLog = (table: ItemTable): EffectLog => ({
  async done(occasion) {
    const { pk, sk } = keys.effect(occasion, "");
    return new Set(table.partition({ pk, prefix: sk }, effectSchema).map(({ name }) => name));
  },

  async markDone(occasion, name, at) {
    const key = keys.effect(occasion, name);
    await table.write(key, () => table.putIfNone({ ...key, name, at }));
  },
});
