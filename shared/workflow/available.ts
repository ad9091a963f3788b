import type { Actor, ReportState } from "./report-state.ts";
import { type Move, refusal } from "./transitions.ts";

/** Moves a person is offered a button for; `open` has no report yet, and our own functions record what becomes of a publication. */
export const reportActions = [
  "edit",
  "comment",
  "submit",
  "withdraw",
  "approve",
  "return",
  "sign_off_secrecy",
  "sign_off_principal",
  "correct",
  "ask_take_down",
  "take_down",
  "decline_take_down",
  "withdraw_take_down",
  "retry_publication",
  "undo_approval",
] as const satisfies readonly Move[];
export type ReportAction = (typeof reportActions)[number];

/**
 * What a person may do with a report now, from the same table as the server's refusal. `editionHash` is
 * that of the current content. What depends on loaded facts (findings, threads) is refused on the act.
 */
export const allowedActions = (
  state: ReportState,
  actor: Actor,
  editionHash?: string,
): readonly ReportAction[] =>
  reportActions.filter(
    (action) =>
      refusal(action, state, actor, editionHash) === undefined && !isSigned(action, state),
  );

const isSigned = (action: ReportAction, state: ReportState) =>
  state.status === "in_review" &&
  ((action === "sign_off_secrecy" && state.signOffs.secrecy !== undefined) ||
    (action === "sign_off_principal" && state.signOffs.principal !== undefined));
