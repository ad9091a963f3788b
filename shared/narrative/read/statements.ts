import { chapterOf, type ChapterKind } from "./chapters.ts";
import { cleanSubject, conceptOf, type Concept } from "./concepts.ts";
import { isBlock, listMarker, type Block, type Flow } from "./flow.ts";
import { comparatorIn, readLeadIn, type Base, type BudgetKind, type Direction } from "./lead-in.ts";
import { printedFigures, type PrintedFigure } from "./printed-figure.ts";

/** What a text states about one subject: its amounts, and how they compare with others. */
export interface Statement {
  /** As worded, without 其中, year and 决算. */
  readonly subject: string;
  readonly concept?: Concept;
  readonly chapter: ChapterKind;
  readonly block: Block;
  /** Where in the block the statement begins. */
  readonly start: number;
  /** Final figure, or the only one. */
  readonly amount?: PrintedFigure;
  readonly budgets: readonly BudgetClaim[];
  /** Another figure for the same item, given in its own sentence: …（项）180万元，…支出决算为170万元. */
  readonly restated?: PrintedFigure;
  /** Last year's figure, where it is given beside this year's. */
  readonly priorAmount?: PrintedFigure;
  readonly changes: readonly ChangeClaim[];
  readonly shares: readonly ShareClaim[];
  readonly completions: readonly CompletionClaim[];
  /** 主要原因, without lead and full stop. */
  readonly reasons: readonly string[];
  readonly verdicts: readonly VerdictClaim[];
  /** The statement it is listed under by 其中. */
  readonly within?: Statement;
  /** An item of a numbered list that follows 其中： or 如下：. */
  readonly isListed: boolean;
  /** Of a statement that opens such a list: how many items follow, read or not. */
  readonly listedBlocks: number;
}

interface BudgetClaim {
  readonly which: BudgetKind;
  readonly figure: PrintedFigure;
}

/** 较2021年减少2599.25万元，下降90.93%. */
export interface ChangeClaim {
  /** Last year where nothing is named. */
  readonly base?: Base;
  readonly difference?: PrintedFigure;
  readonly direction?: Direction;
  readonly rate?: PrintedFigure;
  readonly rateDirection?: Direction;
  readonly start: number;
}

export interface ShareClaim {
  readonly percent: PrintedFigure;
  /** Named in the clause (占项目支出总额的), or by what the list is of. */
  readonly whole: string;
  readonly isNamed: boolean;
  /** Its amount, where the clause gives it: 占本年支出合计1000万元的80%. */
  readonly wholeFigure?: PrintedFigure;
  readonly wholeStatement?: Statement;
}

export interface CompletionClaim {
  readonly which: BudgetKind;
  readonly percent: PrintedFigure;
}

/** 决算数大于预算数. */
export interface VerdictClaim {
  readonly word: "above" | "below" | "equal";
  readonly start: number;
  /** 与上年持平, not with the budget. */
  readonly isOfYears?: true;
  /** 基本持平 leaves room for a little. */
  readonly isRough?: true;
  /** The last of the parts read before, which the words may be about as well. */
  readonly orOf?: Statement;
}

/** A figure where the unit is missing: 占 76.23，. */
export interface UnitlessClaim {
  readonly chapter: ChapterKind;
  readonly block: Block;
  readonly figure: PrintedFigure;
  readonly wanted: "%" | "万元";
}

export interface Statements {
  readonly statements: readonly Statement[];
  readonly unitless: readonly UnitlessClaim[];
  readonly blocks: readonly { readonly block: Block; readonly chapter: ChapterKind }[];
}

type Draft = {
  -readonly [Key in keyof Statement]: Statement[Key] extends readonly (infer Item)[]
    ? Item[]
    : Statement[Key];
};
type DraftChange = { -readonly [Key in keyof ChangeClaim]: ChangeClaim[Key] };

