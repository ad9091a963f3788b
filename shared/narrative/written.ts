import type { FigureSource } from "../report/figure-source.ts";

/** A narrative written from cells: chapters of paragraphs of sentences, each part bound to its source. */
export interface WrittenNarrative {
  readonly chapters: readonly Chapter[];
}

export interface Chapter {
  /** Stable across years, e.g. `income`; additions are kept under it. */
  readonly id: string;
  /** As printed, e.g. 一、收入决算情况说明. */
  readonly heading: string;
  readonly paragraphs: readonly Paragraph[];
}

export interface Paragraph {
  readonly kind: "plain" | "item" | "subheading";
  /** Number printed before an item, e.g. （一）. Not part of a sentence: renumbering changes none. */
  readonly label?: string;
  readonly sentences: readonly Sentence[];
}

export interface Sentence {
  /** Unique in a report and stable across years, e.g. `income.year`, `fiscal.class.201`. */
  readonly id: string;
  readonly parts: readonly SentencePart[];
  /** Reasons this sentence takes, given or not. */
  readonly slots: readonly Slot[];
}

/** All text is plain text, never markup. */
export type SentencePart =
  | { readonly text: string }
  /** A printed figure, or the word or name that stands for it (持平, 无此项), with its source. */
  | { readonly figure: string; readonly source: FigureSource }
  | { readonly reason: string; readonly slot: string }
  /** 主要用于 of a 支出功能分类 code. */
  | { readonly purpose: string; readonly code: string }
  | Missing;

/** What the statutory sentence needs and nobody gave; it is marked, never printed as 0. */
export type Missing =
  | { readonly missing: "figure"; readonly what: string; readonly source: FigureSource }
  | { readonly missing: "reason"; readonly what: string; readonly slot: string }
  | { readonly missing: "purpose"; readonly what: string; readonly code: string };

/** A place for a reason (`sections.narrative.reasons[slot]`). */
export interface Slot {
  readonly slot: string;
  /** The report may not be submitted without it, the change being what it is. */
  readonly required: boolean;
  /** What has to be explained, e.g. 本年收入合计较2021年变动的主要原因. */
  readonly about: string;
  /** The figures to be explained, e.g. 增加2485.8万元，增长114.60%. */
  readonly change: readonly SentencePart[];
  /** Absent where the text states no change, e.g. what an expense was spent on. */
  readonly compared?: Compared;
}

/** One figure compared with another, e.g. 本年收入合计 with 2021年 or 年初预算数. */
export interface Compared {
  readonly what: string;
  readonly against: string;
  readonly current: FigureSource;
  readonly base: FigureSource;
}

export function partText(part: SentencePart): string {
  if ("text" in part) return part.text;
  if ("figure" in part) return part.figure;
  if ("reason" in part) return part.reason;
  if ("purpose" in part) return part.purpose;
  return `〔待填：${part.what}〕`;
}

export const sentenceText = ({ parts }: Pick<Sentence, "parts">): string =>
  parts.map(partText).join("");

export const paragraphText = ({ label = "", sentences }: Paragraph): string =>
  label + sentences.map(sentenceText).join("");

/** A text without its line breaks and the white space around them. */
export const onOneLine = (text: string): string =>
  text
    .split("\n")
    .map((part, index, { length }) => {
      const rest = index === 0 ? part : part.trimStart();
      return index === length - 1 ? rest : rest.trimEnd();
    })
    .join("");

/** Every sentence in printed order, with the chapter it is in. */
export const sentencesOf = ({
  chapters,
}: WrittenNarrative): { chapter: Chapter; sentence: Sentence }[] =>
  chapters.flatMap((chapter) =>
    chapter.paragraphs.flatMap(({ sentences }) =>
      sentences.map((sentence) => ({ chapter, sentence })),
    ),
  );
