import type { FindingView } from "../../../shared/contract/responses.ts";
import {
  rulesOverRewordings,
  type RewordingFinding,
} from "../../../shared/checks/wording/check-rewording.ts";
import { isOver } from "../../../shared/checks/rule.ts";
import { rewordingRules } from "../../../shared/checks/wording/rewording.ts";
import type { Sentence } from "../../../shared/narrative/written.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/**
 * What was found about each sentence. Its wording is judged here as it is typed, so of those findings the server gives only
 * for the name and the explanation; everything else is as the server says, at the sentence that takes the reason.
 */
export function sentenceFindings(
  sentences: readonly Sentence[],
  ofWording: readonly RewordingFinding[],
  reported: readonly FindingView[],
): ReadonlyMap<string, readonly FindingView[]> {
  const byId = new Map(reported.map((finding) => [finding.id, finding]));
  const ofSlot = new Map(
    sentences.flatMap(({ id, slots }) => slots.map(({ slot }) => [slot, id] as const)),
  );
  const missing = new Set(sentences.flatMap(gapsOf));
  const worded = ofWording.map(
    ({ rule, severity, sentence, quote, what, mend, figure }): FindingView => {
      const finding = {
        ...{ rule, severity, cells: [], sentence, message: `${what}。${mend}。` },
        ...omitUndefined({ figure }),
      };
      return byId.get(wordingId(rule, sentence, quote)) ?? finding;
    },
  );
  const others = reported.filter(({ id = "", rule, sentence = "" }) => {
    const isOfWording = wordingIds.has(rule) && id.startsWith(wordingId(rule, sentence, ""));
    return !isOfWording || missing.has(id);
  });
  const bySentence = new Map<string, FindingView[]>();
  for (const finding of new Set([...worded, ...others])) {
    const at = ofSlot.get(finding.slot ?? "") ?? finding.sentence;
    if (at !== undefined) bySentence.set(at, [...(bySentence.get(at) ?? []), finding]);
  }
  return bySentence;
}

/** As the server names what is wrong with a wording. */
const wordingId = (rule: string, sentence: string, quote: string): string =>
  [rule, sentence, quote].join("|");

const wordingIds = new Set([...rulesOverRewordings, ...rewordingRules].map(({ id }) => id));

const gapRules = rewordingRules.filter(isOver("gaps"));
const gapIds = new Set(gapRules.map(({ id }) => id));

function gapsOf({ id, parts }: Sentence): string[] {
  const gaps = parts.filter((part) => "missing" in part);
  return gapRules.flatMap((rule) =>
    rule.gaps(gaps).map(({ what }) => wordingId(rule.id, id, what)),
  );
}

/** What is missing is marked in the sentence already. */
export const isGap = ({ rule }: FindingView): boolean => gapIds.has(rule);
