import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { ChainedEvent } from "../../../shared/workflow/report-state.ts";
import { chainStart, linkEvents } from "../../storage/chain.ts";
import type { FoundEvent, ReportHead } from "../../storage/ports.ts";
import type { ChainFault } from "./fault.ts";

/** The chain as it is stored, with everything that is wrong with it. */
export interface ReadChain {
  readonly faults: readonly ChainFault[];
  /** Readable events by their place, up to the head's last. */
  readonly events: readonly { readonly seq: number; readonly event: ChainedEvent }[];
  /** Recorded events that follow the head's last one, tied to it, in order. */
  readonly beyond: readonly ChainedEvent[];
}

/**
 * Recomputes every link and names each that does not hold, at its place. What follows a missing or
 * damaged event is not blamed for it: it is judged by its own content alone.
 */
export function readChain(
  { id, chain, outbox }: Pick<ReportHead, "id" | "chain" | "outbox">,
  recorded: readonly FoundEvent[],
  sha256: Sha256,
): ReadChain {
  const faults: ChainFault[] = [];
  const events: { seq: number; event: ChainedEvent }[] = [];
  const recordedAt = new Set(recorded.map(({ seq }) => seq));
  const waiting = outbox
    .filter(({ seq }) => !recordedAt.has(seq))
    .map((value): FoundEvent => ({ name: "", seq: value.seq, value }));
  const places = [...recorded, ...waiting].toSorted((a, b) => a.seq - b.seq);
  const inOutbox = new Map(outbox.map((one) => [one.seq, one.hash]));

  let expected = chainStart.seq + 1;
  let before: string | undefined = chainStart.hash;
  const missing = (to: number) => {
    if (expected <= to) {
      faults.push({ kind: "event_missing", seq: expected, to });
      before = undefined;
    }
  };
  for (const place of places.filter(({ seq }) => seq <= chain.seq)) {
    const { seq } = place;
    if (seq < expected) {
      faults.push({ kind: "event_extra", seq });
      continue;
    }
    missing(seq - 1);
    expected = seq + 1;
    if (!("value" in place)) {
      faults.push({ kind: "event_unreadable", seq, members: place.corrupt });
      before = undefined;
      continue;
    }
    const event = place.value;
    const fault = faultAt(seq, event, { id, before, sha256 });
    const waits = inOutbox.get(seq);
    if (fault !== undefined) faults.push(fault);
    else if (waits !== undefined && waits !== event.hash)
      faults.push({ kind: "event_changed", seq });
    if (seq === chain.seq && fault === undefined && event.hash !== chain.hash) {
      faults.push({ kind: "tip_differs", seq });
    }
    before = event.seq === seq ? event.hash : undefined;
    events.push({ seq, event });
  }
  missing(chain.seq);

  const beyond: ChainedEvent[] = [];
  let last = chain;
  for (const place of places.filter(({ seq }) => seq > chain.seq)) {
    const follows =
      "value" in place &&
      place.seq === last.seq + 1 &&
      faultAt(place.seq, place.value, { id, before: last.hash, sha256 }) === undefined;
    if (follows) {
      last = place.value;
      beyond.push(place.value);
    } else faults.push({ kind: "event_extra", seq: place.seq });
  }
  return { faults, events, beyond };
}

function faultAt(
  seq: number,
  event: ChainedEvent,
  context: { readonly id: string; readonly before: string | undefined; readonly sha256: Sha256 },
): ChainFault | undefined {
  const { id, before, sha256 } = context;
  if (event.reportId !== id) {
    return { kind: "event_wrong_report", seq, reportId: event.reportId };
  }
  if (event.seq !== seq) return { kind: "event_reordered", seq, found: event.seq };
  const own = { id, chain: { seq: seq - 1, hash: event.previous } };
  const [link] = linkEvents(own, [event.event], sha256);
  if (link?.hash !== event.hash) return { kind: "event_changed", seq };
  return before !== undefined && event.previous !== before
    ? { kind: "event_unlinked", seq }
    : undefined;
}
