import { evolveRegistry, recordsOf } from "../../shared/registry/evolve-registry.ts";
import {
  emptyRegistry,
  recordName,
  type RegistryEvent,
  type RegistryRecord,
} from "../../shared/registry/registry.ts";
import { assertNever, err, ok, type Result } from "../../shared/result.ts";
import { chainStart } from "../storage/chain.ts";
import { everyItem } from "../storage/pages.ts";
import type { CommitRefusal, RegistryHead, RegistryStore } from "../storage/ports.ts";
import { inBatches } from "./in-batches.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

export interface RegistryDeps {
  readonly registry: RegistryStore;
  readonly now: () => string;
}

/** The registry before anything was entered. */
export const noRegistry = (region: string): RegistryHead => ({
  region,
  version: 0,
  state: emptyRegistry,
  chain: chainStart,
  outbox: [],
});

/** Records written side by side. */
const projectedAtOnce = 8;

/**
 * Writes what a head's outbox holds: records first, then event items, then the outbox is trimmed. Run
 * after every commit, before every decision, and by the relay: killed anywhere it is run again.
 */
export async function settleRegistry(
  { registry }: { readonly registry: SettlingRegistry },
  region: string,
): Promise<number> {
  const head = await registry.head(region);
  const last = head?.outbox.at(-1);
  if (head === undefined || last === undefined) return 0;
  await indexRegistry({ registry }, region);
  // Records of adopted ones are where they were taken from. Of two versions the later one stays, whichever comes first.
  const records = head.outbox.flatMap(({ event }) =>
    event.type === "registry_adopted" ? [] : recordsOf(event),
  );
  await inBatches(records, projectedAtOnce, (record) => registry.project(record));
  await registry.recordEvents(head.outbox);
  await registry.markWritten(region, last.seq);
  await registry.trimOutbox(region, last.seq);
  return head.outbox.length;
}
export type SettlingRegistry = Pick<
  RegistryStore,
  ReadingAll | "head" | "written" | "project" | "recordEvents" | "markWritten" | "trimOutbox"
>;

/** Gives the records that a version without pointers stored what they are found by; once a region. */
async function indexRegistry(
  deps: {
    readonly registry: Pick<RegistryStore, ReadingAll | "written" | "project" | "markWritten">;
  },
  region: string,
): Promise<void> {
  if ((await deps.registry.written(region)) !== undefined) return;
  for (const record of await storedRecords(deps, region)) await deps.registry.project(record);
  await deps.registry.markWritten(region, 0);
}

/** Another change came first every time, or an import is being applied part by part. */
export type RegistryCommitRefusal =
  | CommitRefusal
  | { readonly code: "import_under_way"; readonly fileName: string; readonly byName: string };

/** Times a change is decided anew when another administrator's change came first. */
const maxAttempts = 5;

/**
 * One change of the registry: decided on the head as read, stored only if no other change came first,
 * then written out. All decisions of a region pass this one item, so none can be made twice.
 */
export async function changeRegistry<Refusal>(
  deps: RegistryDeps,
  region: string,
  decide: (head: RegistryHead) => Promise<Result<readonly RegistryEvent[], Refusal>>,
  /** The import whose part the change is. */
  importing?: string,
): Promise<Result<readonly RegistryEvent[], Refusal | RegistryCommitRefusal>> {
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const head = await openRegistry(deps, region);
    const running = head.state.import;
    if (running !== undefined && running.id !== importing) {
      const { fileName, byName } = running;
      return err({ code: "import_under_way", fileName, byName });
    }
    const decided = await decide(head);
    if (!decided.ok) return decided;
    if (decided.value.length === 0) return ok([]);
    const committed = await commit(deps, head, decided.value);
    if (!committed.ok) continue;
    await settleRegistry(deps, region);
    return ok(decided.value);
  }
  return err({ code: "stale_version" });
}

const commit = (
  { registry }: RegistryDeps,
  head: RegistryHead,
  events: readonly RegistryEvent[],
  adoptedTo = head.adoptedTo,
) =>
  registry.commit(head, events, {
    state: events.reduce(evolveRegistry, head.state),
    ...omitUndefined({ adoptedTo }),
  });

