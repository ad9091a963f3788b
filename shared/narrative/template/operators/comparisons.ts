import { amountText, percentText, ratio, type Comparison } from "../../figures.ts";
import type { FigureSource } from "../../../report/figure-source.ts";
import { sentence, type Phrase } from "../../phrase.ts";
import type { ReportFigures } from "../../report-figures.ts";
import type { SentencePart } from "../../written.ts";
import { operator } from "../define.ts";
import { amount } from "./figures.ts";
import type { Quantity } from "../scope.ts";

/** Operators that compare a figure with last year's or a budget, and ask for the reason of a difference. */

interface Pair {
  readonly current: FigureSource;
  readonly base: FigureSource;
}

/** 增加2485.8万元，增长114.60% of a comparison that differs. */
function difference(
  found: Extract<Comparison, { by: number }>,
  pair: Pair,
  words: {
    readonly baseName: string;
    readonly rate: boolean;
    readonly style: Pick<ReportFigures, "decimals" | "zeroBase">;
  },
): Phrase {
  const up = found.kind === "up";
  const by: Phrase = [
    up ? "增加" : "减少",
    { figure: amountText(found.by), source: { kind: "difference", ...pair } },
  ];
  if (!words.rate) return by;
  const source: FigureSource = { kind: "rate", ...pair };
  const { rate } = found;
  const { decimals, zeroBase } = words.style;
  if (rate.kind === "none" && rate.because === "base_zero" && zeroBase !== undefined) {
    return [by, `，${up ? "增长" : "下降"}`, { figure: zeroBase, source }];
  }
  if (rate.kind === "none") {
    const because = rate.because === "base_zero" ? "无此项" : "数据含负数";
    const stated = rate.because === "base_zero" ? words.baseName : "";
    return [by, `（${stated}`, { figure: because, source }, "，增减率不可比）"];
  }
  const figure = percentText(rate, decimals) ?? "不适用";
  return [by, `，${up ? "增长" : "下降"}`, { figure, source }];
}

/** Last year's figure; that the quantity has one was checked when the edition was loaded. */
export function priorOf({ label, prior }: Quantity): FigureSource {
  if (prior === undefined) throw new Error(`${label} has no figure of last year.`);
  return prior;
}

/** Whether 较上年 has anything to say: not of what is unknown, nor of what neither year had. */
export function hasChange({ known, value, comparison }: ReportFigures, of: Quantity): boolean {
  const base = priorOf(of);
  const current = known(of.source);
  if (current === undefined) return false;
  const found = comparison(of.source, base);
  const isEqual = found?.kind === "equal" || found?.kind === "nearly_equal";
  return !(isEqual && current === 0 && value(base) === undefined);
}

const priorYearChange = operator({
  keyword: "较上年",
  takes: { of: "quantity" },
  options: {
    lead: { keyword: "引", role: "text" },
    subject: { keyword: "主语", role: "text" },
    noRate: { keyword: "只写差额", role: "flag" },
  },
  needs: { of: "prior" },
  write: ({ of, lead = "，", subject = "", noRate = false }, { figures }) => {
    if (!hasChange(figures, of)) return "";
    const pair = { current: of.source, base: priorOf(of) };
    const found = figures.comparison(pair.current, pair.base);
    const baseName = `${figures.priorYear}年`;
    if (found === undefined) {
      const what = `${baseName}${of.label}`;
      return [`${lead}${subject}较${baseName}`, { missing: "figure", what, source: pair.base }];
    }
    if ("by" in found) {
      const words = { baseName, rate: !noRate, style: figures };
      return [`${lead}${subject}较${baseName}`, difference(found, pair, words)];
    }
    const figure = found.kind === "equal" ? "持平" : "基本持平";
    const source: FigureSource = { kind: "difference", ...pair };
    return [`${lead}${subject}与${baseName}`, { figure, source }];
  },
});

/** ，完成年初预算的280.91%; nothing where either is unknown, nor where the budget is 0 and the edition has no words for it. */
const completion = operator({
  keyword: "完成",
  takes: { final: "quantity", budget: "quantity", name: "text" },
  options: { withBudget: { keyword: "列预算数", role: "flag" } },
  write: ({ final, budget, name, withBudget }, { figures }) => {
    const { known, value, decimals, zeroBase } = figures;
    const done = known(final.source);
    const planned = value(budget.source);
    if (done === undefined || planned === undefined) return "";
    const figure = planned === 0 ? zeroBase : percentText(ratio(done, planned, decimals), decimals);
    if (figure === undefined) return "";
    const source = { kind: "completion", final: final.source, budget: budget.source } as const;
    const stated = withBudget === true ? amount(figures, budget) : "";
    return [`，完成${name}`, stated, "的", { figure, source }];
  },
});

/** 增加/减少/持平 of two known figures, the word bound to their difference; a fourth word is for 基本持平. */
const direction = operator({
  keyword: "比较",
  takes: { current: "quantity", base: "quantity", words: "text" },
  write: ({ current, base, words }, { figures: { known, comparison } }) => {
    const pair = { current: current.source, base: base.source };
    const [now, then] = [known(pair.current), known(pair.base)];
    if (now === undefined || then === undefined) return "";
    const [more = "", less = "", equal = "", nearly = ""] = words.split("/");
    const isNearly = nearly !== "" && comparison(pair.current, pair.base)?.kind === "nearly_equal";
    const ordered = now === then ? equal : now > then ? more : less;
    return { figure: isNearly ? nearly : ordered, source: { kind: "difference", ...pair } };
  },
});

/** ，主要原因是：…, where the figures differ; by default compared with last year. */
const reason = operator({
  keyword: "原因",
  takes: { slot: "id", of: "quantity" },
  options: {
    base: { keyword: "比", role: "quantity" },
    baseName: { keyword: "称", role: "text" },
    lead: { keyword: "引", role: "text" },
    optional: { keyword: "可不填", role: "flag" },
  },
  write: ({ slot, of, base, baseName, lead = "，主要原因是：", optional }, { figures }) => {
    const pair = { current: of.source, base: base?.source ?? priorOf(of) };
    const against = baseName ?? base?.label ?? `${figures.priorYear}年`;
    const found = figures.comparison(pair.current, pair.base);
    if (found === undefined || !("by" in found)) return "";
    const what = of.label;
    const required = optional !== true;
    const about = `${what}较${against}变动的主要原因`;
    const words = { baseName: against, rate: true, style: figures };
    const change = sentence("", difference(found, pair, words)).parts;
    const compared = { what, against, ...pair };
    const text = figures.reasonFor(slot, compared);
    const taken: Phrase = { slots: [{ slot, required, about, change, compared }] };
    if (text === "" && !required) return taken;
    const filling: SentencePart =
      text === "" ? { missing: "reason", what: about, slot } : { reason: text, slot };
    return [taken, lead, filling];
  },
});

export const comparisonOperators = [priorYearChange, completion, direction, reason];
