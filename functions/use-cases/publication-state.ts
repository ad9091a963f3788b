import type { PublicationView } from "../../shared/contract/responses.ts";
import { isOverdue } from "../../shared/workflow/deadlines.ts";
import { causeText, remedyText } from "../../shared/workflow/failure.ts";
import type { FileStore, ReportHead } from "../storage/ports.ts";
import { renderKey } from "./rendered.ts";

/** How far an approved report has come on its way to the portal, and whether its 20 days have passed. */
export async function publicationState(
  deps: {
    readonly files: Pick<FileStore, "stat">;
    readonly now: () => string;
    readonly portalUrl: string;
  },
  { id, state }: ReportHead,
): Promise<Omit<PublicationView, "allowedActions">> {
  const publication = "publication" in state ? state.publication : undefined;
  const publicLinks =
    publication === undefined
      ? {}
      : {
          path: publication.path,
          url: `${deps.portalUrl}${publication.path}`,
          number: publication.number,
          at: publication.at,
        };
  if (state.status === "taken_down")
    return { status: "taken_down", ...publicLinks, overdue: false };
  if (state.status === "approved") {
    const { publishBy } = state.approval;
    if (state.failure !== undefined) {
      const { step, cause, at, attempts } = state.failure;
      return {
        status: "failed",
        ...publicLinks,
        failure: { step, cause: causeText(cause), remedy: remedyText(cause), since: at, attempts },
        publishBy,
        overdue: isOverdue(publishBy, deps.now()),
      };
    }
    const printed = await deps.files.stat(renderKey(id, state.submission.editionHash));
    return {
      status: printed === undefined ? "rendering" : "publishing",
      ...publicLinks,
      publishBy,
      overdue: isOverdue(publishBy, deps.now()),
    };
  }
  if (publication !== undefined) return { status: "published", ...publicLinks, overdue: false };
  return { status: "not_approved", overdue: false };
}