export function readStatements({ parts }: Flow): Statements {
  const statements: Draft[] = [];
  const unitless: UnitlessClaim[] = [];
  const blocks: { block: Block; chapter: ChapterKind }[] = [];
  let chapter: ChapterKind = "other";
  let list: { lead: Draft; style?: string; isOfCodes?: boolean } | undefined;
  for (const part of parts) {
    if (!isBlock(part)) {
      list = undefined;
      continue;
    }
    if (part.kind === "heading") {
      chapter = chapterOf(part.text, chapter);
      list = undefined;
      blocks.push({ block: part, chapter });
      continue;
    }
    blocks.push({ block: part, chapter });
    if (chapter === "glossary" || chapter === "evaluation") continue;
    const marked = markerStyle(part.text);
    const isCode = codeTitle.test(part.text);
    const style = marked ?? (isCode && list?.isOfCodes !== false ? list?.style : undefined);
    if (list !== undefined && style !== undefined) list.style ??= style;
    const lead = style !== undefined && list?.style === style ? list.lead : undefined;
    if (list !== undefined && lead !== undefined) list.isOfCodes ??= isCode;
    if (lead !== undefined) lead.listedBlocks += 1;
    const read = readBlock(part, chapter, lead);
    statements.push(...read.statements);
    unitless.push(...read.unitless);
    const last = read.statements.at(-1);
    const opensList = /(?:其中|如下|以下方面|包括)：$/u.test(part.text);
    if (opensList && last !== undefined && lead === undefined) list = { lead: last };
    else if (style === undefined) list = undefined;
  }
  return { statements, unitless, blocks };
}

/** “教育支出（类）普通教育（款）小学教育（项）”. */
const codeTitle =
  /^(?:\d{1,3}[“”]?[、．.])?“?[^，。；：]{2,30}（类）[^，。；：]{2,30}（款）[^，。；：]{2,30}（项）/u;

function markerStyle(text: string): string | undefined {
  const marker = listMarker.exec(text)?.[0];
  return marker
    ?.replace(/[一二三四五六七八九十]+/u, "一")
    .replace(/\d+/u, "1")
    .replace(/[“”]/u, "");
}

const reasonCue =
  /原因|主要用于(?!以下|下列)|由于|主要系|开支内容|主要是(?=因|由|[^，]{0,12}(?:增加|减少))/gu;
const reasonEnd = /。|；(?![一二三四五六七八九]是)/gu;
/** Words that take up the thread of figures after a reason without a full stop. */
const resumption =
  /^(?:支出|收入)?(?:年初|全年|调整).*预算|^(?:支出)?决算数?(?:为|较|比)|^完成.*预算|^占/u;
const generic =
  /^(?:支出|收入|本年|本年度|金额|总额|合计|实际|资金|当年|总体|整体|决算|本级|数|比例|)(?:支出|数|上)?$/u;

/** 公务接待费支出无决算; 公务用车购置支出本年无预算和支出. */
const nothingSpent = /^(.{2,30}?)(?:本年(?:度)?)?无(?:支出)?(?:决算|预算和支出)$/u;
/** 公务接待费支出决算比预算无增减变化. */
const levelWith =
  /^(?:其中)?，?(.{2,30}?)(?:比|较|与|同|和)(?:预算|年初|全年|调整|上年|上一年|去年|\d{4}年).*(?:无增减变化|无变化|没有变化|持平|一致|相同|相等)$/u;
const ownName = /.(?:费|支出|收入|经费|结余)$/u;
const nothing = { unit: "money", value: 0, decimals: 2, text: "无", noun: "万元" } as const;

