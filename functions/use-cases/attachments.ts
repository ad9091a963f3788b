import type { Attachment } from "../../shared/report/sections.ts";
import type { ReportHead, ReportStore } from "../storage/ports.ts";
import { submissionsOf } from "./history.ts";
import { loadManifest, loadSection, type ContentDeps } from "./report-content.ts";

/** A file attached now or to a submission that was handed in; reviewers read what was replaced, too. */
export async function findAttachment(
  deps: ContentDeps & { readonly reports: Pick<ReportStore, "surveyEvents"> },
  head: ReportHead,
  sha256: string,
): Promise<Attachment | undefined> {
  const within = async (section: string | undefined) =>
    (await loadSection(deps, "attachments", section)).files.find((file) => file.sha256 === sha256);
  const current = await within(head.sections.attachments?.sha256);
  if (current !== undefined) return current;
  for (const { editionHash } of await submissionsOf(deps, head)) {
    const manifest = await loadManifest(deps, editionHash);
    const earlier = await within(manifest.sections.attachments);
    if (earlier !== undefined) return earlier;
  }
  return undefined;
}
