import type { Attachments } from "../../shared/report/sections.ts";
import type { BlobDeps } from "../storage/blobs.ts";

/** Where a report's uploaded file lies until and while it is attached. */
export const uploadKey = (reportId: string, sha256: string): string =>
  `uploads/${reportId}/${sha256}`;

/** Names of attachments whose bytes are not there, or are not those that were announced. */
export async function missingUploads(
  { files, sha256 }: BlobDeps,
  reportId: string,
  { files: attached }: Attachments,
): Promise<string[]> {
  const sound = await Promise.all(
    attached.map(async (attachment) => {
      const key = uploadKey(reportId, attachment.sha256);
      const stored = await files.stat(key);
      if (stored?.sizeBytes !== attachment.sizeBytes) return false;
      const bytes = await files.get(key);
      return bytes !== undefined && sha256(bytes) === attachment.sha256;
    }),
  );
  return attached.filter((_, index) => sound[index] !== true).map(({ name }) => name);
}
