import type { Attachments } from "../../shared/report/sections.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import { attachmentDamage } from "./edition-integrity.ts";

/** Attachments named in a section whose bytes are not stored. */
export interface MissingUploads {
  readonly code: "upload_missing";
  readonly names: readonly string[];
}

/** Names of attachments whose bytes are not there, or are not those that were announced. */
export const missingUploads = async (
  deps: BlobDeps,
  reportId: string,
  { files }: Attachments,
): Promise<readonly string[]> =>
  (await attachmentDamage(deps, reportId, files)).map(({ name }) => name);
