import { useMemo } from "react";
import type { FindingView } from "../../../shared/contract/responses.ts";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import { rewritings, type Rewriting } from "../../../shared/narrative/rewriting.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { sentencesOf, type Chapter, type Sentence } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { useFindings } from "../api/queries.ts";
import { lazyValue } from "../app/lazy-part.tsx";
import { isGap, sentenceFindings, type SentenceFinding } from "../editing/sentence-findings.ts";
import { isOpen } from "../report/finding-place.ts";

/** The narrative as it will be printed, with what was found about each sentence and what is still to be done. */
export interface NarrativeText {
  readonly chapters: readonly Chapter[];
  readonly sentences: ReadonlyMap<
    string,
    { readonly chapter: Chapter; readonly sentence: Sentence }
  >;
  /** Ids of the sentences in printed order. */
  readonly order: readonly string[];
  readonly rewordings: ReadonlyMap<string, Rewriting>;
  /** What was found about a sentence; what is missing in it is marked there already. */
  readonly foundIn: (id: string) => readonly SentenceFinding[];
  /** Of those, what keeps the report back. */
  readonly openIn: (id: string) => readonly SentenceFinding[];
  /** Sentences with something missing, with an unexplained warning, with a figure that was typed. */
  readonly missing: readonly string[];
  readonly unexplained: readonly string[];
  readonly unbound: readonly string[];
  /** Rewordings that the figures have overtaken. */
  readonly outdated: readonly Rewriting[];
  /** The findings as the server has them. */
  readonly reported: readonly FindingView[];
  /** They have not come yet. */
  readonly isChecking: boolean;
}

const useWordingCheck = lazyValue(
  async () => (await import("../editing/wording-check.ts")).checkWording,
);

/** `whole` has what is typed here in it; of the server's findings those about wording are judged anew with every key. */
export function useNarrativeText(reportId: string, whole: Report): NarrativeText {
  const { data, isPending: isChecking } = useFindings(reportId);
  const reported = data?.findings ?? noFindings;
  const { rewritten = {}, additions } = whole.sections.narrative;
  // Before people word anything there is nothing of theirs to judge that a reason's field does not judge itself.
  const check = useWordingCheck(
    Object.keys(rewritten).length > 0 || Object.keys(additions).length > 0,
  );
  const written = useMemo(() => {
    const narrative = writeNarrative(whole);
    return {
      chapters: narrative.chapters,
      sentences: sentencesOf(narrative),
      wording: check?.(whole, narrative),
      rewordings: rewritings(readFigures(whole)),
    };
  }, [whole, check]);
  return useMemo((): NarrativeText => {
    const { chapters, sentences, wording, rewordings } = written;
    const found = sentenceFindings(
      sentences.map(({ sentence }) => sentence),
      wording,
      reported,
    );
    const foundIn = (id: string) => found.get(id) ?? [];
    const openIn = (id: string) => foundIn(id).filter((one) => isOpen(one) && !isGap(one));
    const order = sentences.map(({ sentence }) => sentence.id);
    return {
      chapters,
      sentences: new Map(sentences.map((one) => [one.sentence.id, one])),
      order,
      rewordings: new Map(rewordings.map((one) => [one.sentence, one])),
      foundIn,
      openIn,
      missing: sentences.flatMap(({ sentence: { id, parts } }) =>
        parts.some((part) => "missing" in part) ? [id] : [],
      ),
      unexplained: order.filter((id) => openIn(id).some(({ severity }) => severity === "warning")),
      unbound: order.flatMap((id) =>
        openIn(id).flatMap(({ figure }) => (figure === undefined ? [] : [id])),
      ),
      outdated: rewordings.filter(({ state }) => state !== "holds"),
      ...{ reported, isChecking },
    };
  }, [written, reported, isChecking]);
}

const noFindings: readonly FindingView[] = [];
