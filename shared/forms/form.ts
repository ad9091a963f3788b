import type { AccountsMapping } from "./accounts-mapping.ts";
import type { EditionSources } from "./edition-sources.ts";
import type { ComparedCells, Relation } from "./relation.ts";
import type { Sentences } from "./sentences-schema.ts";

/**
 * The statutory tables as data. One edition (报表版式) is one year's set of forms in one region;
 * the same data draws the entry grid, the PDF and portal table, the import template, and drives the checks.
 */

/**
 * `t` and two digits. Which tables a report has is its edition's to say; a table that several editions print has the
 * same id in all of them, whatever its number there.
 */
export type TableId = `t${number}`;

/** money: integer 分, printed in 万元 with two decimals · count: a whole number. */
export type CellKind = "money" | "count";

/** A head cell spans columns and rows as on paper; heads are rows of the printed table. */
export interface HeadCell {
  readonly text: string;
  readonly colspan?: number;
  readonly rowspan?: number;
}

/** A printed column before the values of a block. */
export type LeadColumn = "name" | "line" | "code";

export interface ValueColumn {
  /** Stable across editions, e.g. `total`, `basic`, `final`. */
  readonly key: string;
  /** Column name as printed, e.g. 基本支出. */
  readonly name: string;
  /** 栏次: the printed number of the column; absent where the edition prints none. */
  readonly number?: number;
}

/** A row that every report of the edition has. */
export interface FixedRow {
  /** Stable across editions, e.g. `income_total`, a class code `201`, an economic code `30201`. */
  readonly key: string;
  readonly name: string;
  /** 行次. */
  readonly line?: number;
  /** Printed classification code (经济分类). */
  readonly code?: string;
  /** money unless stated. */
  readonly kind?: CellKind;
  /** Column keys that print `────` and take no value. */
  readonly dashes?: readonly string[];
  /** How far the name is set in, in characters. */
  readonly indent?: number;
  readonly total?: true;
  /** Its name spans the block to the left as well, as 公用经费合计 does on paper. */
  readonly joinsPrevious?: true;
  /** Held as data for checks and narrative but not printed in this edition's table. */
  readonly unprinted?: boolean;
}

/** An empty printed line, kept so that both sides of a form are as long as on paper. */
export interface BlankRow {
  readonly blank: true;
  readonly line?: number;
}

/**
 * Blocks are side by side: 公开01表 has an income and an expense block, 公开06表 three.
 * `by-function-code`: rows are 支出功能分类 codes of the report (类 3, 款 5, 项 7 digits), with row `total` (合计).
 */
export interface Block {
  readonly lead: readonly LeadColumn[];
  readonly columns: readonly ValueColumn[];
  readonly rows: readonly (FixedRow | BlankRow)[] | "by-function-code";
}

export interface Form {
  readonly id: TableId;
  /** 公开01表; absent where the edition prints no number. */
  readonly number?: string;
  readonly title: string;
  /** e.g. 金额单位：万元. */
  readonly unitLabel: string;
  readonly orientation: "portrait" | "landscape";
  readonly head: readonly (readonly HeadCell[])[];
  /** 栏次 line under the head, one cell a printed column; absent where none is printed. */
  readonly columnNumbers?: readonly HeadCell[];
  readonly blocks: readonly Block[];
  /** `transposed`: one line that prints each row's values side by side, as 三公 in some editions. */
  readonly layout?: "upright" | "transposed";
  /** 支出功能分类 of the year (code → name), for forms whose rows are by code. */
  readonly codeNames?: ReadonlyMap<string, string>;
  /** What the edition's own relations add up within the form, e.g. `t11/total/*` of `t11/land/*`. */
  readonly sums?: readonly ComparedCells[];
  /** Row `total` (合计) of a by-function-code form is first or last. */
  readonly totalRow?: "first" | "last";
  /** 注 lines under the table; `{year}` and `{unit}` are filled in. */
  readonly notes: readonly string[];
  /** 说明 when the table has no figures; printed always or only then. */
  readonly blankNote?: { readonly text: string; readonly when: "always" | "empty" };
  /** Held as data, stated in the narrative, not printed as a table. */
  readonly unprinted?: true;
}

/**
 * From when on a figure asks for its reason. No law says how far is too far: each region sets its own marks, as
 * its finance bureau reviews by them.
 */
export interface Thresholds {
  /** Against last year: both `percent` of last year's figure and `amountFen` (分) must be reached. */
  readonly change: { readonly percent: number; readonly amountFen: number };
  /** Share of the budget that was spent: below the one or above the other asks, both marks do not. */
  readonly completion: { readonly fromPercent: number; readonly toPercent: number };
}

/** What an edition says in its own words, besides its tables and its terms. */
export interface EditionWords {
  /** 地名 by which a printed text is known to be of the edition's region. */
  readonly places: readonly string[];
}

/** What a part of a report holds. */
export type PartContent = "overview" | "tables" | "narrative" | "glossary" | "attachments";

/** 第一部分, 第二部分 …; `{机构名称}`, `{年}` and `{部门}` of a title are filled in. */
export interface EditionPart {
  readonly id: string;
  readonly title: string;
  readonly holds: PartContent;
  /** Chapters of the narrative that are a part by themselves; the others are in the part that names none. */
  readonly chapters?: readonly string[];
  /** Printed in the part before it, without 第N部分 of its own. */
  readonly continues?: true;
}

/** How the narrative prints figures. */
export interface FigureStyle {
  /** 2 unless stated. */
  readonly percentDecimals?: 1 | 2;
  /** In place of a rate of change or completion whose base is 0, e.g. --（基数为0，不可比）. */
  readonly zeroBase?: string;
}

export interface Edition {
  /** Place and year in small letters; what is stored of a report names its edition by it. */
  readonly id: string;
  /** The edition it was derived from. */
  readonly base?: string;
  readonly name: string;
  readonly year: number;
  /** The title on the cover, filled in as those of the parts. */
  readonly cover: { readonly title: string; readonly above?: string };
  /** 目录, with a note under it where the region prints one. */
  readonly contents?: { readonly note: string };
  /** In printed order. */
  readonly parts: readonly EditionPart[];
  /** In printed order; ids are stable, so “三公” keeps id `t09` where it is 表7. */
  readonly forms: readonly Form[];
  /** Relations (勾稽关系) of tables that only this edition has. */
  readonly relations?: readonly Relation[];
  /** 第一部分 概况 and 第三部分 决算情况说明, as templates. */
  readonly sentences: Sentences;
  readonly figures?: FigureStyle;
  readonly thresholds: Thresholds;
  readonly words: EditionWords;
  /** 年初预算 is filled in for the 支出功能分类 codes of this table that have so many digits. */
  readonly budgetedCodes: { readonly table: TableId; readonly digits: 3 | 5 | 7 };
  /** 名词解释, in printed order. */
  readonly glossary: readonly { readonly term: string; readonly meaning: string }[];
  /** 支出功能分类 of the year: code → name. */
  readonly functionCodes: ReadonlyMap<string, string>;
  /** 部门预算支出经济分类 of the year: code → name. */
  readonly economicCodes: ReadonlyMap<string, string>;
  /** What of the accounts (财决表) makes up its tables, as far as it is not what the nation has. */
  readonly accounts?: { readonly [Member in keyof AccountsMapping]?: AccountsMapping[Member] };
  /** Where its tables and sentences were found. */
  readonly sources?: EditionSources;
}
