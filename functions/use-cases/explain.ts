import { withExplanation } from "../../shared/checks/explanation.ts";
import { sectionName } from "../../shared/report/member-name.ts";
import { oversize } from "../../shared/report/section-bounds.ts";
import type { Explanations } from "../../shared/report/sections.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import { putSection } from "../storage/blobs.ts";
import type { SectionPointer } from "../../shared/report/section-pointer.ts";
import type { RegistryStore, ReportHead, ReportStore, SaveRefusal } from "../storage/ports.ts";
import { loadSection, type ContentDeps } from "./report-content.ts";
import type { HeavyWork } from "./heavy-work.ts";
import type { ReasonRefusal } from "./judge-reason.ts";
import type { Oversized } from "./save-section.ts";
import { loadDraftToCheck, type LicensedFonts } from "./report-to-check.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

export type ExplainRefusal = Rejection | SaveRefusal | ReasonRefusal | Oversized;

interface ExplainDeps extends ContentDeps, LicensedFonts {
  readonly reports: Pick<ReportStore, "load" | "saveSection">;
  readonly registry: Pick<RegistryStore, "view">;
  readonly now: () => string;
  readonly newId: () => string;
  readonly heavyWork: HeavyWork;
}

type Saved = Result<{ head: ReportHead; pointer: SectionPointer }, ExplainRefusal>;

/**
 * Gives the reason of a warning. The findings are those of the report as stored, not as somebody saw it; who explained
 * and when is recorded by the server alone. Binding to figures that change meanwhile is harmless: it is void.
 */
export const explainFinding = (
  deps: ExplainDeps,
  head: ReportHead,
  request: { readonly finding: string; readonly reason: string },
  actor: Actor,
): Promise<Saved> =>
  changeExplanations(deps, head, actor, async (stored) => {
    const report = await loadDraftToCheck(deps, stored);
    const judged = await deps.heavyWork("reason", { report, request });
    if (!judged.ok) return judged;
    const { id: finding, rule, cells, place, slot } = judged.value;
    const explained = withExplanation(report.sections.explanations, judged.value, {
      id: deps.newId(),
      finding,
      rule,
      cells: [...cells],
      ...omitUndefined({ place, slot }),
      reason: request.reason.trim(),
      by: actor.id,
      byName: actor.name,
      at: deps.now(),
    });
    const tooMuch = oversize("explanations", explained);
    return tooMuch === undefined
      ? ok(explained)
      : err({ code: "oversized", name: sectionName("explanations", undefined), why: tooMuch });
  });

/** Withdraws an explanation: its warning needs one again. */
export const withdrawExplanation = (
  deps: ExplainDeps,
  head: ReportHead,
  id: string,
  actor: Actor,
): Promise<Saved> =>
  changeExplanations(deps, head, actor, async (stored) => {
    const before = await loadSection(deps, "explanations", stored.sections.explanations?.sha256);
    const entries = before.entries.filter((entry) => entry.id !== id);
    return entries.length === before.entries.length ? err({ code: "not_found" }) : ok({ entries });
  });

/** Colleagues who explain other findings at the same time move the section; each is then added to the stored section. */
const mostAttempts = 8;

async function changeExplanations(
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
    const current = await deps.reports.load(stored.id);
    if (saved.error.code !== "section_conflict" || current === undefined) return saved;
    if (attempt === mostAttempts) return saved;
    stored = current;
  }
}
