import type { OrgKind } from "../report/report.ts";
import { assertNever } from "../result.ts";
import {
  administratorRole,
  preparerRole,
  reviewerOf,
  rolesWhere,
  signerOf,
  type Role,
} from "./roles.ts";
import type {
  Act,
  ActingRole,
  Actor,
  CommandType,
  Rejection,
  ReportState,
  SignOffKind,
  SignOffs,
  Stage,
  Status,
  TakeDownRequest,
} from "./report-state.ts";

/** 审核级次 a report walks, lowest first. */
export const stagesOf = {
  unit: ["unit", "department", "bureau"],
  department: ["department", "bureau"],
  bureau: ["bureau"],
} as const satisfies Record<OrgKind, readonly Stage[]>;

export const signOffKinds = ["secrecy", "principal"] as const satisfies readonly SignOffKind[];

const reviewers = rolesWhere(({ duty }) => duty.kind === "reviews");
const signers = rolesWhere(({ duty }) => duty.kind === "signs");
const attendants = rolesWhere(({ attendsFailures }) => attendsFailures);
const askers: readonly Role[] = [administratorRole, signerOf.principal];
const whilePublic = {
  from: ["draft", "in_review", "approved", "published"],
  needsPublication: true,
} as const;

/** What changes a report: the commands, and saving sections and commenting, which record no event. */
export type Move =
  Exclude<CommandType, "sign_off"> | "edit" | "comment" | `sign_off_${SignOffKind}`;

interface Transition {
  readonly from: readonly Status[];
  readonly by: readonly Role[];
  /** Only the person who handed the submission in, and only while no level has acted on it. */
  readonly onlySubmitter?: true;
  /** The role must be the reviewer of the level that the report is at. */
  readonly atOwnStage?: true;
  /** Where this person acts; nobody acts at two levels of one submission. */
  readonly actsAs?: "preparer" | "reviewer" | "signer";
  /** There must be something public. */
  readonly needsPublication?: true;
  /** Only our own functions make it. */
  readonly bySystem?: true;
  /** Printing or publishing must have been given up, or must not. */
  readonly given?: "failure" | "no_failure";
  /** Refused while a run may be writing the portal and nobody has recorded that it failed. */
  readonly notWhilePublishing?: true;
  /** Whether a request to take the report down (撤下申请) must wait, and whose: none, another person's, or one's own. */
  readonly request?: "none" | "of_another" | "own";
}

/** Who may do what, from where. `decide`, the API's `allowedActions` and the buttons read this table alone. */
export const transitions: Readonly<Record<Move, Transition>> = {
  open: { from: ["absent"], by: [preparerRole] },
  edit: { from: ["draft"], by: [preparerRole] },
  take_edition: { from: ["draft"], by: [preparerRole] },
  comment: { from: ["draft", "in_review"], by: [preparerRole, ...reviewers, ...signers] },
  submit: { from: ["draft"], by: [preparerRole], actsAs: "preparer" },
  withdraw: { from: ["in_review"], by: [preparerRole], onlySubmitter: true },
  approve: { from: ["in_review"], by: reviewers, atOwnStage: true, actsAs: "reviewer" },
  return: { from: ["in_review"], by: reviewers, atOwnStage: true, actsAs: "reviewer" },
  sign_off_secrecy: { from: ["in_review"], by: [signerOf.secrecy], actsAs: "signer" },
  sign_off_principal: { from: ["in_review"], by: [signerOf.principal], actsAs: "signer" },
  correct: { from: ["published"], by: [preparerRole] },
  // Nothing brings a report back that was taken down, so one person asks and another one at the bureau decides.
  ask_take_down: { ...whilePublic, by: askers, request: "none" },
  withdraw_take_down: { ...whilePublic, by: askers, request: "own" },
  take_down: { ...whilePublic, by: attendants, request: "of_another" },
  decline_take_down: { ...whilePublic, by: attendants, request: "of_another" },
  start_publication: { from: ["approved"], by: [], bySystem: true },
  record_publication: { from: ["approved"], by: [], bySystem: true },
  record_failure: { from: ["approved"], by: [], bySystem: true, given: "no_failure" },
  retry_publication: {
    from: ["approved"],
    by: attendants,
    given: "failure",
  },
  // Taking an approval back is no verdict: whoever reviews for the bureau may, the approver included.
  undo_approval: { from: ["approved"], by: [reviewerOf.bureau], notWhilePublishing: true },
};

/**
 * Why this person may not make this move here, as far as report and person alone tell.
 * `editionHash`: of the current content, which a submit would freeze.
 */
