import type { Sha256 } from "../../shared/canonical-json.ts";
import type { ChainedEvent } from "../../shared/workflow/report-state.ts";
import { publicationOf } from "../../shared/workflow/transitions.ts";
import { verifyChain } from "../storage/chain.ts";
import type { ReportHead, ReportStore } from "../storage/ports.ts";

type Events = { readonly reports: Pick<ReportStore, "events"> };

/** A report's whole history: what is recorded, and what the outbox still holds. */
export async function allEvents({ reports }: Events, head: ReportHead): Promise<ChainedEvent[]> {
  const recorded: ChainedEvent[] = [];
  let after: string | undefined;
  do {
    const page = await reports.events(head.id, {
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    recorded.push(...page.items);
    after = page.next;
  } while (after !== undefined);
  const last = recorded.at(-1)?.seq ?? 0;
  return [...recorded, ...head.outbox.filter(({ seq }) => seq > last)];
}

export interface SubmittedEdition {
  readonly editionHash: string;
  readonly submittedAt: string;
  readonly byName: string;
  /** Whether it is, or was, public. */
  readonly published: boolean;
}

/** Editions that were handed in, latest first, each once. */
export async function submittedEditions(
  deps: Events,
  head: ReportHead,
): Promise<readonly SubmittedEdition[]> {
  const events = await allEvents(deps, head);
  const published = new Set([
    ...events.flatMap(({ event }) => (event.type === "published" ? [event.editionHash] : [])),
    publicationOf(head.state)?.editionHash,
  ]);
  const latest = new Map<string, SubmittedEdition>();
  for (const { event } of events) {
    if (event.type !== "submitted") continue;
    const { editionHash, at, byName } = event;
    latest.delete(editionHash);
    latest.set(editionHash, {
      editionHash,
      submittedAt: at,
      byName,
      published: published.has(editionHash),
    });
  }
  return [...latest.values()].reverse();
}

export interface Verification {
  readonly intact: boolean;
  readonly events: number;
  /** The head's last link, which the whole chain must end in. */
  readonly tip: string;
  readonly brokenAt?: number;
}

/** Recomputes the chain from the first event to the head's tip. */
export async function verifyHistory(
  deps: Events & { readonly sha256: Sha256 },
  head: ReportHead,
): Promise<Verification> {
  const events = await allEvents(deps, head);
  const verified = verifyChain(head.id, events, deps.sha256);
  const told = { events: events.length, tip: head.chain.hash };
  if (!verified.ok) return { ...told, intact: false, brokenAt: verified.error.seq };
  const reaches = verified.value.seq === head.chain.seq && verified.value.hash === head.chain.hash;
  // Events recorded after the head was read are no break: they follow its tip.
  const passes = events.some(({ seq, hash }) => seq === head.chain.seq && hash === head.chain.hash);
  return reaches || passes
    ? { ...told, intact: true }
    : { ...told, intact: false, brokenAt: Math.min(events.length + 1, head.chain.seq) };
}
