import type { AmountUnit } from "../money.ts";
import type { TableFault } from "./canonical-table.ts";
import type { TableId } from "./form.ts";

/** Where a fault is in what was handed in, as the person who made it sees it. */
export interface ImportPlace {
  readonly table?: TableId;
  /** Line of the file, counted from 1. */
  readonly line?: number;
  /** Code and name of the row, as written. */
  readonly row?: string;
  /** Column heading, as written. */
  readonly column?: string;
  /** Sheet of a workbook, and the cell on it: D14. */
  readonly sheet?: string;
  readonly cell?: string;
}

/** Why a file cannot be taken in; a file with one fault is not taken in at all. */
export type ImportFault = { readonly at: ImportPlace } & (
  | { readonly kind: "unreadable"; readonly detail: string }
  | { readonly kind: "wrong_table"; readonly expected: string; readonly actual: string }
  | { readonly kind: "wrong_year"; readonly expected: number; readonly actual: string }
  | { readonly kind: "wrong_unit"; readonly actual: string }
  | { readonly kind: "no_unit" }
  | { readonly kind: "mixed_units"; readonly expected: AmountUnit; readonly actual: string }
  | { readonly kind: "missing_column"; readonly name: string }
  | { readonly kind: "unknown_column"; readonly name: string }
  | { readonly kind: "repeated_column"; readonly name: string }
  | { readonly kind: "wrong_width"; readonly expected: number; readonly actual: number }
  | { readonly kind: "unknown_row" }
  | { readonly kind: "ambiguous_row"; readonly occurs: number }
  | { readonly kind: "row_mismatch"; readonly expected: string; readonly actual: string }
  /** A character that no text of ours may hold; named, never repeated. */
  | { readonly kind: "refused_character"; readonly character: string; readonly after: string }
  | { readonly kind: "not_an_amount"; readonly text: string }
  | { readonly kind: "too_fine"; readonly text: string }
  | { readonly kind: "too_large"; readonly text: string }
  | { readonly kind: "not_a_count"; readonly text: string }
  /** The sheet's title is known, its columns are not. */
  | { readonly kind: "no_head"; readonly wanted: readonly string[] }
  | { readonly kind: "repeated_table"; readonly sheets: readonly string[] }
  /** A formula whose result the file does not hold. */
  | { readonly kind: "not_calculated"; readonly formula: string }
  /** A formula that calls another program (DDE). */
  | { readonly kind: "unsafe_formula"; readonly formula: string }
  | { readonly kind: "table_fault"; readonly fault: TableFault }
);
