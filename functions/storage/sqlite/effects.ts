import { z } from "zod";
import { keys } from "../items.ts";
import type { EffectLog } from "../ports.ts";
import type { ItemTable } from "./item-table.ts";

const markerSchema = z.strictObject({ at: z.string() });

/** One marker item an effect; the first time it was done stays. */
export const createEffectLog = (table: ItemTable): EffectLog => ({
  done: async (effectId) => table.get(keys.effect(effectId), markerSchema) !== undefined,

  markDone: async (effectId, at) => {
    await table.write(keys.effect(effectId), () =>
      table.putIfNone({ ...keys.effect(effectId), at }),
    );
  },
});
