import { canonicalJson } from "../../shared/canonical-json.ts";
import type { EditionChanges } from "../../shared/editions/derive.ts";
import { editionData } from "../../shared/editions/counted-edition.ts";
import { ownEditionId } from "../../shared/editions/own-edition-id.ts";
import {
  decideEdition,
  decideEditionAct,
  discardedText,
  versionInUse,
  type EditionAct,
} from "../../shared/registry/decide-edition.ts";
import { invalid } from "../../shared/registry/decide-registry.ts";
import type { OwnEdition } from "../../shared/registry/registry.ts";
import { err, type Result } from "../../shared/result.ts";
import { putBlob } from "../storage/blobs.ts";
import type { HeavyWork } from "./heavy-work.ts";
import { soundOrThrow } from "./damage.ts";
import { draftedEdition, type DraftFault } from "./drafted-edition.ts";
import { changeRegistry, type RegistryDeps } from "./registry-chain.ts";
import { explained, storedOr, type Administrator, type RegistryRefusal } from "./registry.ts";
import type { ContentDeps } from "./report-content.ts";
import { findEdition, idOfData, storeEdition } from "./stored-edition.ts";

export type OwnEditionDeps = RegistryDeps & ContentDeps;

export type EditionRefusal =
  | RegistryRefusal
  /** The draft is no edition: what is wrong, each at its path. */
  | { readonly code: "faulty_edition"; readonly faults: readonly DraftFault[] }
  | { readonly code: "edition_too_large"; readonly megabytes: number };

/** Of a draft's changes: a table of codes with all names takes a twentieth of it. */
const maxDraftBytes = 2 * 1024 * 1024;

/** Makes an own edition (`version` 0) or replaces its draft; the draft may still be faulty. */
export async function saveEdition(
  deps: OwnEditionDeps,
  by: Administrator,
  wanted: {
    readonly region: string;
    readonly base: string;
    readonly changes: EditionChanges;
    readonly version: number;
  },
): Promise<Result<OwnEdition, EditionRefusal>> {
  const { region, base, changes, version } = wanted;
  const { id: key, name, year } = changes;
  const bytes = new TextEncoder().encode(canonicalJson(changes));
  if (bytes.length > maxDraftBytes) {
    return err({ code: "edition_too_large", megabytes: maxDraftBytes / 1024 / 1024 });
  }
  const draft = await putBlob(deps, bytes, "application/json");
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const [editions, hasBase] = await Promise.all([
      deps.registry.editions(region),
      isOffered(deps, region, base),
    ]);
    const before = editions.find((one) => one.key === key);
    const facts = {
      before,
      isShipped: deps.editions.listed.some(({ id }) => id === key),
      count: editions.length,
      hasBase: hasBase || before?.base === base,
    };
    const fields = { region, key, name, year, base, draft, version };
    return decideEdition({ state, by, now: deps.now() }, fields, facts);
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  return storedOr(await deps.registry.edition(region, key));
}

interface EditionPlace {
  readonly region: string;
  readonly key: string;
  readonly version: number;
}

/** 启用: makes the edition of the draft, tries it, and stores it for ever; years can be opened with it from then on. */
export async function putEditionIntoUse(
  deps: OwnEditionDeps & { readonly heavyWork: HeavyWork },
  by: Administrator,
  { note, ...place }: EditionPlace & { readonly note: string },
): Promise<Result<OwnEdition, EditionRefusal>> {
  const record = await deps.registry.edition(place.region, place.key);
  if (record === undefined) return err({ code: "not_found" });
  if (record.discarded === true) return invalid(discardedText(record));
  if (record.version !== place.version) return err({ code: "stale_version" });
  const made = await draftedEdition(deps, record);
  if (!made.ok) return err({ code: "faulty_edition", faults: made.error });
  const data = editionData(made.value);
  // Threads know an edition by its id, and every draft of one key is another edition.
  const edition = { ...made.value, id: idOfData(deps, data) };
  const contradictions = await deps.heavyWork("trial", { edition });
  if (contradictions.length > 0) {
    const faults = contradictions.map((one) => ({
      ...{ path: one.id, where: one.id, message: one.message },
    }));
    return err({ code: "faulty_edition", faults });
  }
  const id = await storeEdition(deps, data);
  return actOnEdition(deps, by, place, { type: "use", id, note });
}

export const discardEdition = (
  deps: OwnEditionDeps,
  by: Administrator,
  place: EditionPlace,
): Promise<Result<OwnEdition, EditionRefusal>> =>
  actOnEdition(deps, by, place, { type: "discard" });

async function actOnEdition(
  deps: OwnEditionDeps,
  by: Administrator,
  { region, key, version }: EditionPlace,
  act: EditionAct,
): Promise<Result<OwnEdition, EditionRefusal>> {
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const before = await deps.registry.edition(region, key);
    return decideEditionAct({ state, by, now: deps.now() }, { ...act, version }, before);
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  return storedOr(await deps.registry.edition(region, key));
}

/** An edition that a year may be opened with, or another be derived from. */
export interface OfferedEdition {
  readonly id: string;
  readonly name: string;
  readonly year: number;
}

/** The bureau's own in the version that is in use, and then those shipped. */
export async function offeredEditions(
  deps: Pick<OwnEditionDeps, "editions" | "registry">,
  region: string,
): Promise<readonly OfferedEdition[]> {
  const own = await deps.registry.editions(region);
  return [
    ...own.flatMap((one) => {
      const id = versionInUse(one);
      return id === undefined ? [] : [{ id, name: one.name, year: one.year }];
    }),
    ...deps.editions.listed,
  ];
}

/** Whether a region may use an edition: a shipped one, or the version in use of one of its own. */
export async function isOffered(
  deps: Pick<OwnEditionDeps, "editions" | "registry">,
  region: string,
  id: string,
): Promise<boolean> {
  const key = ownEditionId(id)?.key;
  if (key === undefined) return deps.editions.listed.some((one) => one.id === id);
  const own = await deps.registry.edition(region, key);
  return own !== undefined && versionInUse(own) === id;
}

/** For who opens a year: the edition, if the region may use it. */
export async function offeredEdition(deps: OwnEditionDeps, region: string, id: string) {
  if (!(await isOffered(deps, region, id))) return undefined;
  const found = await findEdition(deps, id);
  return found && soundOrThrow(found);
}
