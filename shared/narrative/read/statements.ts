import type { ChapterKind } from "./chapters.ts";
import type { Concept } from "./concepts.ts";
import type { Block } from "./flow.ts";
import type { Base, BudgetKind, Direction } from "./lead-in.ts";
import type { PrintedFigure } from "./printed-figure.ts";

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

/** A statement while its block is being read. */
export type Draft = {
  -readonly [Key in keyof Statement]: Statement[Key] extends readonly (infer Item)[]
    ? Item[]
    : Statement[Key];
};
export type DraftChange = { -readonly [Key in keyof ChangeClaim]: ChangeClaim[Key] };
