import { canonicalJson, type Sha256 } from "../../shared/canonical-json.ts";
import { evolveRegistry, recordsBefore, recordsOf } from "../../shared/registry/evolve-registry.ts";
import {
  type ChainedRegistryEvent,
  emptyRegistry,
  recordName,
  type RegistryEvent,
  type RegistryRecord,
} from "../../shared/registry/registry.ts";
import type { RegistryFault } from "../../shared/registry/registry-words.ts";
import { chainStart, verifyLinks } from "../storage/chain.ts";
import type {
  Found,
  Page,
  PageRequest,
  RegistryHead,
  RegistryInventory,
  RegistryStore,
} from "../storage/ports.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** Changes of a region's registry, latest first; those not yet recorded open the first page. */
export async function registryEvents(
  { registry }: { readonly registry: Pick<RegistryStore, "head" | "events"> },
  region: string,
  page: PageRequest,
): Promise<Page<ChainedRegistryEvent>> {
  const head = await registry.head(region);
  const recorded = await registry.events(region, page);
  if (page.after !== undefined) return recorded;
  const last = recorded.items[0]?.seq ?? 0;
  const waiting = head?.outbox.filter(({ seq }) => seq > last) ?? [];
  return { ...recorded, items: [...waiting.toReversed(), ...recorded.items] };
}

export interface RegistryVerification {
  /** Whether the region has a chain; one of an older version begins it with its next change. */
  readonly begun: boolean;
  readonly intact: boolean;
  readonly events: number;
  /** Hash of the last link. */
  readonly tip: string;
  /** First link that does not hold. */
  readonly brokenAt?: number;
  readonly faults: readonly RegistryFault[];
}

/** Readings before a registry that is being changed is taken as it was read last. */
const maxReadings = 3;

/**
 * Recomputes the registry's chain, replays it and compares what is stored: head, every office, year and
 * person. Reads the whole region, and answers damage instead of failing on it.
 */
export async function verifyRegistry(
  deps: { readonly registry: Pick<RegistryStore, "inventory">; readonly sha256: Sha256 },
  region: string,
): Promise<RegistryVerification> {
  let inventory = await deps.registry.inventory(region);
  for (let reading = 1; reading < maxReadings; reading += 1) {
    const again = await deps.registry.inventory(region);
    const isSteady = tipOf(again) === tipOf(inventory);
    inventory = again;
    if (isSteady) break;
  }
  return verdictOn(inventory, region, deps.sha256);
}

const tipOf = ({ head }: RegistryInventory): string | undefined =>
  head !== undefined && "value" in head ? head.value.chain.hash : undefined;

function verdictOn(
  { head: foundHead, events: found, records }: RegistryInventory,
  region: string,
  sha256: Sha256,
): RegistryVerification {
  const recorded = readable(found);
  const head = foundHead !== undefined && "value" in foundHead ? foundHead.value : undefined;
  const begun = foundHead !== undefined || found.length > 0;
  if (!begun) return { begun, intact: true, events: 0, tip: chainStart.hash, faults: [] };

  const last = recorded.at(-1)?.seq ?? 0;
  const links = [...recorded, ...(head?.outbox.filter(({ seq }) => seq > last) ?? [])];
  const chain = verifyLinks({ region }, links, sha256);
  const faults: RegistryFault[] = [
    ...found.flatMap((one) =>
      "corrupt" in one
        ? [{ at: "event" as const, seq: numberOf(one), fault: "corrupt" as const }]
        : [],
    ),
    ...(chain.ok ? [] : [{ at: "event" as const, ...chain.error }]),
    ...headFaults(foundHead, links),
    ...replayFaults(links, { head, records }),
  ];
  const brokenAt = faults
    .flatMap((fault) => (fault.at === "event" ? [fault.seq] : []))
    .reduce<number | undefined>((least, seq) => Math.min(least ?? seq, seq), undefined);
  return {
    begun,
    intact: faults.length === 0,
    events: links.length,
    tip: head?.chain.hash ?? links.at(-1)?.hash ?? chainStart.hash,
    ...omitUndefined({ brokenAt }),
    faults,
  };
}

const readable = <T>(found: readonly Found<T>[]): T[] =>
  found.flatMap((one) => ("value" in one ? [one.value] : []));

