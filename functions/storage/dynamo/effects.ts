import type { EffectLog } from "../ports.ts";
import { effectSchema, keys } from "../items.ts";
import { putIfNone, readPartition, type TableAccess } from "./table-access.ts";

/** One marker item an effect; the first time it was done stays. */
export const createEffectLog = (access: TableAccess): EffectLog => ({
  async done(occasion) {
    const { pk, sk } = keys.effect(occasion, "");
    const marked = await readPartition(access, { pk, prefix: sk }, effectSchema);
    return new Set(marked.map(({ name }) => name));
  },

  async markDone(occasion, name, at) {
    await putIfNone(access, { ...keys.effect(occasion, name), name, at });
  },
});
