import { writeNarrative } from "../../narrative/write-narrative.ts";
import type { Report } from "../../report/report.ts";
import { fewAtAPlace } from "../few-at-a-place.ts";
import { increaseAndDecreaseRules } from "../figures/increase-and-decrease.ts";
import type { Severity } from "../finding.ts";
import { isOver } from "../rule.ts";
import { brokenOffRules } from "./broken-off.ts";
import { doubledWordRules } from "./doubled-words.ts";
import { rewordedIn, rewordingRules, type RewordingFault } from "./rewording.ts";

export interface RewordingFinding extends RewordingFault {
  readonly rule: string;
  readonly severity: Severity;
}

/** The rules over rewordings, without the rest of the book, which the screen where people reword need not load. */
export const rulesOverRewordings = [
  ...increaseAndDecreaseRules,
  ...rewordingRules,
  ...doubledWordRules,
  ...brokenOffRules,
].filter(isOver("rewording"));

/** Everything wrong with how people worded the narrative, rule by rule in printed order. */
export function rewordingFindings(
  report: Report,
  narrative = writeNarrative(report),
): readonly RewordingFinding[] {
  const reworded = rewordedIn(report, narrative);
  return fewAtAPlace(
    rulesOverRewordings.flatMap(({ id: rule, severity, rewording }) =>
      rewording(reworded).map((fault): RewordingFinding => ({
        rule,
        ...fault,
        severity: fault.severity ?? severity,
      })),
    ),
    ({ rule, sentence }) => `${rule}|${sentence}`,
  );
}
