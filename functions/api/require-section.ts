import { storedEdition } from "../../shared/editions/edition-library.ts";
import { hasSection, type SectionId } from "../../shared/report/sections.ts";
import { err } from "../../shared/result.ts";
import type { ApiDeps } from "./deps.ts";
import { orRefuse } from "./refusals.ts";

/** Refuses a table that the report's edition does not have (404); every edition has the other sections. */
export function requireSection(
  { editions }: Pick<ApiDeps, "editions">,
  edition: string,
  section: SectionId,
): void {
  if (!hasSection(storedEdition(editions, edition), section)) {
    orRefuse(err({ code: "not_in_edition" }));
  }
}
