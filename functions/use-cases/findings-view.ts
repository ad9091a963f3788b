import {
  blockingIn,
  checkDraft,
  type DraftCheck,
  type DraftFinding,
} from "../../shared/checks/check-draft.ts";
import type { Severity } from "../../shared/checks/finding.ts";
import { ledgerReasonText, ruleStatement } from "../../shared/checks/finding-text.ts";
import { reasonFault } from "../../shared/checks/reason.ts";
import type { FindingsView, FindingView } from "../../shared/contract/responses.ts";
import type { Report } from "../../shared/report/report.ts";
import { assertNever } from "../../shared/result.ts";
import type { OutdatedUnit } from "./consolidate-unit-states.ts";

/** What is wrong with a report, worded for people, and the ledger of every rule. */
export function findingsView(
  report: Report,
  outdated: readonly OutdatedUnit[],
): Omit<FindingsView, "editionHash"> {
  const { edition } = report;
  const check = checkDraft(report);
  const listed = asManyAsFit(outdated, check, report);
  const count = (severity: Severity) =>
    check.findings.filter((finding) => finding.severity === severity).length;
  return {
    blocking: blockingIn(check) + outdated.length,
    counts: {
      error: count("error") + outdated.length,
      warning: count("warning"),
      hint: count("hint"),
    },
    findings: listed,
    unlisted: outdated.length + check.findings.length - listed.length,
    ledger: [
      ...check.ledger.map(({ id, basis, severity, outcome, reason }) => ({
        rule: id,
        severity,
        outcome,
        ...(basis === undefined ? {} : { basis }),
        title: ruleStatement(id, edition),
        ...(reason === undefined ? {} : { reason: ledgerReasonText(reason, edition) }),
      })),
      unitsLedger(report, outdated),
    ],
  };
}

/** Findings a person works through before looking again; a careless report has a hundred. */
const mostListed = 500;
/** Of all findings as JSON, so that 3 MB in UTF-8 leave room for the ledger in an answer of 6 MB. */
const mostCharacters = 1_000_000;

function asManyAsFit(
  outdated: readonly OutdatedUnit[],
  { findings }: DraftCheck,
  report: Report,
): FindingView[] {
  const listed = outdated.slice(0, mostListed).map(outdatedFinding);
  let characters = 0;
  for (const finding of findings) {
    const view = viewOf(finding, report);
    characters += JSON.stringify(view).length;
    if (listed.length >= mostListed || characters > mostCharacters) break;
    listed.push(view);
  }
  return listed;
}

function viewOf(found: DraftFinding, report: Report): FindingView {
  const { told, said, place, ...finding } = found;
  const { standing, voided } = said;
  const view = { ...finding, cells: [...finding.cells], ...(place === undefined ? {} : { place }) };
  if (standing !== undefined) return { ...view, explanation: standing };
  const typed = report.sections.narrative.reasons[finding.slot ?? ""];
  const explains = typed !== undefined && reasonFault(typed, told) === undefined;
  return {
    ...view,
    ...(voided === undefined ? {} : { voided }),
    ...(explains ? { suggested: typed } : {}),
  };
}

/** R304 is about the units as they stand today, which no edition of the department holds. */
function unitsLedger(
  { sections, edition }: Report,
  outdated: readonly OutdatedUnit[],
): FindingsView["ledger"][number] {
  const rule = {
    rule: "R304",
    title: ruleStatement("R304", edition),
    severity: "error",
  } as const;
  if (sections.adjustments.basis === undefined) {
    return { ...rule, outcome: "not_applicable", reason: "本报告不是由所属单位汇总生成的" };
  }
  return { ...rule, outcome: outdated.length === 0 ? "passed" : "failed" };
}

const outdatedFinding = (unit: OutdatedUnit): FindingView => ({
  rule: "R304",
  severity: "error",
  cells: [],
  message: `所属单位 ${unit.orgCode}${unit.unit === undefined ? "" : ` ${unit.unit.org.name}`}：${whatIsOutdated(unit)}。请在“汇总”中查看变动的数字，重新汇总。`,
});

function whatIsOutdated({ standing }: OutdatedUnit): string {
  switch (standing) {
    case "resubmitted":
      return "汇总之后重新上报并批复，汇总所用的已不是其批复版本";
    case "not_used":
      return "决算在汇总之后批复，尚未汇总";
    case "removed":
      return "已不属于本部门，其数字仍在汇总之中";
    default:
      return assertNever(standing);
  }
}
