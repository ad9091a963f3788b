import {
  isAbout,
  isGeneric,
  latestAbout,
  statementBefore,
  type BlockReading,
} from "./block-reading.ts";
import { clauseBefore, withoutStops } from "./clauses.ts";
import { cleanSubject, conceptOf } from "./concepts.ts";
import type { Draft, VerdictClaim } from "./statements.ts";

/** Takes in what a block states in words, once all its figures are read: reasons, comparisons without a figure. */
export function readRemarks(reading: BlockReading): void {
  readReasons(reading);
  readVerdicts(reading);
  readLevels(reading);
}

const reasonText = /原因(?:主要)?(?:是|为|系|在于)?[：，]?([^。；]{2,})/gu;

function readReasons(reading: BlockReading): void {
  for (const match of reading.block.text.matchAll(reasonText)) {
    const reason = withoutStops(match[1] ?? "");
    statementBefore(reading, match.index)?.reasons.push(reason);
  }
}

const verdictText =
  /决算数?(大于|小于|高于|低于|多于|少于|等于|(?:[与同和]|较)(?=(?:年初|全年)?预算数?(?:相比)?，?(?:基本)?(?:持平|相等|一致|相同)))(?:年初|全年)?预算数?(?:相比)?，?(?:基本)?(?:持平|相等|一致|相同)?/gu;
const verdictWords: { readonly [word: string]: VerdictClaim["word"] } = {
  大于: "above",
  高于: "above",
  多于: "above",
  小于: "below",
  低于: "below",
  少于: "below",
  等于: "equal",
};

function readVerdicts(reading: BlockReading): void {
  for (const match of reading.block.text.matchAll(verdictText)) {
    const [all, comparison = ""] = match;
    const word = /持平|相等|一致|相同/u.test(all) ? "equal" : verdictWords[comparison];
    const owner = word && ownerOfVerdict(reading, match.index);
    if (word === undefined || owner === undefined) continue;
    const { statement, orOf } = owner;
    statement.verdicts.push({
      word,
      start: match.index,
      ...(all.includes("基本") ? { isRough: true } : {}),
      ...(orOf === undefined ? {} : { orOf }),
    });
  }
}

/** Named in the clause itself, else the last statement; after a full stop the whole rather than its last part. */
function ownerOfVerdict(
  reading: BlockReading,
  at: number,
): { readonly statement: Draft; readonly orOf?: Draft } | undefined {
  const { block, chapter, statements } = reading;
  const clause = clauseBefore(block.text, at);
  const subject = cleanSubject(clause);
  if (!isGeneric(subject) && conceptOf(subject, chapter) !== undefined) {
    const named = latestAbout(reading, subject);
    return named && { statement: named };
  }
  const last = statementBefore(reading, at);
  if (last === undefined) return undefined;
  const { within } = last;
  const isNew = block.text.charAt(at - clause.length - 1) === "。";
  return isNew && within !== undefined && within.block === block && within.budgets.length > 0
    ? { statement: statements.find((other) => other === within) ?? last, orOf: last }
    : { statement: last };
}

/** 与上年持平; 基本持平 leaves room for a little. */
const levelText =
  /(?:与|较|比|同)(?:\d{4}年(?:度)?|上年(?:度)?|上一年(?:度)?|去年)(?:决算)?(?:数)?(?:相比)?，?(?:[^，。；：基本]{0,12})持平/gu;

function readLevels({ block: { text }, chapter, mentions }: BlockReading): void {
  for (const match of text.matchAll(levelText)) {
    const mention = mentions.findLast(({ at }) => at < match.index + match[0].length);
    const stop = Math.max(text.lastIndexOf("。", match.index), text.lastIndexOf("；", match.index));
    if (mention === undefined || stop >= mention.at) continue;
    const { statement } = mention;
    const subject = cleanSubject(clauseBefore(text, match.index));
    // Another part stays level beside this one's change.
    if (!isGeneric(subject) && !isAbout(subject, chapter)(statement)) continue;
    statement.verdicts.push({ word: "equal", start: match.index, isOfYears: true });
  }
}
