import type { CellAddress } from "../forms/cell.ts";
import type { SectionId } from "../report/section-ids.ts";
import type { Stage } from "./report-state.ts";
import type { Role } from "./roles.ts";

/** A review remark (审核意见) with its answers; `decide-thread.ts` says who may make and settle one. */

export type ThreadStatus = "open" | "answered" | "resolved";
export type ThreadAct = "answer" | "resolve" | "reopen";

/** The level at which somebody writes a remark; signers count as of the department. */
export type RemarkLevel = "preparer" | "signer" | Stage;

/** The level and role an entry was written at. */
export interface Standpoint {
  readonly level: RemarkLevel;
  readonly role: Role;
}

export type ThreadAnchor =
  | { readonly kind: "cell"; readonly cell: CellAddress }
  | { readonly kind: "row"; readonly section: SectionId; readonly row: string }
  | { readonly kind: "section"; readonly section: SectionId }
  | { readonly kind: "sentence"; readonly sentence: string }
  | { readonly kind: "attachment"; readonly sha256: string };

export interface ThreadEntry {
  readonly id: string;
  readonly by: string;
  readonly byName: string;
  readonly at: string;
  readonly text: string;
  /** What the entry does to the thread. */
  readonly act: "open" | ThreadAct;
  /** Level and role of its author; entries written before this was kept have neither. */
  readonly level?: RemarkLevel;
  readonly role?: Role;
}

/** What was at the place of a remark when it was made: a figure (分 or a count, null where empty), or a sentence. */
export type AsFound =
  | { readonly figure: number | null }
  | {
      /** At most `longestFound` characters of it. */
      readonly text: string;
    };

/** Enough of any sentence to tell that it was changed, and to show how. */
export const longestFound = 500;

/** 审核意见 on a place of a report; entries are only ever appended. */
export interface Thread {
  readonly id: string;
  readonly reportId: string;
  readonly anchor: ThreadAnchor;
  /** Absent on a place that is no cell or sentence, and on remarks of before this was kept. */
  readonly found?: AsFound;
  /** Blocks approval while not resolved. */
  readonly blocking: boolean;
  readonly status: ThreadStatus;
  /** Submission the thread was opened on; absent while the report was a draft. */
  readonly editionHash?: string;
  /** The number of its entries. */
  readonly version: number;
  readonly entries: readonly ThreadEntry[];
}
