import { canonicalJson } from "../canonical-json.ts";
import type { Report } from "../report/report.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { sentence as sentenceOf } from "./phrase.ts";
import { readFigures, type ReportFigures } from "./report-figures.ts";
import { printSource } from "./print-source.ts";
import type { Skeleton, Token } from "../report/token.ts";
import { writeStatutory } from "./write-statutory.ts";
import {
  sentencesOf,
  type Chapter,
  type Paragraph,
  type SentencePart,
  type Sentence,
} from "./written.ts";

/** A sentence that people reworded, and whether their words still hold. */
export interface Rewriting {
  readonly sentence: string;
  readonly parts: readonly Token[];
  /** `void`: the statutory sentence has become another one; `gone`: the report has it no more. */
  readonly state: "holds" | "void" | "gone";
  /** The sentence in its own words, and the chapter it is in. */
  readonly statutory?: Sentence;
  readonly chapter?: string;
  /** Figures, reasons and purposes of the statutory sentence that these words leave out. */
  readonly dropped: readonly Token[];
}

/** Every sentence that people reworded, in printed order, those that are gone last. */
export function rewritings(figures: ReportFigures, written?: readonly Chapter[]): Rewriting[] {
  const { rewritten = {} } = figures.report.sections.narrative;
  if (Object.keys(rewritten).length === 0) return [];
  const chapters = written ?? writeStatutory(figures);
  const skeletons = skeletonsOf(figures.report);
  const current = sentencesOf({ chapters }).flatMap(({ chapter, sentence }): Rewriting[] => {
    const stored = rewritten[sentence.id];
    if (stored === undefined) return [];
    const holds = canonicalJson(stored.from) === canonicalJson(skeletons.get(sentence.id) ?? []);
    return [
      {
        sentence: sentence.id,
        parts: stored.parts,
        state: holds ? "holds" : "void",
        statutory: sentence,
        chapter: chapter.id,
        dropped: holds ? leftOut(sentence, stored.parts) : [],
      },
    ];
  });
  const present = new Set(current.map(({ sentence }) => sentence));
  const gone = Object.entries(rewritten).filter(([id]) => !present.has(id));
  return [
    ...current,
    ...gone.map(([id, { parts }]) => ({
      ...{ sentence: id, parts, state: "gone" as const, dropped: [] },
    })),
  ];
}

/** Whether people may reword a sentence: not a heading, nor what is nothing but their own text. */
export const isRewritable = ({ kind }: Paragraph, { parts }: Sentence): boolean =>
  kind !== "subheading" && parts.some((part) => "text" in part);

/** The tokens of a sentence as it is written, for people to word anew. */
export const tokensOf = ({ parts }: Sentence): Token[] => parts.map(tokenOf);

function tokenOf(part: SentencePart): Token {
  if ("text" in part) return part;
  if ("source" in part) return { figure: part.source };
  return "slot" in part ? { reason: part.slot } : { purpose: part.code };
}

/**
 * What every statutory sentence has to stay for its rewording to hold. Reasons are left out of the
 * writing, so that giving an optional one voids nothing.
 */
export function skeletonsOf(report: Report): ReadonlyMap<string, Skeleton> {
  const bare = readFigures(report, { withoutReasons: true });
  return new Map(
    sentencesOf({ chapters: writeStatutory(bare) }).map(({ sentence }) => [
      sentence.id,
      sentence.parts.map((part) => {
        const token = tokenOf(part);
        return "figure" in part && part.source.kind === "difference" && !/\d/u.test(part.figure)
          ? { ...token, direction: part.figure }
          : token;
      }),
    ]),
  );
}

/** Tokens with their values of today; of a statutory sentence, just as the sentence prints them. */
export function printTokens(
  figures: ReportFigures,
  tokens: readonly Token[],
  statutory?: Sentence,
): readonly SentencePart[] {
  const { reasons, purposes } = figures.report.sections.narrative;
  const printed = new Map<string, SentencePart[]>();
  for (const part of statutory?.parts ?? []) {
    const key = canonicalJson(tokenOf(part));
    printed.set(key, [...(printed.get(key) ?? []), part]);
  }
  const parts = tokens.map((token): SentencePart => {
    if ("text" in token) return token;
    const [next, ...others] = printed.get(canonicalJson(token)) ?? [];
    if (next !== undefined) {
      // One source may occur twice, once as a word: the second mention prints as the second did.
      if (others.length > 0) printed.set(canonicalJson(token), others);
      return next;
    }
    if ("figure" in token) return printSource(figures, token.figure);
    if ("reason" in token) {
      const slot = token.reason;
      const text = reasons[slot]?.trim() ?? "";
      const about = statutory?.slots.find((one) => one.slot === slot)?.about ?? "主要原因";
      return text === "" ? { missing: "reason", what: about, slot } : { reason: text, slot };
    }
    const code = token.purpose;
    const text = purposes[code]?.trim() ?? "";
    return text === ""
      ? { missing: "purpose", what: `${code}的主要用途`, code }
      : { purpose: text, code };
  });
  return sentenceOf("", ...parts).parts;
}

/** The chapter with people's words in place of the statutory ones where they hold. */
export function withRewritings(
  figures: ReportFigures,
  chapter: Chapter,
  reworded: ReadonlyMap<string, Rewriting>,
): Chapter {
  if (reworded.size === 0) return chapter;
  const rewrite = (sentence: Sentence): Sentence => {
    const rewriting = reworded.get(sentence.id);
    return rewriting?.state === "holds"
      ? { ...sentence, parts: printTokens(figures, rewriting.parts, sentence) }
      : sentence;
  };
  return {
    ...chapter,
    paragraphs: chapter.paragraphs.map((paragraph) => ({
      ...paragraph,
      sentences: paragraph.sentences.map(rewrite),
    })),
  };
}

/** What of a statutory sentence its rewording leaves out; the law asks for every figure. */
export function leftOut(statutory: Sentence, tokens: readonly Token[]): Token[] {
  const kept = new Set(tokens.map((token) => canonicalJson(token)));
  const due = tokensOf(statutory).filter((token) => !("text" in token));
  const missing = new Map(due.map((token) => [canonicalJson(token), token]));
  for (const key of kept) missing.delete(key);
  return [...missing.values()];
}

/** Every figure that tokens name. */
export const figuresOf = (tokens: readonly (Token | Skeleton[number])[]): FigureSource[] =>
  tokens.flatMap((token) => ("figure" in token ? [token.figure] : []));
