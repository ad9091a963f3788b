import type { PublicNoticeView } from "../../shared/contract/responses.ts";
import { correctionNotice } from "../../shared/disclosure/public-notices.ts";
import type { ReportEvent } from "../../shared/workflow/report-state.ts";
import { publicationOf } from "../../shared/workflow/transitions.ts";
import type { ReportHead, ReportStore } from "../storage/ports.ts";
import type { HeavyWork } from "./heavy-work.ts";
import { recentEvents } from "./history.ts";
import { loadManifest, loadReport, manifestOf, type ContentDeps } from "./report-content.ts";

/** Changes that are listed; the public page lists all of them. */
const changesShown = 200;

/** What the public will read of a correction (更正) under way; undefined where none is. */
export async function correctionToCome(
  deps: ContentDeps & {
    readonly reports: Pick<ReportStore, "latestEvents">;
    readonly heavyWork: HeavyWork;
  },
  head: ReportHead,
): Promise<PublicNoticeView | undefined> {
  const publication = publicationOf(head.state);
  if (publication === undefined || head.state.status === "published") return undefined;
  const history = (await recentEvents(deps, head)).map(({ event }) => event);
  const [older, newer] = await Promise.all([
    loadManifest(deps, publication.editionHash).then((manifest) => loadReport(deps, manifest)),
    loadReport(deps, manifestOf(head)),
  ]);
  const changes = await deps.heavyWork("publicChanges", { older, newer });
  const { title, lines } = correctionNotice({
    number: publication.number + 1,
    reason: correctionReason(history),
  });
  return {
    notice: { title, lines: [...lines] },
    changes: { count: changes.length, items: changes.slice(0, changesShown) },
  };
}

/** Why the correction under way was opened (更正原因), by the report's latest events. */
export function correctionReason(history: readonly ReportEvent[]): string {
  const opened = history.findLast((event) => event.type === "correction_opened");
  if (opened === undefined) throw new Error("Nobody opened the correction of this report.");
  return opened.reason;
}
