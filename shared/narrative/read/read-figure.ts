import {
  addStatement,
  isAbout,
  isGeneric,
  statementAbout,
  type BlockReading,
} from "./block-reading.ts";
import type { ChapterKind } from "./chapters.ts";
import { cleanSubject, conceptOf } from "./concepts.ts";
import { inWan } from "./figure-pairs.ts";
import { readLeadIn, type Base, type LeadIn } from "./lead-in.ts";
import type { PrintedFigure } from "./printed-figure.ts";
import type { Draft, DraftChange, UnitlessClaim } from "./statements.ts";

/** Takes a figure in by the words that lead to it. */
export function readFigure(reading: BlockReading, figure: PrintedFigure, tail: string): void {
  if (figure.unit === "score" || figure.unit === "count") return;
  if (readPaired(reading, figure)) return;
  if (figure.unit === "bare") {
    const { chapter, block, unitless } = reading;
    const wanted = wantedUnit(tail, chapter, reading.change !== undefined);
    if (wanted !== undefined) unitless.push({ chapter, block, figure, wanted });
    return;
  }
  const start = figure.start - tail.length;
  if (readBeside(reading, figure, { tail, start })) return;
  const isRatio = figure.unit === "percent";
  const found = leadInOf(reading, tail, isRatio);
  if (found === undefined) {
    reading.change = undefined;
    return;
  }
  if (isRatio && (found.role === "plain" || found.role === "final")) return;
  if (!isRatio && (found.role === "share" || found.role === "completion")) return;
  const statement = statementAbout(reading, found.subject, start);
  if (statement === undefined) return;
  reading.current = statement;
  reading.mentions.push({ at: figure.start, statement });
  addClaim(reading, statement, { found, figure, start, isRatio });
}

/** Whether the figure is one of a pair: 收、支总计各是125.50，124.50万元. */
function readPaired(reading: BlockReading, figure: PrintedFigure): boolean {
  const { pairs } = reading;
  while ((pairs[0]?.end ?? Infinity) < figure.end) pairs.shift();
  const [pair] = pairs;
  if (pair === undefined || pair.start > figure.start) return false;
  const side = pair.sides.shift();
  if (side !== undefined) {
    const statement = addStatement(reading, side, figure.start);
    statement.amount = figure.unit === "bare" ? inWan(figure) : figure;
    reading.mentions.push({ at: figure.start, statement });
  }
  reading.current = undefined;
  reading.change = undefined;
  return true;
}

/** Whether the figure is one that the next percentage names (占…1000万元), or that percentage (的80%). */
function readBeside(
  reading: BlockReading,
  figure: PrintedFigure,
  { tail, start }: { readonly tail: string; readonly start: number },
): boolean {
  const isRatio = figure.unit === "percent";
  const { current } = reading;
  const of = isRatio && /^的(?:比例|比重)?(?:为)?$/u.test(tail) ? reading.beside : undefined;
  reading.beside = undefined;
  if (of !== undefined && current !== undefined) {
    const { which, whole = "", figure: wholeFigure } = of;
    if (which !== undefined) current.completions.push({ which, percent: figure });
    else current.shares.push({ percent: figure, whole, isNamed: true, wholeFigure });
    return true;
  }
  const named = isRatio ? null : /^(.*?)占(.{2,30})$/u.exec(tail);
  if (named === null) return false;
  reading.beside = { whole: named[2] ?? "", figure };
  reading.current = statementAbout(reading, named[1] ?? "", start) ?? current;
  return true;
}

type Found = LeadIn | { readonly role: "prior_value"; readonly subject: ""; readonly base?: Base };

function leadInOf(
  { current, chapter, year }: BlockReading,
  tail: string,
  isRatio: boolean,
): Found | undefined {
  const last = isRatio || current?.amount === undefined ? undefined : priorSubject(tail, year);
  return last !== undefined && current !== undefined && isAbout(last, chapter)(current)
    ? { role: "prior_value", subject: "" }
    : readLeadIn(tail, isRatio);
}

interface Reached {
  readonly found: Found;
  readonly figure: PrintedFigure;
  readonly start: number;
  readonly isRatio: boolean;
}

function addClaim(reading: BlockReading, statement: Draft, reached: Reached): void {
  const { found, figure, start } = reached;
  switch (found.role) {
    case "change":
      addChange(reading, statement, { ...reached, found });
      break;
    case "share": {
      const { whole } = reading;
      const isNamed = found.whole !== "";
      statement.shares.push({
        percent: figure,
        whole: isNamed ? found.whole : (whole?.name ?? ""),
        isNamed,
        ...(!isNamed && whole?.statement ? { wholeStatement: whole.statement } : {}),
      });
      break;
    }
    case "completion":
      statement.completions.push({ which: found.which, percent: figure });
      break;
    case "budget":
      addBudget(reading, statement, { which: found.which, figure, start });
      break;
    case "prior_value":
      statement.priorAmount ??= figure;
      reading.base = found.base ?? reading.base;
      break;
    case "final":
    case "plain":
      addAmount(reading, statement, reached);
      break;
  }
}

