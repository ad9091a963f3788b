import type { RegistryStore } from "../../functions/storage/ports.ts";
import { recordsOf } from "../../shared/registry/evolve-registry.ts";

/** The registry, waking the relay for a region after each commit, as the table's stream does on AWS. */
export const wakingRegistry = (
  registry: RegistryStore,
  wake: (region: string, changes: { readonly plan: boolean }) => void,
): RegistryStore => ({
  ...registry,
  async commit(head, events, next) {
    const committed = await registry.commit(head, events, next);
    // Offices and years, not people, say who must publish until when.
    const plan = events.flatMap(recordsOf).some(({ kind }) => kind !== "member");
    if (committed.ok) wake(head.region, { plan });
    return committed;
  },
});
