import { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import type { EditionData } from "../../shared/editions/edition-data.ts";
import { loadEdition } from "../../shared/editions/load-edition.ts";
import { ownEditionId } from "../../shared/editions/own-edition-id.ts";
import type { Edition } from "../../shared/forms/form.ts";
import { err, ok } from "../../shared/result.ts";
import { putBlob, type BlobDeps } from "../storage/blobs.ts";
import type { FileReader } from "../storage/ports.ts";
import { readJsonBlob, soundOrThrow, type Sound } from "./damage.ts";
import type { ContentReader } from "./report-content.ts";

/**
 * Stores a bureau's own edition (本地版式) as a blob under its own hash and returns the id that reports name it by. So
 * what a report was filled in with can always be read again, and nobody can change it.
 */
export async function storeEdition(deps: BlobDeps, data: EditionData): Promise<string> {
  const bytes = bytesOf(data);
  await putBlob(deps, bytes, "application/json");
  return idOf(data, deps.sha256(bytes));
}

/** The id that `storeEdition` gives it: another edition never has it. */
export const idOfData = ({ sha256 }: Pick<BlobDeps, "sha256">, data: EditionData): string =>
  idOf(data, sha256(bytesOf(data)));

const idOf = ({ id }: EditionData, sha256: string): string => `${id}.${sha256}`;
const bytesOf = (data: EditionData): Uint8Array => new TextEncoder().encode(canonicalJson(data));

/** Own editions that this process has read, by the store they are in: they never change. */
const loaded = new WeakMap<FileReader, Map<string, Edition>>();
/** Of one store; an edition takes about a megabyte. */
const maxLoaded = 20;

/** The edition of this id; undefined where it is neither shipped nor the id of a bureau's own. */
export async function findEdition(
  deps: ContentReader,
  id: string,
): Promise<Sound<Edition> | undefined> {
  const shipped = deps.editions.byId(id);
  if (shipped !== undefined) return ok(shipped);
  const sha256 = ownEditionId(id)?.sha256;
  if (sha256 === undefined) return undefined;
  const known = loaded.get(deps.files) ?? new Map<string, Edition>();
  loaded.set(deps.files, known);
  const found = known.get(id);
  if (found !== undefined) return ok(found);
  const read = await readOwnEdition(deps, id, sha256);
  if (!read.ok) return read;
  const [oldest] = known.keys();
  if (known.size >= maxLoaded && oldest !== undefined) known.delete(oldest);
  known.set(id, read.value);
  return read;
}

/** Reads the blob whatever was read before, as for who must not rely on what was true then. */
export async function editionDamage(deps: ContentReader, id: string): Promise<Sound<undefined>> {
  const sha256 = ownEditionId(id)?.sha256;
  if (sha256 === undefined) return ok(undefined);
  const read = await readOwnEdition(deps, id, sha256);
  return read.ok ? ok(undefined) : read;
}

async function readOwnEdition(
  deps: ContentReader,
  id: string,
  sha256: string,
): Promise<Sound<Edition>> {
  const damaged = (fault: "missing" | "changed" | "unreadable") =>
    err([{ kind: "edition" as const, sha256, name: "报表版式", fault }]);
  const read = await readJsonBlob(deps, sha256, z.unknown());
  if ("fault" in read) return damaged(read.fault);
  const data = read.value;
  if (typeof data !== "object" || data === null) return damaged("unreadable");
  const edition = loadEdition({ ...data, id });
  return edition.ok ? edition : damaged("unreadable");
}

/**
 * The edition that something stored names. A report always keeps its own, so one that is nowhere is a fault of the
 * installation: it throws.
 */
export async function readEdition(deps: ContentReader, id: string): Promise<Sound<Edition>> {
  const found = await findEdition(deps, id);
  if (found !== undefined) return found;
  const known = deps.editions.listed.map((one) => one.id).join(", ");
  throw new Error(`The edition ${id} is not in this installation's library, which has: ${known}.`);
}

/** For naming what an edition has: nothing where it is unknown or damaged. */
export async function editionIfSound(
  deps: ContentReader,
  id: string,
): Promise<Edition | undefined> {
  const found = await findEdition(deps, id);
  return found?.ok === true ? found.value : undefined;
}

export const editionOf = async (deps: ContentReader, id: string): Promise<Edition> =>
  soundOrThrow(await readEdition(deps, id));
