import { isCount } from "../forms/place-name.ts";
import type { Edition } from "../forms/form.ts";
import { assertNever } from "../result.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { amountText, compare, gradeOf, percentText, ratio, scoreText } from "./figures.ts";
import type { Pen } from "./pen.ts";
import { sourceName } from "./source-name.ts";
import { factAt, sourceRoots } from "./sources.ts";
import type { Part } from "./written.ts";

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
export function printSource(pen: Pen, source: FigureSource): Part {
  const text = textOf(pen, source);
  if (text !== undefined) return { figure: text, source };
  return pen.isNone(source)
    ? { figure: "无", source }
    : { missing: "figure", what: sourceName(source, pen.report), source };
}

function textOf(pen: Pen, source: FigureSource): string | undefined {
  const percent = (part: number | undefined, whole: number | undefined) =>
    part === undefined || whole === undefined
      ? undefined
      : (percentText(ratio(part, whole)) ?? "不适用");
  switch (source.kind) {
    case "difference": {
      const [current, base] = [pen.known(source.current), pen.known(source.base)];
      if (current === undefined || base === undefined) return undefined;
      return numberText(pen, source, Math.abs(current - base));
    }
    case "rate": {
      const [current, base] = [pen.known(source.current), pen.known(source.base)];
      if (current === undefined || base === undefined) return undefined;
      const found = compare(current, base);
      if ("by" in found) return percentText(found.rate) ?? "不适用";
      return base === 0 ? "不适用" : "0%";
    }
    case "share":
      return percent(pen.known(source.part), pen.known(source.whole));
    case "completion":
      return percent(pen.known(source.final), pen.known(source.budget));
    case "grade": {
      const score = pen.value(source.of);
      return score === undefined ? undefined : gradeOf(score);
    }
    case "fact": {
      const told = factAt(pen.report, source.path);
      if (typeof told === "string" && told.trim() !== "") return told.trim();
      return typeof told === "number" ? numberText(pen, source, told) : undefined;
    }
    case "cell":
    case "prior":
    case "sum":
    case "count":
    case "mean": {
      const value = pen.value(source);
      return value === undefined ? undefined : numberText(pen, source, value);
    }
    default:
      return assertNever(source);
  }
}

function numberText({ report }: Pen, source: FigureSource, value: number): string {
  switch (figureKind(source, report.edition)) {
    case "count":
      return `${value}${countUnit(source, report.edition)}`;
    case "score":
      return scoreText(value);
    default:
      return amountText(value);
  }
}

function countUnit(source: FigureSource, edition: Edition): string {
  const [root = ""] = sourceRoots(source);
  if (root.startsWith("facts.people.")) return "人";
  const [, row = ""] = /(?:t09|t10)\/(\w+)\//u.exec(root) ?? [];
  if (row.includes("persons")) return "人次";
  if (row.includes("batches")) return edition.narrative === "jiangxi" ? "批" : "批次";
  if (row.startsWith("vehicles") || row.endsWith("_cars")) return "辆";
  return row === "equipment" ? "台（套）" : "个";
}
