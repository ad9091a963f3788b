import { z } from "zod";
import { derive, type EditionChanges } from "../../shared/editions/derive.ts";
import { placeInWords } from "../../shared/editions/fault-place.ts";
import { loadEdition, type EditionFault } from "../../shared/editions/load-edition.ts";
import { editionData } from "../../shared/editions/counted-edition.ts";
import type { Edition } from "../../shared/forms/form.ts";
import type { OwnEdition } from "../../shared/registry/registry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { readJsonBlob, soundOrThrow } from "./damage.ts";
import type { ContentReader } from "./report-content.ts";
import { editionOf } from "./stored-edition.ts";

/** A draft of an own edition (本地版式): what it is derived from, and the blob of what it has otherwise. */
export type EditionDraft = Pick<OwnEdition, "base" | "draft">;

/** What the draft has otherwise than its base, as an administrator saved it. */
export async function editionDraft(
  deps: ContentReader,
  { draft }: Pick<EditionDraft, "draft">,
): Promise<EditionChanges> {
  const read = await readJsonBlob(deps, draft, draftSchema);
  return soundOrThrow(
    "fault" in read
      ? err([{ kind: "edition", sha256: draft, name: "版式草稿", fault: read.fault }])
      : ok(read.value as EditionChanges),
  );
}

const draftSchema = z.looseObject({ id: z.string(), name: z.string(), year: z.int() });

/** What keeps a draft from being an edition, with its place in words. */
export interface DraftFault extends EditionFault {
  readonly where: string;
}

/** The edition that the draft makes of its base, or what keeps it from being one. */
export async function draftedEdition(
  deps: ContentReader,
  draft: EditionDraft,
): Promise<Result<Edition, readonly DraftFault[]>> {
  const base = editionData(await editionOf(deps, draft.base));
  const derived = derive(base, await editionDraft(deps, draft));
  if (!derived.ok) return err(placed(derived.error, base));
  const loaded = loadEdition(derived.value);
  return loaded.ok ? loaded : err(placed(loaded.error, derived.value));
}

const placed = (faults: readonly EditionFault[], data: unknown): DraftFault[] =>
  faults.map((fault) => ({ ...fault, where: placeInWords(data, fault.path) }));
