import { deviationOf } from "./deviation.ts";
import { findingFingerprint } from "../report/fingerprint.ts";
import { parseCellAddress, type CellAddress, type CellRef } from "../forms/cell.ts";
import type { Report } from "../report/report.ts";
import {
  amountText,
  compare,
  gradeOf,
  percentText,
  ratio,
  scoreText,
  type Comparison,
} from "./figures.ts";
import type { FigureSource } from "../report/figure-source.ts";
import { cell, factAt, fact, prior, sourceReader } from "./sources.ts";
import {
  onOneLine,
  type Compared,
  type Paragraph,
  type Part,
  type Sentence,
  type Slot,
} from "./written.ts";
import { tableIn } from "../report/sections.ts";

/** What a sentence is put together from; a slot travels with the parts that fill it. */
export type Phrase = string | Part | { readonly slots: readonly Slot[] } | readonly Phrase[];

/** One sentence of the given id; neighbouring texts are joined. */
export function sentence(id: string, ...phrases: readonly Phrase[]): Sentence {
  const parts: Part[] = [];
  const slots: Slot[] = [];
  const add = (phrase: Phrase): void => {
    if (typeof phrase === "string") {
      const last = parts.at(-1);
      if (phrase === "") return;
      if (last !== undefined && "text" in last) {
        parts[parts.length - 1] = { text: last.text + phrase };
      } else {
        parts.push({ text: phrase });
      }
    } else if (isList(phrase)) {
      phrase.forEach(add);
    } else if ("slots" in phrase) {
      slots.push(...phrase.slots);
    } else {
      parts.push(phrase);
    }
  };
  phrases.forEach(add);
  return { id, parts, slots };
}

export const plain = (...sentences: readonly Sentence[]): Paragraph => ({
  kind: "plain",
  sentences,
});
export const item = (label: string, ...sentences: readonly Sentence[]): Paragraph => ({
  kind: "item",
  label,
  sentences,
});
export const subheading = (id: string, text: string): Paragraph => ({
  kind: "subheading",
  sentences: [sentence(id, text)],
});

/** Phrases with a separator between them. */
export const joined = (phrases: readonly Phrase[], separator: string): Phrase =>
  phrases.map((phrase, index) => (index === 0 ? phrase : [separator, phrase]));

/** A reason or purpose as it stands in a sentence: on one line, without its own lead or full stop. */
function tidyReason(text: string): string {
  const line = onOneLine(text)
    .trim()
    .replace(/^(?:主要)?原因(?:是|为)?[:：\s]*|^主要(?:是因为|是由于)[:：\s]*/u, "");
  let end = line.length;
  while (end > 0 && /[。．；;，,、.\s]/u.test(line.charAt(end - 1))) end -= 1;
  return line.slice(0, end);
}

/** 支出功能分类 codes whose 款 is named like these are paid from a government fund. */
const fundGroupName = /安排的支出$|基金支出$/u;

/** Writes phrases from one report's cells and facts; the only maker of figures in a narrative. */
export interface Pen {
  readonly report: Report;
  readonly year: number;
  readonly priorYear: number;
  /** 部门 or 单位. */
  readonly body: "部门" | "单位";
  /** 本部门 or 本单位. */
  readonly self: string;
  readonly value: (source: FigureSource) => number | undefined;
  /** 0 for what a filled table or list leaves blank; `undefined` when nothing tells. */
  readonly known: (source: FigureSource) => number | undefined;
  /** Blank in a table or list that is otherwise filled: there is none of it. */
  readonly isNone: (source: FigureSource) => boolean;
  /** 4914.2万元, or the mark of a missing figure. */
  readonly amount: (source: FigureSource, what: string) => Part;
  /** `lead` 4914.2万元, or 无`none` where a filled table leaves it blank. */
  readonly amountOrNone: (source: FigureSource, words: AmountWords) => Phrase;
  readonly count: (source: FigureSource, what: string, unit: string) => Part;
  readonly score: (source: FigureSource, what: string) => Part;
  readonly grade: (of: FigureSource) => Phrase;
  /** A name or a text that people gave, without its full stop. */
  readonly quote: (path: string, what: string) => Part;
  /** 占99.99%, without the verb; 不适用 where the whole is 0. */
  readonly share: (part: FigureSource, whole: FigureSource) => Phrase;
  /** ，完成年初预算的280.91%; nothing where either is unknown or the budget is 0. */
  readonly completion: (final: FigureSource, budget: FigureSource, name: string) => Phrase;
  /** ，较2021年减少113.45万元，下降2.26%; 持平, 上年无此项 and missing figures in their place. */
  readonly change: (change: Change) => Phrase;
  /** ，主要原因是：…, where the figures differ. */
  readonly reason: (reason: Reason) => Phrase;
  /** A text of people that no change calls for, e.g. what an expense was spent on. */
  readonly account: (account: { slot: string; about: string; lead: string }) => Phrase;
  readonly purpose: (code: string, about: string) => Part;
  readonly codeName: (code: string) => string;
  readonly economicName: (code: string) => string;
  /** 年初预算数 of a code, or the sum of the codes under it. */
  readonly budgetOf: (code: string) => FigureSource;
  readonly isFundCode: (code: string) => boolean;
}

