import type { PublishMessage, RenderMessage } from "../../shared/contract/messages.ts";
import {
  isLasting,
  outageMs,
  type FailureCause,
  type FailureStep,
} from "../../shared/workflow/failure.ts";
import type { Actor, ChainedEvent } from "../../shared/workflow/report-state.ts";
import { alarmLines } from "../platform/alarm-lines.ts";
import type { Delivery } from "../platform/each-record.ts";
import type { Log } from "../platform/log.ts";
import type { RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { handleCommand } from "./handle-command.ts";
import { recentEvents } from "./history.ts";
import { reportInHand } from "./report-in-hand.ts";
import { causeOf, isStopped } from "./work-failure.ts";

/** How often printing and publishing are tried at least before a person has to decide. */
export const attemptsAllowed = 5;

/** Our own functions as the history names them: they act for nobody. */
export const programOf = {
  print: { id: "render", name: "排印程序", roles: [], system: true },
  publish: { id: "publish", name: "公开程序", roles: [], system: true },
} as const satisfies Record<FailureStep, Actor>;

export interface FailureDeps {
  readonly reports: Pick<ReportStore, "load" | "commit" | "latestEvents">;
  readonly registry: Pick<RegistryStore, "view">;
  readonly now: () => string;
  readonly log: Log;
}

/** The work that failed for good, as its message named it. */
type FailedWork = Pick<
  Extract<RenderMessage | PublishMessage, { readonly type: "render" | "publish" }>,
  "reportId" | "editionHash" | "seq"
>;

interface FailureReason {
  readonly step: FailureStep;
  readonly cause: FailureCause;
  readonly attempts: number;
  /** The run of publish that gives itself up; others wait until it can write no more. */
  readonly run?: string;
}

/**
 * Shows an approved report as failed. Repeated, late or about what was approved anew, retried or
 * undone since, it changes nothing: a failure counts for the latest event that requested the work.
 * Throws while a run may still be writing the portal, so that the message comes again.
 */
export async function recordFailure(
  deps: FailureDeps,
  { reportId, editionHash, seq }: FailedWork,
  why: FailureReason,
): Promise<"failed" | "no_longer_wanted"> {
  for (let attempt = 1; attempt <= headAttempts; attempt += 1) {
    const inHand = await reportInHand(deps, reportId);
    if (inHand === undefined) throw new Error(`No report ${reportId} to give up.`);
    const latest = await latestPublicationRequest(deps, inHand.head);
    // A message of before they named their event is of the approval itself.
    const isCurrent = seq === undefined ? latest?.event.type === "approved" : latest?.seq === seq;
    if (!isCurrent) return "no_longer_wanted";
    const done = await handleCommand(
      deps,
      inHand,
      { type: "record_failure", editionHash, ...why },
      programOf[why.step],
    );
    if (done.ok) {
      deps.log.error(alarmLines.givenUp, { reportId, editionHash, ...why, cause: why.cause.code });
      return "failed";
    }
    switch (done.error.code) {
      case "stale_version":
        continue;
      case "publication_under_way":
        throw new Error(
          `Another run may still be publishing ${reportId}; it is tried again later.`,
        );
      default:
        return "no_longer_wanted";
    }
  }
  throw new Error(`The head of ${reportId} moved ${String(headAttempts)} times in a row.`);
}

const headAttempts = 5;

/** The latest event that requested printing and publishing: the approval or a retry. */
export async function latestPublicationRequest(
  deps: Pick<FailureDeps, "reports">,
  head: ReportHead,
): Promise<ChainedEvent | undefined> {
  const events = await recentEvents(deps, head);
  return events.findLast(
    ({ event }) => event.type === "approved" || event.type === "publication_retried",
  );
}

/**
 * Does a message's work. What trying again cannot mend, or was tried often enough, is given up: then
 * the message counts as handled, since its failure is recorded and a person decides.
 */
export async function orGiveUp<Outcome>(
  work: () => Promise<Outcome>,
  {
    effectId,
    attempt,
    firstAt,
    isPatient = true,
    now,
    log,
    giveUp,
  }: Delivery & {
    /** False where somebody waits and can ask again: then one attempt is enough. */
    readonly isPatient?: boolean;
    readonly now: () => string;
    readonly log: Log;
    readonly giveUp: (cause: FailureCause) => Promise<unknown>;
  },
): Promise<Outcome | "given_up"> {
  try {
    return await work();
  } catch (error) {
    if (isStopped(error)) throw error;
    const cause = causeOf(error, effectId);
    const isTriedEnough =
      !isPatient ||
      (attempt >= attemptsAllowed && Date.parse(now()) - Date.parse(firstAt) >= outageMs);
    if (!isTriedEnough && !isLasting(cause)) throw error;
    log.error("A message's work is given up.", { effectId, attempt, cause, error });
    await giveUp(cause);
    return "given_up";
  }
}