export function refusal(
  move: Move,
  state: ReportState,
  actor: Actor,
  editionHash?: string,
): Rejection | undefined {
  const rule = transitions[move];
  if (state.status === "absent" && !rule.from.includes("absent")) return { code: "not_found" };
  const mayEver = rule.bySystem
    ? actor.system === true
    : rule.by.some((role) => actor.roles.includes(role));
  if (!mayEver) return { code: "wrong_role" };
  if (!rule.from.includes(state.status)) return wrongStatus(state);
  if (rule.needsPublication && publicationOf(state) === undefined) return wrongStatus(state);
  const unfit = rule.request && unfitRequest(rule.request, takeDownAskedOf(state), actor);
  if (unfit !== undefined) return unfit;

  if (rule.onlySubmitter && state.status === "in_review") {
    if (state.submission.by !== actor.id) return { code: "wrong_role" };
    if (state.verdicts.length > 0 || state.returned !== undefined) return wrongStatus(state);
  }
  if (rule.atOwnStage && state.status === "in_review") {
    if (!actor.roles.includes(reviewerOf[state.stage])) return wrongStatus(state);
  }
  if (state.status === "approved") {
    const { failure, started } = state;
    if (rule.given === "failure" && failure === undefined) return { code: "nothing_failed" };
    if (rule.given === "no_failure" && failure !== undefined) return wrongStatus(state);
    if (rule.notWhilePublishing && failure === undefined && started !== undefined) {
      return { code: "publication_under_way" };
    }
  }
  if (rule.actsAs === undefined || meetsFourEyes(rule.actsAs, state, actor, editionHash)) {
    return undefined;
  }
  return { code: "four_eyes" };
}

/** Why a move does not fit the request to take the report down that waits, or that none does. */
function unfitRequest(
  needed: NonNullable<Transition["request"]>,
  asked: TakeDownRequest | undefined,
  { id }: Actor,
): Rejection | undefined {
  if (needed === "none") return asked === undefined ? undefined : { code: "take_down_asked" };
  if (asked === undefined) return { code: "no_take_down_asked" };
  if (needed === "own") return asked.by === id ? undefined : { code: "wrong_role" };
  return asked.by === id ? { code: "own_take_down" } : undefined;
}

/**
 * The role in which somebody makes a move that was not refused: the reviewer of the level where the
 * level decides, else the first role of the table's row that the person holds.
 */
export function actingRole(move: Move, state: ReportState, actor: Actor): ActingRole {
  const rule = transitions[move];
  if (rule.bySystem) return "system";
  const fitting =
    rule.atOwnStage && state.status === "in_review" ? [reviewerOf[state.stage]] : rule.by;
  const role = fitting.find((candidate) => actor.roles.includes(candidate));
  if (role === undefined) throw new Error(`${actor.id} has no role for ${move}.`);
  return role;
}

/** Nobody acts at two levels of one submission, writing it included; nor does an author sign it off. */
function meetsFourEyes(
  actsAs: NonNullable<Transition["actsAs"]>,
  state: ReportState,
  actor: Actor,
  handedIn: string | undefined,
): boolean {
  const edition = "submission" in state ? state.submission.editionHash : handedIn;
  const levels = actsOf(state)
    .filter(({ by, editionHash }) => by === actor.id && editionHash === edition)
    .map(({ level }) => level);
  switch (actsAs) {
    case "preparer":
      return levels.every(isAuthor);
    case "signer":
      return !levels.some(isAuthor);
    case "reviewer":
      return (
        state.status === "in_review" &&
        levels.every((level) => level === state.stage || level === "signer")
      );
    default:
      return assertNever(actsAs);
  }
}

/** Whether a person wrote, or handed in, something of the submission in review. */
export const isAuthorOf = (state: ReportState, id: string): boolean =>
  "submission" in state &&
  actsOf(state).some(
    ({ by, level, editionHash }) =>
      by === id && editionHash === state.submission.editionHash && isAuthor(level),
  );

const isAuthor = (level: Act["level"]): boolean => level === "preparer" || level === "editor";

function wrongStatus(state: ReportState): Rejection {
  const { status } = state;
  return status === "in_review"
    ? { code: "wrong_status", status, stage: state.stage }
    : { code: "wrong_status", status };
}

/** Sign-offs that a submission handed in again unchanged brings along. */
export const signOffsOf = (state: ReportState, editionHash: string): SignOffs =>
  state.status === "draft" && state.lastReview?.editionHash === editionHash
    ? state.lastReview.signOffs
    : {};

export const actsOf = (state: ReportState): readonly Act[] =>
  "acts" in state ? (state.acts ?? []) : [];

/** What is public of a report, if anything: it stays so while a correction walks the levels. */
export const publicationOf = (state: ReportState) =>
  "publication" in state && state.status !== "taken_down" ? state.publication : undefined;

/** The request to take down (撤下申请) that waits for a second person at the bureau, if any. */
export const takeDownAskedOf = (state: ReportState): TakeDownRequest | undefined =>
  "takeDownAsked" in state ? state.takeDownAsked : undefined;
