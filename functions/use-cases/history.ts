import type { ChainedEvent } from "../../shared/workflow/report-state.ts";
import { publicationOf } from "../../shared/workflow/transitions.ts";
import { everyItem, pagesOf } from "../storage/pages.ts";
import type { FoundEvent, ReportHead, ReportStore } from "../storage/ports.ts";

type Events = { readonly reports: Pick<ReportStore, "events"> };
type SurveyedEvents = { readonly reports: Pick<ReportStore, "surveyEvents"> };

/** A report's whole history: what is recorded, and what the outbox still holds. */
export async function allEvents({ reports }: Events, head: ReportHead): Promise<ChainedEvent[]> {
  const recorded = await everyItem((page) => reports.events(head.id, page));
  const last = recorded.at(-1)?.seq ?? 0;
  return [...recorded, ...head.outbox.filter(({ seq }) => seq > last)];
}

/** The same for what lists show of it: an event that cannot be read is left out, and named by verification. */
export async function readableEvents(
  deps: SurveyedEvents,
  head: ReportHead,
): Promise<readonly ChainedEvent[]> {
  const recorded = await surveyedEvents(deps, head.id);
  const places = new Set(recorded.map(({ seq }) => seq));
  return [
    ...recorded.flatMap((event) => ("value" in event ? [event.value] : [])),
    ...head.outbox.filter(({ seq }) => !places.has(seq)),
  ];
}

/**
 * The end of a report's history, in order: from where the draft of the submission before the last was opened,
 * or from the beginning. What a letter or a publication needs of the past is in it, and it stays as
 * short as two submissions however often a report was corrected.
 */
export async function recentEvents(
  { reports }: { readonly reports: Pick<ReportStore, "latestEvents"> },
  head: ReportHead,
): Promise<readonly ChainedEvent[]> {
  const recorded: ChainedEvent[] = [];
  let opened = head.outbox.filter(isOpening).length;
  for await (const { items } of pagesOf((page) => reports.latestEvents(head.id, page), 20)) {
    for (const event of items) {
      if (opened >= 2) break;
      recorded.unshift(event);
      if (isOpening(event)) opened += 1;
    }
    if (opened >= 2) break;
  }
  const last = recorded.at(-1)?.seq ?? 0;
  return [...recorded, ...head.outbox.filter(({ seq }) => seq > last)];
}

const isOpening = ({ event }: ChainedEvent): boolean =>
  event.type === "opened" || event.type === "correction_opened";

/** Every event item of a report as it was found, damage included. */
export const surveyedEvents = (
  { reports }: SurveyedEvents,
  id: string,
): Promise<readonly FoundEvent[]> => everyItem((page) => reports.surveyEvents(id, page));

export interface SubmissionSummary {
  readonly editionHash: string;
  readonly submittedAt: string;
  readonly byName: string;
  /** Whether it is, or was, public. */
  readonly published: boolean;
}

/** Submissions that were handed in, latest first, each once; an event that cannot be read hides no other. */
export const submissionsOf = async (
  deps: SurveyedEvents,
  head: ReportHead,
): Promise<readonly SubmissionSummary[]> => submissionsIn(await readableEvents(deps, head), head);

export function submissionsIn(
  events: readonly ChainedEvent[],
  head: Pick<ReportHead, "state">,
): readonly SubmissionSummary[] {
  const published = new Set([
    ...events.flatMap(({ event }) => (event.type === "published" ? [event.editionHash] : [])),
    publicationOf(head.state)?.editionHash,
  ]);
  const latest = new Map<string, SubmissionSummary>();
  for (const { event } of events) {
    if (event.type !== "submitted") continue;
    const { editionHash, at, byName } = event;
    latest.delete(editionHash);
    latest.set(editionHash, {
      editionHash,
      submittedAt: at,
      byName,
      published: published.has(editionHash),
    });
  }
  return [...latest.values()].reverse();
}
