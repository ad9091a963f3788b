import type { Attachment } from "../../shared/report/sections.ts";
import type { PortalSettings } from "../../web/portal/site.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import type { FileStore, RegistryStore, ReportStore } from "../storage/ports.ts";
import { SubmissionDamagedError, readSound } from "../use-cases/damage.ts";
import type { FailureDeps } from "../use-cases/give-up.ts";
import type { ContentDeps } from "../use-cases/report-content.ts";
import type { LicensedFonts } from "../use-cases/report-to-check.ts";
import { uploadKey } from "../use-cases/upload-key.ts";

export interface PublishSubmissionDeps extends ContentDeps, LicensedFonts {
  readonly reports: ReportStore;
  readonly registry: RegistryStore;
  readonly portal: FileStore;
  readonly settingsOf: (region: string) => PortalSettings;
  readonly now: () => string;
  readonly log: FailureDeps["log"];
  /** When the only worker process began (ISO UTC): time before that does not count as work being forgotten. */
  readonly workingSince?: string;
}

/** The bytes that are published are the ones that were hashed, not those of a later read. */
export async function soundAttachment(
  deps: BlobDeps,
  reportId: string,
  { sha256, name }: Pick<Attachment, "sha256" | "name">,
): Promise<Uint8Array> {
  const read = await readSound(deps, uploadKey(reportId, sha256), sha256);
  if ("bytes" in read) return read.bytes;
  throw new SubmissionDamagedError([{ kind: "attachment", sha256, name, fault: read.fault }]);
}
