import { checkDraft, type DraftFinding } from "../../shared/checks/check-draft.ts";
import { boundedId } from "../../shared/checks/bounded-id.ts";
import { isReused, withExplanation } from "../../shared/checks/explanation.ts";
import { reasonFault, type ReasonFault } from "../../shared/checks/reason.ts";
import type { Report } from "../../shared/report/report.ts";
import { oversize } from "../../shared/report/section-bounds.ts";
import type { Explanations } from "../../shared/report/sections.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import { putSection, type BlobDeps } from "../storage/blobs.ts";
import type { ReportHead, ReportStore, SaveRefusal, SectionPointer } from "../storage/ports.ts";
import { loadSection, manifestOf } from "./report-content.ts";
import type { Oversized } from "./save-section.ts";
import { loadReportToCheck, type LicensedFonts } from "./report-to-check.ts";

export type ExplainRefusal =
  | Rejection
  | SaveRefusal
  /** No finding of the report as it stands: its figures changed, or there never was one. */
  | { readonly code: "unknown_finding" }
  /** An error is to be mended, a hint needs nothing. */
  | { readonly code: "not_a_warning" }
  | { readonly code: "weak_reason"; readonly fault: ReasonFault; readonly reason: string }
  | Oversized;

interface ExplainDeps extends BlobDeps, LicensedFonts {
  readonly reports: Pick<ReportStore, "load" | "saveSection">;
  readonly now: () => string;
  readonly newId: () => string;
}

type Saved = Result<{ head: ReportHead; pointer: SectionPointer }, ExplainRefusal>;

/**
 * Gives the reason of a warning. The findings are those of the report as stored, not as somebody saw it; who explained
 * and when is told by the server alone. Binding to figures that change meanwhile is harmless: it is void.
 */
export const explainFinding = (
  deps: ExplainDeps,
  head: ReportHead,
  request: { readonly finding: string; readonly reason: string },
  actor: Actor,
): Promise<Saved> =>
  overWhatStands(deps, head, actor, async (stored) => {
    const report = await loadReportToCheck(deps, manifestOf(stored));
    const judged = judge(report, request);
    if (!judged.ok) return judged;
    const { id: finding, rule, cells, place, slot } = judged.value;
    const explained = withExplanation(report.sections.explanations, judged.value, {
      id: deps.newId(),
      finding,
      rule,
      cells: [...cells],
      ...(place === undefined ? {} : { place }),
      ...(slot === undefined ? {} : { slot }),
      reason: request.reason.trim(),
      by: actor.id,
      byName: actor.name,
      at: deps.now(),
    });
    const tooMuch = oversize("explanations", explained);
    return tooMuch === undefined
      ? ok(explained)
      : err({ code: "oversized", section: "explanations", why: tooMuch });
  });

/** Takes an explanation back: its warning asks again. */
export const withdrawExplanation = (
  deps: ExplainDeps,
  head: ReportHead,
  id: string,
  actor: Actor,
): Promise<Saved> =>
  overWhatStands(deps, head, actor, async (stored) => {
    const before = await loadSection(deps, "explanations", stored.sections.explanations?.sha256);
    const entries = before.entries.filter((entry) => entry.id !== id);
    return entries.length === before.entries.length ? err({ code: "not_found" }) : ok({ entries });
  });

/** The finding, if it is a warning that this reason explains. */
function judge(
  report: Report,
  { finding: id, reason }: { readonly finding: string; readonly reason: string },
): Result<DraftFinding, ExplainRefusal> {
  const { findings } = checkDraft(report);
  const named = boundedId(id);
  const finding = findings.find((one) => one.id === named);
  if (finding === undefined) return err({ code: "unknown_finding" });
  if (finding.severity !== "warning") return err({ code: "not_a_warning" });
  const others = findings.flatMap((other) => {
    const { standing } = other.said;
    return other === finding || standing === undefined
      ? []
      : [{ finding: other, reason: standing.reason }];
  });
  const fault =
    reasonFault(reason, finding.told) ?? (isReused(reason, finding, others) ? "reused" : undefined);
  return fault === undefined ? ok(finding) : err({ code: "weak_reason", fault, reason });
}

/** Colleagues who explain other findings at the same time move the section; each is then added to what stands. */
const mostAttempts = 8;

async function overWhatStands(
  deps: ExplainDeps,
  head: ReportHead,
  actor: Actor,
  change: (stored: ReportHead) => Promise<Result<Explanations, ExplainRefusal>>,
): Promise<Saved> {
  let stored = head;
  for (let attempt = 1; ; attempt += 1) {
    const refused = refusal("edit", stored.state, actor);
    if (refused !== undefined) return err(refused);
    const changed = await change(stored);
    if (!changed.ok) return changed;
    const sha256 = await putSection(deps, "explanations", changed.value);
    const pointer = { sha256, by: actor.id, byName: actor.name, at: deps.now() };
    const base = stored.sections.explanations?.sha256;
    const saved = await deps.reports.saveSection(stored.id, "explanations", base, pointer);
    if (saved.ok) return ok({ head: saved.value, pointer });
    const standing = await deps.reports.load(stored.id);
    if (saved.error.code !== "section_conflict" || standing === undefined) return saved;
    if (attempt === mostAttempts) return saved;
    stored = standing;
  }
}
