import { hasSection, type SectionId } from "../../shared/report/section-ids.ts";
import { err } from "../../shared/result.ts";
import { editionOf } from "../use-cases/stored-edition.ts";
import type { ApiDeps } from "./deps.ts";
import { orRefuse } from "./refusals.ts";

/** Refuses a table that the report's edition does not have (404); every edition has the other sections. */
export async function requireSection(
  { editions, vault, sha256 }: Pick<ApiDeps, "editions" | "vault" | "sha256">,
  edition: string,
  section: SectionId,
): Promise<void> {
  const known = await editionOf({ editions, files: vault, sha256 }, edition);
  if (!hasSection(known, section)) {
    orRefuse(err({ code: "not_in_edition" }));
  }
}
