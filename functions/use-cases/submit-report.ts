import { err, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import type {
  CommitRefusal,
  ProgressStore,
  RegistryStore,
  ReportHead,
  ReportStore,
} from "../storage/ports.ts";
import { authorsOf } from "./authors.ts";
import { outdatedUnits } from "./consolidate-unit-states.ts";
import { outstandingUnits, unitsOfDepartment } from "./consolidate-units.ts";
import type { Damage, DamageRefusal } from "./damage.ts";
import { handleCommand, type ReportInHand } from "./handle-command.ts";
import type { HeavyWork } from "./heavy-work.ts";
import { keepCheck } from "./progress/keep-notes.ts";
import { hashOf, manifestOf, storeManifest, type ContentDeps } from "./report-content.ts";
import { readWholeReport, type LicensedFonts } from "./report-to-check.ts";
import type { MissingUploads } from "./uploads.ts";

/**
 * Freezes the draft and submits it. The checks run here, on the very sections the commit then
 * names: a section saved meanwhile moves the head's version and the submit is refused. Every section
 * and attachment is read and hashed again before, so that nothing missing or changed is handed in, nor
 * checked against units and a year before that are.
 */
export async function submitReport(
  deps: ContentDeps &
    LicensedFonts & {
      readonly reports: Pick<ReportStore, "commit" | "load">;
      readonly registry: Pick<RegistryStore, "view">;
      readonly progress: ProgressStore;
      readonly now: () => string;
      readonly heavyWork: HeavyWork;
    },
  inHand: ReportInHand,
  actor: Actor,
): Promise<
  Result<ReportHead, Rejection | CommitRefusal | DamageRefusal | MissingUploads | YearClosed>
> {
  const { head } = inHand;
  const { departmentCode } = inHand.lineage;
  const refused = refusal("submit", head.state, actor, hashOf(deps, head));
  if (refused !== undefined) return err(refused);
  if (inHand.year.status === "closed" && !isCorrection(head)) return err({ code: "year_closed" });
  const manifest = manifestOf(head);
  const [report, units] = await Promise.all([
    readWholeReport(deps, head.id, manifest),
    unitsOfDepartment(deps, head),
  ]);
  if (!report.ok) return err(refusalOf(report.error));
  const outdated = outdatedUnits(units, report.value.sections.adjustments);
  const editionHash = await storeManifest(deps, manifest);
  const check = await deps.heavyWork("checkSummary", { report: report.value });
  await keepCheck(deps, inHand, editionHash, check);
  return handleCommand(
    deps,
    inHand,
    {
      type: "submit",
      editionHash,
      editors: authorsOf(head),
      departmentCode,
      ...(departmentCode === head.departmentCode ? {} : { movedFrom: head.departmentCode }),
      blockingFindings: check.blocking + outdated.length,
      unitsOutstanding: outstandingUnits(units),
    },
    actor,
  );
}

/** No report of the year is handed in any more but corrections (更正) of public ones. */
export interface YearClosed {
  readonly code: "year_closed";
}
const isCorrection = ({ state }: ReportHead): boolean =>
  state.status === "draft" && state.correcting !== undefined;

/** Attachments that are merely gone are sent again by the preparer; the refusal names them. */
const refusalOf = (damage: readonly Damage[]): DamageRefusal | MissingUploads =>
  damage.every(({ kind, fault }) => kind === "attachment" && fault === "missing")
    ? { code: "upload_missing", names: damage.map(({ name }) => name) }
    : { code: "content_damaged", damage };
