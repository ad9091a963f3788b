import { reasonSlots } from "../../../shared/narrative/gaps.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import { sentencesOf, sentenceText } from "../../../shared/narrative/written.ts";
import { memberName } from "../../../shared/report/member-name.ts";
import type { Report } from "../../../shared/report/report.ts";

/** 主要原因：2022年度收入总计…: what people wrote into the narrative, named by the sentence or chapter it is in. */
export function narrativePlace(report: Report, kind: string, key: string): string {
  const { edition } = report;
  const name = memberName("narrative", [kind], { edition, firstIs: 0 });
  const about = subjectOf(report, kind, key);
  return about === undefined ? name : `${name}：${about}`;
}

function subjectOf(report: Report, kind: string, key: string): string | undefined {
  if (kind === "purposes") return report.edition.functionCodes.get(key) ?? key;
  if (kind === "additions") {
    const { chapters } = writeNarrative(report);
    return chapters.find(({ id }) => id === key)?.heading;
  }
  const sentence =
    kind === "reasons" ? reasonSlots(report).find(({ slot }) => slot === key)?.sentence : key;
  const written = [writeOverview(report), writeNarrative(report)]
    .flatMap(sentencesOf)
    .find((one) => one.sentence.id === sentence);
  return written && beginningOf(sentenceText(written.sentence));
}

const beginningOf = (text: string): string =>
  text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text;

/** Enough to know a sentence by. */
const shownCharacters = 24;
