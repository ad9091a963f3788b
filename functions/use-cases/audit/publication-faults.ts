import {
  submissionFolder,
  publicationEntrySchema,
  tombstoneEntrySchema,
  type PublicationEntry,
} from "../../../shared/disclosure/catalogue.ts";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { ChainedEvent, ReportEvent } from "../../../shared/workflow/report-state.ts";
import type { FileReader, ReportHead } from "../../storage/ports.ts";
import { inBatches } from "../in-batches.ts";
import { renderKey } from "../rendered.ts";
import type { AuditGap, PublicationFault } from "./fault.ts";

export interface PublicationAudit {
  readonly faults: readonly PublicationFault[];
  readonly gaps: readonly AuditGap[];
  /** Files that were read and hashed. */
  readonly files: number;
}

interface Deps {
  /** The vault, where the printed report is kept. */
  readonly files: FileReader;
  readonly portal: FileReader;
  readonly sha256: Sha256;
}

type Published = Extract<ReportEvent, { type: "published" }>;

/** Pages drawn from the records anew whenever something changes: no receipt can name their bytes. */
const drawnPages = ["index.html", "checks/index.html"];

/** Where a report's files are on the portal, from the address in its event; undefined if it is none. */
function publicationAddress({ path }: Pick<Published, "path">, { year, orgCode }: ReportHead) {
  const [, prefix, pathYear, pathCode] =
    /^((?:\/[a-z0-9-]+)?)\/(\d{4})\/([0-9A-Z]{1,18})\/$/.exec(path) ?? [];
  if (prefix === undefined || pathYear !== String(year) || pathCode !== orgCode) return undefined;
  const root = prefix === "" ? "" : `${prefix.slice(1)}/`;
  return {
    folder: path.slice(1),
    records: `${root}catalogue/${pathYear}/${pathCode}/`,
    folderOf: (editionHash: string) => `${path.slice(1)}editions/${submissionFolder(editionHash)}/`,
  };
}

/**
 * Compares what is public with the receipts in the chain: the record of each publication by its hash,
 * every file by the record, the printed report in the vault with the one that was published, and
 * nothing beside them. A publication under way is left to end.
 */
export async function publicationFaults(
  deps: Deps,
  head: ReportHead,
  events: readonly ChainedEvent[],
): Promise<PublicationAudit> {
  const published = events.flatMap(({ event }) => (event.type === "published" ? [event] : []));
  const latest = published.at(-1);
  if (latest === undefined) return { faults: [], gaps: [], files: 0 };
  const address = publicationAddress(latest, head);
  if (address === undefined) {
    return {
      faults: [{ kind: "receipt_missing", number: latest.number, path: latest.path }],
      gaps: [],
      files: 0,
    };
  }
  const tombstone = await deps.portal.get(`${address.records}retracted.json`);
  if (tombstone !== undefined) return retractionFaults(deps, { head, address, tombstone });
  return filesFaults(deps, { head, published, address });
}

type PublicationAddress = NonNullable<ReturnType<typeof publicationAddress>>;

async function filesFaults(
  deps: Deps,
  {
    head,
    published,
    address,
  }: {
    readonly head: ReportHead;
    readonly published: readonly Published[];
    readonly address: PublicationAddress;
  },
): Promise<PublicationAudit> {
  const faults: PublicationFault[] = [];
  const gaps: AuditGap[] = [];
  let files = 0;
  const known = new Set<string>();
  const names = (folder: string, paths: readonly string[]) => {
    for (const path of [...paths, ...drawnPages]) known.add(folder + path);
  };
  const underWay = await publicationUnderWay(deps, { head, published, address });

  for (const event of published) {
    const { number, editionHash, receipt } = event;
    const key = `${address.records}${String(number)}.json`;
    const path = `/${key}`;
    known.add(key);
    const record = await deps.portal.get(key);
    files += 1;
    const entry = record && readRecord(record);
    if (record === undefined) faults.push({ kind: "receipt_missing", number, path });
    else if (
      (receipt !== undefined && deps.sha256(record) !== receipt) ||
      entry?.editionHash !== editionHash ||
      entry.number !== number
    ) {
      faults.push({ kind: "receipt_changed", number, path });
    } else if (receipt === undefined) gaps.push({ kind: "receipt_unchained", number });
    if (entry === undefined) continue;

    const folder = address.folderOf(editionHash);
    const isShown = event === published.at(-1) && underWay === undefined;
    const folders = isShown ? [folder, address.folder] : [folder];
    for (const below of folders) {
      names(
        below,
        entry.files.map((file) => file.path),
      );
      const found = await inBatches(entry.files, filesAtOnce, async (file) =>
        fileFault(deps.sha256, below + file.path, await deps.portal.get(below + file.path), file),
      );
      files += found.length;
      faults.push(...found.flat());
    }
    const pdf = entry.files.find((file) => file.path === "report.pdf");
    if (pdf !== undefined) {
      const printed = await deps.files.get(renderKey(head.id, editionHash));
      files += 1;
      if (printed === undefined) faults.push({ kind: "pdf_missing", number });
      else if (deps.sha256(printed) !== pdf.sha256) faults.push({ kind: "pdf_changed", number });
    }
  }
  faults.push(...(await extraFiles(deps, { address, known, underWay })));
  return { faults, gaps, files };
}

