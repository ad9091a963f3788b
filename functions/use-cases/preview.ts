import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import type { RenderMessage } from "../../shared/contract/messages.ts";
import type { FailureCause } from "../../shared/workflow/failure.ts";
import { failureCauseSchema } from "../../shared/workflow/report-state-schema.ts";
import type { EffectQueue, FileStore, ReportHead } from "../storage/ports.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { OwnEdition } from "../../shared/registry/registry.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import { draftedEdition } from "./drafted-edition.ts";
import type { EditionRefusal } from "./own-editions.ts";
import { previewKey } from "./rendered.ts";
import { manifestOf, storeManifest, type ContentDeps } from "./report-content.ts";

export type Preview = { readonly hash: string } & (
  | { readonly status: "rendering" | "ready" }
  /** Without a cause when the print neither came nor failed within `patienceMs`. */
  | { readonly status: "failed"; readonly cause?: FailureCause }
);

/** A print takes seconds; a print that is missing after this long has failed. */
const patienceMs = 3 * 60_000;

/** What is printed: a report as it is now, or a draft of an own edition (`360200/nanling-2025`) on its sample report. */
export type Previewed = { readonly reportId: string } | { readonly ownEdition: string };

/** Beside the PDF: what the print was requested for, when, and why it failed. */
const requestKey = (hash: string): string => `previews/${hash}.json`;
const requested = {
  askedAt: z.iso.datetime(),
  failure: z.exactOptional(failureCauseSchema),
};
const requestSchema = z.union([
  z.object({ reportId: z.string(), ...requested }),
  z.object({ ownEdition: z.string(), ...requested }),
]);

type PreviewRequest = Previewed & {
  readonly askedAt: string;
  readonly failure?: FailureCause;
};

interface PreviewQueue {
  readonly files: FileStore;
  readonly renderQueue: EffectQueue;
  readonly newId: () => string;
  readonly now: () => string;
}

/** Has the current draft printed, unless that very content was printed before. */
export async function requestPreview(
  deps: BlobDeps & PreviewQueue,
  head: ReportHead,
): Promise<Preview> {
  const hash = await storeManifest(deps, manifestOf(head));
  return printUnlessThere(deps, hash, {
    ...{ of: { reportId: head.id }, effect: head.id },
    message: { type: "preview", reportId: head.id, editionHash: hash },
  });
}

/**
 * Has the draft of an own edition (版式) printed whole, on its sample report; refused while it is no edition. The same draft
 * on the same base is printed once.
 */
export async function requestEditionPreview(
  deps: ContentDeps & PreviewQueue,
  { region, key, base, draft }: OwnEdition,
): Promise<Result<Preview, Extract<EditionRefusal, { readonly code: "faulty_edition" }>>> {
  const made = await draftedEdition(deps, { base, draft });
  if (!made.ok) return err({ code: "faulty_edition", faults: made.error });
  const printed = { region, key, base, draft };
  const hash = deps.sha256(canonicalJson(printed));
  const preview = await printUnlessThere(deps, hash, {
    ...{ of: previewedEdition(region, key), effect: `${region}.${key}` },
    message: { type: "edition_preview", ...printed, hash },
  });
  return ok(preview);
}

export const previewedEdition = (region: string, key: string): Previewed => ({
  ownEdition: `${region}/${key}`,
});

async function printUnlessThere(
  deps: PreviewQueue,
  hash: string,
  {
    of,
    effect,
    message,
  }: { readonly of: Previewed; readonly effect: string; readonly message: RenderMessage },
): Promise<Preview> {
  await storeRequest(deps, hash, { ...of, askedAt: deps.now() });
  if ((await deps.files.stat(previewKey(hash))) !== undefined) return { hash, status: "ready" };
  // A fresh id: a failed print is tried again at the next request.
  const id = `${effect}.${hash.slice(0, 16)}.preview.${deps.newId()}`;
  await deps.renderQueue.send({ id, body: canonicalJson(message) });
  return { hash, status: "rendering" };
}

/** Records why a print failed, for the person who waits for it. */
export async function recordPreviewFailure(
  deps: { readonly files: Pick<FileStore, "get" | "put"> },
  hash: string,
  failure: FailureCause,
): Promise<void> {
  const request = await loadRequest(deps, hash);
  // Previews are thrown away after some days; then nobody waits any more.
  if (request !== undefined) await storeRequest(deps, hash, { ...request, failure });
}

async function loadRequest(
  { files }: { readonly files: Pick<FileStore, "get"> },
  hash: string,
): Promise<PreviewRequest | undefined> {
  const note = await files.get(requestKey(hash));
  return note && requestSchema.parse(JSON.parse(new TextDecoder().decode(note)));
}

const storeRequest = (
  { files }: { readonly files: Pick<FileStore, "put"> },
  hash: string,
  request: PreviewRequest,
): Promise<void> =>
  files.put(
    requestKey(hash),
    new TextEncoder().encode(JSON.stringify(request)),
    "application/json",
  );

/** State of a requested print; undefined when it was never requested for this report or edition. */
export async function previewState(
  deps: { readonly files: Pick<FileStore, "get" | "stat">; readonly now: () => string },
  of: Previewed,
  hash: string,
): Promise<Preview | undefined> {
  const request = await loadRequest(deps, hash);
  if (request === undefined || !isSameSubject(request, of)) return undefined;
  if ((await deps.files.stat(previewKey(hash))) !== undefined) return { hash, status: "ready" };
  if (request.failure !== undefined) return { hash, status: "failed", cause: request.failure };
  const waitedMs = Date.parse(deps.now()) - Date.parse(request.askedAt);
  return { hash, status: waitedMs > patienceMs ? "failed" : "rendering" };
}

const isSameSubject = (one: Previewed, other: Previewed): boolean =>
  "reportId" in one
    ? "reportId" in other && one.reportId === other.reportId
    : "ownEdition" in other && one.ownEdition === other.ownEdition;
