import {
  submissionFolder,
  portalOrgCodeSchema,
  type DisclosedFile,
  type PublicationEntry,
  type TombstoneEntry,
} from "../../shared/disclosure/catalogue.ts";
import { openReportSchema } from "../../shared/disclosure/open-report.ts";
import { editionHash } from "../../shared/report/manifest.ts";
import type { Attachment } from "../../shared/report/sections.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { submissionPath, reportPath } from "../../web/portal/site.ts";
import { drawReport } from "./draw-report.ts";
import {
  entryOf,
  storeSubmissionFiles,
  reportJsonFile,
  type SubmissionFile,
  type PublicationRequest,
} from "./submission-files.ts";
import {
  readJson,
  readRecord,
  readRecords,
  recordBytes,
  recordKey,
  recordsRoot,
  spoiltLine,
  tombstoneKey,
  type PortalDeps,
} from "./portal-files.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

export interface PublishDeps extends PortalDeps {
  /** Bytes of an attached file, which have its hash; rejects when none are stored that have. */
  readonly attachment: (file: Pick<Attachment, "sha256" | "name">) => Promise<Uint8Array>;
}

interface Published {
  /** `published` also when it was public already; a later publication or a take-down is never undone. */
  readonly outcome: "published" | "superseded" | "retracted";
  readonly editionHash: string;
  /** The permanent address, e.g. `/2022/137/`. */
  readonly path: string;
  /** SHA-256 of the record as stored; it names every file's hash. Absent once it was taken down. */
  readonly receipt?: string;
}

/**
 * Writes the submission's own files, then its record, then draws the report's address from its records.
 * Cut off anywhere and run again it ends in the same files, byte for byte. Nothing that other reports
 * share is touched: the portal's lists follow once the publication counts.
 */
export async function publishReport(
  deps: PublishDeps,
  request: PublicationRequest,
): Promise<Published> {
  const { year } = request.report.identity;
  const orgCode = portalOrgCodeSchema.parse(request.report.identity.orgCode);
  const hash = editionHash(request.manifest, deps.sha256);
  const path = reportPath(deps.settings, year, orgCode);
  const before = await readRecords(deps, year, orgCode);
  const receipt =
    before.tombstone === undefined
      ? await record(deps, entryOf(request, hash, await writeSubmission(deps, request, hash)))
      : undefined;
  await drawReport(deps, year, orgCode);
  const after = await readRecords(deps, year, orgCode);
  const latest = after.publications.at(-1)?.number ?? 0;
  const outcome =
    after.tombstone !== undefined
      ? "retracted"
      : latest > request.number
        ? "superseded"
        : "published";
  return { outcome, editionHash: hash, path, ...omitUndefined({ receipt }) };
}

/**
 * 撤下: only the tombstone stays, with the legal basis; every submission's files go. It names the office as
 * its latest record did, or as handed in where that cannot be read: nothing keeps a report public.
 */
export async function retractReport(
  deps: PortalDeps,
  retraction: TombstoneEntry,
): Promise<Result<{ readonly path: string }, { readonly code: "not_published" }>> {
  const { year, orgCode, at, legalBasis, summary } = retraction;
  const { publications, tombstone } = await readRecords(deps, year, orgCode);
  const latest = publications.at(-1);
  const path = reportPath(deps.settings, year, orgCode);
  const isKnown = async () =>
    (await deps.portal.list(recordsRoot(deps.settings, year, orgCode))).length > 0 ||
    (await deps.portal.list(path.slice(1))).length > 0;
  if (latest === undefined && tombstone === undefined && !(await isKnown())) {
    return err({ code: "not_published" });
  }
  if (tombstone === undefined) {
    const { orgName, kind, department } = latest ?? retraction;
    const entry: TombstoneEntry = {
      ...{ year, orgCode, orgName, kind, department, at, legalBasis },
      ...omitUndefined({ summary }),
    };
    const key = tombstoneKey(deps.settings, year, orgCode);
    await deps.portal.put(key, recordBytes(entry), "application/json");
  }
  await drawReport(deps, year, orgCode);
  return ok({ path });
}

