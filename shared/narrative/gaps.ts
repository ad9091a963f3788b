import type { Report } from "../report/report.ts";
import { writeNarrative } from "./write-narrative.ts";
import { writeReport } from "./written-report.ts";
import { sentencesOf, type Missing, type Slot } from "./written.ts";

/** A reason the report takes, given its figures. */
export interface ReasonSlot extends Slot {
  readonly chapter: string;
  readonly sentence: string;
  /** The reason as typed; absent where none is. */
  readonly given?: string;
}

/** Every reason the report takes with its present figures, in printed order; `narrative` where it is written already. */
export function reasonSlots(report: Report, narrative = writeNarrative(report)): ReasonSlot[] {
  const { reasons } = report.sections.narrative;
  return sentencesOf(narrative).flatMap(({ chapter, sentence }) =>
    sentence.slots.map((slot) => {
      const given = reasons[slot.slot]?.trim() ?? "";
      return {
        ...slot,
        chapter: chapter.id,
        sentence: sentence.id,
        ...(given === "" ? {} : { given }),
      };
    }),
  );
}

export type NarrativeGap = Missing & { readonly chapter: string; readonly sentence: string };

/** What 第一部分 and 第三部分 need and nobody gave: each is marked in print and counted at submit. */
export const narrativeGaps = (
  report: Report,
  { overview, narrative } = writeReport(report),
): NarrativeGap[] =>
  [overview, narrative]
    .flatMap(sentencesOf)
    .flatMap(({ chapter, sentence }) =>
      sentence.parts.flatMap((part) =>
        "missing" in part ? [{ ...part, chapter: chapter.id, sentence: sentence.id }] : [],
      ),
    );
