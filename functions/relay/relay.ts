import { canonicalJson } from "../../shared/canonical-json.ts";
import { queueOfEffect } from "../../shared/contract/messages.ts";
import { react } from "../../shared/workflow/react.ts";
import type { EffectQueue, FileStore, ReportStore } from "../storage/ports.ts";
import { leaveAnchor } from "../use-cases/audit/anchors.ts";

export interface RelayDeps {
  readonly reports: Pick<ReportStore, "load" | "recordEvents" | "trimOutbox" | "withOutbox">;
  /** The vault, where every relay leaves an anchor. */
  readonly files: Pick<FileStore, "putIfAbsent" | "get">;
  readonly queues: Readonly<
    Record<(typeof queueOfEffect)[keyof typeof queueOfEffect], EffectQueue>
  >;
}

/**
 * Takes a report's outbox on: events become items of their own, the last of them is anchored, each
 * effect is one message, then the outbox is trimmed. Killed anywhere in between it is run again, and
 * every step bears repeating. A chain that its own anchors contradict goes no further: nothing may be
 * printed or published from it, and the failure alarms.
 */
export async function relayReport(
  { reports, files, queues }: RelayDeps,
  id: string,
): Promise<number> {
  const head = await reports.load(id);
  const last = head?.outbox.at(-1);
  if (head === undefined || last === undefined) return 0;
  await reports.recordEvents(head.outbox);
  const { seq, hash, event } = last;
  await leaveAnchor(files, { chain: id, seq, hash, at: event.at });
  for (const chained of head.outbox) {
    for (const effect of react(chained)) {
      await queues[queueOfEffect[effect.type]].send({
        id: `${id}.${String(chained.seq)}.${effect.type}`,
        body: canonicalJson({ ...effect }),
      });
    }
  }
  await reports.trimOutbox(id, last.seq);
  return head.outbox.length;
}

const sweepPage = 25;

/**
 * Relays whatever a lost wake-up or a killed process left behind; answers how many events that was.
 * A report that cannot be relayed keeps no other waiting; in the end it is what the sweep throws.
 */
export async function sweep(deps: RelayDeps): Promise<number> {
  let relayed = 0;
  let after: string | undefined;
  const failures: unknown[] = [];
  do {
    const page = await deps.reports.withOutbox({
      limit: sweepPage,
      ...(after === undefined ? {} : { after }),
    });
    for (const id of page.damaged ?? []) {
      failures.push(new Error(`The head of ${id} cannot be read; its events are not relayed.`));
    }
    for (const { id } of page.items) {
      try {
        relayed += await relayReport(deps, id);
      } catch (cause) {
        failures.push(new Error(`The events of ${id} were not relayed.`, { cause }));
      }
    }
    after = page.next;
  } while (after !== undefined);
  if (failures.length > 0) {
    throw new AggregateError(failures, failures.map((one) => String(one)).join(" "));
  }
  return relayed;
}
