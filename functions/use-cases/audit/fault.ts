import type { SectionId } from "../../../shared/report/section-ids.ts";
import type { ReportEvent } from "../../../shared/workflow/report-state.ts";
import type { ThreadAnchor } from "../../../shared/workflow/thread.ts";
import type { Damage } from "../damage.ts";

/** What verification may find of a report, each with what its words need (`fault-words.ts`). */
export type AuditFault =
  /** The head holds members that this program does not write, or lacks some. */
  | { readonly kind: "head_unreadable"; readonly members: string }
  /** Anchors name the report and the table has none. */
  | { readonly kind: "report_missing" }
  | ChainFault
  | AnchorFault
  | StateFault
  | ContentFault
  | ThreadFault
  | PublicationFault;

/** Of the recorded events; `seq` is the place in the chain, counted from 1. */
export type ChainFault =
  | { readonly kind: "event_missing"; readonly seq: number; readonly to: number }
  | { readonly kind: "event_unreadable"; readonly seq: number; readonly members: string }
  | { readonly kind: "event_wrong_report"; readonly seq: number; readonly reportId: string }
  /** The content of another place. */
  | { readonly kind: "event_reordered"; readonly seq: number; readonly found: number }
  /** Its content does not have its hash. */
  | { readonly kind: "event_changed"; readonly seq: number }
  /** Whole in itself, but not tied to the one before. */
  | { readonly kind: "event_unlinked"; readonly seq: number }
  /** Recorded at a place that the report never reached. */
  | { readonly kind: "event_extra"; readonly seq: number }
  /** Cannot have followed what came before. */
  | {
      readonly kind: "event_impossible";
      readonly seq: number;
      readonly type: ReportEvent["type"];
    }
  /** The head names another hash for its last event than that event has. */
  | { readonly kind: "tip_differs"; readonly seq: number };

/** Of what was written outside the table (`anchors.ts`). */
export type AnchorFault =
  /** The head is behind what once was: it was set back to an earlier state. */
  | { readonly kind: "chain_rolled_back"; readonly seq: number; readonly known: number }
  /** Events up to `seq` were replaced; those up to `after` are as they were. */
  | { readonly kind: "chain_rewritten"; readonly after: number; readonly seq: number }
  | { readonly kind: "anchor_unreadable"; readonly seq: number }
  /** Events were relayed and the anchor that every relay leaves is not there. */
  | { readonly kind: "anchor_missing"; readonly seq: number };

/** Of the head, compared with what the events add up to. */
export type StateFault =
  | {
      readonly kind: "state_differs";
      /** Where in the state, from outside to inside: `approval`, `byName`. */
      readonly path: readonly string[];
      /** What the events give and what the head has; absent where there is no such member. */
      readonly expected?: string;
      readonly actual?: string;
    }
  /** A member of the head other than its state that is not what the report was opened or handed in with. */
  | {
      readonly kind: "head_differs";
      readonly member: "region" | "year" | "orgCode" | "orgName" | "kind" | "edition";
      readonly expected: string;
      readonly actual: string;
    }
  /** A section of a report in review, approved or published that is not the one handed in. */
  | { readonly kind: "section_pointer_changed"; readonly section: SectionId };

/** Of stored bytes that a hash names: sections, manifests, attachments. */
export type ContentFault = {
  readonly kind: "content_damaged";
  readonly damage: Damage;
  /** The submission it belongs to; absent for what is being worked on. */
  readonly editionHash?: string;
};

export type ThreadFault =
  | { readonly kind: "thread_unreadable"; readonly id: string; readonly members: string }
  /** Its status or version is not what its entries give. */
  | { readonly kind: "thread_inconsistent"; readonly anchor: ThreadAnchor }
  /** Threads do not have the hash that a verdict names; `anchors` are those it saw. */
  | {
      readonly kind: "threads_changed";
      readonly seq: number;
      readonly type: ReportEvent["type"];
      readonly anchors: readonly ThreadAnchor[];
    };

/** Of what is, or was, public; `number` counts the publications of the report from 1. */
export type PublicationFault =
  | { readonly kind: "receipt_missing"; readonly number: number; readonly path: string }
  | { readonly kind: "receipt_changed"; readonly number: number; readonly path: string }
  /** A record of a publication that no event knows. */
  | { readonly kind: "receipt_extra"; readonly path: string }
  | { readonly kind: "pdf_missing"; readonly number: number }
  | { readonly kind: "pdf_changed"; readonly number: number }
  | { readonly kind: "published_file_missing"; readonly path: string }
  | { readonly kind: "published_file_changed"; readonly path: string }
  /** A file that no record of publication names. */
  | { readonly kind: "published_file_extra"; readonly path: string }
  | { readonly kind: "tombstone_changed"; readonly path: string };

/** What could not be verified because an earlier version did not record what it takes. */
export type AuditGap =
  | { readonly kind: "threads_unnamed"; readonly seq: number; readonly type: ReportEvent["type"] }
  | { readonly kind: "receipt_unchained"; readonly number: number }
  | { readonly kind: "no_anchor" };
