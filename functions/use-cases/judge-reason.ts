import { boundedId } from "../../shared/checks/bounded-id.ts";
import { checkDraft, type DraftFinding } from "../../shared/checks/check-draft.ts";
import { isReused } from "../../shared/checks/explanation.ts";
import { reasonFault, type ReasonFault } from "../../shared/checks/reason.ts";
import type { Report } from "../../shared/report/report.ts";
import { err, ok, type Result } from "../../shared/result.ts";

export type ReasonRefusal =
  /** No finding of the current draft: its figures changed, or there never was one. */
  | { readonly code: "unknown_finding" }
  /** An error is to be mended, a hint needs nothing. */
  | { readonly code: "not_a_warning" }
  | { readonly code: "weak_reason"; readonly fault: ReasonFault; readonly reason: string };

/** The finding, if it is a warning that this reason explains. */
export function judgeReason(
  report: Report,
  { finding: id, reason }: { readonly finding: string; readonly reason: string },
): Result<Pick<DraftFinding, "id" | "rule" | "cells" | "place" | "slot">, ReasonRefusal> {
  const { findings } = checkDraft(report);
  const named = boundedId(id);
  const finding = findings.find((one) => one.id === named);
  if (finding === undefined) return err({ code: "unknown_finding" });
  if (finding.severity !== "warning") return err({ code: "not_a_warning" });
  const others = findings.flatMap((other) => {
    const { valid } = other.explanation;
    return other === finding || valid === undefined
      ? []
      : [{ finding: other, reason: valid.reason }];
  });
  const fault =
    reasonFault(reason, finding.statedText) ??
    (isReused(reason, finding, others) ? "reused" : undefined);
  return fault === undefined ? ok(finding) : err({ code: "weak_reason", fault, reason });
}
