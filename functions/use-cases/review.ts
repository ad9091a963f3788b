import { reviewBases, type ReviewBase } from "../../shared/comparison/review-bases.ts";
import type { SectionId } from "../../shared/report/section-ids.ts";
import {
  partMark,
  sectionMarks,
  viewedParts,
  type Look,
  type SeenSubmission,
} from "../../shared/workflow/look.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type {
  Actor,
  ChainedEvent,
  Rejection,
  ReportState,
  Stage,
} from "../../shared/workflow/report-state.ts";
import { publicationOf } from "../../shared/workflow/transitions.ts";
import type {
  CommitRefusal,
  LookStore,
  RegistryStore,
  ReportHead,
  ReportStore,
} from "../storage/ports.ts";
import { readableEvents, submissionsIn } from "./history.ts";
import { hasOfferedReport } from "./prior-year.ts";
import { markSeen } from "./seen-submission.ts";

/** What a report is reviewed by. */
export interface Review {
  /** What it can be compared with, the first one by itself. */
  readonly bases: readonly ReviewBase[];
  readonly viewed: readonly SectionId[];
  readonly returned?: LastReturn;
  readonly isUnchanged: boolean;
}

interface LastReturn {
  readonly reason: string;
  readonly byName: string;
  readonly at: string;
  readonly stage: Stage;
  readonly undone: boolean;
}

/** What this person compares a report with, what of it they have ticked, and why it was returned. */
export async function reviewOf(
  deps: {
    readonly reports: Pick<ReportStore, "surveyHead" | "surveyEvents">;
    readonly registry: Pick<RegistryStore, "view">;
    readonly looks: Pick<LookStore, "load">;
  },
  head: ReportHead,
  { subject, editionHash }: { readonly subject: string; readonly editionHash: string },
): Promise<Review> {
  const { state } = head;
  const [events, look, hasLastYear] = await Promise.all([
    readableEvents(deps, head),
    deps.looks.load(head.id, subject),
    hasOfferedReport(deps, head),
  ]);
  const returned = lastReturn(events);
  return {
    bases: reviewBases({
      submissions: submissionsIn(events, head),
      ...{ editionHash, hasLastYear },
      isInReview: state.status === "in_review",
      looked: look && lookedBefore(look, state),
      publicHash: state.status === "published" ? undefined : publicationOf(state)?.editionHash,
    }),
    viewed: look === undefined ? [] : viewedParts(look, contentOf(head, editionHash)),
    ...(returned && { returned }),
    isUnchanged: isResubmittedUnchanged(events),
  };
}

/**
 * What somebody looked at before the submission in review came in. They may have looked at this one already: then it is
 * what they looked at before it, or this very content, where it was handed in again unchanged.
 */
function lookedBefore(look: Look, state: ReportState): SeenSubmission | undefined {
  if (state.status !== "in_review") return look.latest;
  const { editionHash, at } = state.submission;
  if (look.latest.editionHash !== editionHash || look.latest.at < at) return look.latest;
  return look.before;
}

/** The last return that no approval has followed. */
function lastReturn(events: readonly ChainedEvent[]): LastReturn | undefined {
  let last: LastReturn | undefined;
  for (const { event } of events) {
    if (event.type === "approved") last = undefined;
    if (event.type !== "returned" && event.type !== "approval_undone") continue;
    const { reason, byName, at } = event;
    last =
      event.type === "returned"
        ? { reason, byName, at, stage: event.stage, undone: false }
        : { reason, byName, at, stage: "bureau", undone: true };
  }
  return last;
}

/** The last two submissions are the same, with a return between them. */
function isResubmittedUnchanged(events: readonly ChainedEvent[]): boolean {
  const steps = events.flatMap(({ event }) =>
    event.type === "submitted" || event.type === "returned" ? [event] : [],
  );
  const [before, between, last] = steps.slice(-3);
  return (
    before?.type === "submitted" &&
    between?.type === "returned" &&
    last?.type === "submitted" &&
    before.editionHash === last.editionHash
  );
}

const contentOf = ({ sections }: ReportHead, editionHash: string) => ({
  marks: sectionMarks(sections),
  editionHash,
});

/** Two windows of one person may write at once; more often than this they do not meet. */
const maxAttempts = 5;

/** Ticks a part of the submission in review as viewed (已阅), or takes the tick away; answers the parts ticked now. */
export async function tickPart(
  deps: { readonly looks: LookStore; readonly now: () => string },
  head: ReportHead,
  actor: Actor,
  {
    part,
    viewed: isViewed,
    editionHash,
  }: { readonly part: SectionId; readonly viewed: boolean; readonly editionHash: string },
): Promise<Result<readonly SectionId[], Rejection | CommitRefusal>> {
  const content = contentOf(head, editionHash);
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const seen = await markSeen(deps, head, actor, editionHash);
    if (!seen.ok) return seen;
    const { [part]: _, ...others } = seen.value.viewed;
    const viewed = isViewed ? { ...others, [part]: partMark(part, content) } : others;
    const written = await deps.looks.put({ ...seen.value, viewed });
    if (written.ok) return ok(viewedParts(written.value, content));
  }
  return err({ code: "stale_version" });
}
