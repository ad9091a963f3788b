import { canonicalJson } from "../canonical-json.ts";
import { cellAddress, type CellAddress } from "../forms/cell.ts";
import type { Report } from "../report/report.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { readFigures } from "./report-figures.ts";
import { figureKind, printSource, type FigureKind } from "./print-source.ts";
import { printedFigures, type PrintedFigure } from "./read/printed-figure.ts";
import { sourceName } from "./source-name.ts";
import { cell, fact, prior } from "./sources.ts";
import { writeNarrative } from "./write-narrative.ts";
import { sentencesOf } from "./written.ts";
import { tableIn } from "../report/section-ids.ts";

/** A quantity that a text may name: of a cell, of last year, of the facts, or reckoned by the narrative. */
export interface KnownFigure {
  readonly source: FigureSource;
  /** What it is of, e.g. 公开01表 第31行 总计. */
  readonly name: string;
  /** As the statutory text prints it. */
  readonly text: string;
  readonly kind: FigureKind;
  /** Without its sign: texts say 减少113.45万元. */
  readonly size: number;
  /** Sentences and chapters that print it already. */
  readonly places: ReadonlySet<string>;
}

/** Everything with a value other than 0 that the tables, the facts and the narrative know. */
export function knownFigures(report: Report, narrative = writeNarrative(report)): KnownFigure[] {
  const figures = readFigures(report);
  const known = new Map<string, KnownFigure & { readonly places: Set<string> }>();
  const add = (source: FigureSource, places: readonly string[] = []) => {
    const key = canonicalJson(source);
    const entry = known.get(key);
    if (entry !== undefined) {
      for (const place of places) entry.places.add(place);
      return;
    }
    const kind = figureKind(source, report.edition);
    const printed = printSource(figures, source);
    const value = figures.value(source);
    if (kind === "word" || value === undefined || value === 0 || !("figure" in printed)) return;
    known.set(key, {
      source,
      name: sourceName(source, report),
      text: printed.figure,
      kind,
      size: Math.abs(value),
      places: new Set(places),
    });
  };
  for (const { chapter, sentence } of sentencesOf(narrative)) {
    for (const part of sentence.parts) {
      if ("figure" in part && /\d/u.test(part.figure)) add(part.source, [sentence.id, chapter.id]);
    }
  }
  for (const form of report.edition.forms) {
    for (const { key: row, cells } of tableIn(report.sections, form.id).rows) {
      for (const column of Object.keys(cells))
        add(cell(cellAddress({ table: form.id, row, column })));
    }
  }
  for (const address of Object.keys(report.sections.facts.prior))
    add(prior(address as CellAddress));
  for (const section of ["facts", "performance"] as const) {
    for (const path of numbersIn(section, report.sections[section])) add(fact(path));
  }
  return [...known.values()];
}

/** Paths of numbers; last year's cells, weights and years are no quantities of the report. */
function numbersIn(path: string, value: unknown): string[] {
  if (typeof value === "number") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    /^(?:prior|year|\w*[wW]eight|selfEvaluations|evaluation)$/u.test(key) &&
    path !== "facts.operatingCost"
      ? []
      : numbersIn(`${path}.${key}`, member),
  );
}

/** A known quantity that equals a typed figure, to be bound in its place. */
export interface BindingOffer {
  readonly source: FigureSource;
  readonly name: string;
  readonly text: string;
  /** The same at the precision of the statutory text; else only at that of the typed figure. */
  readonly exact: boolean;
}

/** A figure that a text has as digits. */
export interface TypedFigure {
  readonly text: string;
  readonly unit: PrintedFigure["unit"];
  readonly start: number;
  readonly end: number;
  /** Best first. */
  readonly offers: readonly BindingOffer[];
}

const mostOffers = 6;

/** Figures typed into a text, each with what it may be bound to; those of `near` places first. */
export const bindingOffers = (
  text: string,
  known: readonly KnownFigure[],
  near: readonly string[] = [],
): TypedFigure[] => printedFigures(text).map((figure) => typedFigure(figure, known, near));

/** One figure of a text, with what it may be bound to. */
export function typedFigure(
  figure: PrintedFigure,
  known: readonly KnownFigure[],
  near: readonly string[],
): TypedFigure {
  const { text, unit, start, end } = figure;
  const matchOf = matcherOf(figure);
  const equal: { readonly one: KnownFigure; readonly rank: number }[] = [];
  for (const one of known) {
    const match = one.kind === unit ? matchOf(one) : undefined;
    if (match !== undefined) equal.push({ one, rank: rankOf(one, near) + match });
  }
  const offers = equal
    .sort((a, b) => a.rank - b.rank)
    .slice(0, mostOffers)
    .map(({ one: { source, name, text: printed }, rank }) => ({
      ...{ source, name, text: printed, exact: rank < rough },
    }));
  return { text, unit, start, end, offers };
}

/** Added to the rank of what is equal only as roughly as it was typed. */
const rough = 100;

/** Sentence, chapter, elsewhere in the text, then tables, last year and facts. */
function rankOf({ places, source }: KnownFigure, near: readonly string[]): number {
  const nearest = near.findIndex((place) => places.has(place));
  if (nearest >= 0) return nearest;
  if (places.size > 0) return 10;
  return source.kind === "cell" ? 11 : 12;
}

type Match = 0 | typeof rough | undefined;

/** 0 where equal as the statutory text prints it, `rough` where only as typed; of figures of the same kind. */
function matcherOf(figure: PrintedFigure): (known: KnownFigure) => Match {
  const typed = Math.abs(figure.value);
  switch (figure.unit) {
    case "money": {
      const unit = { 元: 100, 亿元: 10_000_000_000 }[figure.noun] ?? 1_000_000;
      const quantum = Math.max(1, unit / 10 ** decimalsOf(figure));
      return ({ size }) => matchAt({ typed, size, quantum, fine: 10_000 });
    }
    case "percent":
    case "score": {
      const quantum = 10 ** Math.max(0, 2 - decimalsOf(figure));
      const hundredths = Math.round(typed * 100);
      return ({ size }) => matchAt({ typed: hundredths, size, quantum, fine: 1 });
    }
    default:
      return ({ text }) => (figure.text === text ? 0 : undefined);
  }
}

const decimalsOf = ({ text }: PrintedFigure): number => /\.(\d+)/u.exec(text)?.[1]?.length ?? 0;

const rounded = (value: number, quantum: number): number => Math.round(value / quantum) * quantum;

/**
 * `quantum` is the last digit typed, `fine` the last one that the statutory text prints. A figure rounded to
 * further than 0.5% from the true one says something else.
 */
function matchAt(of: { typed: number; size: number; quantum: number; fine: number }): Match {
  const { typed, size, quantum, fine } = of;
  if (rounded(size, quantum) !== typed) return undefined;
  if (rounded(typed, fine) === rounded(size, fine)) return 0;
  return Math.abs(typed - size) * 200 <= size ? rough : undefined;
}
