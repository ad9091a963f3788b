import type { TableFault } from "../forms/canonical-table.ts";
import type { CellAddress } from "../forms/cell.ts";
import type { Budget } from "../forms/codes/budget-of-code.ts";
import type { TableId } from "../forms/form.ts";

/** error (基本平衡) blocks submission · warning (逻辑性) needs an explanation · hint (核实性) is to be looked at. */
export type Severity = "error" | "warning" | "hint";

const ranks = { error: 0, warning: 1, hint: 2 } as const satisfies Record<Severity, number>;

/** 0 is the worst. */
export const rankOf = ({ severity }: { readonly severity: Severity }): number => ranks[severity];

/** Orders what was found, the worst first. */
export const bySeverity = (
  a: { readonly severity: Severity },
  b: { readonly severity: Severity },
): number => rankOf(a) - rankOf(b);

export type FindingKind =
  /** The cell is not what the relation makes of the others. */
  | "not_equal"
  /** Apart by no more than rounding to 0.01 万元 explains; one a table. */
  | "rounding"
  /** A part exceeds its whole, a final its budget. */
  | "above"
  /** Further from last year's figure or from its budget (`expected`) than its region lets pass unexplained. */
  | "deviates"
  | "negative"
  /** Empty or zero although another cell demands a figure. */
  | "missing"
  /** A figure although the cell it belongs to is empty or zero. */
  | "unexpected"
  /** A code of another table has no row. */
  | "missing_row"
  /** A row, column, code or name that is not the form's; `formFault` says which. */
  | "form_fault"
  /** A code without its 项 level. */
  | "not_itemised"
  /** Not what the units and the adjustments add up to. */
  | "not_sum_of_units"
  /** Adjustments took internal flows off incomes and expenses unequally: `actual` and `expected`. */
  | "taken_off_one_side"
  /** A code of another budget; `code` says which it belongs to. */
  | "other_budget"
  /** A code of another year's classification, or under its name of another year; `code` says which. */
  | "code_of_other_years"
  | "name_of_other_years"
  /** A kind of expenditure that the code does not have: the second cell is where it belongs. */
  | "wrong_column"
  /** Money that the units in the report do not have, being what they are. */
  | "not_of_such_units"
  /** Money a head or a vehicle beyond what is usual: `actual` and the usual limit as `expected`. */
  | "unusual_average"
  /** So many times last year's figure that 元 and 万元 were mixed up, it seems. */
  | "unit_slip";

/** A cell that the expected value was computed from, with the value it had. */
export interface FindingTerm {
  readonly cell: CellAddress;
  /** Absent when the cell is empty. */
  readonly value?: number;
  /** Taken away instead of added. */
  readonly minus?: true;
  /** Of last year's report. */
  readonly prior?: true;
}

/** What is wrong, as data; `finding-text.ts` words it. Amounts are 分, counts whole numbers. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly kind: FindingKind;
  /** The cell to look at first, then the others involved; all of this report. */
  readonly cells: readonly CellAddress[];
  /** What the first cell should be; for `above` the limit, for `deviates` what it is held against. */
  readonly expected?: number;
  /** What it is; absent when it is empty. For `above` the sum that exceeds the limit. */
  readonly actual?: number;
  /** actual − expected, an empty cell taken as zero. */
  readonly difference?: number;
  readonly terms?: readonly FindingTerm[];
  readonly formFault?: TableFault;
  /** For `deviates`: the reason of the narrative that it asks for, in the sentence that takes it. */
  readonly slot?: string;
  readonly sentence?: string;
  /** What is held against what, e.g. 本年收入合计 against 2021年; some of it stands in no cell. */
  readonly compared?: { readonly what: string; readonly against: string };
  readonly code?: CodeFault;
  /** The relation is one of last year's figures; `cells` are the places they had. */
  readonly ofPriorYear?: true;
}

/** What the classification says about a code, where the table says otherwise. */
export interface CodeFault {
  readonly name: string;
  readonly budget?: Budget;
  /** First and last year the code, or the name in use, is valid. */
  readonly from?: number;
  readonly to?: number;
  /** What took its place: a code, or the name of the year. */
  readonly now?: string;
}

export type LedgerOutcome = "passed" | "failed" | "explained" | "not_applicable" | "could_not_run";

/** Why a rule had nothing to compare. */
export type IdleReason =
  | "not_in_edition"
  | "not_in_year"
  | "all_empty"
  /** The rule speaks of reports of another kind, e.g. of those with fiscal money only. */
  | "condition_not_met"
  /** Asked of texts drawn up elsewhere only. */
  | "other_texts_only"
  | "no_prior_year";

/** Why a rule did not apply, or could not run. */
export type LedgerReason =
  | { readonly kind: IdleReason }
  /** The report was added up from units, and they are not at hand. */
  | { readonly kind: "units_not_loaded" }
  | { readonly kind: "duplicate_rows" | "amounts_too_large"; readonly table: TableId };

/** One line a rule: no rule is ever silently skipped. */
export interface LedgerEntry {
  readonly rule: string;
  readonly outcome: LedgerOutcome;
  readonly reason?: LedgerReason;
  /** How many of the result's findings are this rule's. */
  readonly findings: number;
}

export interface CheckResult {
  /** Worst first, then in the order of the printed report. */
  readonly findings: readonly Finding[];
  /** Every rule of the book, in its order. */
  readonly ledger: readonly LedgerEntry[];
}
