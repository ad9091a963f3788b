import { plain, sentence, subheading } from "../phrase.ts";
import { fact } from "../sources.ts";
import type { Chapter, Paragraph, Sentence } from "../written.ts";
import type { CompiledChapter, CompiledParagraph, CompiledSentence } from "./book.ts";
import { listNamed } from "./look-up.ts";
import { fillIn, within, type Scope } from "./scope.ts";

/** Chapters of an edition as one report has them. */
export const writeChapters = (chapters: readonly CompiledChapter[], scope: Scope): Chapter[] =>
  chapters.map(({ id, heading, paragraphs }) => ({
    id,
    heading: heading(scope),
    paragraphs: paragraphs.flatMap((paragraph) => writeParagraphs(paragraph, scope)),
  }));

function writeParagraphs(paragraph: CompiledParagraph, scope: Scope): readonly Paragraph[] {
  switch (paragraph.kind) {
    case "subheading":
      return [subheading(paragraph.id, paragraph.text(scope))];
    case "own_chapters":
      return ownChapters(scope);
    case "sentences": {
      const { each, when } = paragraph;
      if (when !== undefined && !when(scope)) return [];
      if (each === undefined) return [writeParagraph(paragraph, scope)];
      return listNamed(scope, each).entries.map((entry) =>
        writeParagraph(paragraph, within(scope, entry)),
      );
    }
  }
}

function writeParagraph(
  { label, sentences }: Extract<CompiledParagraph, { kind: "sentences" }>,
  scope: Scope,
): Paragraph {
  return {
    ...(label === undefined
      ? { kind: "plain" as const }
      : { kind: "item" as const, label: label(scope) }),
    sentences: sentences.flatMap((one) => {
      if (!("list" in one)) return writeSentence(one, scope);
      const entry = listNamed(scope, one.list).entries.find(({ key }) => key === one.entry);
      if (entry === undefined) return [];
      return one.sentences.flatMap((each) => writeSentence(each, within(scope, entry)));
    }),
  };
}

const writeSentence = ({ id, when, text }: CompiledSentence, scope: Scope): Sentence[] =>
  when === undefined || when(scope) ? [sentence(fillIn(id, scope), text(scope))] : [];

/** Chapters of 绩效自评结果 in the department's own words, each paragraph a sentence bound to its text. */
const ownChapters = ({ figures: { report } }: Scope): Paragraph[] =>
  report.sections.performance.summary.flatMap(({ heading, paragraphs }, chapter) => [
    subheading(`performance.summary.${chapter + 1}`, heading),
    ...paragraphs.map((text, index) =>
      plain(
        sentence(`performance.summary.${chapter + 1}.${index + 1}`, {
          figure: text,
          source: fact(`performance.summary.${chapter}.paragraphs.${index}`),
        }),
      ),
    ),
  ]);
