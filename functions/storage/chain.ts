import { canonicalJson, type Json, type Sha256 } from "../../shared/canonical-json.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ChainedEvent, ReportEvent } from "../../shared/workflow/report-state.ts";

/** Tip of a chain: number and hash of its last link. */
export interface ChainTip {
  readonly seq: number;
  readonly hash: string;
}

/** Tip of a chain before its first event. */
export const chainStart: ChainTip = { seq: 0, hash: "0".repeat(64) };

/** Whose chain it is, as one named member of every link: `{ reportId }`, `{ region }`. */
type Subject = Readonly<Record<string, string>>;

/** An event as recorded: with its subject, numbered, and tied to the one before. */
type Link<Of extends Subject, Event> = Of & {
  readonly seq: number;
  readonly event: Event;
  readonly previous: string;
  readonly hash: string;
};

interface BrokenLink {
  /** Number the link should have. */
  readonly seq: number;
  readonly fault: "wrong_subject" | "wrong_number" | "wrong_previous" | "wrong_hash";
}

/** Over subject, number, event and the hash before, as canonical JSON. */
const linkHash = (
  subject: Subject,
  { seq, event, previous }: { seq: number; event: Json; previous: string },
  sha256: Sha256,
): string => sha256(canonicalJson({ ...subject, seq, event, previous }));

/** Numbers events and ties each to the one before. */
export function link<Of extends Subject, Event extends Json>(
  { subject, tip }: { readonly subject: Of; readonly tip: ChainTip },
  events: readonly Event[],
  sha256: Sha256,
): Link<Of, Event>[] {
  const linked: Link<Of, Event>[] = [];
  let last = tip;
  for (const event of events) {
    const next = { seq: last.seq + 1, event, previous: last.hash };
    last = { seq: next.seq, hash: linkHash(subject, next, sha256) };
    linked.push({ ...subject, ...next, hash: last.hash });
  }
  return linked;
}

/**
 * Recomputes a whole chain from its first event; names the first link that does not hold.
 * The tip is to be compared with the head's: a chain cut short is whole in itself.
 */
export function verifyLinks<Of extends Subject>(
  subject: Of,
  links: readonly Link<Of, Json>[],
  sha256: Sha256,
): Result<ChainTip, BrokenLink> {
  let last = chainStart;
  for (const one of links) {
    const fault = faultOf(one, { subject, last, sha256 });
    if (fault !== undefined) return err({ seq: last.seq + 1, fault });
    last = { seq: one.seq, hash: one.hash };
  }
  return ok(last);
}

function faultOf<Of extends Subject>(
  one: Link<Of, Json>,
  before: { readonly subject: Of; readonly last: ChainTip; readonly sha256: Sha256 },
): BrokenLink["fault"] | undefined {
  const { subject, last, sha256 } = before;
  if (Object.keys(subject).some((name) => one[name] !== subject[name])) return "wrong_subject";
  if (one.seq !== last.seq + 1) return "wrong_number";
  if (one.previous !== last.hash) return "wrong_previous";
  if (one.hash !== linkHash(subject, one, sha256)) return "wrong_hash";
  return undefined;
}

/** A report's events, tied to those its head knows. */
export const linkEvents = (
  { id, chain }: { readonly id: string; readonly chain: ChainTip },
  events: readonly ReportEvent[],
  sha256: Sha256,
): ChainedEvent[] => link({ subject: { reportId: id }, tip: chain }, events, sha256);
