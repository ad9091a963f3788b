import type { ReportSummary } from "../../shared/workflow/report-summary.ts";
import { causeText } from "../../shared/workflow/failure.ts";
import { parseQueue } from "../../shared/workflow/turn.ts";
import { publicationOf, takeDownAskedOf } from "../../shared/workflow/transitions.ts";
import type { ReportHead } from "../storage/ports.ts";

/** What lists show of a report; everything in it is in the head. */
export function summaryOf(head: ReportHead): ReportSummary {
  const { state } = head;
  if (state.status === "absent") throw new Error(`The head of ${head.id} says it is absent.`);
  const queue = head.turn && parseQueue(head.turn.queue);
  const turn = queue && { role: queue.role, orgCode: queue.orgCode, due: head.turn.due };
  const publication = "publication" in state ? state.publication : undefined;
  const asked = takeDownAskedOf(state);
  const failure = state.status === "approved" ? state.failure : undefined;
  return {
    id: head.id,
    region: head.region,
    year: head.year,
    orgCode: head.orgCode,
    orgName: head.orgName,
    kind: head.kind,
    departmentCode: head.departmentCode,
    edition: head.edition,
    version: head.version,
    status: state.status,
    ...(state.status === "in_review" ? { stage: state.stage } : {}),
    ...(turn && { turn }),
    returned: "returned" in state,
    correcting: state.status !== "published" && publicationOf(state) !== undefined,
    ...("approval" in state ? { publishBy: state.approval.publishBy } : {}),
    ...(failure === undefined
      ? {}
      : { failure: { step: failure.step, cause: causeText(failure.cause), since: failure.at } }),
    ...(publication === undefined ? {} : { publicationPath: publication.path }),
    ...(asked && { takeDownAsked: { byName: asked.byName, at: asked.at } }),
  };
}
