import { canonicalJson, type Sha256 } from "../../shared/canonical-json.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ChainedEvent, ReportEvent } from "../../shared/workflow/report-state.ts";
import type { ReportHead } from "./ports.ts";

/** Where a chain stands before its first event. */
export const chainStart: ReportHead["chain"] = { seq: 0, hash: "0".repeat(64) };

const linkHash = ({ reportId, seq, event, previous }: Omit<ChainedEvent, "hash">, sha256: Sha256) =>
  sha256(canonicalJson({ reportId, seq, event, previous }));

/** Numbers events and ties each to the one before. */
export function linkEvents(
  { id, chain }: Pick<ReportHead, "id" | "chain">,
  events: readonly ReportEvent[],
  sha256: Sha256,
): ChainedEvent[] {
  const linked: ChainedEvent[] = [];
  let last = chain;
  for (const event of events) {
    const link = { reportId: id, seq: last.seq + 1, event, previous: last.hash };
    last = { seq: link.seq, hash: linkHash(link, sha256) };
    linked.push({ ...link, hash: last.hash });
  }
  return linked;
}

interface BrokenLink {
  /** Number the link should have. */
  readonly seq: number;
  readonly fault: "wrong_report" | "wrong_number" | "wrong_previous" | "wrong_hash";
}

/**
 * Recomputes a report's whole chain from its first event; names the first link that does not hold.
 * The tip is to be compared with the head's: a chain cut short is whole in itself.
 */
export function verifyChain(
  reportId: string,
  events: readonly ChainedEvent[],
  sha256: Sha256,
): Result<ReportHead["chain"], BrokenLink> {
  let last = chainStart;
  for (const link of events) {
    const fault = faultOf(link, { reportId, last, sha256 });
    if (fault !== undefined) return err({ seq: last.seq + 1, fault });
    last = { seq: link.seq, hash: link.hash };
  }
  return ok(last);
}

function faultOf(
  link: ChainedEvent,
  before: {
    readonly reportId: string;
    readonly last: ReportHead["chain"];
    readonly sha256: Sha256;
  },
): BrokenLink["fault"] | undefined {
  if (link.reportId !== before.reportId) return "wrong_report";
  if (link.seq !== before.last.seq + 1) return "wrong_number";
  if (link.previous !== before.last.hash) return "wrong_previous";
  if (link.hash !== linkHash(link, before.sha256)) return "wrong_hash";
  return undefined;
}