function readBlock(block: Block, chapter: ChapterKind, lead: Draft | undefined) {
  const { text } = block;
  const statements: Draft[] = [];
  const unitless: UnitlessClaim[] = [];
  const spoken: { at: number; statement: Draft }[] = [];
  const marker = listMarker.exec(text)?.[0].length ?? 0;
  let cursor = marker;
  let current: Draft | undefined;
  let change: { claim: DraftChange; of: Draft } | undefined;
  let base: Base | undefined;
  let whole: { name: string; statement?: Draft } | undefined =
    lead === undefined ? undefined : { name: lead.subject, statement: lead };
  let beside: { which?: BudgetKind; whole?: string; figure: PrintedFigure } | undefined;
  let inReason = false;
  let outside: Draft | undefined;
  let title: string | undefined;
  const year = /(20\d\d)年/u.exec(text)?.[1];
  const pairs = pairsIn(text);

  const begin = (subject: string, start: number): Draft => {
    const concept = conceptOf(subject, chapter);
    const isFirst = statements.length === 0;
    const within = lead !== undefined && isFirst ? lead : whole?.statement;
    const draft: Draft = {
      subject,
      ...(concept === undefined ? {} : { concept }),
      chapter,
      block,
      start,
      budgets: [],
      changes: [],
      shares: [],
      completions: [],
      reasons: [],
      verdicts: [],
      isListed: lead !== undefined && isFirst,
      listedBlocks: 0,
      ...(within === undefined ? {} : { within }),
    };
    statements.push(draft);
    return draft;
  };
  /** The statement a clause with that subject speaks of; a new one for a new subject. */
  const about = (raw: string, start: number): Draft | undefined => {
    const subject = cleanSubject(raw);
    const isOwnBudget = chapter === "fund" || chapter === "capital";
    if (generic.test(subject) && !(isOwnBudget && conceptOf(subject, chapter) !== undefined)) {
      if (current !== undefined) return current;
      if (conceptOf(subject, chapter) !== undefined) return begin(subject, start);
      // The item's title comes before its figures: …（项）。主要用于…; 公共安全支出无年初预算，….
      title ??= cleanSubject(
        beginningOf(text.slice(marker)).replace(
          /(?:年初)?(?:无|没有|未安排)(?:年初|全年)?预算.*$/u,
          "",
        ),
      );
      return /(?:（[款项]）|支出|费)$/u.test(title) ? begin(title, start) : undefined;
    }
    const isSubject = isAbout(subject, chapter);
    if (current !== undefined && isSubject(current)) return current;
    return statements.slice(-mostLookedBack).findLast(isSubject) ?? begin(subject, start);
  };

  for (const figure of printedFigures(text)) {
    const from = cursor;
    const gap = text.slice(from, figure.start);
    cursor = figure.end;
    const clauses = clausesOf(gap);
    const tail = clauses.at(-1)?.text ?? "";
    // A subject named within brackets ends with them.
    const [opens, closes] = [gap.lastIndexOf("（"), gap.indexOf("）")];
    if (closes >= 0 && !gap.slice(0, closes).includes("（")) current = outside ?? current;
    if (opens >= 0 && !gap.slice(opens).includes("）")) outside = current;
    const cueAt = lastIndexOf(reasonCue, gap);
    const endAt = lastIndexOf(reasonEnd, gap);
    if (endAt >= 0 && gap.slice(endAt).startsWith("。")) {
      change = undefined;
      whole = undefined;
      if (!gap.includes("其中")) base = undefined;
    } else if (endAt >= 0) {
      change = undefined;
    }
    inReason = cueAt >= 0 ? cueAt > endAt : inReason && endAt < 0;
    if (inReason) {
      if (!resumption.test(tail)) continue;
      inReason = false;
    }
    for (const clause of clauses.slice(0, -1)) {
      const none = nothingSpent.exec(clause.text)?.[1];
      if (none === undefined || conceptOf(cleanSubject(none), chapter) === undefined) continue;
      const start = text.indexOf(clause.text, from);
      current = about(none, start);
      if (current === undefined) continue;
      spoken.push({ at: start, statement: current });
      current.amount ??= { ...nothing, start, end: start + clause.text.length };
    }
    // 公务接待费支出决算比预算无增减变化，比去年增加…: the clause with the subject has no figure.
    const sinceStop = clauses.findLastIndex(({ before }) => /[。；]/u.test(before));
    for (const clause of clauses.slice(Math.max(0, sinceStop), -1)) {
      const subject = cleanSubject(levelWith.exec(clause.text)?.[1] ?? "");
      if (!ownName.test(subject)) continue;
      current = about(subject, text.indexOf(clause.text, from));
      change = undefined;
    }
    for (const [index, clause] of clauses.entries()) {
      if (index < clauses.length - 1) base = comparatorIn(clause.text)?.base ?? base;
      whole = wholeOf(clause.text, clauses[index + 1]?.before ?? "", current) ?? whole;
    }
    if (figure.unit === "score" || figure.unit === "count") continue;
    while ((pairs[0]?.end ?? Infinity) < figure.end) pairs.shift();
    const [next] = pairs;
    const pair = next !== undefined && next.start <= figure.start ? next : undefined;
    if (pair !== undefined) {
      const side = pair.sides.shift();
      if (side !== undefined) {
        const statement = begin(side, figure.start);
        statement.amount = figure.unit === "bare" ? inWan(figure) : figure;
        spoken.push({ at: figure.start, statement });
      }
      current = undefined;
      change = undefined;
      continue;
    }

    const isRatio = figure.unit === "percent";
    const start = figure.start - tail.length;
    if (figure.unit === "bare") {
      const wanted = wantedUnit(tail, chapter, change !== undefined);
      if (wanted !== undefined) unitless.push({ chapter, block, figure, wanted });
      continue;
    }
    const ofBeside = isRatio && /^的(?:比例|比重)?(?:为)?$/u.test(tail) ? beside : undefined;
    beside = undefined;
    if (ofBeside !== undefined && current !== undefined) {
      if (ofBeside.which !== undefined) {
        current.completions.push({ which: ofBeside.which, percent: figure });
      } else {
        current.shares.push({
          percent: figure,
          whole: ofBeside.whole ?? "",
          isNamed: true,
          wholeFigure: ofBeside.figure,
        });
      }
      continue;
    }
    const named = isRatio ? null : /^(.*?)占(.{2,30})$/u.exec(tail);
    if (named !== null) {
      beside = { whole: named[2] ?? "", figure };
      current = about(named[1] ?? "", start) ?? current;
      continue;
    }
    const last = isRatio || current?.amount === undefined ? undefined : priorSubject(tail, year);
    const found =
      last !== undefined && current !== undefined && isAbout(last, chapter)(current)
        ? ({ role: "prior_value", subject: "" } as const)
        : readLeadIn(tail, isRatio);
    if (found === undefined) {
      change = undefined;
      continue;
    }
    if (isRatio && (found.role === "plain" || found.role === "final")) continue;
    if (!isRatio && (found.role === "share" || found.role === "completion")) continue;
    const statement = about(found.subject, start);
    if (statement === undefined) continue;
    current = statement;
    spoken.push({ at: figure.start, statement });
    switch (found.role) {
      case "change": {
        base = found.base ?? base;
        const told = { direction: found.direction };
        const continued =
          change?.of === statement &&
          (found.base === undefined || isSameBase(found.base, change.claim.base)) &&
          (isRatio ? change.claim.rate === undefined : change.claim.difference === undefined);
        if (change === undefined || !continued) {
          change = {
            of: statement,
            claim: { start, ...(base === undefined ? {} : { base }) },
          };
          statement.changes.push(change.claim);
        }
        if (isRatio) Object.assign(change.claim, { rate: figure, rateDirection: told.direction });
        else Object.assign(change.claim, { difference: figure, ...told });
        break;
      }
      case "share":
        statement.shares.push({
          percent: figure,
          whole: found.whole === "" ? (whole?.name ?? "") : found.whole,
          isNamed: found.whole !== "",
          ...(found.whole === "" && whole?.statement ? { wholeStatement: whole.statement } : {}),
        });
        break;
      case "completion":
        statement.completions.push({ which: found.which, percent: figure });
        break;
      case "budget": {
        const { which } = found;
        const isOther = statement.budgets.some(
          (budget) => budget.which === which && budget.figure.value !== figure.value,
        );
        if (isOther) current = begin(statement.subject, start);
        current.budgets.push({ which, figure });
        beside = { which, figure };
        break;
      }
      case "prior_value":
        statement.priorAmount ??= figure;
        base = found.base ?? base;
        break;
      case "final":
      case "plain":
        if (
          found.role === "final" &&
          statement.amount !== undefined &&
          statement.amount.value !== figure.value &&
          statement.budgets.length === 1 &&
          statement.restated === undefined &&
          /（项）$/u.test(statement.subject) &&
          generic.test(cleanSubject(found.subject)) &&
          !text.slice(statement.amount.end, figure.start).includes("其中")
        ) {
          statement.restated = figure;
          break;
        }
        if (statement.amount !== undefined && statement.amount.value !== figure.value) {
          current = begin(statement.subject, start);
        }
        current.amount ??= figure;
        break;
    }
  }
  /** Named in the clause itself, else what was spoken of last; after a full stop the whole rather than its last part. */
  const ownerOfVerdict = (at: number) => {
    const clause = clauseBefore(text, at);
    const subject = cleanSubject(clause);
    const last = ownerAt(at);
    if (!generic.test(subject) && conceptOf(subject, chapter) !== undefined) {
      const named = statements.slice(-mostLookedBack).findLast(isAbout(subject, chapter));
      return named && { statement: named };
    }
    if (last === undefined) return undefined;
    const { within } = last;
    const isNew = text.charAt(at - clause.length - 1) === "。";
    return isNew && within !== undefined && within.block === block && within.budgets.length > 0
      ? { statement: statements.find((other) => other === within) ?? last, orOf: last }
      : { statement: last };
  };
  const ownerAt = (at: number) => spoken.findLast((said) => said.at < at)?.statement;
  for (const match of text.matchAll(reasonText)) {
    const reason = withoutStops(match[1] ?? "");
    ownerAt(match.index)?.reasons.push(reason);
  }
  for (const match of text.matchAll(verdictText)) {
    const [all, said = ""] = match;
    const word = /持平|相等|一致|相同/u.test(all) ? "equal" : verdictWords[said];
    const owner = word && ownerOfVerdict(match.index);
    if (word === undefined || owner === undefined) continue;
    const { statement, orOf } = owner;
    statement.verdicts.push({
      word,
      start: match.index,
      ...(all.includes("基本") ? { isRough: true } : {}),
      ...(orOf === undefined ? {} : { orOf }),
    });
  }
  for (const match of text.matchAll(levelText)) {
    const said = spoken.findLast(({ at }) => at < match.index + match[0].length);
    const stop = Math.max(text.lastIndexOf("。", match.index), text.lastIndexOf("；", match.index));
    if (said === undefined || stop >= said.at) continue;
    const { statement: owner } = said;
    const subject = cleanSubject(clauseBefore(text, match.index));
    // Another part stays level beside this one's change.
    if (!generic.test(subject) && !isAbout(subject, chapter)(owner)) continue;
    owner.verdicts.push({ word: "equal", start: match.index, isOfYears: true });
  }
  return { statements, unitless };
}

