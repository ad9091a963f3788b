import type { Sha256 } from "../../shared/canonical-json.ts";
import type { ReportView } from "../../shared/contract/responses.ts";
import { allowedActions } from "../../shared/workflow/available.ts";
import type { Actor } from "../../shared/workflow/report-state.ts";
import type { ReportSummary } from "../../shared/workflow/report-summary.ts";
import type { ReportHead } from "../storage/ports.ts";
import { hashOf } from "../use-cases/report-content.ts";
import { summaryOf } from "../use-cases/summary.ts";

/** A report as this person sees it: whole, with what they may do with it now. */
export function reportView(
  deps: { readonly sha256: Sha256 },
  head: ReportHead,
  actor: Actor,
  summary: ReportSummary = summaryOf(head),
): Omit<ReportView, "state" | "sections"> & Pick<ReportHead, "state" | "sections"> {
  const editionHash = hashOf(deps, head);
  return {
    ...summary,
    state: head.state,
    sections: head.sections,
    editionHash,
    allowedActions: [...allowedActions(head.state, actor, editionHash)],
  };
}
