import type { z } from "zod";
import type { narrativeResponse } from "../../shared/contract/responses.ts";
import { readFigures } from "../../shared/narrative/report-figures.ts";
import { rewritings } from "../../shared/narrative/rewriting.ts";
import { writeNarrative } from "../../shared/narrative/write-narrative.ts";
import { partText, sentenceText, type SentencePart } from "../../shared/narrative/written.ts";
import type { Report } from "../../shared/report/report.ts";

type ChapterView = z.infer<typeof narrativeResponse>["chapters"][number];

/** The narrative sentence by sentence, every piece with what it comes from. */
export function narrativeView(report: Report): ChapterView[] {
  const reworded = new Set(
    rewritings(readFigures(report)).flatMap(({ sentence, state: standing }) =>
      standing === "holds" ? [sentence] : [],
    ),
  );
  return writeNarrative(report).chapters.map(({ id: chapter, heading, paragraphs }) => ({
    id: chapter,
    heading,
    paragraphs: paragraphs.map(({ kind, label, sentences }) => ({
      kind,
      label,
      sentences: sentences.map((sentence) => ({
        id: sentence.id,
        text: sentenceText(sentence),
        wording: reworded.has(sentence.id)
          ? "reworded"
          : sentence.id.startsWith(`${chapter}.addition.`)
            ? "own"
            : "statutory",
        parts: sentence.parts.map(partView),
      })),
    })),
  }));
}

const partView = (
  part: SentencePart,
): ChapterView["paragraphs"][number]["sentences"][number]["parts"][number] => ({
  text: partText(part),
  ...("source" in part ? { source: part.source } : {}),
  ...("slot" in part ? { reason: part.slot } : {}),
  ...("code" in part ? { purpose: part.code } : {}),
  ...("missing" in part ? { missing: true as const } : {}),
});
