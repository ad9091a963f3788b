import { useMemo } from "react";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import { rewritings, skeletonsOf, tokensOf } from "../../../shared/narrative/rewriting.ts";
import { writeStatutory } from "../../../shared/narrative/write-statutory.ts";
import { sentencesOf } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import type { Token } from "../../../shared/report/token.ts";
import { ownTokens, sameTokens, withAddition, withRewording } from "../editing/narrative-edit.ts";
import { WordingEditor } from "./wording-editor.tsx";
import type { Words } from "./use-narrative-writing.ts";

/** The words that somebody chose to write: of a sentence, or of a paragraph of their own. */
export function WordsEditor({
  reportId,
  words,
  whole,
  narrative,
  onClose,
  onWrite,
}: {
  reportId: string;
  words: Words;
  whole: Report;
  narrative: Narrative;
  onClose: () => void;
  onWrite: (narrative: Narrative) => void;
}) {
  const write = (next: Narrative) => {
    onWrite(next);
    onClose();
  };
  const chapters = useMemo(() => writeStatutory(readFigures(whole)), [whole]);
  if (words.kind === "addition") {
    const { chapter, index } = words;
    const heading = chapters.find(({ id }) => id === chapter)?.heading ?? "";
    const paragraph = narrative.additions[chapter]?.[index];
    const set = (tokens: readonly Token[] | undefined) =>
      write(withAddition(narrative, chapter, index, tokens));
    return (
      <WordingEditor
        report={whole}
        kept={{
          report: reportId,
          place: `words/narrative/${chapter}.addition.${String(index + 1)}`,
        }}
        title={`${heading}：补充说明`}
        chapter={chapter}
        before={ownTokens(paragraph)}
        onWrite={set}
        {...(paragraph === undefined ? {} : { onRemove: () => set(undefined) })}
        onClose={onClose}
      />
    );
  }
  const { id } = words;
  const found = sentencesOf({ chapters }).find(({ sentence }) => sentence.id === id);
  if (found === undefined) return undefined;
  const rewording = rewritings(readFigures(whole)).find(({ sentence }) => sentence === id);
  const statutory = tokensOf(found.sentence);
  const isValid = rewording?.state === "holds";
  return (
    <WordingEditor
      report={whole}
      kept={{ report: reportId, place: `words/narrative/${id}` }}
      title="改写句子"
      chapter={found.chapter.id}
      sentence={id}
      statutory={found.sentence}
      before={isValid ? rewording.parts : statutory}
      {...(rewording?.state === "void" ? { outdated: rewording.parts } : {})}
      onWrite={(tokens) => {
        const from = skeletonsOf(whole).get(id) ?? [];
        const isStatutory = sameTokens(tokens, statutory);
        const parts = [...tokens];
        write(withRewording(narrative, id, isStatutory ? undefined : { from, parts }));
      }}
      {...(rewording === undefined
        ? {}
        : { onRemove: () => write(withRewording(narrative, id, undefined)) })}
      onClose={onClose}
    />
  );
}
