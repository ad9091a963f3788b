import { blockingIn, checkDraft } from "../../shared/checks/check-draft.ts";
import type { Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import type { CommitRefusal, RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { outdatedUnits } from "./consolidate-standing.ts";
import { outstandingUnits, unitsOfDepartment } from "./consolidate-units.ts";
import { authorsOf } from "./authors.ts";
import { handleCommand, type ReportInHand } from "./handle-command.ts";
import { manifestOf, storeManifest } from "./report-content.ts";
import { loadReportToCheck } from "./report-to-check.ts";

/**
 * Freezes what stands and hands it in. The checks run here, on the very sections the commit then
 * names: a section saved meanwhile moves the head's version and the submit is refused.
 */
export async function submitReport(
  deps: BlobDeps & {
    readonly reports: Pick<ReportStore, "commit" | "load">;
    readonly registry: Pick<RegistryStore, "orgs">;
    readonly now: () => string;
  },
  inHand: ReportInHand,
  actor: Actor,
): Promise<Result<ReportHead, Rejection | CommitRefusal>> {
  const manifest = manifestOf(inHand.head);
  const [report, units] = await Promise.all([
    loadReportToCheck(deps, manifest),
    unitsOfDepartment(deps, inHand.head),
  ]);
  const outdated = outdatedUnits(units, report.sections.adjustments);
  return handleCommand(
    deps,
    inHand,
    {
      type: "submit",
      editionHash: await storeManifest(deps, manifest),
      editors: authorsOf(inHand.head),
      blockingFindings: blockingIn(checkDraft(report)) + outdated.length,
      unitsOutstanding: outstandingUnits(units),
    },
    actor,
  );
}
