import type { OrgKind } from "../report/report.ts";
import { assertNever } from "../result.ts";
import type {
  Act,
  Actor,
  CommandType,
  Rejection,
  ReportState,
  Role,
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

export const reviewerOf = {
  unit: "unit_reviewer",
  department: "department_reviewer",
  bureau: "bureau_reviewer",
} as const satisfies Record<Stage, Role>;

export const signerOf = {
  secrecy: "secrecy_officer",
  principal: "principal",
} as const satisfies Record<SignOffKind, Role>;

export const signOffKinds = ["secrecy", "principal"] as const satisfies readonly SignOffKind[];

const reviewers = ["unit_reviewer", "department_reviewer", "bureau_reviewer"] as const;
const signers = ["secrecy_officer", "principal"] as const;

/** What changes a report: the commands, and saving sections and commenting, which record no event. */
export type Move =
  Exclude<CommandType, "sign_off"> | "edit" | "comment" | `sign_off_${SignOffKind}`;

interface Transition {
  readonly from: readonly Status[];
  readonly by: readonly Role[];
  /** Only the person who handed the edition in, and only while no level has acted on it. */
  readonly onlySubmitter?: true;
  /** The role must be the reviewer of the level at which the report stands. */
  readonly atOwnStage?: true;
  /** Where this person acts; nobody acts at two levels of one edition. */
  readonly actsAs?: "preparer" | "reviewer" | "signer";
  /** There must be something public. */
  readonly needsPublication?: true;
  /** Only our own publish function says so. */
  readonly bySystem?: true;
}

/** Who may do what, from where. `decide`, the API's `allowedActions` and the buttons read this table alone. */
export const transitions: Readonly<Record<Move, Transition>> = {
  open: { from: ["absent"], by: ["preparer"] },
  edit: { from: ["draft"], by: ["preparer"] },
  comment: { from: ["draft", "in_review"], by: ["preparer", ...reviewers, ...signers] },
  submit: { from: ["draft"], by: ["preparer"], actsAs: "preparer" },
  withdraw: { from: ["in_review"], by: ["preparer"], onlySubmitter: true },
  approve: { from: ["in_review"], by: reviewers, atOwnStage: true, actsAs: "reviewer" },
  return: { from: ["in_review"], by: reviewers, atOwnStage: true, actsAs: "reviewer" },
  sign_off_secrecy: { from: ["in_review"], by: [signerOf.secrecy], actsAs: "signer" },
  sign_off_principal: { from: ["in_review"], by: [signerOf.principal], actsAs: "signer" },
  correct: { from: ["published"], by: ["preparer"] },
  take_down: {
    from: ["draft", "in_review", "approved", "published"],
    by: ["bureau_admin", "principal"],
    needsPublication: true,
  },
  record_publication: { from: ["approved"], by: [], bySystem: true },
};

/**
 * Why this person may not make this move here, as far as report and person alone tell.
 * A submit without a hash is not yet held against those who acted on the last edition.
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
  switch (rule.actsAs) {
    case undefined:
      return undefined;
    case "reviewer":
      return state.status === "in_review" &&
        actsOn(state).some(({ by, level }) => by === actor.id && level !== state.stage)
        ? { code: "four_eyes" }
        : undefined;
    case "signer":
      return actsOn(state).some(({ by, level }) => by === actor.id && level === "preparer")
        ? { code: "four_eyes" }
        : undefined;
    case "preparer":
      return mayNotSubmit(state, actor, editionHash) ? { code: "four_eyes" } : undefined;
    default:
      return assertNever(rule.actsAs);
  }
}

/** The same edition again: whoever reviewed or signed it cannot be the one who hands it in. */
const mayNotSubmit = (state: ReportState, { id }: Actor, editionHash: string | undefined) =>
  state.status === "draft" &&
  state.lastReview !== undefined &&
  state.lastReview.editionHash === editionHash &&
  (state.lastReview.acts.some(({ by, level }) => by === id && level !== "preparer") ||
    signedBy(state.lastReview.signOffs).includes(id));

const signedBy = (signOffs: SignOffs): readonly string[] =>
  signOffKinds.flatMap((kind) => signOffs[kind]?.by ?? []);

function wrongStatus(state: ReportState): Rejection {
  const { status } = state;
  return status === "in_review"
    ? { code: "wrong_status", status, stage: state.stage }
    : { code: "wrong_status", status };
}

/** Who has acted on the edition now under review or approved, and at which level. */
export function actsOn(state: ReportState): readonly Act[] {
  if (!("submission" in state)) return [];
  return distinct([
    ...(state.earlierActs ?? []),
    { by: state.submission.by, level: "preparer" },
    ...state.verdicts.map(({ by, stage }): Act => ({ by, level: stage })),
    ...("approval" in state ? [{ by: state.approval.by, level: "bureau" } as const] : []),
  ]);
}

export const distinct = (acts: readonly Act[]): readonly Act[] =>
  acts.filter(
    (act, index) =>
      acts.findIndex(({ by, level }) => by === act.by && level === act.level) === index,
  );

/** What is public of a report, if anything: it stays so while a correction walks the levels. */
export const publicationOf = (state: ReportState) =>
  "publication" in state && state.status !== "taken_down" ? state.publication : undefined;
