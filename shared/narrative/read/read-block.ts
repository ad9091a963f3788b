import { beginReading, statementAbout, type BlockReading } from "./block-reading.ts";
import type { ChapterKind } from "./chapters.ts";
import { clausesOf, lastIndexOf, type Clause } from "./clauses.ts";
import { cleanSubject, conceptOf } from "./concepts.ts";
import type { Block } from "./flow.ts";
import { comparatorIn } from "./lead-in.ts";
import { printedFigures, type PrintedFigure } from "./printed-figure.ts";
import { readFigure } from "./read-figure.ts";
import { readRemarks } from "./read-remarks.ts";
import type { Draft, Statements } from "./statements.ts";

/** The statements of one block, and its figures without a unit; `lead` is what it is a listed item of. */
export function readBlock(
  block: Block,
  chapter: ChapterKind,
  lead: Draft | undefined,
): { readonly statements: readonly Draft[] } & Pick<Statements, "unitless"> {
  const reading = beginReading(block, chapter, lead);
  for (const figure of printedFigures(block.text)) {
    const gap = gapBefore(reading, figure);
    followBrackets(reading, gap);
    if (isReason(reading, gap)) continue;
    readClauses(reading, gap);
    readFigure(reading, figure, gap.tail);
  }
  readRemarks(reading);
  const { statements, unitless } = reading;
  return { statements, unitless };
}

/** The words between the figure before and this one. */
interface Gap {
  readonly from: number;
  readonly words: string;
  readonly clauses: readonly Clause[];
  /** The last clause: what leads to the figure. */
  readonly tail: string;
}

function gapBefore(reading: BlockReading, figure: PrintedFigure): Gap {
  const from = reading.cursor;
  const words = reading.block.text.slice(from, figure.start);
  reading.cursor = figure.end;
  const clauses = clausesOf(words);
  return { from, words, clauses, tail: clauses.at(-1)?.text ?? "" };
}

/** A subject named within brackets ends with them. */
function followBrackets(reading: BlockReading, { words }: Gap): void {
  const [opens, closes] = [words.lastIndexOf("（"), words.indexOf("）")];
  if (closes >= 0 && !words.slice(0, closes).includes("（")) {
    reading.current = reading.outside ?? reading.current;
  }
  if (opens >= 0 && !words.slice(opens).includes("）")) reading.outside = reading.current;
}

const reasonCue =
  /原因|主要用于(?!以下|下列)|由于|主要系|开支内容|主要是(?=因|由|[^，]{0,12}(?:增加|减少))/gu;
const reasonEnd = /。|；(?![一二三四五六七八九]是)/gu;
/** Words that take up the thread of figures after a reason without a full stop. */
const resumption =
  /^(?:支出|收入)?(?:年初|全年|调整).*预算|^(?:支出)?决算数?(?:为|较|比)|^完成.*预算|^占/u;

/** Whether the figure is part of a reason, which states nothing; a full stop also ends comparison and whole. */
function isReason(reading: BlockReading, { words, tail }: Gap): boolean {
  const cueAt = lastIndexOf(reasonCue, words);
  const endAt = lastIndexOf(reasonEnd, words);
  if (endAt >= 0) reading.change = undefined;
  if (endAt >= 0 && words.slice(endAt).startsWith("。")) {
    reading.whole = undefined;
    if (!words.includes("其中")) reading.base = undefined;
  }
  reading.isInReason = cueAt >= 0 ? cueAt > endAt : reading.isInReason && endAt < 0;
  if (reading.isInReason && resumption.test(tail)) reading.isInReason = false;
  return reading.isInReason;
}

/** Takes in the clauses before a figure: subjects without a figure of their own, comparisons and wholes. */
function readClauses(reading: BlockReading, { from, clauses }: Gap): void {
  readNothingSpent(reading, from, clauses.slice(0, -1));
  // 公务接待费支出决算比预算无增减变化，比去年增加…: the clause with the subject has no figure.
  const sinceStop = clauses.findLastIndex(({ before }) => /[。；]/u.test(before));
  for (const { text } of clauses.slice(Math.max(0, sinceStop), -1)) {
    const subject = cleanSubject(levelWith.exec(text)?.[1] ?? "");
    if (!ownName.test(subject)) continue;
    reading.current = statementAbout(reading, subject, reading.block.text.indexOf(text, from));
    reading.change = undefined;
  }
  for (const [index, { text }] of clauses.entries()) {
    if (index < clauses.length - 1) reading.base = comparatorIn(text)?.base ?? reading.base;
    const next = clauses[index + 1]?.before ?? "";
    reading.whole = wholeOf(text, next, reading.current) ?? reading.whole;
  }
}

/** 公务接待费支出无决算; 公务用车购置支出本年无预算和支出. */
const nothingSpent = /^(.{2,30}?)(?:本年(?:度)?)?无(?:支出)?(?:决算|预算和支出)$/u;
/** 公务接待费支出决算比预算无增减变化. */
const levelWith =
  /^(?:其中)?，?(.{2,30}?)(?:比|较|与|同|和)(?:预算|年初|全年|调整|上年|上一年|去年|\d{4}年).*(?:无增减变化|无变化|没有变化|持平|一致|相同|相等)$/u;
const ownName = /.(?:费|支出|收入|经费|结余)$/u;
const nothing = { unit: "money", value: 0, decimals: 2, text: "无", noun: "万元" } as const;

function readNothingSpent(reading: BlockReading, from: number, clauses: readonly Clause[]): void {
  for (const { text } of clauses) {
    const subject = nothingSpent.exec(text)?.[1];
    if (subject === undefined) continue;
    if (conceptOf(cleanSubject(subject), reading.chapter) === undefined) continue;
    const start = reading.block.text.indexOf(text, from);
    const statement = statementAbout(reading, subject, start);
    reading.current = statement;
    if (statement === undefined) continue;
    reading.mentions.push({ at: start, statement });
    statement.amount ??= { ...nothing, start, end: start + text.length };
  }
}

/** 本年收入的具体构成为： · …，其中： · …决算中，: what the following shares are shares of. */
function wholeOf(clause: string, next: string, current: Draft | undefined) {
  if (next === "：" || clause.startsWith("其中")) {
    const composed = /^(.*?)(?:的)?(?:具体)?构成(?:情况)?(?:如下|为|是)?$/u.exec(clause)?.[1];
    if (composed !== undefined) return { name: cleanSubject(composed) };
    if (
      /^其中|其中$|以下方面$|如下$|包括$|(?:分别|具体)为$/u.test(clause) &&
      current !== undefined
    ) {
      return { name: current.subject, statement: current };
    }
  }
  const among = next === "，" ? /^(.{4,})中$/u.exec(clause)?.[1] : undefined;
  return among === undefined ? undefined : { name: cleanSubject(among) };
}
