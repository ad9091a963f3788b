import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { FileReader, RegistryStore } from "../../storage/ports.ts";
import { verifyRegistry, type RegistryVerification } from "../registry-history.ts";
import { anchorFaults, findAnchors, registryChain } from "./anchors.ts";
import type { AnchorFault } from "./fault.ts";

export interface AnchoredRegistry extends RegistryVerification {
  readonly anchorFaults: readonly AnchorFault[];
}

/** A region's registry, verified in itself and compared with the anchors its changes left. */
export async function verifyAnchoredRegistry(
  deps: {
    readonly registry: Pick<RegistryStore, "inventory">;
    /** The vault. */
    readonly files: FileReader;
    readonly sha256: Sha256;
  },
  region: string,
): Promise<AnchoredRegistry> {
  // Anchors first: what is anchored meanwhile is in the registry that is read after them.
  const anchors = await findAnchors(deps.files, registryChain(region), "all");
  const verified = await verifyRegistry(deps, region);
  const { head, events } = await deps.registry.inventory(region);
  const faults = anchorFaults(anchors, {
    seq: head !== undefined && "value" in head ? head.value.chain.seq : verified.events,
    relayed: 0, // a change is written out by whoever made it; its anchor follows with the relay
    hashes: new Map(
      events.flatMap((one) => ("value" in one ? [[one.value.seq, one.value.hash]] : [])),
    ),
  });
  return {
    ...verified,
    intact: verified.intact && faults.length === 0,
    anchorFaults: faults,
  };
}
