import type { ChapterKind } from "./chapters.ts";
import { beginningOf } from "./clauses.ts";
import { cleanSubject, conceptOf } from "./concepts.ts";
import { pairsIn, type Pair } from "./figure-pairs.ts";
import { listMarker, type Block } from "./flow.ts";
import type { Base, BudgetKind } from "./lead-in.ts";
import type { PrintedFigure } from "./printed-figure.ts";
import type { Draft, DraftChange, UnitlessClaim } from "./statements.ts";

/** What is known of a block (a paragraph or table cell) up to the figure that is read next. */
export interface BlockReading {
  readonly block: Block;
  readonly chapter: ChapterKind;
  /** The statement whose list this block is an item of. */
  readonly lead: Draft | undefined;
  /** Year that the block names. */
  readonly year: string | undefined;
  /** Where the text begins after the list's marker. */
  readonly marker: number;
  /** Pairs of figures that are still to come. */
  readonly pairs: Pair[];
  readonly statements: Draft[];
  readonly unitless: UnitlessClaim[];
  /** Statements in the order in which the text comes to them. */
  readonly mentions: { readonly at: number; readonly statement: Draft }[];
  /** End of the last figure. */
  cursor: number;
  /** The statement that the next clause continues. */
  current: Draft | undefined;
  change: { readonly claim: DraftChange; readonly of: Draft } | undefined;
  base: Base | undefined;
  /** What the following shares are shares of. */
  whole: { readonly name: string; readonly statement?: Draft } | undefined;
  /** A figure that the percentage right after it may be compared with. */
  beside: Beside | undefined;
  isInReason: boolean;
  /** The statement before a bracket that is open. */
  outside: Draft | undefined;
  /** Subject from the beginning of the block, for figures without one of their own. */
  title: string | undefined;
}

interface Beside {
  readonly which?: BudgetKind;
  readonly whole?: string;
  readonly figure: PrintedFigure;
}

export function beginReading(
  block: Block,
  chapter: ChapterKind,
  lead: Draft | undefined,
): BlockReading {
  const { text } = block;
  const marker = listMarker.exec(text)?.[0].length ?? 0;
  return {
    ...{ block, chapter, lead, marker },
    year: /(20\d\d)年/u.exec(text)?.[1],
    pairs: pairsIn(text),
    ...{ statements: [], unitless: [], mentions: [] },
    cursor: marker,
    ...{ current: undefined, change: undefined, base: undefined },
    whole: lead === undefined ? undefined : { name: lead.subject, statement: lead },
    ...{ beside: undefined, isInReason: false, outside: undefined, title: undefined },
  };
}

export function addStatement(reading: BlockReading, subject: string, start: number): Draft {
  const { block, chapter, lead, statements } = reading;
  const concept = conceptOf(subject, chapter);
  const isFirst = statements.length === 0;
  const within = lead !== undefined && isFirst ? lead : reading.whole?.statement;
  const draft: Draft = {
    subject,
    ...(concept === undefined ? {} : { concept }),
    ...{ chapter, block, start },
    ...{ budgets: [], changes: [], shares: [], completions: [], reasons: [], verdicts: [] },
    isListed: lead !== undefined && isFirst,
    listedBlocks: 0,
    ...(within === undefined ? {} : { within }),
  };
  statements.push(draft);
  return draft;
}

/** Words that name no subject of their own. */
const generic =
  /^(?:支出|收入|本年|本年度|金额|总额|合计|实际|资金|当年|总体|整体|决算|本级|数|比例|)(?:支出|数|上)?$/u;

export const isGeneric = (subject: string): boolean => generic.test(subject);

/** A paragraph of people's has a few dozen statements; what is further back is not taken up again. */
const mostLookedBack = 200;

/** The last statement about what a subject names. */
export const latestAbout = (
  { statements, chapter }: BlockReading,
  subject: string,
): Draft | undefined => statements.slice(-mostLookedBack).findLast(isAbout(subject, chapter));

/** The statement that a clause with that subject is about; a new one for a new subject. */
export function statementAbout(
  reading: BlockReading,
  words: string,
  start: number,
): Draft | undefined {
  const { chapter, current } = reading;
  const subject = cleanSubject(words);
  const isOwnBudget = chapter === "fund" || chapter === "capital";
  const isConcept = conceptOf(subject, chapter) !== undefined;
  if (isGeneric(subject) && !(isOwnBudget && isConcept)) {
    if (current !== undefined) return current;
    if (isConcept) return addStatement(reading, subject, start);
    const title = (reading.title ??= titleOf(reading));
    return /(?:（[款项]）|支出|费)$/u.test(title) ? addStatement(reading, title, start) : undefined;
  }
  if (current !== undefined && isAbout(subject, chapter)(current)) return current;
  return latestAbout(reading, subject) ?? addStatement(reading, subject, start);
}

/** The item's title comes before its figures: …（项）。主要用于…; 公共安全支出无年初预算，…. */
const titleOf = ({ block, marker }: BlockReading): string =>
  cleanSubject(
    beginningOf(block.text.slice(marker)).replace(
      /(?:年初)?(?:无|没有|未安排)(?:年初|全年)?预算.*$/u,
      "",
    ),
  );

/** The last statement that the text came to before a position. */
export const statementBefore = ({ mentions }: BlockReading, position: number): Draft | undefined =>
  mentions.findLast(({ at }) => at < position)?.statement;

/** Whether a statement is about what that subject names. */
export function isAbout(subject: string, chapter: ChapterKind): (statement: Draft) => boolean {
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

const bareName = (subject: string) => subject.replace(/(?:支出|收入|费|费用|经费|总额|金额)$/u, "");
