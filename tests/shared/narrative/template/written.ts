import { loadExample } from "../../../examples/load-example.ts";
import type { Sentences } from "../../../../shared/forms/sentences-schema.ts";
import { writeNarrative } from "../../../../shared/narrative/write-narrative.ts";
import { sentenceText, sentencesOf } from "../../../../shared/narrative/written.ts";
import type { Report } from "../../../../shared/report/report.ts";
import { omitUndefined } from "../../../../shared/omit-undefined.ts";

export const example = loadExample("jingdezhen-2022");

type Sentence = Pick<
  Extract<Sentences["narrative"][number]["paragraphs"][number], { sentences: unknown }>,
  "each" | "when" | "label"
> & { readonly text: string | string[]; readonly id?: string };

/** The example's names with these sentences alone, each a paragraph of one chapter. */
export function sentencesWith(
  written: readonly Sentence[],
  more: Partial<Pick<Sentences, "quantities" | "lists">> = {},
): Sentences {
  const { sentences } = example.edition;
  return {
    ...sentences,
    patterns: {},
    quantities: { ...sentences.quantities, ...more.quantities },
    lists: { ...sentences.lists, ...more.lists },
    narrative: [
      {
        id: "one",
        heading: "一、测试",
        paragraphs: written.map(({ text, id = "one.#", ...paragraph }, index) => ({
          ...paragraph,
          sentences: [{ id: paragraph.each === undefined ? `one.${String(index)}` : id, text }],
        })),
      },
    ],
  };
}

/** What a template prints in a report, by default the example; the entries of a list one after another. */
export function printed(
  text: string | string[],
  of: Report = example,
  { each }: { readonly each?: string } = {},
): string {
  const sentences = sentencesWith([{ text, ...omitUndefined({ each }) }]);
  const report = { ...of, edition: { ...of.edition, sentences } };
  return sentencesOf(writeNarrative(report))
    .map(({ sentence }) => sentenceText(sentence))
    .join("");
}
