import type { Manifest } from "../../shared/report/manifest.ts";
import { sectionName } from "../../shared/report/member-name.ts";
import { sectionSchema, type Attachment } from "../../shared/report/sections.ts";
import { namedSections } from "../../shared/report/section-ids.ts";
import { blobKey, type BlobReader } from "../storage/blobs.ts";
import { readJsonBlob, readSound, type Damage } from "./damage.ts";
import { inBatches } from "./in-batches.ts";
import { readManifest, type ContentReader } from "./report-content.ts";
import { editionDamage, editionOf } from "./stored-edition.ts";
import { uploadKey } from "./upload-key.ts";

/**
 * Reads every section blob and every attachment of a submission and hashes it again: who approves or
 * publishes must not rely on what was true when the files were stored. All damage is named and none
 * is thrown. At most four files (80 MB) are in memory at once.
 */
export async function submissionDamage(
  deps: ContentReader,
  reportId: string,
  { edition, sections }: Pick<Manifest, "edition" | "sections">,
): Promise<readonly Damage[]> {
  const named = namedSections(sections).flatMap((section) => {
    const sha256 = sections[section];
    return sha256 === undefined ? [] : [{ section, sha256 }];
  });
  const sound = await editionDamage(deps, edition);
  const known = sound.ok ? await editionOf(deps, edition) : undefined;
  let attached: readonly Attachment[] = [];
  const damaged = await inBatches(named, filesAtOnce, async ({ section, sha256 }) => {
    const name = sectionName(section, known);
    const damage = (fault: Damage["fault"]): Damage[] => [
      { kind: "section", section, sha256, name, fault },
    ];
    if (section === "attachments") {
      const list = await readJsonBlob(deps, sha256, sectionSchema("attachments"));
      if ("fault" in list) return damage(list.fault);
      attached = list.value.files;
      return [];
    }
    const read = await readSound(deps, blobKey(sha256), sha256);
    return "fault" in read ? damage(read.fault) : [];
  });
  const ofEdition = sound.ok ? [] : sound.error;
  return [...ofEdition, ...damaged.flat(), ...(await attachmentDamage(deps, reportId, attached))];
}

/** The same for a submission known by its hash alone: its manifest is a stored blob, too. */
export async function submittedDamage(
  deps: ContentReader,
  reportId: string,
  editionHash: string,
): Promise<readonly Damage[]> {
  const read = await readManifest(deps, editionHash);
  return read.ok ? submissionDamage(deps, reportId, read.value) : read.error;
}

/** Which of these attachments are not stored, or not as their hash and size say; in their own order. */
export async function attachmentDamage(
  deps: BlobReader,
  reportId: string,
  attached: readonly Pick<Attachment, "sha256" | "name" | "sizeBytes">[],
): Promise<readonly Damage[]> {
  const damaged = await inBatches(attached, filesAtOnce, async ({ sha256, name, sizeBytes }) => {
    const read = await readSound(deps, uploadKey(reportId, sha256), sha256);
    const fault =
      "fault" in read ? read.fault : read.bytes.length === sizeBytes ? undefined : "changed";
    return fault === undefined ? [] : [{ kind: "attachment" as const, sha256, name, fault }];
  });
  return damaged.flat();
}

const filesAtOnce = 4;
