import {
  rewordingFindings,
  rulesOverRewordings,
  type RewordingFinding,
} from "../../../shared/checks/wording/check-rewording.ts";
import { rewordingRules } from "../../../shared/checks/wording/rewording.ts";
import { isOver } from "../../../shared/checks/rule.ts";
import { bindingOffers, knownFigures } from "../../../shared/narrative/known-figures.ts";
import {
  sentencesOf,
  type Sentence,
  type WrittenNarrative,
} from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { wordingId, type WordingCheck } from "./sentence-findings.ts";

/** The rules over wording, judged in the browser with every key; fetched when the text is in sight already. */
export const checkWording = (report: Report, narrative: WrittenNarrative): WordingCheck =>
  wordingCheck(
    sentencesOf(narrative).map(({ sentence }) => sentence),
    rewordingFindings(report, narrative),
    offersOf(report, narrative),
  );

/** Every quantity is looked through only once a wrong figure is to be replaced. */
function offersOf(report: Report, narrative: WrittenNarrative): WordingCheck["offer"] {
  let known: ReturnType<typeof knownFigures> | undefined;
  return (figure, near) => {
    known ??= knownFigures(report, narrative);
    const [typed] = bindingOffers(figure, known, [near]);
    const [best] = typed?.offers ?? [];
    return best?.exact === true ? best : undefined;
  };
}

export const wordingCheck = (
  sentences: readonly Sentence[],
  findings: readonly RewordingFinding[],
  offer: WordingCheck["offer"] = () => undefined,
): WordingCheck => ({
  ...{ findings, offer },
  rules: wordingIds,
  gaps: new Set(sentences.flatMap(gapsOf)),
});

const wordingIds: ReadonlySet<string> = new Set(
  [...rulesOverRewordings, ...rewordingRules].map(({ id }) => id),
);

const gapRules = rewordingRules.filter(isOver("gaps"));

function gapsOf({ id, parts }: Sentence): string[] {
  const gaps = parts.filter((part) => "missing" in part);
  return gapRules.flatMap((rule) =>
    rule.gaps(gaps).map(({ what }) => wordingId(rule.id, id, what)),
  );
}
