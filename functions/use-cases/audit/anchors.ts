import { z } from "zod";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import { sha256Schema } from "../../../shared/workflow/report-state-schema.ts";
import type { FileReader, FileStore } from "../../storage/ports.ts";
import type { AnchorFault } from "./fault.ts";

/**
 * Anchors (校验点): number and hash of a chain's last relayed event, one write-once file a relay, in the
 * file store: `anchors/<chain>/<number>.json`. Who rewrites or sets back a chain in the table, its tip
 * included, does not reach them (docs/adr/0016).
 */
const anchorSchema = z.strictObject({
  /** The report's id, or that of a region's registry. */
  chain: z.string(),
  seq: z.int().min(1),
  hash: sha256Schema,
  /** When the event happened, ISO UTC: the same on every run of the same relay. */
  at: z.iso.datetime(),
});
type Anchor = z.infer<typeof anchorSchema>;

export const anchorsRoot = "anchors/";
/** The chain of a region's offices, years and people. */
export const registryChain = (region: string): string => `${region}-registry`;
const folderOf = (chain: string): string => `${anchorsRoot}${chain}/`;
const keyOf = ({ chain, seq }: Pick<Anchor, "chain" | "seq">): string =>
  `${folderOf(chain)}${String(seq).padStart(9, "0")}.json`;

/** Another event once had this place: the chain was rewritten, and nothing may follow from it. */
class AnchorConflictError extends Error {
  override readonly name = "AnchorConflictError";
  constructor({ chain, seq }: Anchor) {
    super(
      `The anchor of event ${String(seq)} of ${chain} names another event: its chain was altered`,
    );
  }
}

/** Leaves an anchor, once; doing it again is harmless, and an anchor that differs is never replaced. */
export async function leaveAnchor(
  files: Pick<FileStore, "putIfAbsent" | "get">,
  anchor: Anchor,
): Promise<void> {
  const bytes = new TextEncoder().encode(`${canonicalJson(anchor)}\n`);
  const key = keyOf(anchor);
  if ((await files.putIfAbsent(key, bytes, "application/json")) === "stored") return;
  const stored = parseAnchor(await files.get(key));
  if (stored?.chain !== anchor.chain || stored.seq !== anchor.seq || stored.hash !== anchor.hash) {
    throw new AnchorConflictError(anchor);
  }
}

/** An anchor by the number in its key; without a hash when its content is not what this program writes. */
export interface FoundAnchor {
  readonly seq: number;
  readonly hash?: string;
}

/** A chain's anchors by number: all of them, or the latest alone where two reads must do. */
export async function findAnchors(
  files: FileReader,
  chain: string,
  which: "all" | "latest",
): Promise<readonly FoundAnchor[]> {
  const keys = (await files.list(folderOf(chain))).map(({ key }) => key).sort();
  const anchors: FoundAnchor[] = [];
  for (const key of which === "all" ? keys : keys.slice(-1)) {
    const seq = Number(/\/(\d{9})\.json$/.exec(key)?.[1] ?? 0);
    const stored = parseAnchor(await files.get(key));
    const isSound = stored !== undefined && keyOf(stored) === key;
    anchors.push({ seq, ...(isSound ? { hash: stored.hash } : {}) });
  }
  return anchors;
}

/** The chains that have anchors, below a prefix of their names. */
export async function anchoredChains(
  files: FileReader,
  prefix: string,
): Promise<readonly string[]> {
  const chains = new Set<string>();
  for (const { key } of await files.list(`${anchorsRoot}${prefix}`)) {
    const [chain] = key.slice(anchorsRoot.length).split("/");
    if (chain !== undefined) chains.add(chain);
  }
  return [...chains].sort();
}

function parseAnchor(bytes: Uint8Array | undefined): Anchor | undefined {
  if (bytes === undefined) return undefined;
  try {
    return anchorSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * Moves the anchors of events that were lost by consent out of the way of those that follow, for inspection:
 * else the chain, going on from its present tip, would contradict them for ever.
 */
export async function setAsideAnchors(
  files: Pick<FileStore, "list" | "get" | "putIfAbsent" | "delete">,
  chain: string,
  /** Number of the last event that the chain still has. */
  last: number,
): Promise<void> {
  for (const { key } of await files.list(folderOf(chain))) {
    const bytes = await files.get(key);
    if (bytes === undefined || key <= keyOf({ chain, seq: last })) continue;
    await files.putIfAbsent(`lost-${key}`, bytes, "application/json");
    await files.delete(key);
  }
}

/** Compares a chain as it is stored with the anchors it left. */
export function anchorFaults(
  anchors: readonly FoundAnchor[],
  chain: {
    /** Number of the last event, by the head. */
    readonly seq: number;
    /** Number of the last event that was relayed. */
    readonly relayed: number;
    /** Hashes of the readable events, by number. */
    readonly hashes: ReadonlyMap<number, string>;
  },
): AnchorFault[] {
  const faults: AnchorFault[] = anchors
    .filter(({ hash }) => hash === undefined)
    .map(({ seq }) => ({ kind: "anchor_unreadable", seq }));
  const latest = anchors.at(-1)?.seq;
  if (latest === undefined) return faults;
  if (latest > chain.seq) {
    faults.push({ kind: "chain_rolled_back", seq: chain.seq, known: latest });
  }
  if (latest < chain.relayed) faults.push({ kind: "anchor_missing", seq: chain.relayed });
  let after = 0;
  for (const { seq, hash } of anchors) {
    const stored = chain.hashes.get(seq);
    if (hash === undefined || stored === undefined) continue;
    if (stored !== hash) {
      faults.push({ kind: "chain_rewritten", after, seq });
      break;
    }
    after = seq;
  }
  return faults;
}
