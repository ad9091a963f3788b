import type { Missing } from "../narrative/written.ts";
import type { Report } from "../report/report.ts";
import type { CheckContext, Reference } from "./context.ts";
import type { Fault, FindingKind, NotApplicableReason, Severity } from "./finding.ts";
import type { SectionEvaluation } from "./sections/section-fault.ts";
import type { TextFault } from "./text/text-finding.ts";
import type { TextContext } from "./text/text-context.ts";
import type { RewordingCheck } from "./wording/rewording.ts";

/** By how much figures may differ. */
export type Tolerance =
  /** By what rounding to 0.01 万元 explains; not at all where 元 were typed. */
  | "rounding"
  /** Percentages, averages and scores, by the last digit that is printed. */
  | "ratio"
  | "exact"
  /** Nothing is calculated: something is there or it is not. */
  | "none";

interface Head {
  /**
   * As in the trade's list (R…); F… are faults of form, S… rules over sections beyond the list, W… rules of wording,
   * P… the 个人信息 scan.
   */
  readonly id: string;
  /** What must hold, as the trade says it. */
  readonly statement: string;
  /** Law or 文号 it rests on, where there is one. */
  readonly basis?: string;
  readonly severity: Severity;
  /** First and last report year it holds for; always when absent. */
  readonly years?: { readonly from?: number; readonly to?: number };
}

/** What a rule judges: one member for each. */
interface Carriers {
  /** The cells of a report, drawn up here or read from print. */
  readonly cells: CellCheck;
  /** What a draft holds outside its tables: facts, performance, typed texts, last year's figures. */
  readonly sections: SectionCheck;
  /** The words of a text, our own or a published one. */
  readonly text: TextCheck;
  /** The sentences of the narrative that people reworded. */
  readonly rewording: RewordingCheck;
  /** Selects its own among everything that the narrative needs and nobody gave. */
  readonly gaps: <Gap extends Missing>(gaps: readonly Gap[]) => readonly Gap[];
  /** The units of a department as the registry has them today; `outdated-units.ts` judges them. */
  readonly units: true;
  /** Which tables a report from elsewhere prints, and whether they can be read; `form/missing-tables.ts` judges them. */
  readonly printedTables: true;
}

type AtLeastOne<T> = {
  [Key in keyof T]: Required<Pick<T, Key>> & Partial<Omit<T, Key>>;
}[keyof T];

/** The tolerance follows from a check over cells; every other rule states its own. */
type Tolerated =
  | { readonly cells: CellCheck; readonly tolerance?: undefined }
  | { readonly cells?: undefined; readonly tolerance: Tolerance };

/** A relation (勾稽关系) or another rule, with everything about it; `rule-book.ts` holds them all. */
export type Rule = Head & AtLeastOne<Carriers> & Tolerated;

/** The rules that judge one thing. */
export type RuleOver<Carrier extends keyof Carriers> = Head & Pick<Carriers, Carrier>;

export const isOver =
  <Carrier extends keyof Carriers>(carrier: Carrier) =>
  (rule: Rule): rule is Rule & RuleOver<Carrier> =>
    rule[carrier] !== undefined;

/** A typed expression over a report's cells. */
export interface CellCheck {
  /** What it names in the forms: an edition that lacks one of these has no such relation. */
  readonly reads: readonly Reference[];
  /** Reads the unit versions that the report was added up from, too. */
  readonly readsUnits?: true;
  /** The total of a row is the sum of the row's other figures, whatever columns they are in. */
  readonly sumsRow?: true;
  /** What it may find; the catalogue takes from it how a finding is worded and what rounding excuses. */
  readonly finds: readonly FindingKind[];
  readonly run: (context: CheckContext) => Evaluation;
}

/** A check over what a report holds outside its tables. */
export interface SectionCheck {
  /** Last year's figures and the units of a department are families of their own. */
  readonly scope: "sections" | "years" | "units";
  /** Reads the unit versions that a department was added up from. */
  readonly readsUnits?: true;
  readonly run: (report: Report) => SectionEvaluation;
}

/** A check of a text, compared with the tables where there are any, else with itself. */
export interface TextCheck {
  /** Whether it calculates with amounts, so that one wrong amount may cause findings of several rules. */
  readonly amounts: "none" | AmountsCheck;
  /** Why text that was drawn up here is not checked. */
  readonly notOfOwnText?: string;
  readonly run: (context: TextContext) => readonly TextFault[];
}

interface AmountsCheck {
  /** Of the findings that correcting one amount removes, the one of the lowest rank is reported as their cause. */
  readonly causeRank: number;
  /** Compares a whole with the sum of its parts, so the wrong amount may be any of the parts as well. */
  readonly sumsParts?: true;
}

/** `causeRank` of rules whose findings never name the amount at fault. */
export const neverTheCause = 7;

export interface Evaluation {
  /** How many relations had figures to compare; none means the rule does not apply. */
  readonly tested: number;
  readonly faults: readonly Fault[];
  /** Why nothing was tested. */
  readonly notApplicable?: NotApplicableReason;
}

export const holds: Evaluation = { tested: 1, faults: [] };

export const notApplicable = (reason: NotApplicableReason): Evaluation => ({
  tested: 0,
  faults: [],
  notApplicable: reason,
});

export const evaluated = (tested: number, faults: readonly Fault[]): Evaluation =>
  tested === 0 ? notApplicable("all_empty") : { tested, faults };

/** The reason nearest to a figure comes first. */
const reasonsNotApplicable: readonly NotApplicableReason[] = [
  "no_prior_year",
  "condition_not_met",
  "all_empty",
  "not_in_year",
  "not_in_edition",
];

/** All parts of a rule as one; without any figure, the part nearest to one says why. */
export function combine(parts: readonly Evaluation[]): Evaluation {
  let tested = 0;
  const faults: Fault[] = [];
  for (const part of parts) {
    tested += part.tested;
    faults.push(...part.faults);
  }
  if (tested > 0) return { tested, faults };
  return notApplicable(
    reasonsNotApplicable.find((reason) => parts.some((part) => part.notApplicable === reason)) ??
      "all_empty",
  );
}