/** 与上年持平; 基本持平 leaves room for a little. */
const levelText =
  /(?:与|较|比|同)(?:\d{4}年(?:度)?|上年(?:度)?|上一年(?:度)?|去年)(?:决算)?(?:数)?(?:相比)?，?(?:[^，。；：基本]{0,12})持平/gu;

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

interface Pair {
  readonly start: number;
  readonly end: number;
  /** What its two figures are of; without a name they are skipped. */
  readonly sides: string[];
}

const pairText =
  /(?<sums>(?:财政拨款)?收入?、支出?总计)?(?:各|分别)(?:是|为|减少|增加|下降|增长|上升|降低)+(?<one>[\d,.]+)(?:万元|%)?[，、和](?<other>[\d,.]+)(?:万元|%)/gu;

/** 收、支总计各是125.50，124.50万元: two figures where 收、支总计 differ. */
function pairsIn(text: string): Pair[] {
  const firstSum = text.indexOf("总计各");
  return [...text.matchAll(pairText)].flatMap(({ index, 0: all, groups = {} }): Pair[] => {
    const { sums, one, other } = groups;
    if (one === other && /万元[，、和]/u.test(all)) return [];
    const of = sums?.startsWith("财政拨款") === true ? "财政拨款" : "";
    const isAmount = sums !== undefined && /总计(?:各|分别)(?:是|为)/u.test(all);
    if (sums === undefined && (firstSum < 0 || firstSum + 3 > index)) return [];
    return [
      {
        start: index,
        end: index + all.length,
        sides: isAmount ? [`${of}收入总计`, `${of}支出总计`] : [],
      },
    ];
  });
}

