import { isCount } from "../forms/place-name.ts";
import type { Edition } from "../forms/form.ts";
import { assertNever } from "../result.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { amountText, compare, gradeOf, percentText, ratio, scoreText } from "./figures.ts";
import type { ReportFigures } from "./report-figures.ts";
import { sourceName } from "./source-name.ts";
import { factAt, sourceRoots } from "./sources.ts";
import { sentenceBook } from "./template/edition-sentences.ts";
import { unitAt } from "./template/units.ts";
import type { SentencePart } from "./written.ts";

/** What a source's number is: 分, a count, hundredths of a per cent or of a point; a word has none. */
export type FigureKind = "money" | "count" | "percent" | "score" | "word";

export function figureKind(source: FigureSource, edition: Edition): FigureKind {
  switch (source.kind) {
    case "cell":
    case "prior":
      return isCount(source.cell, edition) ? "count" : "money";
    case "fact":
      return factKind(source.path);
    case "sum":
      return source.of[0] === undefined ? "money" : figureKind(source.of[0], edition);
    case "difference":
      return figureKind(source.current, edition);
    case "rate":
    case "share":
    case "completion":
      return "percent";
    case "count":
      return "count";
    case "mean":
      return "score";
    case "grade":
      return "word";
    default:
      return assertNever(source);
  }
}

function factKind(path: string): FigureKind {
  if (/^facts\.people\.|^performance\.management\.(?:\w+\.projects|problems\.)/u.test(path)) {
    return "count";
  }
  return /[sS]core$/u.test(path) ? "score" : "money";
}

/** A figure as the statutory writer prints it, for a sentence that people worded. */
export function printSource(figures: ReportFigures, source: FigureSource): SentencePart {
  const text = textOf(figures, source);
  if (text !== undefined) return { figure: text, source };
  return figures.isNone(source)
    ? { figure: "无", source }
    : { missing: "figure", what: sourceName(source, figures.report), source };
}

function textOf(figures: ReportFigures, source: FigureSource): string | undefined {
  const { decimals, zeroBase } = figures;
  const percent = (part: number | undefined, whole: number | undefined) =>
    part === undefined || whole === undefined
      ? undefined
      : (percentText(ratio(part, whole, decimals), decimals) ?? "不适用");
  switch (source.kind) {
    case "difference": {
      const [current, base] = [figures.known(source.current), figures.known(source.base)];
      if (current === undefined || base === undefined) return undefined;
      return numberText(figures, source, Math.abs(current - base));
    }
    case "rate": {
      const [current, base] = [figures.known(source.current), figures.known(source.base)];
      if (current === undefined || base === undefined) return undefined;
      const found = compare(current, base, decimals);
      if (base === 0) return zeroBase ?? "不适用";
      return "by" in found ? (percentText(found.rate, decimals) ?? "不适用") : "0%";
    }
    case "share":
      return percent(figures.known(source.part), figures.known(source.whole));
    case "completion": {
      const budget = figures.known(source.budget);
      if (budget === 0 && zeroBase !== undefined) return zeroBase;
      return percent(figures.known(source.final), budget);
    }
    case "grade": {
      const score = figures.value(source.of);
      return score === undefined ? undefined : gradeOf(score);
    }
    case "fact": {
      const fact = factAt(figures.report, source.path);
      if (typeof fact === "string" && fact.trim() !== "") return fact.trim();
      return typeof fact === "number" ? numberText(figures, source, fact) : undefined;
    }
    case "cell":
    case "prior":
    case "sum":
    case "count":
    case "mean": {
      const value = figures.value(source);
      return value === undefined ? undefined : numberText(figures, source, value);
    }
    default:
      return assertNever(source);
  }
}

function numberText({ report }: ReportFigures, source: FigureSource, value: number): string {
  switch (figureKind(source, report.edition)) {
    case "count":
      return `${value}${countUnit(source, report.edition)}`;
    case "score":
      return scoreText(value);
    default:
      return amountText(value);
  }
}

/** As the edition's sentences count it; 个 of what they do not name. */
function countUnit(source: FigureSource, edition: Edition): string {
  const [root = ""] = sourceRoots(source);
  return unitAt(sentenceBook(edition), root.replace(/^prior:/u, "")) ?? "个";
}