const filesAtOnce = 4;

const fileFault = (
  sha256: Sha256,
  key: string,
  bytes: Uint8Array | undefined,
  named: { readonly sha256: string },
): PublicationFault[] => {
  if (bytes === undefined) return [{ kind: "published_file_missing", path: `/${key}` }];
  return sha256(bytes) === named.sha256
    ? []
    : [{ kind: "published_file_changed", path: `/${key}` }];
};

/** The submission whose files are being written: it is approved, and its event follows the last file. */
async function publicationUnderWay(
  { portal }: Deps,
  {
    head,
    published,
    address,
  }: {
    readonly head: ReportHead;
    readonly published: readonly Published[];
    readonly address: PublicationAddress;
  },
): Promise<{ readonly folder: string; readonly record: string } | undefined> {
  if (head.state.status !== "approved") return undefined;
  const { editionHash } = head.state.submission;
  const folder = address.folderOf(editionHash);
  const record = `${address.records}${String((published.at(-1)?.number ?? 0) + 1)}.json`;
  const begun = await portal.get(record);
  const entry = begun && readRecord(begun);
  const isOwn = entry?.editionHash === editionHash;
  const isBegun = isOwn || (await portal.stat(`${folder}report.json`)) !== undefined;
  return isBegun ? { folder, record } : undefined;
}

async function extraFiles(
  { portal }: Deps,
  {
    address,
    known,
    underWay,
  }: {
    readonly address: PublicationAddress;
    readonly known: ReadonlySet<string>;
    readonly underWay: { readonly folder: string; readonly record: string } | undefined;
  },
): Promise<PublicationFault[]> {
  const archive = `${address.folder}editions/`;
  const isUnderWay = (key: string) =>
    underWay !== undefined &&
    (key === underWay.record ||
      key.startsWith(underWay.folder) ||
      (key.startsWith(address.folder) && !key.startsWith(archive)));
  const stored = [...(await portal.list(address.records)), ...(await portal.list(address.folder))];
  return stored
    .filter(({ key }) => !known.has(key) && !isUnderWay(key))
    .map(({ key }) =>
      key.startsWith(address.records)
        ? { kind: "receipt_extra", path: `/${key}` }
        : { kind: "published_file_extra", path: `/${key}` },
    );
}

/** After a take-down only the notice stays, with the legal basis of its event; every figure is gone. */
async function retractionFaults(
  { portal }: Deps,
  {
    head: { state },
    address,
    tombstone,
  }: {
    readonly head: ReportHead;
    readonly address: PublicationAddress;
    readonly tombstone: Uint8Array;
  },
): Promise<PublicationAudit> {
  const key = `${address.records}retracted.json`;
  const parsed = tombstoneEntrySchema.safeParse(jsonOf(tombstone));
  const isOfEvent =
    state.status === "taken_down" &&
    parsed.data?.legalBasis === state.tombstone.legalBasis &&
    parsed.data.summary === state.tombstone.summary &&
    parsed.data.at === state.tombstone.at;
  const left = [...(await portal.list(address.records)), ...(await portal.list(address.folder))]
    .filter((file) => file.key !== key && file.key !== `${address.folder}index.html`)
    .map((file): PublicationFault => ({ kind: "published_file_extra", path: `/${file.key}` }));
  return {
    faults: [
      ...(isOfEvent ? [] : [{ kind: "tombstone_changed" as const, path: `/${key}` }]),
      ...left,
    ],
    gaps: [],
    files: 1,
  };
}

const readRecord = (bytes: Uint8Array): PublicationEntry | undefined =>
  publicationEntrySchema.safeParse(jsonOf(bytes)).data;

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Reports with files on the portal that none of these nodes has published: folders nobody answers for. */
export async function foldersWithoutReport(
  portal: FileReader,
  root: string,
  year: number,
  orgCodes: ReadonlySet<string>,
): Promise<PublicationFault[]> {
  const found = new Map<string, string>();
  for (const folder of [`${root}${String(year)}/`, `${root}catalogue/${String(year)}/`]) {
    for (const { key } of await portal.list(folder)) {
      const [code = "", ...below] = key.slice(folder.length).split("/");
      if (below.length > 0 && !orgCodes.has(code)) found.set(code, `/${folder}${code}/`);
    }
  }
  return [...found.values()].sort().map((path) => ({ kind: "published_file_extra", path }));
}
