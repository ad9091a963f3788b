import { z } from "zod";
import type { EffectLog } from "../ports.ts";
import { keys } from "../items.ts";
import { getItem, putIfNone, type TableAccess } from "./table-access.ts";

const markerSchema = z.strictObject({ at: z.string() });

/** One marker item an effect; the first time it was done stands. */
export const createEffectLog = (access: TableAccess): EffectLog => ({
  done: async (effectId) =>
    (await getItem(access, keys.effect(effectId), markerSchema)) !== undefined,

  markDone: async (effectId, at) => {
    await putIfNone(access, { ...keys.effect(effectId), at });
  },
});
