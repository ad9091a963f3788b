import { paragraphText, type WrittenNarrative } from "../../shared/narrative/written.ts";

/** The whole text, a paragraph a line. */
export const narrativeText = ({ chapters }: WrittenNarrative): string =>
  chapters
    .flatMap(({ heading, paragraphs }) => [heading, ...paragraphs.map(paragraphText)])
    .join("\n");
