import { assertNever } from "../result.ts";
import type { ChainedEvent, Effect } from "./report-state.ts";

/** The follow-up work of an event; names it and does none. */
export function react({ reportId, seq, event }: ChainedEvent): readonly Effect[] {
  const notify: Effect = { type: "notify", reportId, seq };
  const index: Effect = { type: "index", reportId };
  switch (event.type) {
    case "opened":
    case "publication_started":
    case "edition_taken":
      return [];
    case "submitted":
    case "withdrawn":
    case "passed":
    case "returned":
    case "signed_off":
    case "correction_opened":
    case "take_down_asked":
    case "take_down_declined":
    case "take_down_withdrawn":
    case "publication_failed":
      return [notify];
    case "published":
      return [index, notify];
    case "approved":
      return [{ type: "render", reportId, editionHash: event.editionHash, seq }, index, notify];
    // Printing finds what is printed already and hands it on, so a retry begins there for either step.
    case "publication_retried":
      return [{ type: "render", reportId, editionHash: event.editionHash, seq }];
    case "approval_undone":
      return [{ type: "discard", reportId, editionHash: event.editionHash }, index, notify];
    case "taken_down":
      return [{ type: "retract", reportId }, index, notify];
    default:
      return assertNever(event);
  }
}
