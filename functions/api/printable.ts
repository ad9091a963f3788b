import { placeInText } from "../../shared/text/characters.ts";
import { textFieldAt } from "../../shared/text/fields.ts";
import { unprintableIn, unprintableWords } from "../../shared/text/printable.ts";
import type { LicensedFonts } from "../use-cases/report-to-check.ts";
import { ApiError } from "./errors.ts";

type Texts = { readonly [member: string]: string | undefined | Texts };

/**
 * Refuses texts that the bureau writes and the public reads, printed or on the portal, when no font has one of their
 * characters. What preparers write is a finding of their draft instead (S506), which they mend before they submit.
 */
export function requirePrintable({ licensedCharacters }: LicensedFonts, texts: Texts): void {
  const issues = issuesOf(texts, [], licensedCharacters);
  const [first] = issues;
  if (first !== undefined) throw new ApiError("invalid_request", first.message, { issues });
}

function issuesOf(
  texts: Texts,
  above: readonly string[],
  licensed: LicensedFonts["licensedCharacters"],
): { readonly path: string; readonly message: string }[] {
  return Object.entries(texts).flatMap(([member, text]) => {
    const path = [...above, member];
    if (text === undefined) return [];
    if (typeof text !== "string") return issuesOf(text, path, licensed);
    return unprintableIn(text, licensed).map((found) => {
      const { name, mend } = unprintableWords(found);
      const where = `“${textFieldAt(path).name}”里有印不出的字符`;
      return {
        path: ["json", ...path].join("."),
        message: `${where}：${placeInText(text, found.index)}是 ${name}。请${mend}。`,
      };
    });
  });
}
