import type { RegistryStore } from "../../functions/storage/ports.ts";

/** The registry, telling of a region whose offices or years have changed. */
export const wakingRegistry = (
  registry: RegistryStore,
  wake: (region: string) => void,
): RegistryStore => ({
  ...registry,
  async putOrg(node) {
    const stored = await registry.putOrg(node);
    if (stored.ok) wake(node.region);
    return stored;
  },
  async putYear(year) {
    const stored = await registry.putYear(year);
    if (stored.ok) wake(year.region);
    return stored;
  },
});
