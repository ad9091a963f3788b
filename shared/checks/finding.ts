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

/** Figures in 分, or whole numbers of counts. */
interface Figures {
  readonly expected: number;
  /** Absent when the cell is empty. */
  readonly actual?: number;
  /** actual − expected, an empty cell taken as zero. */
  readonly difference: number;
}

/** What a relation makes of cells. */
interface Relation extends Figures {
  readonly terms: readonly FindingTerm[];
  /** The relation is one of last year's figures; `cells` are the places they had. */
  readonly ofPriorYear?: true;
}

/** The cell at fault has this value. */
interface Value {
  readonly actual: number;
}

/** What was found, kind by kind: exactly what its wording needs. */
export type FindingFact =
  /** The cell is not what the relation makes of the others. */
  | ({ readonly kind: "not_equal" } & Relation)
  /** Apart by no more than rounding to 0.01 万元 explains; one a table. */
  | ({ readonly kind: "rounding" } & Relation)
  /** A part exceeds its whole, a final its budget: `actual` is the sum that exceeds the limit `expected`. */
  | ({ readonly kind: "above" } & Relation)
  /** Further from last year's figure or from its budget (`expected`) than its region lets pass unexplained. */
  | ({ readonly kind: "deviates" } & Deviation)
  | ({ readonly kind: "negative" } & Value)
  /** Empty or zero although another cell demands a figure. */
  | { readonly kind: "missing" }
  /** A figure although the cell it belongs to is empty or zero. */
  | ({ readonly kind: "unexpected" } & Value)
  /** A code of another table has no row. */
  | { readonly kind: "missing_row" }
  /** A row, column, code or name that is not the form's. */
  | { readonly kind: "form_fault"; readonly formFault: TableFault }
  /** A code without its 项 level. */
  | { readonly kind: "not_itemised" }
  /** Not what the units and the adjustments add up to. */
  | ({ readonly kind: "not_sum_of_units" } & Figures)
  /** Adjustments eliminated internal flows unequally: from incomes `actual`, from expenses `expected`. */
  | ({ readonly kind: "taken_off_one_side" } & Value & Figures)
  /** A code of another budget, and which it belongs to. */
  | {
      readonly kind: "other_budget";
      readonly code: { readonly name: string; readonly budget: Budget };
    }
  /** A code of another year's classification. */
  | { readonly kind: "code_of_other_years"; readonly code: CodeValidity }
  /** A code under the name that it had until the year `to`; `now` is that of the year. */
  | {
      readonly kind: "name_of_other_years";
      readonly code: { readonly name: string; readonly to: number; readonly now: string };
    }
  /** A kind of expenditure that the code does not have: the second cell is where it belongs. */
  | ({ readonly kind: "wrong_column"; readonly code: { readonly name: string } } & Value)
  /** Money that the units in the report do not have, being what they are. */
  | ({ readonly kind: "not_of_such_units" } & Value)
  /** Money a head or a vehicle beyond what is usual: `actual` and the usual limit as `expected`. */
  | ({ readonly kind: "unusual_average"; readonly expected: number } & Value)
  /** So many times last year's figure (`expected`) that 元 and 万元 were mixed up, it seems. */
  | ({ readonly kind: "unit_slip"; readonly expected: number } & Value);

export type FindingKind = FindingFact["kind"];

/** A figure that needs a reason, and where the narrative takes it. */
interface Deviation {
  readonly actual?: number;
  readonly expected?: number;
  readonly difference: number;
  /** The reason of the narrative that it requests, and the sentence that takes it. */
  readonly slot: string;
  readonly sentence?: string;
  /** What is compared with what, e.g. 本年收入合计 against 2021年; some of it is in no cell. */
  readonly compared: { readonly what: string; readonly against: string };
}

/** First and last year that the classification has a code, and the code that took its place. */
export interface CodeValidity {
  readonly name: string;
  readonly from?: number;
  readonly to?: number;
  readonly now?: string;
}

interface FindingPlace {
  /** The cell to look at first, then the others involved; all of this report. */
  readonly cells: readonly CellAddress[];
}

/** A finding before its rule puts id and severity on it. */
export type Fault = FindingPlace & FindingFact;

/** What is wrong, as data; `finding-text.ts` words it. */
export type Finding = Fault & { readonly rule: string; readonly severity: Severity };

export type FindingOf<Kind extends FindingKind> = Extract<Finding, { readonly kind: Kind }>;

/** The figures of a finding of any kind, as far as it has any. */
export const figuresOf = (finding: Fault): Partial<Figures> => ({
  ...("expected" in finding ? { expected: finding.expected } : {}),
  ...("actual" in finding ? { actual: finding.actual } : {}),
  ...("difference" in finding ? { difference: finding.difference } : {}),
});

/** The cells an expected value was computed from; none of a finding that computed nothing. */
export const termsOf = (finding: Fault): readonly FindingTerm[] =>
  "terms" in finding ? finding.terms : [];

export const concernsPriorYear = (finding: Fault): boolean => "ofPriorYear" in finding;

/** The row is at fault, not one cell of it. */
export function isAboutRow(finding: Fault): boolean {
  switch (finding.kind) {
    case "missing_row":
    case "not_itemised":
    case "code_of_other_years":
    case "name_of_other_years":
      return true;
    case "form_fault":
      return finding.formFault.at.column === undefined;
    default:
      return false;
  }
}

export type LedgerOutcome = "passed" | "failed" | "explained" | "not_applicable" | "could_not_run";

/** Why a rule had nothing to compare. */
export type NotApplicableReason =
  | "not_in_edition"
  | "not_in_year"
  | "all_empty"
  /** The rule is about reports of another kind, e.g. of those with fiscal money only. */
  | "condition_not_met"
  /** Judges only texts drawn up elsewhere. */
  | "other_texts_only"
  | "no_prior_year";

/** Why a rule did not apply, or could not run. */
export type LedgerReason =
  | { readonly kind: NotApplicableReason }
  /** The report was not added up from units. */
  | { readonly kind: "not_consolidated" }
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
