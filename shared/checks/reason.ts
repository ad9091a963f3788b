import { assertNever } from "../result.ts";
import { bareText, withoutParticles, withoutStock } from "./stock-phrases.ts";

export type ReasonFault =
  | "empty"
  | "too_short"
  /** Fits any figure of any report. */
  | "stock"
  /** Says again that the figure moved. */
  | "repeats"
  /** Given for other findings already. */
  | "reused";

/** Fewest characters that can name a matter and what became of it: 退休3人. */
const leastLength = 6;
/** Different characters left after stock phrases, particles and the finding's own words. */
const leastOfItsOwn = 4;

/**
 * What keeps a text from being the reason of a finding. A text counts by what it says beside stock phrases, the
 * words of `finding` and its figures.
 */
export function reasonFault(text: string, finding: string): ReasonFault | undefined {
  const whole = bareText(text);
  if (whole === "") return "empty";
  const bare = bareText(text.normalize("NFKC").replace(figures, ""));
  const beside = withoutStock(bare);
  const words = withoutParticles(beside);
  const own = withoutEcho(words, bareText(finding));
  const isLong = whole.length >= leastLength;
  if (isLong && charactersOf(own) >= leastOfItsOwn) return undefined;
  if (beside !== bare) return "stock";
  return own === "" || (isLong && own !== words) ? "repeats" : "too_short";
}

/** Amounts, percentages and years, which the sentence around a reason states already. */
const figures = /[-−]?\d[\d,.]*(?:亿元|万元|元|%|个百分点|年度?)/gu;

const charactersOf = (text: string): number => new Set(text.match(/\p{Script=Han}/gu)).size;

/** Words that describe any change. */
const changeWords =
  /增加|增长|上升|提高|增多|增|减少|下降|降低|减低|减|变动|变化|波动|持平|大于|小于|多于|少于|高于|低于|超过|超出|不足|未达到?|完成率?|比例|幅度|上一?年|去年|往年|同期|同比|年初|全年|较[大多小少高低快]?|比|预算|决算|执行|数额?|金额|总额|合计|总计|支出|收入|开支|经费|费用|资金|不多|不少|很|更|又/gu;

/** A text without what it shares with the finding and the words that describe any change. */
function withoutEcho(text: string, finding: string): string {
  let rest = "";
  for (let at = 0; at < text.length;) {
    const length = sharedLength(text, at, finding);
    if (length < leastShared) rest += text.charAt(at);
    at += length < leastShared ? 1 : length;
  }
  return rest.replace(changeWords, "");
}

/** Fewer characters in common are chance. */
const leastShared = 3;

function sharedLength(text: string, from: number, finding: string): number {
  let to = from;
  while (to < text.length && finding.includes(text.slice(from, to + 1))) to += 1;
  return to - from;
}

/** Why a reason is not taken, and what is wanted, with an example of a good one. */
export function reasonFaultText(fault: ReasonFault, text: string): string {
  return `${whatIsWrong(fault, text.trim())}请写明是什么事项、发生了什么变化，例如“8月新设两个办事窗口，增聘6名导办员”。`;
}

function whatIsWrong(fault: ReasonFault, text: string): string {
  switch (fault) {
    case "empty":
      return "没有填写原因。";
    case "too_short":
      return `“${text}”太短，看不出原因。`;
    case "stock":
      return `“${text}”放在任何单位、任何年度都适用，没有说明这项数字的原因。`;
    case "repeats":
      return `“${text}”只是重复了数字的变动，没有说明为什么变动。`;
    case "reused":
      return `“${text}”已经用来说明另外两处不同的数字，同一句话不能再说明第三处。`;
    default:
      return assertNever(fault);
  }
}
