import { chineseOrdinal } from "../../../shared/chinese-ordinal.ts";
import { chaptersOfPart } from "../../../shared/document/titles.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import type {
  ChapterTemplate,
  ParagraphTemplate,
  Sentences,
  SentenceTemplate,
} from "../../../shared/forms/sentences-schema.ts";
import { omit } from "../../../shared/omit.ts";

/** Chapters, paragraphs and sentences added, changed and removed; each edit gives new sentences. */

export type ChapterPart = "overview" | "narrative";
export interface ChapterPlace {
  readonly part: ChapterPart;
  readonly index: number;
}
export type SentenceParagraph = Extract<ParagraphTemplate, { readonly sentences: unknown }>;
type Entry = SentenceParagraph["sentences"][number];

export const withChapters = (
  sentences: Sentences,
  part: ChapterPart,
  chapters: readonly ChapterTemplate[],
): Sentences => ({ ...sentences, [part]: chapters });

export const withChapter = (
  sentences: Sentences,
  { part, index }: ChapterPlace,
  chapter: ChapterTemplate,
): Sentences => withChapters(sentences, part, sentences[part].with(index, chapter));

/** A chapter with one sentence to begin with, after the one at the place. */
export function withNewChapter(sentences: Sentences, { part, index }: ChapterPlace): Sentences {
  const id = freeId(idsOf(sentences), "chapter");
  const chapters = sentences[part];
  const chapter: ChapterTemplate = {
    id,
    heading: `${chineseOrdinal(index + 2)}、新的一章`,
    paragraphs: [newParagraph(sentences, id)],
  };
  return withChapters(sentences, part, chapters.toSpliced(index + 1, 0, chapter));
}

export const newParagraph = (sentences: Sentences, chapter: string): SentenceParagraph => ({
  sentences: [newSentence(sentences, chapter, undefined)],
});

export const newSubheading = (sentences: Sentences, chapter: string): ParagraphTemplate => ({
  id: freeId(idsOf(sentences), `${chapter}.heading`),
  subheading: "（一）新的小标题",
});

export type Pattern = NonNullable<Sentences["patterns"]>[string];

/** A pattern (句式) of the first list that has keys, with one sentence to begin with; none where there is no such list. */
export function withNewPattern(sentences: Sentences): Sentences | undefined {
  const { patterns = {}, lists } = sentences;
  const [list] = Object.keys(lists).filter((name) => "keys" in (lists[name] ?? {}));
  if (list === undefined) return undefined;
  const name = freeName(new Set(Object.keys(patterns)));
  const pattern = { list, sentences: [newSentence(sentences, "shared", list)] };
  return { ...sentences, patterns: { ...patterns, [name]: pattern } };
}

function freeName(taken: ReadonlySet<string>): string {
  for (let number = taken.size + 1; ; number += 1) {
    const name = `句式${chineseOrdinal(number)}`;
    if (!taken.has(name)) return name;
  }
}

/** How often paragraphs use a pattern. */
export const patternUses = ({ overview, narrative }: Sentences, name: string): number =>
  [...overview, ...narrative]
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap((one) => ("sentences" in one ? one.sentences : []))
    .filter((one) => "pattern" in one && one.pattern === name).length;

/** With an id that no other sentence has; one that is repeated over a list bears the entry in it. */
export function newSentence(
  sentences: Sentences,
  chapter: string,
  each: string | undefined,
): SentenceTemplate {
  const id = freeId(idsOf(sentences), `${chapter}.added`);
  return { id: `${id}${suffixOf(sentences, each)}`, text: "新的一句。" };
}

/** What distinguishes the entries of a list in ids: the number of what people filled in, else the entry's key. */
function suffixOf({ lists }: Sentences, each: string | undefined): "" | ".#" | ".*" {
  const list = each === undefined ? undefined : lists[each];
  return list === undefined ? "" : "entries" in list ? ".#" : ".*";
}

/** The paragraph repeated over another list, or none: ids of its sentences name the entry as that list does. */
export function withEach(
  sentences: Sentences,
  paragraph: SentenceParagraph,
  each: string | undefined,
): SentenceParagraph {
  const suffix = suffixOf(sentences, each);
  return {
    ...(each === undefined ? {} : { each }),
    ...omit(paragraph, "each"),
    sentences: paragraph.sentences.map((one): Entry =>
      "pattern" in one ? one : { ...one, id: `${one.id.replace(/\.?[*#]$/u, "")}${suffix}` },
    ),
  };
}

/**
 * 一、二、三、 in the order in which the parts print the chapters, beginning anew with each part that does not continue the one
 * before it. A heading without a number keeps none.
 */
export function withNumberedHeadings(data: EditionData): EditionData {
  const { parts, sentences } = data;
  const numbers = new Map<string, number>();
  let number = 0;
  for (const part of parts) {
    if (part.continues !== true) number = 0;
    const { holds } = part;
    if (holds !== "overview" && holds !== "narrative") continue;
    for (const { id } of chaptersOfPart(
      part,
      holds === "overview" ? [] : parts,
      sentences[holds],
    )) {
      numbers.set(`${holds} ${id}`, (number += 1));
    }
  }
  const numbered = (part: ChapterPart) =>
    sentences[part].map((chapter) => ({
      ...chapter,
      heading: chapter.heading.replace(
        /^[一二三四五六七八九十]+、/u,
        `${chineseOrdinal(numbers.get(`${part} ${chapter.id}`) ?? 0)}、`,
      ),
    }));
  return {
    ...data,
    sentences: { ...sentences, overview: numbered("overview"), narrative: numbered("narrative") },
  };
}

/** Of chapters, headings and sentences, without what stands for an entry. */
function idsOf({ overview, narrative, patterns = {} }: Sentences): ReadonlySet<string> {
  const chapters = [...overview, ...narrative];
  const paragraphs = chapters.flatMap((chapter) => chapter.paragraphs);
  const all = [
    ...paragraphs.flatMap((one) => ("sentences" in one ? one.sentences : [])),
    ...Object.values(patterns).flatMap((pattern) => pattern.sentences),
  ];
  return new Set([
    ...chapters.map(({ id }) => id),
    ...paragraphs.flatMap((one) => ("subheading" in one ? [one.id] : [])),
    ...all.flatMap((one) => ("pattern" in one ? [] : [one.id.replace(/\.[*#]$/u, "")])),
  ]);
}

function freeId(taken: ReadonlySet<string>, start: string): string {
  for (let number = 1; ; number += 1) {
    const id = `${start}_${String(number)}`;
    if (!taken.has(id)) return id;
  }
}
