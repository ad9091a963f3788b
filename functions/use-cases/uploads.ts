import type { Attachment, Attachments } from "../../shared/report/sections.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import type { FileStore, ReportHead, UploadTicket, UploadTickets } from "../storage/ports.ts";
import { contentFault, isOfType, type ContentFault } from "./content/inspect-content.ts";
import { readSound } from "./damage.ts";
import { inBatches } from "./in-batches.ts";
import { ticketKey, uploadKey, waitingFolder, waitingKey, waitingRoot } from "./upload-key.ts";

/**
 * A file comes in three steps: announced (a ticket for a fresh key of the waiting place, for these very
 * bytes), sent straight to the file store, completed (hashed, inspected, copied under its hash). Only
 * the third step makes it a stored file, and no step replaces or removes one.
 */
export type Announcement = Omit<Attachment, "disclosed">;

/** Attachments named in a section whose bytes are not stored. */
export interface MissingUploads {
  readonly code: "upload_missing";
  readonly names: readonly string[];
}
type AnnouncedFile = Pick<Announcement, "name" | "contentType">;
export type UploadRefusal =
  | MissingUploads
  /** What was sent is not what was announced. */
  | { readonly code: "upload_mismatch"; readonly file: AnnouncedFile }
  | { readonly code: "content_refused"; readonly file: AnnouncedFile; readonly fault: ContentFault }
  | { readonly code: "too_many_uploads"; readonly limit: number };

export const uploadLimits = {
  /** Tickets given out and files not yet verified, of one report. */
  waiting: 40,
  ticketSeconds: 15 * 60,
  /** A ticket's time, and as much again three times for a slow line and the completion. */
  waitingMs: 60 * 60 * 1000,
  /** All attachments of a report: what submit can hash again within a request (4 s). */
  totalBytes: 200 * 1024 * 1024,
} as const;

interface WaitingDeps {
  readonly files: FileStore;
  readonly now: () => string;
}

/** A ticket for these bytes; none is needed when they are stored and sound. */
export async function announceUpload(
  deps: BlobDeps & WaitingDeps & { readonly tickets: UploadTickets; readonly newId: () => string },
  head: ReportHead,
  announced: Announcement,
  actor: Actor,
): Promise<
  Result<
    | { readonly needed: false }
    | { readonly needed: true; readonly uploadId: string; readonly ticket: UploadTicket },
    Rejection | UploadRefusal
  >
> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const { sha256, contentType, sizeBytes } = announced;
  const stored = await readSound(deps, uploadKey(head.id, sha256), sha256);
  if ("bytes" in stored && stored.bytes.length === sizeBytes) {
    const fault = contentFault(stored.bytes, contentType);
    return fault === undefined ? ok({ needed: false }) : refuseContent(announced, fault);
  }
  if ((await openUploads(deps, head.id)) >= uploadLimits.waiting) {
    return err({ code: "too_many_uploads", limit: uploadLimits.waiting });
  }
  const uploadId = deps.newId();
  await deps.files.put(ticketKey(head.id, uploadId), new Uint8Array(), "text/plain");
  const ticket = await deps.tickets.issue({
    key: waitingKey(head.id, uploadId),
    ...{ sha256, contentType, sizeBytes },
    expiresInSeconds: uploadLimits.ticketSeconds,
  });
  return ok({ needed: true, uploadId, ticket });
}

/**
 * Verifies what was sent and stores it under its hash. Run twice, by two people at once, or again after
 * it was cut off, it ends in the same stored file; what is refused leaves the waiting place.
 */
