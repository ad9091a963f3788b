import type { Chapter, Paragraph, SentencePart } from "../narrative/written.ts";
import { partText } from "../narrative/written.ts";
import { markup, type Markup } from "./markup.ts";

/** A chapter's paragraphs; sentences keep their ids, so that a link can point at one. */
export const paragraphsHtml = ({ paragraphs }: Pick<Chapter, "paragraphs">): Markup =>
  markup`${paragraphs.map(paragraphHtml)}`;

function paragraphHtml({ kind, label, sentences }: Paragraph): Markup {
  const text = sentences.map(({ parts }) => parts.map(partHtml));
  return kind === "subheading"
    ? markup`<h3>${label}${text}</h3>
`
    : markup`<p>${label}${text}</p>
`;
}

/** What is still missing is marked; in a final report nothing is. */
const partHtml = (part: SentencePart): Markup | string =>
  "missing" in part ? markup`<mark>${partText(part)}</mark>` : partText(part);
