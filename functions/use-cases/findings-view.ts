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
import type { OutdatedUnit } from "./consolidate-unit-states.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** A report checked against the units it was added up from. */
export const checkWithUnits = (report: Report, outdated: readonly OutdatedUnit[]): DraftCheck =>
  checkDraft(
    report,
    outdated.map(({ orgCode, unit, standing }) => ({
      orgCode,
      standing,
      ...(unit === undefined ? {} : { orgName: unit.org.name }),
    })),
  );

/** What is wrong with a report, worded for people, and the ledger of every rule. */
export const findingsView = (
  report: Report,
  outdated: readonly OutdatedUnit[],
): Omit<FindingsView, "editionHash"> => findingsOf(report, checkWithUnits(report, outdated));

/** The same of a check that was made. */
export function findingsOf(report: Report, check: DraftCheck): Omit<FindingsView, "editionHash"> {
  const { edition } = report;
  const listed = asManyAsFit(check, report);
  const count = (severity: Severity) =>
    check.findings.filter((one) => one.severity === severity && one.unfilled !== true).length;
  const unfilled = check.findings.filter((one) => one.unfilled === true).length;
  return {
    blocking: blockingIn(check),
    counts: { error: count("error"), warning: count("warning"), hint: count("hint"), unfilled },
    findings: listed,
    unlisted: check.findings.length - listed.length,
    ledger: check.ledger.map(({ id, basis, severity, outcome, reason }) => ({
      rule: id,
      severity,
      outcome,
      ...omitUndefined({ basis }),
      title: ruleStatement(id, edition),
      ...(reason === undefined ? {} : { reason: ledgerReasonText(reason, edition) }),
    })),
  };
}

/** Findings a person works through before looking again; a careless report has a hundred. */
const mostListed = 500;
/** Of all findings as JSON, so that 3 MB in UTF-8 leave room for the ledger in an answer of 6 MB. */
const mostCharacters = 1_000_000;

function asManyAsFit({ findings }: DraftCheck, report: Report): FindingView[] {
  const listed: FindingView[] = [];
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
  const { statedText, explanation, place, ...finding } = found;
  const { valid, voided } = explanation;
  const view = { ...finding, cells: [...finding.cells], ...omitUndefined({ place }) };
  if (valid !== undefined) return { ...view, explanation: valid };
  const typed = report.sections.narrative.reasons[finding.slot ?? ""];
  const explains = typed !== undefined && reasonFault(typed, statedText) === undefined;
  return {
    ...view,
    ...omitUndefined({ voided }),
    ...(explains ? { suggested: typed } : {}),
  };
}
