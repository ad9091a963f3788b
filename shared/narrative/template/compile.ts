import type { Edition } from "../../forms/form.ts";
import { err, ok, type Result } from "../../result.ts";
import type {
  CompiledChapter,
  CompiledParagraph,
  CompiledPattern,
  CompiledSentence,
  SentenceBook,
} from "./book.ts";
import { sampleKeys, type FactLookup } from "./check-places.ts";
import { compileList, compileQuantity } from "./compile-names.ts";
import {
  compileCondition,
  compilerFor,
  compileTemplate,
  reportUnknown,
  type Compiler,
  type SentencesFault,
  type Spot,
} from "./compiler.ts";
import { linkPhrase, linkText } from "./link.ts";
import { definitionOf } from "./quantities.ts";
import type {
  ChapterTemplate,
  ParagraphTemplate,
  PatternUse,
  Sentences,
  SentenceTemplate,
} from "../../forms/sentences-schema.ts";
import { suggestion } from "./suggest.ts";

type Pattern = Omit<CompiledPattern, "entry">;

/**
 * The sentences of an edition, every template parsed once and every name compared with its forms and, by `facts`, with
 * the sections of a report; or everything that is wrong with them.
 */
export function compileSentences(
  sentences: Sentences,
  edition: Edition,
  facts?: FactLookup,
): Result<SentenceBook, readonly SentencesFault[]> {
  const definitions = mapOf(sentences.quantities, definitionOf);
  const listDefinitions = mapOf(sentences.lists, (list) => list);
  const compiler = compilerFor(
    { edition, facts },
    { quantities: definitions, lists: listDefinitions },
  );
  const quantities = mapOf(Object.fromEntries(definitions), (definition, name) =>
    compileQuantity(compiler, name, definition),
  );
  const lists = mapOf(sentences.lists, (list, name) => compileList(compiler, name, list));
  const patterns = mapOf(sentences.patterns ?? {}, (pattern, name) =>
    compilePattern(compiler, name, pattern),
  );
  const chapters = (part: "overview" | "narrative") =>
    sentences[part].map((chapter, index) =>
      compileChapter(compiler, chapter, patterns, { path: [part, index], where: chapter.heading }),
    );
  const book = {
    ...{ quantities, lists },
    ...{ overview: chapters("overview"), narrative: chapters("narrative") },
  };
  reportRepeated(compiler, sentences);
  return compiler.faults.length === 0 ? ok(book) : err(compiler.faults);
}

const mapOf = <Given, Made>(
  members: { readonly [name: string]: Given },
  make: (member: Given, name: string) => Made,
): Map<string, Made> =>
  new Map(Object.entries(members).map(([name, member]) => [name, make(member, name)]));

const compileChapter = (
  compiler: Compiler,
  { id, heading, paragraphs }: ChapterTemplate,
  patterns: ReadonlyMap<string, Pattern>,
  spot: Spot,
): CompiledChapter => ({
  id,
  heading: words(compiler, heading, inMember(spot, "heading")),
  paragraphs: paragraphs.map((paragraph, index) =>
    compileParagraph(compiler, paragraph, patterns, {
      path: [...spot.path, "paragraphs", index],
      where: `“${spot.where}”第${index + 1}段`,
    }),
  ),
});

function compileParagraph(
  compiler: Compiler,
  paragraph: ParagraphTemplate,
  patterns: ReadonlyMap<string, Pattern>,
  spot: Spot,
): CompiledParagraph {
  if ("ownChapters" in paragraph) return { kind: "own_chapters" };
  if ("subheading" in paragraph) {
    const text = words(compiler, paragraph.subheading, inMember(spot, "subheading"));
    return { kind: "subheading", id: paragraph.id, text };
  }
  const { each, when, label, sentences } = paragraph;
  const inside = each === undefined ? compiler : inList(compiler, each, spot);
  return {
    kind: "sentences",
    ...(each === undefined ? {} : { each }),
    ...(when === undefined
      ? {}
      : { when: compileCondition(compiler, when, inMember(spot, "when")) }),
    ...(label === undefined ? {} : { label: words(inside, label, inMember(spot, "label")) }),
    sentences: sentences.flatMap((sentence, index): (CompiledSentence | CompiledPattern)[] => {
      const path = [...spot.path, "sentences", index];
      return "pattern" in sentence
        ? entryOfPattern(inside, sentence, patterns, { ...spot, path })
        : [compileSentence(inside, sentence, { ...spot, path })];
    }),
  };
}

