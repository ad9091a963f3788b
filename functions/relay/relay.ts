import { canonicalJson } from "../../shared/canonical-json.ts";
import { queueOfEffect } from "../../shared/contract/messages.ts";
import { react } from "../../shared/workflow/react.ts";
import type { Log } from "../platform/log.ts";
import { inTrace } from "../platform/trace.ts";
import { pagesOf } from "../storage/pages.ts";
import type {
  AuditLog,
  EffectQueue,
  FileStore,
  NoticeStore,
  RegistryStore,
  ReportStore,
} from "../storage/ports.ts";
import { openRegistry, settleRegistry } from "../use-cases/registry-chain.ts";
import { followRegistry, type FollowDeps } from "../use-cases/progress/follow-registry.ts";
import { checkProgress } from "../use-cases/progress/check-progress.ts";
import { keepHead } from "../use-cases/progress/keep-progress.ts";
import { noticeGrant } from "../use-cases/grant-notice.ts";
import { listRegistryEvents, listReportEvents } from "../use-cases/audit/audit-log.ts";
import { leaveAnchor, registryChain } from "../use-cases/audit/anchors.ts";

export interface RelayDeps extends FollowDeps {
  readonly reports: Pick<
    ReportStore,
    "load" | "surveyHead" | "byYear" | "surveyEvents" | "recordEvents" | "trimOutbox" | "withOutbox"
  >;
  /** The vault, where every relay leaves an anchor. */
  readonly files: Pick<FileStore, "putIfAbsent" | "get">;
  readonly queues: Readonly<
    Record<(typeof queueOfEffect)[keyof typeof queueOfEffect], EffectQueue>
  >;
  readonly registry: RegistryStore;
  readonly audit: AuditLog;
  readonly notices: Pick<NoticeStore, "put">;
  /** Regions served: those whose records an older version stored get their chain at the first sweep. */
  readonly regions: readonly string[];
  readonly now: () => string;
  readonly log: Pick<Log, "info" | "warn">;
}

/**
 * Takes a report's outbox on: events become items of their own and entries of the audit log, the last of them is anchored, each
 * effect is one message, the year's progress is kept, then the outbox is trimmed. Killed anywhere in between it is run again, and
 * every step bears repeating. What follows from an event bears its trace, or else its own id. A chain that its own anchors contradict goes no further: nothing may be
 * printed or published from it, and the failure alarms.
 */
export async function relayReport(
  deps: Pick<RelayDeps, "reports" | "registry" | "progress" | "audit" | "files" | "queues" | "log">,
  id: string,
): Promise<number> {
  const { reports, files, queues, log } = deps;
  const head = await reports.load(id);
  const last = head?.outbox.at(-1);
  if (head === undefined || last === undefined) return 0;
  await reports.recordEvents(head.outbox);
  await listReportEvents(deps, head, head.outbox);
  const { seq, hash, event } = last;
  await leaveAnchor(files, { chain: id, seq, hash, at: event.at });
  for (const chained of head.outbox) {
    const eventId = `${id}.${String(chained.seq)}`;
    await inTrace(head.traces?.[chained.seq] ?? eventId, async () => {
      const effects = react(chained);
      for (const effect of effects) {
        await queues[queueOfEffect[effect.type]].send({
          id: `${eventId}.${effect.type}`,
          body: canonicalJson({ ...effect }),
        });
      }
      log.info("An event was relayed.", {
        event: eventId,
        type: chained.event.type,
        effects: effects.map(({ type }) => type),
      });
    });
  }
  await keepHead(deps, head);
  await reports.trimOutbox(id, last.seq, head);
  return head.outbox.length;
}

/**
 * Writes out what a registry's head still holds, anchors its last event, sends what follows from new ones and brings the year's progress up
 * to it: whoever changes the registry writes it out at once, so the rest alone may be left to do.
 */
export async function relayRegistry(
  deps: Pick<RelayDeps, "reports" | "registry" | "progress" | "audit" | "notices" | "files"> & {
    readonly queues: Pick<RelayDeps["queues"], "notify">;
  },
  region: string,
): Promise<number> {
  const { registry, files } = deps;
  const settled = await settleRegistry(deps, region);
  const [last] = (await registry.events(region, { limit: 1 })).items;
  if (last !== undefined) {
    const { seq, hash, event } = last;
    await leaveAnchor(files, { chain: registryChain(region), seq, hash, at: event.at });
    await listRegistryEvents(deps, region, seq, async (chained) => {
      await noticeGrant(deps, region, chained);
      if (chained.event.type !== "reminded") return;
      const message = { type: "remind" as const, region, seq: chained.seq };
      const id = `${region}.registry.${String(chained.seq)}.remind`;
      await deps.queues.notify.send({ id, body: canonicalJson(message) });
    });
  }
  await followRegistry(deps, region);
  return settled;
}

const sweepPage = 25;

/**
 * Relays whatever a lost wake-up or a killed process left behind; answers how many events that was.
 * A report that cannot be relayed keeps no other waiting; in the end it is what the sweep throws.
 */
export async function sweep(deps: RelayDeps): Promise<number> {
  let relayed = 0;
  const failures: unknown[] = [];
  const attempt = async (what: string, work: () => Promise<number>) => {
    try {
      relayed += await work();
    } catch (cause) {
      failures.push(new Error(`${what} could not be brought up to date.`, { cause }));
    }
  };
  const waiting = pagesOf((page) => deps.reports.withOutbox(page), sweepPage);
  for await (const { items, damaged = [] } of waiting) {
    for (const id of damaged) {
      failures.push(new Error(`The head of ${id} cannot be read; its events are not relayed.`));
    }
    for (const { id } of items)
      await attempt(`What follows from ${id}`, () => relayReport(deps, id));
  }
  for await (const { items } of pagesOf((page) => deps.registry.withOutbox(page), sweepPage)) {
    for (const region of items) {
      await attempt(`The registry of ${region}`, () => relayRegistry(deps, region));
    }
  }
  for (const region of deps.regions) {
    await attempt(`The registry of ${region}`, async () => {
      await openRegistry(deps, region);
      return relayRegistry(deps, region);
    });
    await attempt(`The progress of ${region}`, async () => {
      const mended = await checkProgress(deps, region);
      if (mended.length > 0) {
        deps.log.warn("Progress differed from its reports, and was brought up to them.", {
          mended,
        });
      }
      return 0;
    });
  }
  if (failures.length > 0) {
    throw new AggregateError(failures, failures.map((one) => String(one)).join(" "));
  }
  return relayed;
}
