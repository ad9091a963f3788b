import type { WrittenNarrative } from "../narrative/written.ts";
import { markup, type Child, type Markup } from "./markup.ts";
import { paragraphsHtml, type SentenceMarks } from "./narrative-html.ts";
import type { ReportPart } from "./titles.ts";

/** Parts of a report that are chapters of sentences, with their headings in the contents. */

/** A heading that the contents list, with the body that follows it. */
export interface Entry {
  readonly id: string;
  readonly level: "chief" | "sub";
  readonly label: string;
}

/** A part as it is printed, with the headings that the contents list. */
export interface PrintedPart {
  readonly entries: readonly Entry[];
  readonly html: Markup;
}

export const chief = ({ id, ordinal, title }: ReportPart): Entry => ({
  id,
  level: "chief",
  label: `${ordinal}　${title}`,
});

/** Its heading in the contents; a part that continues the one before has none, or its title as that of a chapter. */
export const headingOf = (part: ReportPart): Entry[] => {
  if (part.continues !== true) return [chief(part)];
  return part.holds === "glossary" ? [{ id: part.id, level: "sub", label: part.title }] : [];
};

export const partHead = ({ id, ordinal, title, holds, continues }: ReportPart): Child =>
  continues !== true
    ? markup`<h1 id="${id}"><span>${ordinal}　</span><span>${title}</span></h1>`
    : holds === "glossary" && markup`<h2 id="${id}">${title}</h2>`;

export const partClass = ({ continues }: ReportPart): string =>
  continues === true ? "part continued" : "part";

export function chaptersPart(
  part: ReportPart,
  of: "overview" | "narrative",
  chapters: WrittenNarrative["chapters"],
  marks: SentenceMarks = "unmarked",
): PrintedPart {
  return {
    entries: [
      ...headingOf(part),
      ...chapters.map(({ id, heading }): Entry => ({
        id: `${of}-${id}`,
        level: "sub",
        label: heading,
      })),
    ],
    html: markup`<section class="${partClass(part)}">${partHead(part)}
${chaptersHtml(of, chapters, marks)}</section>
`,
  };
}

const chaptersHtml = (
  of: string,
  chapters: WrittenNarrative["chapters"],
  marks: SentenceMarks,
): Markup[] =>
  chapters.map(
    (chapter) => markup`<h2 id="${of}-${chapter.id}">${chapter.heading}</h2>
${paragraphsHtml(chapter, marks)}`,
  );