/** A figure whose unit is printed behind its neighbour. */
const inWan = (figure: PrintedFigure): PrintedFigure => ({
  ...figure,
  unit: "money",
  value: Math.round(figure.value * 1_000_000),
  noun: "万元",
  text: `${figure.text}万元`,
});

const isSameBase = (a: Base, b: Base | undefined): boolean =>
  b !== undefined &&
  a.kind === b.kind &&
  (a.kind === "budget" || b.kind === "budget" || (a.year ?? b.year) === (b.year ?? a.year));

const reasonText = /原因(?:主要)?(?:是|为|系|在于)?[：，]?([^。；]{2,})/gu;
const verdictText =
  /决算数?(大于|小于|高于|低于|多于|少于|等于|(?:[与同和]|较)(?=(?:年初|全年)?预算数?(?:相比)?，?(?:基本)?(?:持平|相等|一致|相同)))(?:年初|全年)?预算数?(?:相比)?，?(?:基本)?(?:持平|相等|一致|相同)?/gu;
const verdictWords: { readonly [word: string]: VerdictClaim["word"] } = {
  大于: "above",
  高于: "above",
  多于: "above",
  小于: "below",
  低于: "below",
  少于: "below",
  等于: "equal",
};

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

/** Whether a statement is about what that subject names. */
function isAbout(subject: string, chapter: ChapterKind): (statement: Statement) => boolean {
  const concept = conceptOf(subject, chapter);
  const a = bareName(subject);
  return (statement) => {
    if (concept !== undefined || statement.concept !== undefined) {
      return concept?.id === statement.concept?.id;
    }
    const b = bareName(statement.subject);
    return a === b || (Math.min(a.length, b.length) >= 4 && (a.endsWith(b) || b.endsWith(a)));
  };
}