/** `event#000000007` → 7 */
const numberOf = ({ name }: { readonly name: string }): number =>
  Number(/\d+$/u.exec(name)?.[0] ?? 0);

function headFaults(
  found: Found<RegistryHead> | undefined,
  links: readonly ChainedRegistryEvent[],
): RegistryFault[] {
  if (found === undefined) return [{ at: "head", fault: "missing" }];
  if ("corrupt" in found) return [{ at: "head", fault: "corrupt" }];
  const { chain, state, outbox } = found.value;
  const last = links.at(-1) ?? chainStart;
  const hashes = new Map(links.map(({ seq, hash }) => [seq, hash]));
  const replayed = links.reduce((so, { event }) => evolveRegistry(so, event), emptyRegistry);
  return [
    ...(last.seq === chain.seq && last.hash === chain.hash
      ? []
      : [{ at: "head" as const, fault: "other_tip" as const }]),
    ...(outbox.every(({ seq, hash }) => hashes.get(seq) === hash)
      ? []
      : [{ at: "head" as const, fault: "other_events" as const }]),
    ...(canonicalJson(replayed) === canonicalJson(state)
      ? []
      : [{ at: "head" as const, fault: "other_state" as const }]),
  ];
}

/** Each record as replaying the chain gives it, compared with the stored one. */
function replayFaults(
  links: readonly ChainedRegistryEvent[],
  stored: {
    readonly head: RegistryHead | undefined;
    readonly records: readonly Found<RegistryRecord>[];
  },
): RegistryFault[] {
  const faults: RegistryFault[] = [];
  const expected = new Map<string, RegistryRecord>();
  for (const { seq, event } of links) {
    if (!followsOn(event, expected)) faults.push({ at: "event", seq, fault: "wrong_before" });
    for (const record of recordsOf(event)) expected.set(recordName(record), record);
  }
  const unwritten = unwrittenIn(stored.head?.outbox ?? []);
  const found = new Map(stored.records.map((one) => [one.name, one]));
  const adoptedTo = stored.head?.adoptedTo;
  for (const name of [...new Set([...expected.keys(), ...found.keys()])].sort()) {
    const is = found.get(name);
    const wanted = expected.get(name);
    if (wanted === undefined) {
      const isStillToAdopt = adoptedTo !== undefined && name > adoptedTo;
      if (!isStillToAdopt) faults.push({ at: "record", name, fault: "extra" });
    } else if (is === undefined) {
      if (unwritten.get(name)?.has(absent) !== true) {
        faults.push({ at: "record", name, fault: "missing" });
      }
    } else if ("corrupt" in is) {
      faults.push({ at: "record", name, fault: "corrupt" });
    } else {
      const content = canonicalJson(is.value);
      const isRight = content === canonicalJson(wanted) || unwritten.get(name)?.has(content);
      if (isRight !== true) faults.push({ at: "record", name, fault: "changed" });
    }
  }
  return faults;
}

const absent = "absent";

/**
 * By name, what a record may be while the outbox is being written out: as it was before, or as any of the
 * events left it.
 */
function unwrittenIn(
  outbox: readonly ChainedRegistryEvent[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const accepted = new Map<string, Set<string>>();
  for (const { event } of outbox) {
    const before = new Map(recordsBefore(event).map((record) => [recordName(record), record]));
    for (const record of recordsOf(event)) {
      const name = recordName(record);
      const was = before.get(name);
      const known =
        accepted.get(name) ?? new Set([was === undefined ? absent : canonicalJson(was)]);
      accepted.set(name, known.add(canonicalJson(record)));
    }
  }
  return accepted;
}

/** Whether an event starts from what the events before it left. */
function followsOn(event: RegistryEvent, expected: ReadonlyMap<string, RegistryRecord>): boolean {
  if (event.type === "registry_adopted" || event.type === "registry_entered") return true;
  const before = new Map(recordsBefore(event).map((record) => [recordName(record), record]));
  return recordsOf(event).every((record) => {
    const name = recordName(record);
    const [known, recorded] = [expected.get(name), before.get(name)];
    return known === undefined || recorded === undefined
      ? known === recorded
      : canonicalJson(known) === canonicalJson(recorded);
  });
}