interface AmountWords {
  /** What a missing figure is called. */
  readonly what: string;
  /** `what` unless said. */
  readonly lead?: string;
  readonly none?: string;
}

interface Change {
  /** A cell, compared with last year's figure of the same cell, or two sources. */
  readonly of: CellAddress | { readonly current: FigureSource; readonly base: FigureSource };
  readonly what: string;
  /** Word before 较: 决算数. */
  readonly subject?: string;
  /** Totals tell the difference only. */
  readonly rate?: false;
}

interface Reason {
  readonly slot: string;
  readonly what: string;
  readonly current: FigureSource;
  readonly base: FigureSource;
  /** What the current figure is held against: 2021年 or 年初预算数. */
  readonly against: string;
  readonly required?: false;
  /** Words before the reason; by default ，主要原因是：. */
  readonly lead?: string;
}

const changePair = (of: Change["of"]): { current: FigureSource; base: FigureSource } =>
  typeof of === "string" ? { current: cell(of), base: prior(of) } : of;

/** `bare` writes as if nobody had given a reason. */
export function takePen(report: Report, { bare = false } = {}): Pen {
  const { sections, identity, edition } = report;
  const { year } = identity;
  const priorYear = year - 1;
  const body = identity.kind === "unit" ? "单位" : "部门";
  const budgets = sections.facts.initialBudget?.byCode;
  const budgetCodes = Object.keys(budgets ?? {}).sort();
  const priorTables = new Set(Object.keys(sections.facts.prior).map((key) => key.slice(0, 3)));
  const value = sourceReader(report);

  const isFilled = (source: FigureSource): boolean => {
    switch (source.kind) {
      case "cell": {
        const ref = parseCellAddress(source.cell);
        return (
          ref !== undefined && !isGrandTotal(ref) && tableIn(sections, ref.table).rows.length > 0
        );
      }
      case "prior":
        return priorTables.has(source.cell.slice(0, 3));
      case "fact": {
        const [, code] = /^facts\.initialBudget\.byCode\.(\d+)$/u.exec(source.path) ?? [];
        return (
          code !== undefined &&
          budgets !== undefined &&
          !budgetCodes.some((other) => code.startsWith(other))
        );
      }
      case "sum":
        return source.of.every(isFilled);
      default:
        return false;
    }
  };
  const isNone = (source: FigureSource) => value(source) === undefined && isFilled(source);
  const known = (source: FigureSource) => value(source) ?? (isNone(source) ? 0 : undefined);

  const figureOr = (source: FigureSource, what: string, print: (found: number) => string): Part => {
    const found = value(source);
    return found === undefined
      ? { missing: "figure", what, source }
      : { figure: print(found), source };
  };
  const amount: Pen["amount"] = (source, what) => figureOr(source, what, amountText);

  const comparison = (current: FigureSource, base: FigureSource): Comparison | undefined => {
    const now = known(current);
    // A blank budget is none; a blank prior figure is none only beside nothing this year.
    const blank = isNone(base) && (base.kind !== "prior" || now === 0);
    const then = value(base) ?? (blank ? 0 : undefined);
    return now === undefined || then === undefined ? undefined : compare(now, then);
  };

  const percentPart = (text: string | undefined, source: FigureSource): Part => ({
    figure: text ?? "不适用",
    source,
  });

  /** 增加2485.8万元，增长114.60% of a comparison that differs. */
  const differing = (
    found: Extract<Comparison, { by: number }>,
    pair: { current: FigureSource; base: FigureSource },
    words: { baseName: string; rate: boolean },
  ): Phrase => {
    const up = found.kind === "up";
    const difference: Phrase = [
      up ? "增加" : "减少",
      { figure: amountText(found.by), source: { kind: "difference", ...pair } },
    ];
    if (!words.rate) return difference;
    const source: FigureSource = { kind: "rate", ...pair };
    const { rate } = found;
    if (rate.kind === "none") {
      const because = rate.because === "base_zero" ? "无此项" : "数据含负数";
      const stated = rate.because === "base_zero" ? words.baseName : "";
      return [difference, `（${stated}`, { figure: because, source }, "，增减率不可比）"];
    }
    return [difference, `，${up ? "增长" : "下降"}`, percentPart(percentText(rate), source)];
  };

  const change: Pen["change"] = ({ of, what, subject = "", rate = true }) => {
    const pair = changePair(of);
    if (known(pair.current) === undefined) return "";
    const found = comparison(pair.current, pair.base);
    const baseName = `${priorYear}年`;
    if (found === undefined) {
      return [
        `，${subject}较${baseName}`,
        { missing: "figure", what: `${baseName}${what}`, source: pair.base },
      ];
    }
    const difference: FigureSource = { kind: "difference", ...pair };
    if (found.kind === "equal" || found.kind === "nearly_equal") {
      const both = known(pair.current) === 0 && value(pair.base) === undefined;
      if (both) return "";
      const word = found.kind === "equal" ? "持平" : "基本持平";
      return [`，${subject}与${baseName}`, { figure: word, source: difference }];
    }
    return [`，${subject}较${baseName}`, differing(found, pair, { baseName, rate })];
  };

  const written = (slot: string) =>
    bare ? "" : tidyReason(sections.narrative.reasons[slot] ?? "");

  /** What was said about these very figures when they asked to be explained. */
  const explained = (slot: string, compared: Compared): string | undefined => {
    const said = sections.explanations.entries.filter((entry) => entry.slot === slot);
    if (said.length === 0) return undefined;
    const deviation = deviationOf({ slot, compared }, value, edition.thresholds);
    if (deviation === undefined) return undefined;
    const finding = findingFingerprint(deviation, sections);
    const standing = said.find((entry) => entry.finding === finding);
    return standing && tidyReason(standing.reason);
  };

  const reason: Pen["reason"] = (asked) => {
    const { slot, what, current, base, against, required = true, lead = "，主要原因是：" } = asked;
    const found = comparison(current, base);
    if (found === undefined || !("by" in found)) return "";
    const about = `${what}较${against}变动的主要原因`;
    const words = { baseName: against, rate: true };
    const change = sentence("", differing(found, { current, base }, words)).parts;
    const compared = { what, against, current, base };
    const text = explained(slot, compared) ?? written(slot);
    const held: Phrase = { slots: [{ slot, required, about, change, compared }] };
    if (text === "" && !required) return held;
    const filling: Part =
      text === "" ? { missing: "reason", what: about, slot } : { reason: text, slot };
    return [held, lead, filling];
  };

  const codeName = (code: string): string =>
    edition.functionCodes.get(code) ??
    (["t03", "t05", "t07", "t08"] as const)
      .map((id) => tableIn(sections, id))
      .flatMap(({ rows }) => rows)
      .find(({ key }) => key === code)?.name ??
    code;

  const fundCodes = new Set(tableIn(sections, "t07").rows.map(({ key }) => key));

  return {
    report,
    year,
    priorYear,
    body,
    self: `本${body}`,
    value,
    known,
    isNone,
    amount,
    amountOrNone: (source, { what, lead = what, none = what }) =>
      isNone(source) ? [{ figure: "无", source }, none] : [lead, amount(source, what)],
    count: (source, what, unit) => figureOr(source, what, (found) => `${found}${unit}`),
    score: (source, what) => figureOr(source, what, scoreText),
    grade: (of) => {
      const found = value(of);
      return found === undefined
        ? ""
        : ["“", { figure: gradeOf(found), source: { kind: "grade", of } }, "”"];
    },
    quote: (path, what) => {
      const text = factAt(report, path);
      const source = fact(path);
      return typeof text === "string" && text.trim() !== ""
        ? { figure: text.trim(), source }
        : { missing: "figure", what, source };
    },
    share: (part, whole) => {
      const numerator = known(part);
      const denominator = value(whole);
      if (numerator === undefined || denominator === undefined) return "";
      return percentPart(percentText(ratio(numerator, denominator)), {
        kind: "share",
        part,
        whole,
      });
    },
    completion: (final, budget, name) => {
      const done = known(final);
      const planned = value(budget);
      if (done === undefined || planned === undefined) return "";
      const text = percentText(ratio(done, planned));
      if (text === undefined) return "";
      return [`，完成${name}的`, { figure: text, source: { kind: "completion", final, budget } }];
    },
    change,
    reason,
    account: ({ slot, about, lead }) => {
      const text = written(slot);
      return [
        { slots: [{ slot, required: true, about, change: [] }] },
        lead,
        text === "" ? { missing: "reason", what: about, slot } : { reason: text, slot },
      ];
    },
    purpose: (code, about) => {
      const text = tidyReason(sections.narrative.purposes[code] ?? "");
      return text === "" ? { missing: "purpose", what: about, code } : { purpose: text, code };
    },
    codeName,
    economicName: (code) => edition.economicCodes.get(code) ?? code,
    budgetOf: (code) => {
      const path = (of: string) => fact(`facts.initialBudget.byCode.${of}`);
      if (budgets?.[code] !== undefined) return path(code);
      const under = leaves(budgetCodes.filter((other) => other.startsWith(code)));
      return under.length === 0 ? path(code) : { kind: "sum", of: under.map(path) };
    },
    isFundCode: (code) => fundCodes.has(code) || fundGroupName.test(codeName(code.slice(0, 5))),
  };
}

const totalRows = new Set(["income_total", "income_sum", "expense_total", "expense_sum"]);

/** Every report has these figures, so a blank one is missing even in a filled table. */
const isGrandTotal = ({ table, row, column }: CellRef): boolean =>
  totalRows.has(row) || (["t02", "t03", "t05"].includes(table) && row === column);

/** Codes that no other code of the list goes into, ascending. */
export const leaves = (codes: readonly string[]): string[] =>
  codes.toSorted().filter((code, index, sorted) => sorted[index + 1]?.startsWith(code) !== true);

/** An array, told apart from the readonly members of a phrase. */
const isList = (phrase: Exclude<Phrase, string>): phrase is readonly Phrase[] =>
  Array.isArray(phrase);
