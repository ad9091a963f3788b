import type { OrgKind } from "../report/report.ts";
import { assertNever, err, ok, type Result } from "../result.ts";
import { publishByIn, shanghaiDay } from "./deadlines.ts";
import { mayStillWrite } from "./failure.ts";
import type {
  Actor,
  Command,
  Rejection,
  ReportEvent,
  ReportState,
  SignOffKind,
  Stage,
  Stamp,
  VerdictFacts,
} from "./report-state.ts";
import {
  actingRole,
  type Move,
  publicationOf,
  refusal,
  signOffKinds,
  signOffsOf,
  stagesOf,
  takeDownAskedOf,
} from "./transitions.ts";
import { omitUndefined } from "../omit-undefined.ts";

/** What decides besides command, state and person: the kind of node, and the instant (ISO UTC). */
export interface Circumstances {
  readonly kind: OrgKind;
  readonly now: string;
  /** The bureau's own last day of publication in the year; absent where the law's alone counts. */
  readonly publishDue?: string | undefined;
}

/** What a command leads to, or why it is refused. The server loads the facts before it calls this. */
export function decide(
  command: Command,
  state: ReportState,
  actor: Actor,
  { kind, now, publishDue }: Circumstances,
): Result<readonly ReportEvent[], Rejection> {
  const move = moveOf(command);
  const refused = refusal(
    move,
    state,
    actor,
    command.type === "submit" ? command.editionHash : undefined,
  );
  if (refused !== undefined) return err(refused);
  const byRole = actingRole(move, state, actor);
  const stamp: Stamp = { at: now, by: actor.id, byName: actor.name, byRole };

  switch (command.type) {
    case "open":
      return ok([{ ...stamp, type: "opened", kind }]);
    case "submit": {
      const { editionHash, editors, blockingFindings, unitsOutstanding } = command;
      if (blockingFindings > 0) return err({ code: "blocking_findings", count: blockingFindings });
      if (unitsOutstanding.length > 0) {
        return err({ code: "units_outstanding", orgCodes: unitsOutstanding });
      }
      const { departmentCode, movedFrom } = command;
      const signOffs = signOffsOf(state, editionHash);
      const voided = signOffKinds.filter((kind) => editors.includes(signOffs[kind]?.by ?? ""));
      return ok([
        {
          ...{ ...stamp, type: "submitted", editionHash, editors },
          ...(voided.length === 0 ? {} : { voided }),
          ...omitUndefined({ departmentCode, movedFrom }),
        },
      ]);
    }
    case "withdraw":
      return ok([{ ...stamp, type: "withdrawn", ...omitUndefined({ reason: command.reason }) }]);
    case "take_edition":
      return ok([{ ...stamp, type: "edition_taken", from: command.from, to: command.to }]);
    case "approve": {
      const { stage, submission, signOffs } = underReview(state);
      const { editionHash, documentNumber } = command;
      const seen = seenThreads(command);
      if (editionHash !== submission.editionHash) return staleSubmission(submission.editionHash);
      const next = stageAbove(kind, stage);
      const isForBureau = next === "bureau" || next === undefined;
      const count = isForBureau ? command.blockingThreads : command.unansweredThreads;
      if (count > 0) return err({ code: "blocking_threads", count });
      if (isForBureau) {
        const missing = signOffKinds.filter((needed) => signOffs[needed] === undefined);
        if (missing.length > 0) return err({ code: "sign_offs_missing", missing });
      }
      if (next !== undefined) {
        return ok([{ ...stamp, type: "passed", stage, editionHash, ...seen }]);
      }
      if (documentNumber === undefined) return err({ code: "document_number_missing" });
      const { approvedOn } = command;
      const [today, submitted] = [shanghaiDay(now), shanghaiDay(submission.at)];
      if (approvedOn !== undefined && (approvedOn > today || approvedOn < submitted)) {
        const fault = approvedOn > today ? "to_come" : "before_submission";
        return err({ code: "approval_day", fault, submitted });
      }
      return ok([
        {
          ...stamp,
          type: "approved",
          editionHash,
          ...seen,
          documentNumber,
          ...omitUndefined({ approvedOn }),
          publishBy: publishByIn(approvedOn ?? today, publishDue),
        },
      ]);
    }
    case "return": {
      const { stage, submission } = underReview(state);
      const { editionHash, reason } = command;
      if (editionHash !== submission.editionHash) return staleSubmission(submission.editionHash);
      const below = stageBelow(kind, stage);
      const to = command.to === "level_below" && below !== undefined ? below : "preparer";
      const seen = seenThreads(command);
      return ok([{ ...stamp, type: "returned", stage, to, reason, editionHash, ...seen }]);
    }
    case "sign_off": {
      const { submission, signOffs } = underReview(state);
      const { editionHash } = command;
      if (editionHash !== submission.editionHash) return staleSubmission(submission.editionHash);
      if (signOffs[command.kind] !== undefined) {
        return err({ code: "already_signed", kind: command.kind });
      }
      return ok([{ ...stamp, type: "signed_off", kind: command.kind, editionHash }]);
    }
    case "correct":
      return ok([
        { ...stamp, type: "correction_opened", reason: command.reason, forgetsActs: true },
      ]);
    case "ask_take_down": {
      const { legalBasis, summary } = command;
      return ok([{ ...stamp, type: "take_down_asked", legalBasis, summary }]);
    }
    case "take_down":
    case "decline_take_down":
    case "withdraw_take_down":
      return settleTakeDown(command, state, stamp);
    case "start_publication": {
      const { submission } = approved(state);
      const { editionHash, run } = command;
      if (editionHash !== submission.editionHash) return staleSubmission(submission.editionHash);
      return ok([{ ...stamp, type: "publication_started", editionHash, run }]);
    }
    case "record_failure": {
      const { submission, started } = approved(state);
      const { editionHash, step, cause, attempts, run } = command;
      if (editionHash !== submission.editionHash) return staleSubmission(submission.editionHash);
      if (started !== undefined && started.run !== run && mayStillWrite(started, now)) {
        return err({ code: "publication_under_way" });
      }
      return ok([{ ...stamp, type: "publication_failed", editionHash, step, cause, attempts }]);
    }
    case "retry_publication": {
      const { editionHash } = approved(state).submission;
      return ok([{ ...stamp, type: "publication_retried", editionHash }]);
    }
    case "undo_approval": {
      const { submission } = approved(state);
      const { editionHash, reason } = command;
      if (editionHash !== submission.editionHash) return staleSubmission(submission.editionHash);
      return ok([{ ...stamp, type: "approval_undone", editionHash, reason }]);
    }
    case "record_publication": {
      const { submission } = approved(state);
      const { editionHash, path, receipt } = command;
      if (editionHash !== submission.editionHash) return staleSubmission(submission.editionHash);
      const number = (publicationOf(state)?.number ?? 0) + 1;
      return ok([
        {
          ...{ ...stamp, type: "published", editionHash, number, path },
          ...omitUndefined({ receipt }),
        },
      ]);
    }
    default:
      return assertNever(command);
  }
}

