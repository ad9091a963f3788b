import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { operators } from "../../../shared/narrative/template/operators/all.ts";
import type { SentencesFault } from "../../../shared/narrative/template/compiler.ts";
import {
  sentencesOf,
  sentenceText,
  type WrittenNarrative,
} from "../../../shared/narrative/written.ts";
import type { Suggestion } from "./template-input.tsx";

/** A template of an edition that can be edited: where it is in the data, and the sentences that are written from it. */
export interface TemplatePlace {
  /** Members that lead to the template's owner: narrative, 0, paragraphs, 1, sentences, 0. */
  readonly path: readonly (string | number)[];
  /** 概况, 决算情况说明 or 句式, and the chapter or pattern. */
  readonly part: "overview" | "narrative" | "patterns";
  readonly chapter: string;
  /** The sentence's id, `*` and `#` for what it is repeated over. */
  readonly id: string;
  readonly text: string;
  readonly when: string | undefined;
}

type Template = string | readonly string[];

export const templateText = (template: Template | undefined): string | undefined =>
  template === undefined || typeof template === "string" ? template : template.join("\n");

/** As it was written: on one line a text, on several a list of them. */
export const templateOf = (text: string): string | string[] =>
  text.includes("\n") ? text.split("\n") : text;

interface SentenceData {
  readonly id: string;
  readonly text: Template;
  readonly when?: Template | undefined;
}

/** All sentences of an edition in the order in which it prints them, those of its patterns last. */
export function templatePlaces({ sentences }: EditionData): TemplatePlace[] {
  const chapters = (["overview", "narrative"] as const).flatMap((part) =>
    sentences[part].flatMap(({ heading, paragraphs }, chapter) =>
      paragraphs.flatMap((paragraph, index) =>
        "sentences" in paragraph
          ? paragraph.sentences.flatMap((sentence, at) =>
              "pattern" in sentence
                ? []
                : placeOf(sentence, {
                    part,
                    chapter: heading === "" ? partName[part] : heading,
                    path: [part, chapter, "paragraphs", index, "sentences", at],
                  }),
            )
          : [],
      ),
    ),
  );
  const patterns = Object.entries(sentences.patterns ?? {}).flatMap(([name, pattern]) =>
    pattern.sentences.flatMap((sentence, at) =>
      placeOf(sentence, {
        part: "patterns",
        chapter: name,
        path: ["patterns", name, "sentences", at],
      }),
    ),
  );
  return [...chapters, ...patterns];
}

const placeOf = (
  { id, text, when }: SentenceData,
  where: Pick<TemplatePlace, "part" | "chapter" | "path">,
): TemplatePlace[] => [{ ...where, id, text: templateText(text) ?? "", when: templateText(when) }];

export const partName = {
  overview: "部门概况",
  narrative: "决算情况说明",
  patterns: "句式（多处共用）",
} as const satisfies Record<TemplatePlace["part"], string>;

/** The edition with another text of a sentence, or another condition (none where it is empty). */
export function withTemplate(
  data: EditionData,
  { path }: TemplatePlace,
  change: { readonly text?: string; readonly when?: string },
): EditionData {
  const next = (old: SentenceData): SentenceData => {
    const { when, ...rest } = {
      ...old,
      ...(change.text === undefined ? {} : { text: templateOf(change.text) }),
    };
    const condition = change.when ?? templateText(when) ?? "";
    return condition === "" ? rest : { ...rest, when: templateOf(condition) };
  };
  return { ...data, sentences: at(data.sentences, path, next) as EditionData["sentences"] };
}

function at(
  value: unknown,
  [step, ...rest]: readonly (string | number)[],
  next: (old: SentenceData) => SentenceData,
): unknown {
  if (step === undefined) return next(value as SentenceData);
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => (index === step ? at(item, rest, next) : item));
  }
  const members = value as Readonly<Record<string, unknown>>;
  return { ...members, [step]: at(members[String(step)], rest, next) };
}

/** What a template prints in a report, several times where it is repeated. */
export function printedBy(
  { id }: Pick<TemplatePlace, "id">,
  written: { readonly overview: WrittenNarrative; readonly narrative: WrittenNarrative },
): string[] {
  const pattern = new RegExp(
    `^${id.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&").replace(/\\\*|#/gu, ".+")}$`,
    "u",
  );
  return [written.overview, written.narrative]
    .flatMap(sentencesOf)
    .filter(({ sentence }) => pattern.test(sentence.id))
    .map(({ sentence }) => sentenceText(sentence));
}

/** Faults of one template, and those of its condition. */
export function faultsAt(
  { path }: TemplatePlace,
  faults: readonly SentencesFault[],
): { readonly text: readonly SentencesFault[]; readonly when: readonly SentencesFault[] } {
  const own = faults.filter((fault) => path.every((step, index) => fault.path[index] === step));
  const isOfWhen = (fault: SentencesFault) => fault.path[path.length] === "when";
  return { text: own.filter((fault) => !isOfWhen(fault)), when: own.filter(isOfWhen) };
}

/** Names that a template may use: quantities and lists of the edition, operators and words of the grammar. */
export const suggestionsOf = ({ sentences }: EditionData): Suggestion[] => [
  ...Object.keys(sentences.quantities).map((name) => ({ name, kind: "数字" })),
  ...Object.keys(sentences.lists).map((name) => ({ name, kind: "列表" })),
  ...[...operators.keys()].map((name) => ({ name, kind: "写法" })),
];
