import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import type { RenderMessage } from "../../shared/contract/messages.ts";
import type { FailureCause } from "../../shared/workflow/failure.ts";
import { failureCauseSchema } from "../../shared/workflow/report-state-schema.ts";
import type { EffectQueue, FileStore, ReportHead } from "../storage/ports.ts";
import { previewKey } from "./rendered.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import { manifestOf, storeManifest } from "./report-content.ts";

export type Preview = { readonly hash: string } & (
  | { readonly status: "rendering" | "ready" }
  /** Without a cause when the print neither came nor failed within `patienceMs`. */
  | { readonly status: "failed"; readonly cause?: FailureCause }
);

/** A print takes seconds; a print that is missing after this long has failed. */
const patienceMs = 3 * 60_000;

/** Beside the PDF: for which report the print was requested, when, and why it failed. */
const requestKey = (hash: string): string => `previews/${hash}.json`;
const requestSchema = z.object({
  reportId: z.string(),
  askedAt: z.iso.datetime(),
  failure: z.exactOptional(failureCauseSchema),
});

interface PreviewRequest {
  readonly reportId: string;
  readonly askedAt: string;
  readonly failure?: FailureCause;
}

/** Has the current draft printed, unless that very content was printed before. */
export async function requestPreview(
  deps: BlobDeps & {
    readonly renderQueue: EffectQueue;
    readonly newId: () => string;
    readonly now: () => string;
  },
  head: ReportHead,
): Promise<Preview> {
  const hash = await storeManifest(deps, manifestOf(head));
  const request = { reportId: head.id, askedAt: deps.now() };
  await storeRequest(deps, hash, request);
  if ((await deps.files.stat(previewKey(hash))) !== undefined) return { hash, status: "ready" };
  const message: RenderMessage = { type: "preview", reportId: head.id, editionHash: hash };
  // A fresh id: a failed print is tried again at the next request.
  const id = `${head.id}.${hash.slice(0, 16)}.preview.${deps.newId()}`;
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

/** State of a requested print; undefined when it was never requested for this report. */
export async function previewState(
  deps: { readonly files: Pick<FileStore, "get" | "stat">; readonly now: () => string },
  reportId: string,
  hash: string,
): Promise<Preview | undefined> {
  const request = await loadRequest(deps, hash);
  if (request?.reportId !== reportId) return undefined;
  if ((await deps.files.stat(previewKey(hash))) !== undefined) return { hash, status: "ready" };
  if (request.failure !== undefined) return { hash, status: "failed", cause: request.failure };
  const waitedMs = Date.parse(deps.now()) - Date.parse(request.askedAt);
  return { hash, status: waitedMs > patienceMs ? "failed" : "rendering" };
}
