import { editionById } from "../../shared/forms/editions.ts";
import type { Manifest } from "../../shared/report/manifest.ts";
import { sectionName } from "../../shared/report/member-name.ts";
import {
  sectionIds,
  sectionSchemas,
  type Attachment,
  type SectionId,
} from "../../shared/report/sections.ts";
import { blobKey, type BlobReader } from "../storage/blobs.ts";
import { inBatches } from "./in-batches.ts";
import { loadManifest } from "./report-content.ts";
import { uploadKey } from "./upload-key.ts";

/** A stored part of an edition that is not what its hash says. */
export type Damage = {
  readonly sha256: string;
  /** What people know the part under: “公开01表《…》”, “决算情况说明”, the name of the attached file. */
  readonly name: string;
  /**
   * `missing`: nothing is stored · `changed`: other bytes are stored · `unreadable`: the bytes are
   * those named, and hold nothing of the kind.
   */
  readonly fault: "missing" | "changed" | "unreadable";
} & (
  | { readonly kind: "manifest" }
  | { readonly kind: "section"; readonly section: SectionId }
  | { readonly kind: "attachment" }
);

/** Damage stops what would hand the edition on. */
export interface DamageRefusal {
  readonly code: "content_damaged";
  readonly damage: readonly Damage[];
}

/**
 * Reads every section blob and every attachment of an edition and hashes it again: who approves or
 * publishes must not rely on what was true when the files were stored. All damage is named and none
 * is thrown. At most four files (80 MB) are in memory at once.
 */
export async function editionDamage(
  deps: BlobReader,
  reportId: string,
  { edition, sections }: Pick<Manifest, "edition" | "sections">,
): Promise<readonly Damage[]> {
  const named = sectionIds.flatMap((section) => {
    const sha256 = sections[section];
    return sha256 === undefined ? [] : [{ section, sha256 }];
  });
  let attached: readonly Attachment[] = [];
  const damaged = await inBatches(named, filesAtOnce, async ({ section, sha256 }) => {
    const name = sectionName(section, editionById(edition));
    const damage = (fault: Damage["fault"]): Damage[] => [
      { kind: "section", section, sha256, name, fault },
    ];
    const read = await readSound(deps, blobKey(sha256), sha256);
    if ("fault" in read) return damage(read.fault);
    if (section !== "attachments") return [];
    const files = attachmentsIn(read.bytes);
    if (files === undefined) return damage("unreadable");
    attached = files;
    return [];
  });
  return [...damaged.flat(), ...(await attachmentDamage(deps, reportId, attached))];
}

/** The same for an edition known by its hash alone: its manifest is a stored blob, too. */
export async function submittedEditionDamage(
  deps: BlobReader,
  reportId: string,
  editionHash: string,
): Promise<readonly Damage[]> {
  const read = await readSound(deps, blobKey(editionHash), editionHash);
  if ("fault" in read) {
    return [{ kind: "manifest", sha256: editionHash, name: "版本清单", fault: read.fault }];
  }
  return editionDamage(deps, reportId, await loadManifest(deps, editionHash));
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

/** The bytes stored under a key if they have this hash; otherwise what is wrong with them. */
export async function readSound(
  { files, sha256 }: BlobReader,
  key: string,
  named: string,
): Promise<{ readonly bytes: Uint8Array } | { readonly fault: "missing" | "changed" }> {
  const bytes = await files.get(key);
  if (bytes === undefined) return { fault: "missing" };
  return sha256(bytes) === named ? { bytes } : { fault: "changed" };
}

/** What stops a publication: the edition that was approved is not what is stored. */
export class EditionDamagedError extends Error {
  override readonly name = "EditionDamagedError";
  readonly damage: readonly Damage[];

  constructor(damage: readonly Damage[]) {
    super(damageSentence(damage));
    this.damage = damage;
  }
}

const filesAtOnce = 4;
const damagesNamed = 5;

/** What is damaged, by name, why that stops the work, and how to go on. */
export function damageSentence(damage: readonly Damage[]): string {
  const named = damage.slice(0, damagesNamed).map(damageText).join("；");
  const rest = damage.length > damagesNamed ? `等共 ${String(damage.length)} 处` : "";
  return (
    `${named}${rest}，与登记的校验值不符，不能继续办理，以免公开的不是审核过的内容。` +
    "附件请退回编制人重新上传，其余内容请联系系统管理员从备份恢复。"
  );
}

export const damageText = ({ kind, name, fault }: Damage): string =>
  `${kind === "attachment" ? `附件“${name}”` : name}${faultText[fault]}`;

const faultText = {
  missing: "已丢失",
  changed: "的内容已被改动或损坏",
  unreadable: "的内容读不出来",
} as const satisfies Record<Damage["fault"], string>;

function attachmentsIn(bytes: Uint8Array): readonly Attachment[] | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    const parsed = sectionSchemas.attachments.safeParse(value);
    return parsed.success ? parsed.data.files : undefined;
  } catch (error) {
    // Not UTF-8, or not JSON.
    if (error instanceof TypeError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