/** The head to decide on: nothing is left to write out, and older versions' records are in its chain. */
export async function openRegistry(deps: RegistryDeps, region: string): Promise<RegistryHead> {
  const stored = await deps.registry.head(region);
  if (stored !== undefined && stored.adoptedTo === undefined) {
    if (stored.outbox.length === 0) {
      await indexRegistry(deps, region);
      return stored;
    }
    await settleRegistry(deps, region);
    return (await deps.registry.head(region)) ?? noRegistry(region);
  }
  return adoptRegistry(deps, region);
}

/** Records an event takes: fifty of the largest stay below 200 KB. */
const partSize = 50;

/**
 * Takes what versions without a chain stored into the chain, in parts by record name, and resumes where
 * it was killed. Until the last part is in, nothing can be changed: every change comes through here.
 */
async function adoptRegistry(deps: RegistryDeps, region: string): Promise<RegistryHead> {
  const stored = inOrder(await storedRecords(deps, region));
  if (stored.length === 0) return noRegistry(region);
  for (;;) {
    const head = (await deps.registry.head(region)) ?? noRegistry(region);
    const { adoptedTo } = head;
    if (head.version > 0 && adoptedTo === undefined) return head;
    const left = stored.filter((one) => adoptedTo === undefined || recordName(one) > adoptedTo);
    const records = left.slice(0, partSize);
    const last = records.at(-1);
    if (last === undefined) throw new Error(`Nothing is left to take into the chain of ${region}.`);
    const event = { ...stampOf(deps), type: "registry_adopted" as const, records };
    await deps.registry.commit(head, [event], {
      state: evolveRegistry(head.state, event),
      ...(left.length > partSize ? { adoptedTo: recordName(last) } : {}),
    });
    await settleRegistry(deps, region);
  }
}

type ReadingAll = "orgs" | "years" | "members";

async function storedRecords(
  { registry }: { readonly registry: Pick<RegistryStore, ReadingAll> },
  region: string,
): Promise<RegistryRecord[]> {
  const [orgs, years, members] = await Promise.all([
    everyItem((page) => registry.orgs(region, page)),
    registry.years(region),
    everyItem((page) => registry.members(region, page)),
  ]);
  return [
    ...orgs.map((value) => ({ kind: "org" as const, value })),
    ...years.map((value) => ({ kind: "year" as const, value })),
    ...members.map((value) => ({ kind: "member" as const, value })),
  ];
}

const inOrder = (records: readonly RegistryRecord[]): RegistryRecord[] =>
  records.toSorted((a, b) => (recordName(a) < recordName(b) ? -1 : 1));

/**
 * Enters records without an administrator's word, as when an installation is set up; `version` of each
 * is the one stored (0: none). Permissions are not checked here: no route leads here.
 */
export async function enterRecords(
  deps: RegistryDeps,
  region: string,
  records: readonly RegistryRecord[],
): Promise<void> {
  for (let start = 0; start < records.length; start += partSize) {
    const part = records.slice(start, start + partSize);
    const event = {
      ...stampOf(deps),
      type: "registry_entered" as const,
      records: part.map(countedUp),
    };
    const entered = await changeRegistry(deps, region, async () => {
      const versions = await Promise.all(part.map((record) => storedVersion(deps, record)));
      const isRead = part.every(({ value }, index) => value.version === versions[index]);
      return isRead ? ok([event]) : err({ code: "stale_version" as const });
    });
    if (!entered.ok) throw new Error(`The registry of ${region} moved while it was entered.`);
  }
}

async function storedVersion({ registry }: RegistryDeps, record: RegistryRecord): Promise<number> {
  const { kind, value } = record;
  switch (kind) {
    case "org":
      return (await registry.org(value.region, value.code))?.version ?? 0;
    case "year":
      return (await registry.year(value.region, value.year))?.version ?? 0;
    case "member":
      return (await registry.member(value.region, value.subject))?.version ?? 0;
    case "edition":
      return (await registry.edition(value.region, value.key))?.version ?? 0;
    case "invitation":
      return (await registry.invitation(value.region, value.id))?.version ?? 0;
    default:
      return assertNever(kind);
  }
}

function countedUp(record: RegistryRecord): RegistryRecord {
  const version = record.value.version + 1;
  return { ...record, value: { ...record.value, version } } as RegistryRecord;
}

/** The program's own stamp on what it enters. */
export const stampOf = ({ now }: Pick<RegistryDeps, "now">) => ({
  at: now(),
  by: "system",
  byName: "系统",
  byRole: "system" as const,
});
