import { err, type Result } from "../../shared/result.ts";
import { decide } from "../../shared/workflow/decide.ts";
import type { Actor, Command, Rejection } from "../../shared/workflow/report-state.ts";
import type { CommitRefusal, RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import type { DamageRefusal } from "./damage.ts";
import { handleCommand, type ReportInHand } from "./handle-command.ts";
import { readManifest, type ContentDeps } from "./report-content.ts";
import { readWholeReport } from "./report-to-check.ts";

/**
 * Passes a report on. The final approval (批复) is given only to a submission whose every stored part
 * still hashes to what was handed in, and with it the units and the year before that its public ledger
 * is checked with; a refusal for any other reason comes first and reads no file.
 */
export async function approveReport(
  deps: ContentDeps & {
    readonly reports: Pick<ReportStore, "commit" | "load">;
    readonly registry: Pick<RegistryStore, "view">;
    readonly now: () => string;
  },
  inHand: ReportInHand,
  command: Extract<Command, { readonly type: "approve" }>,
  actor: Actor,
): Promise<Result<ReportHead, Rejection | CommitRefusal | DamageRefusal>> {
  const { head } = inHand;
  const decided = decide(command, head.state, actor, { kind: head.kind, now: deps.now() });
  if (decided.ok && decided.value.some(({ type }) => type === "approved")) {
    const manifest = await readManifest(deps, command.editionHash);
    const whole = manifest.ok ? await readWholeReport(deps, head.id, manifest.value) : manifest;
    if (!whole.ok) return err({ code: "content_damaged", damage: whole.error });
  }
  return handleCommand(deps, inHand, command, actor);
}