export async function completeUpload(
  deps: BlobDeps,
  head: ReportHead,
  { uploadId, ...announced }: Announcement & { readonly uploadId: string },
  actor: Actor,
): Promise<Result<undefined, Rejection | UploadRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const { sha256, contentType, sizeBytes, name } = announced;
  const removeUnverified = async () => {
    await deps.files.delete(waitingKey(head.id, uploadId));
    await deps.files.delete(ticketKey(head.id, uploadId));
  };
  const key = uploadKey(head.id, sha256);
  const bytes = await deps.files.get(waitingKey(head.id, uploadId));
  if (bytes === undefined) {
    const stored = await readSound(deps, key, sha256);
    if (!("bytes" in stored) || stored.bytes.length !== sizeBytes) {
      return err({ code: "upload_missing", names: [name] });
    }
    const fault = contentFault(stored.bytes, contentType);
    return fault === undefined ? ok(undefined) : refuseContent(announced, fault);
  }
  if (bytes.length !== sizeBytes || deps.sha256(bytes) !== sha256) {
    await removeUnverified();
    return err({ code: "upload_mismatch", file: { name, contentType } });
  }
  const fault = contentFault(bytes, contentType);
  if (fault !== undefined) {
    await removeUnverified();
    return refuseContent(announced, fault);
  }
  await storeVerified(deps, key, { bytes, sha256, contentType });
  await removeUnverified();
  return ok(undefined);
}

/** What of a section's attachments may not be named in it: all must be stored, sound and of their type. */
export async function attachmentsRefusal(
  deps: BlobDeps,
  reportId: string,
  { files }: Attachments,
): Promise<UploadRefusal | undefined> {
  const refusals = await inBatches(files, filesAtOnce, async (file) => {
    const { sha256, sizeBytes, name, contentType } = file;
    const stored = await readSound(deps, uploadKey(reportId, sha256), sha256);
    if (!("bytes" in stored) || stored.bytes.length !== sizeBytes) return { missing: name };
    return isOfType(stored.bytes, contentType) ? undefined : { wrong: file };
  });
  const names = refusals.flatMap((one) => one?.missing ?? []);
  if (names.length > 0) return { code: "upload_missing", names };
  const wrong = refusals.find((one) => one?.wrong !== undefined)?.wrong;
  if (wrong === undefined) return undefined;
  return { code: "content_refused", file: wrong, fault: { code: "other_type", found: "unknown" } };
}

/**
 * Removes what waits longer than a day, in every report: what S3 does by its lifecycle rule
 * (infra/aws/storage-stack.ts), for a host that has none.
 */
export async function clearAbandonedUploads({ files, now }: WaitingDeps): Promise<void> {
  const before = Date.parse(now()) - dayMs;
  for (const { key } of await files.list(waitingRoot)) {
    if (madeAt(key) < before) await files.delete(key);
  }
}

const filesAtOnce = 4;
const dayMs = 24 * 60 * 60 * 1000;

const refuseContent = ({ name, contentType }: Announcement, fault: ContentFault) =>
  err({ code: "content_refused" as const, file: { name, contentType }, fault });

/** Uploads of a report that are not completed; those whose time is over make room and do not count. */
async function openUploads({ files, now }: WaitingDeps, reportId: string): Promise<number> {
  const before = Date.parse(now()) - uploadLimits.waitingMs;
  const open = new Set<string>();
  for (const { key } of await files.list(waitingFolder(reportId))) {
    if (madeAt(key) < before) await files.delete(key);
    else open.add(key.replace(/\.ticket$/u, ""));
  }
  return open.size;
}

/** An upload's id begins with the millisecond it was made in (UUID version 7). */
const madeAt = (key: string): number =>
  Number.parseInt((key.split("/").at(-1) ?? "").replaceAll("-", "").slice(0, 12), 16);

/**
 * Written once. Only what is stored there and does not hash to its own key is written over, with the
 * bytes that do: a file spoilt on disk, or sent before uploads were verified, would else never be mended.
 */
async function storeVerified(
  deps: BlobDeps,
  key: string,
  { bytes, sha256, contentType }: { bytes: Uint8Array; sha256: string; contentType: string },
): Promise<void> {
  if ((await deps.files.putIfAbsent(key, bytes, contentType)) === "stored") return;
  const stored = await readSound(deps, key, sha256);
  if (!("bytes" in stored)) await deps.files.put(key, bytes, contentType);
}
