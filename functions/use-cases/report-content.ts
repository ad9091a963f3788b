import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import type { EditionLibrary } from "../../shared/editions/edition-library.ts";
import { editionHash, type Manifest } from "../../shared/report/manifest.ts";
import { sectionName } from "../../shared/report/member-name.ts";
import type { Report } from "../../shared/report/report.ts";
import { bySectionSchema, sectionSchema, type Sections } from "../../shared/report/sections.ts";
import {
  emptySection,
  emptySections,
  namedSections,
  sectionIdsOf,
  type SectionId,
} from "../../shared/report/section-ids.ts";
import { err, ok } from "../../shared/result.ts";
import { orgKindSchema, sha256Schema } from "../../shared/workflow/report-state-schema.ts";
import { putBlob, type BlobDeps, type BlobReader } from "../storage/blobs.ts";
import type { ReportHead } from "../storage/ports.ts";
import { readJsonBlob, soundOrThrow, type Sound } from "./damage.ts";
import { editionIfSound, readEdition } from "./stored-edition.ts";

/** Reads what is stored of a report, whose edition says what its tables are and are called. */
export interface ContentReader extends BlobReader {
  readonly editions: EditionLibrary;
}

export type ContentDeps = BlobDeps & Pick<ContentReader, "editions">;

const manifestSchema = z.strictObject({
  edition: z.string(),
  region: z.string(),
  year: z.int(),
  orgCode: z.string(),
  orgName: z.string(),
  kind: orgKindSchema,
  sections: bySectionSchema(sha256Schema),
});

/** The manifest of the current draft. */
export const manifestOf = (head: ReportHead): Manifest => ({
  edition: head.edition,
  region: head.region,
  year: head.year,
  orgCode: head.orgCode,
  orgName: head.orgName,
  kind: head.kind,
  sections: Object.fromEntries(
    namedSections(head.sections).flatMap((id) => {
      const pointer = head.sections[id];
      return pointer === undefined ? [] : [[id, pointer.sha256]];
    }),
  ),
});

/** Stores a manifest under its own hash, which is the submission's, so that it can always be read again. */
export async function storeManifest(deps: BlobDeps, manifest: Manifest): Promise<string> {
  const text = canonicalJson({ ...manifest, sections: { ...manifest.sections } });
  return putBlob(deps, new TextEncoder().encode(text), "application/json");
}

export const hashOf = (deps: Pick<BlobDeps, "sha256">, head: ReportHead): string =>
  editionHash(manifestOf(head), deps.sha256);

/** The manifest of a submission that was submitted or previewed. */
export async function readManifest(deps: BlobReader, sha256: string): Promise<Sound<Manifest>> {
  const read = await readJsonBlob(deps, sha256, manifestSchema);
  if ("fault" in read) {
    return err([{ kind: "manifest", sha256, name: "版本清单", fault: read.fault }]);
  }
  return ok(read.value);
}

export const loadManifest = async (deps: BlobReader, hash: string): Promise<Manifest> =>
  soundOrThrow(await readManifest(deps, hash));

/** The whole report a manifest names; sections nobody saved are empty. */
export async function readReport(deps: ContentReader, manifest: Manifest): Promise<Sound<Report>> {
  const found = await readEdition(deps, manifest.edition);
  if (!found.ok) return found;
  const edition = found.value;
  const read = await readSections(deps, manifest, sectionIdsOf(edition));
  if (!read.ok) return read;
  const { region, year, orgCode, orgName, kind } = manifest;
  return ok({ identity: { region, year, orgCode, orgName, kind }, edition, sections: read.value });
}

export const loadReport = async (deps: ContentReader, manifest: Manifest): Promise<Report> =>
  soundOrThrow(await readReport(deps, manifest));

/**
 * Reads a draft whose sections `ids` can be written anew: those of them that are damaged count as never saved. Damage
 * elsewhere is answered as ever.
 */
export async function readOver<Value>(
  head: ReportHead,
  ids: readonly SectionId[],
  read: (manifest: Manifest) => Promise<Sound<Value>>,
): Promise<Sound<Value>> {
  const manifest = manifestOf(head);
  const found = await read(manifest);
  if (found.ok || head.state.status !== "draft") return found;
  const lost = found.error.flatMap((damage) =>
    damage.kind === "section" && damage.source === undefined && ids.includes(damage.section)
      ? [damage.section]
      : [],
  );
  if (lost.length < found.error.length) return found;
  const kept = Object.entries(manifest.sections).filter(([id]) => !lost.includes(id as SectionId));
  return read({ ...manifest, sections: Object.fromEntries(kept) });
}

/** These sections of a submission; all others, and those nobody saved, are empty. */
export async function readSections(
  deps: ContentReader,
  { edition, sections }: Pick<Manifest, "edition" | "sections">,
  ids: readonly SectionId[],
): Promise<Sound<Sections>> {
  const read = await Promise.all(
    ids.map(async (id) => [id, await readSection(deps, id, sections[id], edition)] as const),
  );
  const damage = read.flatMap(([, section]) => (section.ok ? [] : section.error));
  if (damage.length > 0) return err(damage);
  const values = read.flatMap(([id, section]) => (section.ok ? [[id, section.value]] : []));
  return ok({ ...emptySections, ...Object.fromEntries(values) } as Sections);
}

/** A section nobody saved is empty. `edition`: whose names of tables a damaged one is called by. */
export async function readSection<Id extends SectionId>(
  deps: ContentReader,
  section: Id,
  sha256: string | undefined,
  edition: string | undefined,
): Promise<Sound<Sections[Id]>> {
  if (sha256 === undefined) return ok(emptySection(section));
  const read = await readJsonBlob(deps, sha256, sectionSchema(section));
  if (!("fault" in read)) return ok(read.value);
  const named = edition === undefined ? undefined : await editionIfSound(deps, edition);
  const name = sectionName(section, named);
  return err([{ kind: "section", section, sha256, name, fault: read.fault }]);
}

export const loadSection = async <Id extends SectionId>(
  deps: ContentReader,
  id: Id,
  hash: string | undefined,
  edition?: string,
): Promise<Sections[Id]> => soundOrThrow(await readSection(deps, id, hash, edition));
