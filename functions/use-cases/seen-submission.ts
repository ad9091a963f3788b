import { err, ok, type Result } from "../../shared/result.ts";
import { sectionMarks, type Look } from "../../shared/workflow/look.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import type { CommitRefusal, LookStore, ReportHead } from "../storage/ports.ts";

/** Two windows of one person may write at once; more often than this they do not meet. */
const maxAttempts = 5;

/**
 * Marks that somebody who may remark on the submission in review has looked at it. The submission looked at before
 * stays known, so that what changed since can be shown as long as this one is in review.
 */
export async function markSeen(
  deps: { readonly looks: LookStore; readonly now: () => string },
  head: ReportHead,
  actor: Actor,
  editionHash: string,
): Promise<Result<Look, Rejection | CommitRefusal>> {
  const refused = refusal("comment", head.state, actor);
  if (refused !== undefined) return err(refused);
  const current = "submission" in head.state ? head.state.submission.editionHash : "";
  if (editionHash !== current) return err({ code: "stale_edition", editionHash: current });
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const stored = await deps.looks.load(head.id, actor.id);
    if (stored?.latest.editionHash === editionHash) return ok(stored);
    const written = await deps.looks.put({
      ...{ reportId: head.id, subject: actor.id },
      latest: { editionHash, at: deps.now(), sections: sectionMarks(head.sections) },
      ...(stored && { before: { editionHash: stored.latest.editionHash, at: stored.latest.at } }),
      ...{ viewed: stored?.viewed ?? {}, version: stored?.version ?? 0 },
    });
    if (written.ok) return written;
  }
  return err({ code: "stale_version" });
}

export const hasSeen = async (
  { looks }: { readonly looks: Pick<LookStore, "load"> },
  reportId: string,
  { editionHash, subject }: { readonly editionHash: string; readonly subject: string },
): Promise<boolean> => (await looks.load(reportId, subject))?.latest.editionHash === editionHash;