const inMember = ({ path, where }: Spot, member: string): Spot => ({
  path: [...path, member],
  where,
});

/** The compiler of templates that are repeated over a list. */
function inList(compiler: Compiler, name: string, spot: Spot): Compiler {
  const { lists } = compiler.names;
  const list = lists.get(name);
  if (list !== undefined) return { ...compiler, list };
  reportUnknown(compiler, spot, { kind: "列表", name }, lists.keys());
  return compiler;
}

/** Sentences that several paragraphs have alike: compiled once, in the list they belong to. */
function compilePattern(
  compiler: Compiler,
  name: string,
  { list, sentences }: NonNullable<Sentences["patterns"]>[string],
): Pattern {
  const spot: Spot = { path: ["patterns", name], where: `句式“${name}”` };
  const inside = inList(compiler, list, spot);
  return {
    list,
    sentences: sentences.map((sentence, index) =>
      compileSentence(inside, sentence, { ...spot, path: [...spot.path, "sentences", index] }),
    ),
  };
}

/** One entry's sentences of a pattern. */
function entryOfPattern(
  compiler: Compiler,
  { pattern: name, entry }: PatternUse,
  patterns: ReadonlyMap<string, Pattern>,
  spot: Spot,
): CompiledPattern[] {
  const found = patterns.get(name);
  if (found === undefined) {
    reportUnknown(compiler, spot, { kind: "句式", name }, patterns.keys());
    return [];
  }
  const list = compiler.names.lists.get(found.list);
  const keys = list === undefined ? [entry] : sampleKeys(list, compiler.edition);
  if (!keys.includes(entry)) {
    compiler.report(spot, `列表“${found.list}”没有“${entry}”。${suggestion(entry, keys)}`);
  }
  return [{ ...found, entry }];
}

function compileSentence(
  compiler: Compiler,
  { id, when, text }: SentenceTemplate,
  { path, where }: Spot,
): CompiledSentence {
  const at = (member: string): Spot => ({ path: [...path, member], where: `${where} 句子 ${id}` });
  return {
    id,
    ...(when === undefined ? {} : { when: compileCondition(compiler, when, at("when")) }),
    text: compileTemplate(compiler, text, at("text"), linkPhrase),
  };
}

const words = (compiler: Compiler, text: string, spot: Spot) =>
  compileTemplate({ ...compiler, wordsOnly: true }, text, spot, linkText);

/** Ids name stored reasons, rewordings and additions, so no two sentences or chapters may share one. */
function reportRepeated(compiler: Compiler, { overview, narrative }: Sentences): void {
  const seen = new Set<string>();
  const take = (id: string, path: SentencesFault["path"], where: string) => {
    if (seen.has(id)) {
      const message = `代号 ${id} 已经用过。每一节、每一句的代号都须不同。`;
      compiler.report({ path, where }, message);
    }
    seen.add(id);
  };
  for (const [part, chapters] of Object.entries({ overview, narrative })) {
    chapters.forEach(({ id, heading, paragraphs }, chapter) => {
      take(`${id}（节）`, [part, chapter, "id"], heading);
      paragraphs.forEach((paragraph, index) => {
        const path = [part, chapter, "paragraphs", index];
        if ("subheading" in paragraph) take(paragraph.id, [...path, "id"], heading);
        if (!("sentences" in paragraph)) return;
        paragraph.sentences.forEach((sentence, place) => {
          const isPattern = "pattern" in sentence;
          const name = isPattern ? `${sentence.pattern} ${sentence.entry}` : sentence.id;
          take(name, [...path, "sentences", place], heading);
        });
      });
    });
  }
}
