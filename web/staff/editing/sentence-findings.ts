import type { FindingView } from "../../../shared/contract/responses.ts";
import type { RewordingFinding } from "../../../shared/checks/wording/check-rewording.ts";
import type { BindingOffer } from "../../../shared/narrative/known-figures.ts";
import { sentenceText, type Sentence } from "../../../shared/narrative/written.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** A finding about a sentence, with the words of it that are at fault and what is certainly right instead. */
export interface SentenceFinding extends FindingView {
  /** Where the words are in the sentence as it is printed; absent where the fault is of the whole sentence. */
  readonly at?: { readonly start: number; readonly end: number };
  readonly bind?: BindingOffer;
}

/** What the rules over wording find in the text as it is typed. */
export interface WordingCheck {
  readonly findings: readonly RewordingFinding[];
  /** Ids of the rules that were judged. */
  readonly rules: ReadonlySet<string>;
  /** What is missing in the text, by the names that the server gives it. */
  readonly gaps: ReadonlySet<string>;
  /** The quantity of the report that a figure equals, those of the sentence first. */
  readonly offer: (figure: string, sentence: string) => BindingOffer | undefined;
}

/**
 * What was found about each sentence. Its wording is judged here as it is typed, so of those findings the server gives only
 * for the name and the explanation; everything else is as the server says, at the sentence that takes the reason. Without
 * a check of the wording the server's findings are all there is.
 */
export function sentenceFindings(
  sentences: readonly Sentence[],
  wording: WordingCheck | undefined,
  reported: readonly FindingView[],
): ReadonlyMap<string, readonly SentenceFinding[]> {
  const byId = new Map(reported.map((finding) => [finding.id, finding]));
  const ofSlot = new Map(
    sentences.flatMap(({ id, slots }) => slots.map(({ slot }) => [slot, id] as const)),
  );
  const texts = new Map(sentences.map((sentence) => [sentence.id, sentence]));
  const seen = new Set<string>();
  const worded = (wording?.findings ?? []).flatMap(
    ({
      rule,
      severity,
      sentence,
      quote,
      what,
      mend,
      figure,
      at,
      instead,
      bind,
    }): SentenceFinding[] => {
      const id = wordingId(rule, sentence, quote);
      const place = `${id}|${String(at?.start)}`;
      if (seen.has(place)) return [];
      seen.add(place);
      const finding = {
        ...{ rule, severity, cells: [], sentence, message: `${what}。${mend}。` },
        ...omitUndefined({ figure }),
      };
      return [{ ...(byId.get(id) ?? finding), ...omitUndefined({ at, instead, bind }) }];
    },
  );
  const others = reported
    .filter(({ id = "", rule, sentence = "" }) => {
      const isOfWording =
        wording?.rules.has(rule) === true && id.startsWith(wordingId(rule, sentence, ""));
      return !isOfWording || wording.gaps.has(id);
    })
    .map((finding) => located(finding, texts.get(finding.sentence ?? ""), wording));
  const bySentence = new Map<string, SentenceFinding[]>();
  for (const finding of [...worded, ...others]) {
    const at = ofSlot.get(finding.slot ?? "") ?? finding.sentence;
    if (at !== undefined) bySentence.set(at, [...(bySentence.get(at) ?? []), finding]);
  }
  return bySentence;
}

/** The words that the server quotes, where the sentence still has them, and the report's figure for a wrong one. */
function located(
  finding: FindingView,
  sentence: Sentence | undefined,
  wording: WordingCheck | undefined,
): SentenceFinding {
  const { quoted, instead } = finding;
  if (sentence === undefined || quoted === undefined) return finding;
  const start = sentenceText(sentence).indexOf(quoted);
  if (start < 0) return finding;
  const bind = instead === undefined ? undefined : wording?.offer(instead, sentence.id);
  return {
    ...finding,
    at: { start, end: start + quoted.length },
    ...(bind === undefined ? {} : { bind }),
  };
}

/** As the server names what is wrong with a wording. */
export const wordingId = (rule: string, sentence: string, quote: string): string =>
  [rule, sentence, quote].join("|");

/** What is missing is marked in the sentence already. */
export const isGap = ({ unfilled }: FindingView): boolean => unfilled === true;
