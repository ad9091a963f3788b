import type { Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import type { BlobDeps } from "../storage/blobs.ts";
import type { CommitRefusal, RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { checkDraft } from "./check-draft.ts";
import { handleCommand, type ReportInHand } from "./handle-command.ts";
import { reportIdOf } from "./open-report.ts";
import { loadReport, manifestOf, storeManifest } from "./report-content.ts";

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
  const report = await loadReport(deps, manifest);
  return handleCommand(
    deps,
    inHand,
    {
      type: "submit",
      editionHash: await storeManifest(deps, manifest),
      editors: [...new Set(Object.values(inHand.head.sections).map(({ by }) => by))],
      blockingFindings: checkDraft(report).blocking,
      unitsOutstanding: await unitsOutstanding(deps, inHand.head),
    },
    actor,
  );
}

/** Units of a department that are neither approved nor exempt; none for a unit. */
async function unitsOutstanding(
  deps: {
    readonly reports: Pick<ReportStore, "load">;
    readonly registry: Pick<RegistryStore, "orgs">;
  },
  { region, year, orgCode, kind }: ReportHead,
): Promise<string[]> {
  if (kind !== "department") return [];
  const units = (await deps.registry.orgs(region)).filter(
    (org) => org.kind === "unit" && org.parent === orgCode && org.exempt?.year !== year,
  );
  const heads = await Promise.all(
    units.map((unit) => deps.reports.load(reportIdOf(region, year, unit.code))),
  );
  return units.flatMap((unit, index) => {
    const status = heads[index]?.state.status;
    return status === "approved" || status === "published" ? [] : [unit.code];
  });
}
