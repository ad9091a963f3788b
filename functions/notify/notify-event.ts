import type { NotifyMessage } from "../../shared/contract/messages.ts";
import { absent, beforeCorrection, evolve } from "../../shared/workflow/evolve.ts";
import type { ChainedEvent, ReportState } from "../../shared/workflow/report-state.ts";
import type { MailCounts } from "../platform/mail/send-once.ts";
import type { Member } from "../../shared/registry/registry.ts";
import type { RegistryStore, RegistryView, ReportHead, ReportStore } from "../storage/ports.ts";
import { publishByOf } from "../use-cases/current-summaries.ts";
import type { ReportInHand } from "../use-cases/handle-command.ts";
import { allEvents, recentEvents } from "../use-cases/history.ts";
import { reportIdOf } from "../use-cases/open-report.ts";
import { reportInHand } from "../use-cases/report-in-hand.ts";
import { type Addresses, lettersOn, needsDepartment } from "./letters.ts";
import { notifyPeople, type PeopleDeps } from "../use-cases/notify-people.ts";

export interface NotifyDeps extends PeopleDeps, Addresses {
  readonly reports: Pick<ReportStore, "load" | "surveyHead" | "events" | "latestEvents">;
  readonly registry: Pick<RegistryStore, "view" | "member">;
}

/** Notifies the people an event concerns, on the page and by mail; the same event delivered twice notifies once. */
export async function notifyEvent(
  deps: NotifyDeps,
  { reportId, seq }: NotifyMessage,
): Promise<MailCounts> {
  const inHand = await reportInHand(deps, reportId);
  if (inHand === undefined) throw new Error(`No report ${reportId} to notify people of.`);
  const { head, lineage, year, view } = inHand;
  const recent = await recentEvents(deps, head);
  // A letter that comes so late that two submissions have followed finds its event further back.
  const [first] = recent;
  const isRecent = first === undefined || first.seq === 1 || first.seq < seq;
  const events = isRecent ? recent : await allEvents(deps, head);
  const history = events.filter((event) => event.seq <= seq);
  const chained = history.at(-1);
  if (chained?.seq !== seq) throw new Error(`Event ${String(seq)} of ${reportId} is not there.`);
  const before = stateBefore(seq, events, head);
  const submitter = "submission" in before ? before.submission.by : undefined;
  const after = evolve(before, chained.event, head.kind);
  const departmentPublishBy = needsDepartment({ head, chained, after })
    ? await publishByOf(deps, reportIdOf(head.region, head.year, lineage.departmentCode))
    : undefined;
  const letters = lettersOn(
    { head, lineage, year, departmentPublishBy, chained, before, after },
    await concerned(deps, view, inHand, submitter),
    deps,
  );
  return notifyPeople(deps, { region: head.region, at: chained.event.at }, letters);
}

/** The state before an event among some, which begin where a draft was opened. */
function stateBefore(
  seq: number,
  events: readonly ChainedEvent[],
  { kind }: ReportHead,
): ReportState {
  const [first, ...following] = events.map(({ event }) => event);
  const start = first === undefined ? absent : beforeCorrection(first, following);
  return events
    .filter((event) => event.seq < seq)
    .reduce((state, { event }) => evolve(state, event, kind), start);
}

/** People with a role on the report's line, and who handed it in, wherever they are by now. */
async function concerned(
  { registry }: NotifyDeps,
  view: RegistryView,
  { head: { region, orgCode, departmentCode }, lineage }: ReportInHand,
  submitter: string | undefined,
): Promise<readonly Member[]> {
  const { movedTo = orgCode } = lineage;
  const nodes = [orgCode, departmentCode, lineage.departmentCode, movedTo, lineage.bureauCode];
  const there = await Promise.all([...new Set(nodes)].map((code) => view.membersAt(code)));
  const people = new Map(there.flat().map((one) => [one.subject, one]));
  if (submitter !== undefined && !people.has(submitter)) {
    const elsewhere = await registry.member(region, submitter);
    if (elsewhere !== undefined) people.set(submitter, elsewhere);
  }
  return [...people.values()];
}
