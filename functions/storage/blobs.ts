import { canonicalJson, type Json, type Sha256 } from "../../shared/canonical-json.ts";
import { sectionSchema, type Sections } from "../../shared/report/sections.ts";
import type { SectionId } from "../../shared/report/section-ids.ts";
import type { FileReader, FileStore } from "./ports.ts";

/**
 * Immutable content under its own hash: `blobs/<first two digits>/<sha-256>`. Kept for ever, so
 * every manifest of every submission can be read again.
 */
export interface BlobDeps {
  readonly files: FileStore;
  readonly sha256: Sha256;
}
/** For those who only read blobs. */
export type BlobReader = Pick<BlobDeps, "sha256"> & { readonly files: FileReader };

export const blobKey = (sha256: string): string => `blobs/${sha256.slice(0, 2)}/${sha256}`;

/** Stores bytes once and returns their hash when they are complete; a damaged file under that key is replaced. */
export async function putBlob(
  deps: BlobDeps,
  bytes: Uint8Array,
  contentType = "application/octet-stream",
): Promise<string> {
  const hash = deps.sha256(bytes);
  const key = blobKey(hash);
  if ((await deps.files.putIfAbsent(key, bytes, contentType)) === "stored") return hash;
  const stored = await deps.files.get(key);
  if (stored === undefined || deps.sha256(stored) !== hash) {
    await deps.files.put(key, bytes, contentType);
  }
  return hash;
}

/** Stores a section as canonical JSON, by its schema; the same content always has the same hash. */
export function putSection<Id extends SectionId>(
  deps: BlobDeps,
  section: Id,
  value: Sections[Id],
): Promise<string> {
  const parsed = sectionSchema(section).parse(value) as Json;
  return putBlob(deps, Buffer.from(canonicalJson(parsed)), "application/json");
}
