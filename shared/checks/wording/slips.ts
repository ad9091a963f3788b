/**
 * 叠字和残句: what nobody means to write, found in any text as it is typed, with the words that are certainly meant.
 * The same for what people type, for what our own templates print, and for a report from elsewhere.
 */

/** A slip in a text, from `start` to `end`. */
export interface Slip {
  readonly start: number;
  readonly end: number;
  readonly found: string;
  /** What is written instead, empty where it goes; absent where only a person can know. */
  readonly instead?: string;
  readonly kind: "doubled" | "broken";
  /** What is wrong, without full stop. */
  readonly what: string;
}

/** Words of the trade's sentences; no name and no figure of speech repeats them. */
const tradeTwice =
  /(决算数?|预算数?|主要原因是?|本年支出|本年收入|结转和结余|合同金额|(?:支出|收入)(?:决算|合计|总计)?|万元)\1/gu;

interface Pattern {
  readonly kind: Slip["kind"];
  readonly pattern: RegExp;
  readonly instead?: (match: RegExpMatchArray) => string;
  readonly what: (found: string) => string;
}

const doubledSign = (found: string): string => `“${found}”疑为重复的标点`;
const isEmptyBetween = (found: string): string => `“${found}”里没有内容`;

/** Earlier ones take precedence where two meet. Signs are taken as typed: full-width, half-width, with blanks between. */
const patterns: readonly Pattern[] = [
  {
    kind: "broken",
    pattern: /(?<=^|[。\n])[^\S\n]*(?:19|20)\d\d[^\S\n]*年度?[^\S\n]*[。；;]/gu,
    instead: () => "",
    what: (found) => `“${found.trim()}”只有年度，没有说明内容`,
  },
  {
    kind: "broken",
    pattern: /[（(]\s*[）)]|“\s*”|‘\s*’|《\s*》|"\s*"/gu,
    instead: () => "",
    what: isEmptyBetween,
  },
  {
    kind: "doubled",
    pattern: /“\s*“([^“”]{1,60})”\s*”/gu,
    instead: ([, inner = ""]) => `“${inner}”`,
    what: (found) => `${found.slice(0, 14)}的引号写了两重`,
  },
  {
    kind: "doubled",
    pattern: /([，。；：、！？,;])(?:\s*\1)+|(%)\2+/gu,
    instead: ([found]) => found.charAt(0),
    what: doubledSign,
  },
  {
    kind: "doubled",
    pattern: /[，、,](\s*[。；;])/gu,
    instead: ([, stop = ""]) => stop.trim(),
    what: doubledSign,
  },
  {
    kind: "doubled",
    pattern: /。\s*[，；、]|；\s*[，。、]|、\s*，|，\s*、/gu,
    what: doubledSign,
  },
  {
    kind: "doubled",
    pattern: tradeTwice,
    instead: ([, word = ""]) => word,
    what: (found) => `“${found}”疑为重复的字`,
  },
  {
    kind: "doubled",
    pattern: /年度度(?!假)|(?<![的目])的的(?!确)|(?<!为)为为(?![了民人])/gu,
    instead: ([found]) => found.slice(0, -1),
    what: (found) => `“${found}”疑为重复的字`,
  },
];

/** More than these nobody mends one by one. */
const mostSlips = 50;

/** Every slip of a text in its order; none overlaps another. */
export function slipsIn(text: string): Slip[] {
  const slips: Slip[] = [];
  for (const { kind, pattern, instead, what } of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [found] = match;
      const start = match.index;
      const end = start + found.length;
      if (slips.some((one) => start < one.end && one.start < end)) continue;
      const meant = instead?.(match);
      slips.push({
        ...{ start, end, found, kind, what: what(found) },
        ...(meant === undefined ? {} : { instead: meant }),
      });
      if (slips.length >= mostSlips) return inOrder(slips);
    }
  }
  return inOrder(slips);
}

const inOrder = (slips: readonly Slip[]): Slip[] => slips.toSorted((a, b) => a.start - b.start);

/** What to do about a slip, without full stop. */
export const mendOfSlip = ({ instead }: Slip): string =>
  instead === undefined
    ? "请只留一个标点"
    : instead === ""
      ? "请删去，或者补全内容"
      : instead.startsWith("“")
        ? "请只留一重引号"
        : `请改为“${instead}”`;
