import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { editionById } from "../../shared/forms/editions.ts";
import { editionHash, type Manifest } from "../../shared/report/manifest.ts";
import type { Report } from "../../shared/report/report.ts";
import {
  emptySections,
  sectionIds,
  sectionIdSchema,
  type SectionId,
  type Sections,
} from "../../shared/report/sections.ts";
import { orgKindSchema, sha256Schema } from "../../shared/workflow/report-state-schema.ts";
import { getBlob, getSection, putBlob, type BlobDeps, type BlobReader } from "../storage/blobs.ts";
import type { ReportHead } from "../storage/ports.ts";

const manifestSchema = z.strictObject({
  edition: z.string(),
  region: z.string(),
  year: z.int(),
  orgCode: z.string(),
  orgName: z.string(),
  kind: orgKindSchema,
  sections: z.partialRecord(sectionIdSchema, sha256Schema),
});

/** What the report consists of as it stands. */
export const manifestOf = (head: ReportHead): Manifest => ({
  edition: head.edition,
  region: head.region,
  year: head.year,
  orgCode: head.orgCode,
  orgName: head.orgName,
  kind: head.kind,
  sections: Object.fromEntries(
    sectionIds.flatMap((id) => {
      const pointer = head.sections[id];
      return pointer === undefined ? [] : [[id, pointer.sha256]];
    }),
  ),
});

/** Stores a manifest under its own hash, which is the edition's, so that it can always be read again. */
export async function storeManifest(deps: BlobDeps, manifest: Manifest): Promise<string> {
  const text = canonicalJson({ ...manifest, sections: { ...manifest.sections } });
  return putBlob(deps, new TextEncoder().encode(text), "application/json");
}

export const hashOf = (deps: Pick<BlobDeps, "sha256">, head: ReportHead): string =>
  editionHash(manifestOf(head), deps.sha256);

/** The manifest of an edition that was submitted or previewed. */
export async function loadManifest(deps: BlobReader, hash: string): Promise<Manifest> {
  const bytes = await getBlob(deps, hash);
  const parsed = manifestSchema.parse(JSON.parse(new TextDecoder().decode(bytes)));
  return { ...parsed, sections: definedOnly(parsed.sections) };
}

const definedOnly = (sections: Partial<Record<SectionId, string | undefined>>) =>
  Object.fromEntries(Object.entries(sections).filter(([, hash]) => hash !== undefined)) as {
    [Id in SectionId]?: string;
  };

/** The whole report a manifest names; sections nobody saved are empty. */
export async function loadReport(deps: BlobDeps, manifest: Manifest): Promise<Report> {
  const edition = editionById(manifest.edition);
  if (edition === undefined) throw new Error(`No edition ${manifest.edition} in the house.`);
  const { region, year, orgCode, orgName, kind } = manifest;
  const sections = Object.fromEntries(
    await Promise.all(
      sectionIds.map(async (id) => [id, await loadSection(deps, id, manifest.sections[id])]),
    ),
  ) as Sections;
  return { identity: { region, year, orgCode, orgName, kind }, edition, sections };
}

export const loadSection = <Id extends SectionId>(
  deps: BlobDeps,
  id: Id,
  hash: string | undefined,
): Promise<Sections[Id]> =>
  hash === undefined ? Promise.resolve(emptySections[id]) : getSection(deps, id, hash);
