import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { EditionLibrary } from "../../../shared/editions/edition-library.ts";
import type { ChainedEvent } from "../../../shared/workflow/report-state.ts";
import type {
  FileReader,
  Found,
  FoundEvent,
  ReportHead,
  ReportStore,
  ThreadStore,
} from "../../storage/ports.ts";
import type { Damage } from "../damage.ts";
import { submissionDamage, submittedDamage } from "../submission-integrity.ts";
import { surveyedEvents } from "../history.ts";
import { hashOf, manifestOf, readManifest } from "../report-content.ts";
import { anchorFaults, findAnchors } from "./anchors.ts";
import { readChain, type ReadChain } from "./chain-faults.ts";
import type { AuditFault, AuditGap } from "./fault.ts";
import { publicationFaults } from "./publication-faults.ts";
import { identityFaults, replay, stateFaults, submissionFaults } from "./state-faults.ts";
import { threadFaults } from "./thread-faults.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

export interface AuditDeps {
  readonly reports: Pick<ReportStore, "surveyHead" | "surveyEvents">;
  readonly threads: Pick<ThreadStore, "survey">;
  /** The vault. */
  readonly files: FileReader;
  readonly portal: FileReader;
  readonly sha256: Sha256;
  readonly editions: EditionLibrary;
}

export interface Verification {
  readonly reportId: string;
  readonly intact: boolean;
  /** The head, if it can be read. */
  readonly head?: ReportHead;
  /** Events stored, those in the outbox included. */
  readonly events: number;
  /** The latest of them that can be read. */
  readonly last?: ChainedEvent;
  /** The first place in the chain that does not hold. */
  readonly brokenAt?: number;
  readonly faults: readonly AuditFault[];
  readonly gaps: readonly AuditGap[];
  /** Stored files that were read and hashed. */
  readonly files: number;
}

/**
 * `chain`: events, the state they add up to and the latest anchor; a few reads, fit for a list of
 * reports. `full`: every anchor, blob, attachment, thread and public file as well.
 */
export type AuditDepth = "chain" | "full";

/** Verification follows a report that is being worked on; it is read anew at most this often. */
const attemptsAllowed = 3;

/** Verifies everything that is stored of a report. Damage is an answer; undefined: there is no such report. */
export async function verifyReport(
  deps: AuditDeps,
  id: string,
  depth: AuditDepth,
): Promise<Verification | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const before = await deps.reports.surveyHead(id);
    const verification = await verifyOnce(deps, id, before, depth);
    if (verification === undefined || verification.intact || attempt === attemptsAllowed)
      return verification;
    const after = await deps.reports.surveyHead(id);
    if (versionOf(before) === versionOf(after)) return verification;
  }
}

const versionOf = (head: Found<ReportHead> | undefined): number | undefined =>
  head !== undefined && "value" in head ? head.value.version : undefined;

async function verifyOnce(
  deps: AuditDeps,
  id: string,
  found: Found<ReportHead> | undefined,
  depth: AuditDepth,
): Promise<Verification | undefined> {
  const recorded = await surveyedEvents(deps, id);
  if (found === undefined || !("value" in found)) {
    return withoutHead(deps, id, { found, recorded });
  }
  const head = found.value;
  const chain = readChain(head, recorded, deps.sha256);
  const anchors = await findAnchors(deps.files, id, depth === "full" ? "all" : "latest");
  const relayed = head.chain.seq - head.outbox.length;
  const faults: AuditFault[] = [
    ...chain.faults,
    ...withRollback(
      head,
      chain,
      anchorFaults(anchors, {
        ...{ seq: head.chain.seq, relayed },
        hashes: new Map(chain.events.map(({ seq, event }) => [seq, event.hash])),
      }),
      anchors.at(-1)?.seq ?? 0,
    ),
    ...replayFaults(head, chain),
    ...identityFaults(head),
    ...(await submissionFaults(deps, head, (hash) => manifestIfSound(deps, hash))),
  ];
  const gaps: AuditGap[] = anchors.length === 0 && relayed > 0 ? [{ kind: "no_anchor" }] : [];
  let files = anchors.length;
  if (depth === "full") {
    const events = chain.events.map(({ event }) => event);
    const content = await contentFaults(deps, head, events);
    const threads = threadFaults(events, await deps.threads.survey(id), deps.sha256);
    const publication = await publicationFaults(deps, head, events);
    faults.push(...content.faults, ...threads.faults, ...publication.faults);
    gaps.push(...threads.gaps, ...publication.gaps);
    files += content.files + publication.files;
  }
  return answered(id, { head, events: eventCount(head, recorded), chain, faults, gaps, files });
}