/** What becomes of the request to take a report down: done, declined with a reason, or taken back. */
function settleTakeDown(
  command: Extract<Command, { type: "take_down" | "decline_take_down" | "withdraw_take_down" }>,
  state: ReportState,
  stamp: Stamp,
): Result<readonly ReportEvent[], Rejection> {
  const request = takeDownAskedOf(state);
  if (request === undefined) throw new Error("The table lets only reports with a request here.");
  if (request.at !== command.askedAt) return err({ code: "stale_request" });
  switch (command.type) {
    case "take_down": {
      const { legalBasis, summary, ...asked } = request;
      return ok([{ ...stamp, type: "taken_down", legalBasis, summary, asked }]);
    }
    case "decline_take_down":
      return ok([{ ...stamp, type: "take_down_declined", reason: command.reason }]);
    case "withdraw_take_down":
      return ok([{ ...stamp, type: "take_down_withdrawn" }]);
    default:
      return assertNever(command);
  }
}

/** What a verdict's event keeps of the remarks it saw. */
const seenThreads = ({ threadsHash, threads }: Pick<VerdictFacts, "threadsHash" | "threads">) => ({
  threadsHash,
  ...omitUndefined({ threads }),
});

const moveOf = (command: Command): Move =>
  command.type === "sign_off" ? signOffMove(command.kind) : command.type;

const signOffMove = (kind: SignOffKind): Move => `sign_off_${kind}`;

function underReview(state: ReportState) {
  if (state.status !== "in_review") throw new Error("The table lets only reports in review here.");
  return state;
}

function approved(state: ReportState) {
  if (state.status !== "approved") throw new Error("The table lets only approved reports here.");
  return state;
}

const staleSubmission = (editionHash: string) =>
  err({ code: "stale_edition" as const, editionHash });

/** The level a report reaches next, or undefined above the last. */
export function stageAbove(kind: OrgKind, stage: Stage): Stage | undefined {
  const stages: readonly Stage[] = stagesOf[kind];
  return stages[stages.indexOf(stage) + 1];
}

export function stageBelow(kind: OrgKind, stage: Stage): Stage | undefined {
  const stages: readonly Stage[] = stagesOf[kind];
  return stages[stages.indexOf(stage) - 1];
}
