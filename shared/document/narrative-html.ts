import type { Chapter, Paragraph, Sentence, SentencePart } from "../narrative/written.ts";
import { partText } from "../narrative/written.ts";
import { markup, type Markup } from "./markup.ts";

/** On a screen every sentence is an element with its id, to be found and pressed; in print it is but text. */
export type SentenceMarks = "marked" | "unmarked";

/** A chapter's paragraphs. */
export const paragraphsHtml = (
  { paragraphs }: Pick<Chapter, "paragraphs">,
  marks: SentenceMarks = "unmarked",
): Markup => markup`${paragraphs.map((paragraph) => paragraphHtml(paragraph, marks))}`;

function paragraphHtml({ kind, label, sentences }: Paragraph, marks: SentenceMarks): Markup {
  const text = sentences.map((sentence) =>
    marks === "marked" ? markedSentence(sentence) : partsOf(sentence),
  );
  return kind === "subheading"
    ? markup`<h3>${label}${text}</h3>
`
    : markup`<p>${label}${text}</p>
`;
}

const partsOf = ({ parts }: Sentence) => parts.map(partHtml);

const markedSentence = (sentence: Sentence): Markup =>
  markup`<span data-sentence="${sentence.id}">${partsOf(sentence)}</span>`;

/** What is still missing is marked; in a final report nothing is. */
const partHtml = (part: SentencePart): Markup | string =>
  "missing" in part ? markup`<mark>${partText(part)}</mark>` : partText(part);
