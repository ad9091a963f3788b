import type { NotifyMessage } from "../../shared/contract/messages.ts";
import { absent, evolve } from "../../shared/workflow/evolve.ts";
import type { ChainedEvent } from "../../shared/workflow/report-state.ts";
import { type PostDeps, type Posted, sendOnce } from "../platform/mail/send-once.ts";
import type { RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { reportInHand } from "../use-cases/report-in-hand.ts";
import { type Addresses, lettersOn } from "./letters.ts";

export interface NotifyDeps extends PostDeps, Addresses {
  readonly reports: Pick<ReportStore, "load" | "events">;
  readonly registry: Pick<RegistryStore, "orgs" | "year" | "members">;
}

/** Tells whoever must know what happened; an event that is told twice is mailed once. */
export async function notifyEvent(
  deps: NotifyDeps,
  { reportId, seq }: NotifyMessage,
): Promise<Posted> {
  const inHand = await reportInHand(deps, reportId);
  if (inHand === undefined) throw new Error(`No report ${reportId} to tell of.`);
  const { head, lineage, year } = inHand;
  const history = await historyTo(deps, head, seq);
  const told = history.at(-1);
  if (told?.seq !== seq) throw new Error(`Event ${String(seq)} of ${reportId} is not there.`);
  const before = history
    .slice(0, -1)
    .reduce((state, { event }) => evolve(state, event, head.kind), absent);
  const letters = lettersOn(
    { head, lineage, year, told, before, after: evolve(before, told.event, head.kind) },
    await deps.registry.members(head.region),
    deps,
  );
  return sendOnce(deps, letters);
}

/** Events 1 … seq, recorded or still in the outbox. */
async function historyTo(
  { reports }: NotifyDeps,
  head: ReportHead,
  seq: number,
): Promise<ChainedEvent[]> {
  const history: ChainedEvent[] = [];
  let after: string | undefined;
  do {
    const page = await reports.events(head.id, {
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    history.push(...page.items);
    after = page.next;
  } while (after !== undefined && history.length < seq);
  const recorded = history.at(-1)?.seq ?? 0;
  history.push(...head.outbox.filter((link) => link.seq > recorded));
  return history.slice(0, seq);
}
