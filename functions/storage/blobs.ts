import { canonicalJson, type Json, type Sha256 } from "../../shared/canonical-json.ts";
import { sectionSchemas, type SectionId, type Sections } from "../../shared/report/sections.ts";
import { DamagedError } from "./damaged-error.ts";
import type { FileReader, FileStore } from "./ports.ts";

/**
 * Immutable content under its own hash: `blobs/<first two digits>/<sha-256>`. Kept for ever, so
 * every manifest of every edition can be read again.
 */
export interface BlobDeps {
  readonly files: FileStore;
  readonly sha256: Sha256;
}
/** For those who only read blobs. */
export type BlobReader = Pick<BlobDeps, "sha256"> & { readonly files: FileReader };

/** A blob that a head names is gone or is not what its name says: never to be answered as content. */
export class BlobError extends DamagedError {
  override readonly name = "BlobError";
  readonly fault: "missing" | "corrupt";
  constructor(sha256: string, fault: "missing" | "corrupt") {
    super(`Blob ${sha256} is ${fault}`);
    this.fault = fault;
  }
}

export const blobKey = (sha256: string): string => `blobs/${sha256.slice(0, 2)}/${sha256}`;

/** Stores bytes once; answers their hash when they stand whole. */
export async function putBlob(
  deps: BlobDeps,
  bytes: Uint8Array,
  contentType = "application/octet-stream",
): Promise<string> {
  const hash = deps.sha256(bytes);
  const stored = await deps.files.putIfAbsent(blobKey(hash), bytes, contentType);
  if (stored === "exists") await getBlob(deps, hash); // nothing shall come to point at a spoilt one
  return hash;
}

export async function getBlob({ files, sha256 }: BlobReader, hash: string): Promise<Uint8Array> {
  const bytes = await files.get(blobKey(hash));
  if (bytes === undefined) throw new BlobError(hash, "missing");
  if (sha256(bytes) !== hash) throw new BlobError(hash, "corrupt");
  return bytes;
}

/** Stores a section as canonical JSON, by its schema; the same content always has the same hash. */
export function putSection<Id extends SectionId>(
  deps: BlobDeps,
  section: Id,
  value: Sections[Id],
): Promise<string> {
  const parsed: Json = sectionSchemas[section].parse(value);
  return putBlob(deps, Buffer.from(canonicalJson(parsed)), "application/json");
}

export async function getSection<Id extends SectionId>(
  deps: BlobReader,
  section: Id,
  hash: string,
): Promise<Sections[Id]> {
  const bytes = await getBlob(deps, hash);
  const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
  return sectionSchemas[section].parse(value) as Sections[Id];
}
