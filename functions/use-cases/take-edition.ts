import { isOtherVersion } from "../../shared/editions/own-edition-id.ts";
import { err, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import type { CommitRefusal, ReportHead, ReportStore } from "../storage/ports.ts";
import { handleCommand, type ReportInHand } from "./handle-command.ts";

export type TakeEditionRefusal =
  | Rejection
  | CommitRefusal
  /** The report is in the version that its year is open in, or in another edition. */
  | { readonly code: "no_new_version" };

/**
 * 换用新版式: a draft goes on in the version of its edition that the year is open in by now. What was typed stays; what is
 * in review or approved keeps the version it was handed in with.
 */
export async function takeEdition(
  deps: { readonly reports: Pick<ReportStore, "commit">; readonly now: () => string },
  inHand: ReportInHand,
  actor: Actor,
): Promise<Result<ReportHead, TakeEditionRefusal>> {
  const { head, year } = inHand;
  const refused = refusal("take_edition", head.state, actor);
  if (refused !== undefined) return err(refused);
  if (!isOtherVersion(head.edition, year.edition)) return err({ code: "no_new_version" });
  const command = { type: "take_edition", from: head.edition, to: year.edition } as const;
  return handleCommand(deps, inHand, command, actor);
}
