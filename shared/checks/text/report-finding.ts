import type { CellAddress } from "../../forms/cell.ts";
import type { Severity } from "../finding.ts";

/** A finding of a published report, in words: of its tables, or of its text. */
export interface ReportFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly quote?: string;
  readonly line?: number;
  readonly cells?: readonly CellAddress[];
  readonly expected?: string;
  readonly actual?: string;
  readonly message: string;
}