/** A paragraph of people's has a few dozen statements; what is further back is not taken up again. */
const mostLookedBack = 200;

const bareName = (subject: string) => subject.replace(/(?:支出|收入|费|费用|经费|总额|金额)$/u, "");

interface Clause {
  readonly text: string;
  /** Sign before it; none at the beginning. */
  readonly before: string;
}

/** Of words without a stop between them no more than these, the last, are read as one clause. */
const longestClause = 200;

/** Splits at ，。；：、 outside brackets; a bracket that does not close within the text splits too. */
function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  const lastClose = text.lastIndexOf("）");
  let before = "";
  let start = 0;
  const cut = (at: number, sign: string) => {
    clauses.push({ text: text.slice(Math.max(start, at - longestClause), at), before });
    start = at + 1;
    before = sign;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (sign === "（") {
      if (at > lastClose) cut(at, sign);
      else at = text.indexOf("）", at);
    } else if ("，。；：、）→".includes(sign) && !isOneName(text, at)) {
      cut(at, sign);
    }
  }
  cut(text.length, "");
  return clauses;
}

/** The words since the last stop before a place. */
export function clauseBefore(text: string, at: number): string {
  let from = at;
  const earliest = Math.max(0, at - longestClause);
  while (from > earliest && !"，。；：".includes(text.charAt(from - 1))) from -= 1;
  return text.slice(from, at);
}

/** The words up to the first stop. */
const beginningOf = (text: string): string =>
  /^[^，。；：]*/u.exec(text.slice(0, longestClause))?.[0] ?? "";

function withoutStops(text: string): string {
  let end = text.length;
  while (end > 0 && "，：；。".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** 收、支总计 and 收入、支出总计 are one name. */
const isOneName = (text: string, at: number): boolean =>
  text[at] === "、" &&
  text[at + 1] === "支" &&
  (text[at - 1] === "收" || text.startsWith("收入", at - 2));

function lastIndexOf(pattern: RegExp, text: string): number {
  if (text.search(pattern) < 0) return -1;
  let last = -1;
  for (const match of text.matchAll(pattern)) last = match.index;
  return last;
}