/** Events beyond the head's last one are a report set back, if anchors agree or there are none; else forged. */
function withRollback(
  { chain: { seq } }: ReportHead,
  { beyond }: ReadChain,
  faults: readonly AuditFault[],
  anchored: number,
): AuditFault[] {
  const isAnchored = anchored === 0 || beyond.some((event) => event.seq <= anchored);
  const known = beyond.at(-1)?.seq;
  if (known === undefined || faults.some(({ kind }) => kind === "chain_rolled_back")) {
    return [...faults];
  }
  return isAnchored
    ? [...faults, { kind: "chain_rolled_back", seq, known }]
    : [...faults, ...beyond.map((event): AuditFault => ({ kind: "event_extra", seq: event.seq }))];
}

/** A chain with gaps adds up to nothing, and what it would give is no measure of the head. */
function replayFaults({ kind, state }: ReportHead, chain: ReadChain): AuditFault[] {
  if (chain.faults.some((fault) => fault.kind !== "event_extra" && fault.kind !== "tip_differs")) {
    return [];
  }
  const events = chain.events.map(({ event }) => event);
  const replayed = replay(events, kind);
  if ("fault" in replayed) return [replayed.fault];
  const faults = stateFaults(replayed.state, state);
  if (faults.length === 0 || chain.beyond.length === 0) return faults;
  // Only the chain was set back, and the state is the one it led to: reported once, as the rollback.
  const whole = replay([...events, ...chain.beyond], kind);
  return "state" in whole && stateFaults(whole.state, state).length === 0 ? [] : faults;
}

/** Every blob and attachment of what is being worked on and of every submission handed in, each submission once. */
async function contentFaults(
  deps: AuditDeps,
  head: ReportHead,
  events: readonly ChainedEvent[],
): Promise<{ readonly faults: readonly AuditFault[]; readonly files: number }> {
  const submissions = new Set(
    events.flatMap(({ event }) => (event.type === "submitted" ? [event.editionHash] : [])),
  );
  if ("submission" in head.state) submissions.add(head.state.submission.editionHash);
  const faults: AuditFault[] = [];
  const seen = new Set<string>();
  let files = 0;
  const add = (damage: readonly Damage[], editionHash?: string) => {
    for (const one of damage) {
      const key = `${one.kind}/${one.sha256}/${one.name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const of = editionHash === undefined ? {} : { editionHash };
      faults.push({ kind: "content_damaged", damage: one, ...of });
    }
  };
  for (const editionHash of submissions) {
    add(await submittedDamage(deps, head.id, editionHash), editionHash);
    const manifest = await manifestIfSound(deps, editionHash);
    files += 1 + Object.keys(manifest?.sections ?? {}).length;
  }
  if (!submissions.has(hashOf(deps, head))) {
    add(await submissionDamage(deps, head.id, manifestOf(head)));
    files += Object.keys(head.sections).length;
  }
  return { faults, files };
}

async function manifestIfSound(deps: AuditDeps, editionHash: string) {
  const read = await readManifest(deps, editionHash);
  return read.ok ? read.value : undefined;
}

async function withoutHead(
  deps: AuditDeps,
  id: string,
  {
    found,
    recorded,
  }: {
    readonly found: { readonly corrupt: string } | undefined;
    readonly recorded: readonly FoundEvent[];
  },
): Promise<Verification | undefined> {
  if (found !== undefined) {
    const faults: AuditFault[] = [{ kind: "head_unreadable", members: found.corrupt }];
    return answered(id, { events: recorded.length, faults, gaps: [], files: 0 });
  }
  const anchors = await findAnchors(deps.files, id, "latest");
  return recorded.length === 0 && anchors.length === 0
    ? undefined
    : answered(id, {
        events: recorded.length,
        faults: [{ kind: "report_missing" }],
        gaps: [],
        files: anchors.length,
      });
}

function answered(
  reportId: string,
  {
    head,
    chain,
    ...rest
  }: Pick<Verification, "events" | "faults" | "gaps" | "files"> & {
    readonly head?: ReportHead;
    readonly chain?: ReadChain;
  },
): Verification {
  const places = rest.faults.flatMap((fault) => ("seq" in fault ? [fault.seq] : []));
  const last = chain?.beyond.at(-1) ?? chain?.events.at(-1)?.event;
  return {
    reportId,
    intact: rest.faults.length === 0,
    ...rest,
    ...omitUndefined({ head, last }),
    ...(places.length === 0 ? {} : { brokenAt: Math.min(...places) }),
  };
}

function eventCount({ outbox }: ReportHead, recorded: readonly FoundEvent[]): number {
  const places = new Set(recorded.map(({ seq }) => seq));
  return recorded.length + outbox.filter(({ seq }) => !places.has(seq)).length;
}
