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
  take_down: {
    from: ["draft", "in_review", "approved", "published"],
    by: [administratorRole, signerOf.principal],
    needsPublication: true,
  },
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