/** A difference and its rate are one change while statement and base stay the same. */
function addChange(
  reading: BlockReading,
  statement: Draft,
  { found, figure, start, isRatio }: Reached & { readonly found: LeadIn & { role: "change" } },
): void {
  const { direction } = found;
  reading.base = found.base ?? reading.base;
  const { base, change } = reading;
  const isContinued =
    change?.of === statement &&
    (found.base === undefined || isSameBase(found.base, change.claim.base)) &&
    (isRatio ? change.claim.rate : change.claim.difference) === undefined;
  const claim: DraftChange =
    change !== undefined && isContinued
      ? change.claim
      : { start, ...(base === undefined ? {} : { base }) };
  if (claim !== change?.claim) {
    reading.change = { of: statement, claim };
    statement.changes.push(claim);
  }
  if (isRatio) Object.assign(claim, { rate: figure, rateDirection: direction });
  else Object.assign(claim, { difference: figure, direction });
}

/** Another budget of the same kind belongs to another statement of that subject. */
function addBudget(
  reading: BlockReading,
  statement: Draft,
  { which, figure, start }: Draft["budgets"][number] & { readonly start: number },
): void {
  const isOther = statement.budgets.some(
    (budget) => budget.which === which && budget.figure.value !== figure.value,
  );
  const owner = isOther ? addStatement(reading, statement.subject, start) : statement;
  reading.current = owner;
  owner.budgets.push({ which, figure });
  reading.beside = { which, figure };
}

/** Another amount belongs to another statement of that subject, unless it restates the item's final accounts. */
function addAmount(reading: BlockReading, statement: Draft, reached: Reached): void {
  const { figure, start } = reached;
  if (isRestated(reading, statement, reached)) {
    statement.restated = figure;
    return;
  }
  const isOther = statement.amount !== undefined && statement.amount.value !== figure.value;
  const owner = isOther ? addStatement(reading, statement.subject, start) : statement;
  reading.current = owner;
  owner.amount ??= figure;
}

const isRestated = (
  { block }: BlockReading,
  { subject, amount, budgets, restated }: Draft,
  { found, figure }: Reached,
): boolean =>
  found.role === "final" &&
  amount !== undefined &&
  amount.value !== figure.value &&
  budgets.length === 1 &&
  restated === undefined &&
  /（项）$/u.test(subject) &&
  isGeneric(cleanSubject(found.subject)) &&
  !block.text.slice(amount.end, figure.start).includes("其中");

const isSameBase = (a: Base, b: Base | undefined): boolean =>
  b !== undefined &&
  a.kind === b.kind &&
  (a.kind === "budget" || b.kind === "budget" || (a.year ?? b.year) === (b.year ?? a.year));

/** 上年收入总计, 2021年度收入总计 beside this year's: the name that last year's amount is given under. */
function priorSubject(tail: string, year: string | undefined): string | undefined {
  const [, of, name] =
    /^(?:（|而)?(?:(\d{4})年(?:度)?|上年(?:度)?|上一年(?:度)?|去年)(?:为)?([^，。；增减]{2,30}?)(?:决算)?(?:数)?(?:为|是|：)*$/u.exec(
      tail,
    ) ?? [];
  return name === undefined || (of !== undefined && Number(of) !== Number(year) - 1)
    ? undefined
    : cleanSubject(name);
}

/** The unit that a figure without one should have, as far as the words before it tell. */
function wantedUnit(
  tail: string,
  chapter: ChapterKind,
  afterDifference: boolean,
): UnitlessClaim["wanted"] | undefined {
  const ratio = readLeadIn(tail, true);
  if (ratio?.role === "share" || ratio?.role === "completion") return "%";
  if (ratio?.role === "change" && afterDifference) return "%";
  if (ratio?.role === "change" && ratio.base !== undefined) return "万元";
  const amount = readLeadIn(tail, false);
  if (amount === undefined || amount.role === "share" || amount.role === "completion")
    return undefined;
  if (amount.role === "budget" || amount.role === "final") return "万元";
  const subject = cleanSubject(amount.subject);
  const isMoney = /(?:金额|资金|支出|收入|经费|费)$/u.test(subject);
  return isMoney || conceptOf(subject, chapter) !== undefined ? "万元" : undefined;
}
