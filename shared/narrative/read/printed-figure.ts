import { parseAmount } from "../../money.ts";

/** Figures as running text prints them. Years, dates, 文号, ordinals and thresholds are not figures. */
export interface PrintedFigure {
  readonly unit: "money" | "percent" | "score" | "count" | "bare";
  /** 分 of money; of all others the number as printed. */
  readonly value: number;
  /** Decimals printed, of 万元 for money. */
  readonly decimals: number;
  /** As printed, with its unit: 4,914.20万元. */
  readonly text: string;
  /** 万元, %, 个, 辆, …; empty for a bare number. */
  readonly noun: string;
  readonly start: number;
  readonly end: number;
}

const number = "-?(?:\\d{1,3}(?:,\\d{3})+|\\d+)(?:\\.\\d+)?";
const counters = "人次|批次|台（套）|个|人|名|辆|批|次|台|套|家|项|户|件|条|种|所|天|类";
const pattern = new RegExp(
  `(?<![\\d.,A-Za-z第〔\\[单价])(${number})(?:(亿元|万元|元)|(%)|(分)(?![之钟别类])|(${counters})(?!百分点)|(?=[，。；、）（]))`,
  "gu",
);

/** 分 a 元, 万元, 亿元, and how many decimals of 万元 a whole one has. */
const moneyUnits: { readonly [noun: string]: { readonly fen: number; readonly shift: number } } = {
  元: { fen: 100, shift: 4 },
  万元: { fen: 1_000_000, shift: 0 },
  亿元: { fen: 10_000_000_000, shift: -4 },
};

export function printedFigures(text: string): PrintedFigure[] {
  const found: PrintedFigure[] = [];
  for (const match of text.matchAll(pattern)) {
    const [printed, digits = "", money, percent, points, counter] = match;
    const start = match.index;
    const own = { text: printed, start, end: start + printed.length };
    const point = digits.indexOf(".");
    const decimals = point < 0 ? 0 : digits.length - point - 1;
    const value = Number(digits.includes(",") ? digits.replaceAll(",", "") : digits);
    if (money !== undefined) {
      const { fen = 0, shift = 0 } = moneyUnits[money] ?? {};
      const exact = money === "万元" ? parseAmount(digits, "wan") : undefined;
      const amount = exact?.ok === true ? exact.value : undefined;
      found.push({
        unit: "money",
        value: amount ?? Math.round(value * fen),
        decimals: Math.max(0, decimals + shift),
        noun: money,
        ...own,
      });
    } else if (percent !== undefined) {
      found.push({ unit: "percent", value, decimals, noun: "%", ...own });
    } else if (points !== undefined) {
      found.push({ unit: "score", value, decimals, noun: "分", ...own });
    } else if (counter !== undefined) {
      found.push({ unit: "count", value, decimals, noun: counter, ...own });
    } else if (decimals > 0) {
      found.push({ unit: "bare", value, decimals, noun: "", ...own });
    }
  }
  return found;
}
