import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import type { RenderMessage } from "../../shared/contract/messages.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import type { EffectQueue, FileStore, ReportHead } from "../storage/ports.ts";
import { previewKey } from "./rendered.ts";
import { manifestOf, storeManifest } from "./report-content.ts";

export interface Preview {
  readonly hash: string;
  readonly status: "rendering" | "ready" | "failed";
}

/** A print takes seconds; what is not there after this long will not come by itself. */
const patienceMs = 3 * 60_000;

/** Beside the PDF: for which report the print was asked, and when. */
const requestKey = (hash: string): string => `previews/${hash}.json`;
const requestSchema = z.object({ reportId: z.string(), askedAt: z.iso.datetime() });

/** Has the report as it stands printed, unless that very content was printed before. */
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
  const note = new TextEncoder().encode(canonicalJson(request));
  await deps.files.put(requestKey(hash), note, "application/json");
  if ((await deps.files.stat(previewKey(hash))) !== undefined) return { hash, status: "ready" };
  const message: RenderMessage = { type: "preview", reportId: head.id, editionHash: hash };
  // A fresh id: what failed once is tried again when somebody asks again.
  const id = `${head.id}.${hash.slice(0, 16)}.preview.${deps.newId()}`;
  await deps.renderQueue.send({ id, body: canonicalJson(message) });
  return { hash, status: "rendering" };
}

/** How far a print that was asked for has come; undefined for one never asked of this report. */
export async function previewStanding(
  deps: { readonly files: Pick<FileStore, "get" | "stat">; readonly now: () => string },
  reportId: string,
  hash: string,
): Promise<Preview | undefined> {
  const note = await deps.files.get(requestKey(hash));
  if (note === undefined) return undefined;
  const request = requestSchema.parse(JSON.parse(new TextDecoder().decode(note)));
  if (request.reportId !== reportId) return undefined;
  if ((await deps.files.stat(previewKey(hash))) !== undefined) return { hash, status: "ready" };
  const waitedMs = Date.parse(deps.now()) - Date.parse(request.askedAt);
  return { hash, status: waitedMs > patienceMs ? "failed" : "rendering" };
}
