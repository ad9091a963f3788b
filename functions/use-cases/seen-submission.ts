import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import type { EffectLog, ReportHead } from "../storage/ports.ts";

/** Whoever looked at a submission is marked once for it: another submission is another occasion. */
const occasionOf = (reportId: string, editionHash: string): string =>
  `${reportId}.seen.${editionHash}`;

/** Marks that whoever may decide on the submission in review has looked at it. */
export async function markSeen(
  { effects, now }: { readonly effects: Pick<EffectLog, "markDone">; readonly now: () => string },
  { id, state }: ReportHead,
  actor: Actor,
  editionHash: string,
): Promise<Result<null, Rejection>> {
  const refused = refusal("approve", state, actor);
  if (refused !== undefined) return err(refused);
  const current = "submission" in state ? state.submission.editionHash : "";
  if (editionHash !== current) return err({ code: "stale_edition", editionHash: current });
  await effects.markDone(occasionOf(id, editionHash), actor.id, now());
  return ok(null);
}

export const hasSeen = async (
  { effects }: { readonly effects: Pick<EffectLog, "done"> },
  reportId: string,
  { editionHash, subject }: { readonly editionHash: string; readonly subject: string },
): Promise<boolean> => (await effects.done(occasionOf(reportId, editionHash))).has(subject);