/**
 * 撤销批复: the records of a submission that never came to count go (those after the `published` that
 * the report's head knows of), then everything drawn from them, then the submission's own files unless a
 * publication that counts has the very same.
 */
export async function discardSubmission(
  deps: PortalDeps,
  {
    year,
    orgCode,
    editionHash: hash,
    published,
  }: {
    readonly year: number;
    readonly orgCode: string;
    readonly editionHash: string;
    readonly published: number;
  },
): Promise<void> {
  const { publications } = await readRecords(deps, year, orgCode);
  const isRemaining = ({ number, editionHash }: PublicationEntry) =>
    number > published && editionHash === hash;
  const left = publications.filter(isRemaining);
  // A publication that counts may have the very same submission: then the files are its own.
  const isCounted = publications.some((entry) => !isRemaining(entry) && entry.editionHash === hash);
  const folder = submissionPath(deps.settings, year, orgCode, submissionFolder(hash)).slice(1);
  // They are written first and go last: without any, and without a record, there is nothing left.
  const files = isCounted ? [] : await deps.portal.list(folder);
  if (left.length === 0 && files.length === 0) return;
  for (const { number } of left) {
    await deps.portal.delete(recordKey(deps.settings, { year, orgCode, number }));
  }
  await drawReport(deps, year, orgCode, "all");
  for (const { key } of files) await deps.portal.delete(key);
}

/** A stored file is kept: a second run uses the bytes of the first. */
async function writeSubmission(
  deps: PublishDeps,
  request: PublicationRequest,
  hash: string,
): Promise<DisclosedFile[]> {
  const { year, orgCode } = request.report.identity;
  const folder = submissionPath(deps.settings, year, orgCode, submissionFolder(hash)).slice(1);
  const keep = ({ path, bytes, contentType }: SubmissionFile) =>
    putOnce(deps, folder + path, bytes, contentType);
  const own = reportJsonFile(request, hash);
  await keep(own);
  await refuseForeignFolder(deps, folder, hash, own);
  return storeSubmissionFiles({ ...deps, keep }, request, hash);
}

/** A stored file is kept unless it is empty, which no publication writes. */
async function putOnce(
  { portal, log }: PortalDeps,
  key: string,
  bytes: Uint8Array,
  contentType: string,
): Promise<Uint8Array> {
  if ((await portal.putIfAbsent(key, bytes, contentType)) === "stored") return bytes;
  const stored = await portal.get(key);
  if (stored === undefined) throw new Error(`The portal says it has ${key} and does not.`);
  if (stored.length > 0 || bytes.length === 0) return stored;
  log.error(spoiltLine, { key, fault: "is empty" });
  await portal.put(key, bytes, contentType);
  return bytes;
}

/** Eight digits of a hash may, once in four thousand million, be another submission's. */
async function refuseForeignFolder(
  deps: PortalDeps,
  folder: string,
  hash: string,
  own: SubmissionFile,
): Promise<void> {
  const key = folder + own.path;
  const read = await readJson(deps.portal, key, openReportSchema);
  if (read !== undefined && "value" in read) {
    const found = read.value.editionHash;
    if (found !== hash) throw new Error(`${folder} belongs to edition ${found}, not ${hash}.`);
    return;
  }
  deps.log.error(spoiltLine, { key, fault: read?.fault ?? "is missing" });
  await deps.portal.put(key, own.bytes, own.contentType);
}

/**
 * The record of a publication is written once; a second submission under its number is a bug. Answers the
 * hash of the record as stored: a second run finds that of the first, with the time of the first. What
 * is stored under its key and is no record of this publication is replaced.
 */
async function record(deps: PortalDeps, entry: PublicationEntry): Promise<string> {
  const key = recordKey(deps.settings, entry);
  const bytes = recordBytes(entry);
  const stored = await putOnce(deps, key, bytes, "application/json");
  const found = await readRecord(deps, entry);
  if (found === undefined) {
    await deps.portal.put(key, bytes, "application/json");
    return deps.sha256(bytes);
  }
  if (found.editionHash !== entry.editionHash) {
    throw new Error(`Publication ${String(entry.number)} of ${key} is another submission already.`);
  }
  return deps.sha256(stored);
}
