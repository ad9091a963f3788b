import type { BindingOffer } from "../../../shared/narrative/known-figures.ts";
import { isRewritable, skeletonsOf, tokensOf } from "../../../shared/narrative/rewriting.ts";
import {
  partText,
  type Chapter,
  type Sentence,
  type SentencePart,
} from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import type { Token } from "../../../shared/report/token.ts";
import {
  tidyTokens,
  withAddition,
  withBinding,
  withRewording,
  withText,
} from "./narrative-edit.ts";

/** Words of a sentence as it is printed, and what is certainly meant instead of them. */
export interface Mend {
  readonly start: number;
  readonly end: number;
  /** Other words, or none. */
  readonly instead?: string | undefined;
  /** A figure of the report. */
  readonly bind?: BindingOffer | undefined;
}

/** A part of a sentence in which people's words are replaced, by its index; places are in that part's own text. */
interface PartEdit {
  readonly part: number;
  readonly start: number;
  readonly end: number;
  readonly words: string;
}

/** Where a sentence is and what it is, to change it. */
interface At {
  readonly chapter: Chapter;
  readonly sentence: Sentence;
}

/** The paragraph's number within its chapter's additions, of an added one. */
export function additionOf(id: string): { chapter: string; index: number } | undefined {
  const [, chapter, ordinal] = /^(.+)\.addition\.(\d+)$/u.exec(id) ?? [];
  return chapter === undefined ? undefined : { chapter, index: Number(ordinal) - 1 };
}

/** Whether people may put their own words into a sentence. */
export const isWordable = ({ chapter, sentence: { id, ...sentence } }: At): boolean =>
  additionOf(id) !== undefined ||
  chapter.paragraphs.some(
    (paragraph) =>
      paragraph.sentences.some((one) => one.id === id) &&
      isRewritable(paragraph, { id, ...sentence }),
  );

/** The narrative with a mend made; undefined where the words are not to be changed in it. */
export function withMend(
  whole: Report,
  at: At,
  mend: Mend,
): { readonly narrative: Narrative } | undefined {
  const { narrative } = whole.sections;
  const edit = editOf(at.sentence.parts, mend);
  const part = edit && at.sentence.parts[edit.part];
  if (edit === undefined || part === undefined) return undefined;
  if ("reason" in part) return withTypedText(narrative, "reasons", part.slot, part.reason, edit);
  if ("purpose" in part) return withTypedText(narrative, "purposes", part.code, part.purpose, edit);
  if (!("text" in part) || !isWordable(at)) return undefined;
  const next = changedTokens(tokensOf(at.sentence), part.text, edit, mend);
  return { narrative: withWords(whole, at.sentence.id, next) };
}

/** Tokens, with the parts that they print, after a mend; undefined where it is not in their own words. */
export function mendedTokens(
  tokens: readonly Token[],
  parts: readonly SentencePart[],
  mend: Mend,
): readonly Token[] | undefined {
  const edit = editOf(parts, mend);
  const part = edit && parts[edit.part];
  return edit !== undefined && part !== undefined && "text" in part
    ? changedTokens(tokens, part.text, edit, mend)
    : undefined;
}

const changedTokens = (
  tokens: readonly Token[],
  text: string,
  edit: PartEdit,
  { bind }: Mend,
): Token[] =>
  tidyTokens(
    bind === undefined
      ? tokens.map((token, index) => (index === edit.part ? { text: replaced(text, edit) } : token))
      : withBinding(tokens, { index: edit.part, start: edit.start, end: edit.end }, bind.source),
  );

function withWords(whole: Report, id: string, tokens: readonly Token[]): Narrative {
  const { narrative } = whole.sections;
  const addition = additionOf(id);
  const isEmpty = tokens.length === 0;
  if (addition !== undefined) {
    return withAddition(narrative, addition.chapter, addition.index, isEmpty ? undefined : tokens);
  }
  const from = skeletonsOf(whole).get(id) ?? [];
  return withRewording(narrative, id, isEmpty ? undefined : { from, parts: [...tokens] });
}

/** A reason is printed without its lead and stop, so the words are looked for in what was typed. */
function withTypedText(
  narrative: Narrative,
  kind: "reasons" | "purposes",
  key: string,
  printed: string,
  edit: PartEdit,
): { readonly narrative: Narrative } | undefined {
  const typed = narrative[kind][key];
  const from = typed?.indexOf(printed) ?? -1;
  if (typed === undefined || from < 0) return undefined;
  const text = typed.slice(0, from) + replaced(printed, edit) + typed.slice(from + printed.length);
  return { narrative: withText(narrative, kind, key, text) };
}

const replaced = (text: string, { start, end, words }: PartEdit): string =>
  text.slice(0, start) + words + text.slice(end);

const endOf = (text: string, behind: number): string => text.charAt(text.length - 1 - behind);

/** The smallest change that makes a mend, in one part that is people's or the template's own words. */
function editOf(parts: readonly SentencePart[], mend: Mend): PartEdit | undefined {
  const texts = parts.map(partText);
  const whole = texts.join("");
  for (const { start, end, words } of changesOf(whole, mend)) {
    let before = 0;
    for (const [part, text] of texts.entries()) {
      const isIn = start >= before && end <= before + text.length && end > start;
      const one = parts[part];
      if (isIn && one !== undefined && !("source" in one) && !("missing" in one)) {
        return { part, start: start - before, end: end - before, words };
      }
      before += text.length;
    }
  }
  return undefined;
}

/** 万元万元 is mended by taking either away; only one of the two may be in a figure. */
function changesOf(whole: string, { start, end, instead, bind }: Mend) {
  if (bind !== undefined) return [{ start, end, words: "" }];
  if (instead === undefined) return [];
  const found = whole.slice(start, end);
  const shorter = Math.min(found.length, instead.length);
  let front = 0;
  while (front < shorter && found.charAt(front) === instead.charAt(front)) front += 1;
  let back = 0;
  while (back < shorter && endOf(found, back) === endOf(instead, back)) back += 1;
  const change = (from: number, to: number) => ({
    start: start + from,
    end: end - to,
    words: instead.slice(from, instead.length - to),
  });
  return [
    change(front, Math.min(back, shorter - front)),
    change(Math.min(front, shorter - back), back),
    { start, end, words: instead },
  ];
}

/** 填入应为数 4914.2万元, 改为“支出”, 删去: what a press does; undefined where nothing is certain. */
export function mendName({ instead, bind }: Mend): string | undefined {
  if (bind !== undefined) return `填入应为数 ${bind.text}`;
  if (instead === undefined || instead === "") return instead === "" ? "删去" : undefined;
  return instead.startsWith("“") ? "只留一重引号" : `改为“${instead}”`;
}
