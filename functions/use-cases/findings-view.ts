import { saidOf } from "../../shared/checks/explanation.ts";
import { reasonFault } from "../../shared/checks/reason.ts";
import type { Finding } from "../../shared/checks/finding.ts";
import { findingFingerprint } from "../../shared/checks/fingerprint.ts";
import {
  findingSentence,
  ledgerReasonText,
  ruleStatement,
} from "../../shared/checks/finding-text.ts";
import { ruleById } from "../../shared/checks/rule-book.ts";
import type { FindingsView, FindingView } from "../../shared/contract/responses.ts";
import type { NarrativeGap } from "../../shared/narrative/gaps.ts";
import type { Report } from "../../shared/report/report.ts";
import { assertNever } from "../../shared/result.ts";
import { checkDraft } from "./check-draft.ts";
import type { OutdatedUnit } from "./consolidate-standing.ts";

/** What is wrong with a report, worded for people, and the ledger of every rule. */
export function findingsView(
  report: Report,
  outdated: readonly OutdatedUnit[],
): Omit<FindingsView, "editionHash"> {
  const { edition } = report;
  const { tables, gaps, blocking } = checkDraft(report, outdated);
  return {
    blocking,
    findings: [
      ...outdated.map(outdatedFinding),
      ...tables.findings.map((finding): FindingView => ({
        id: findingFingerprint(finding, report.sections),
        rule: finding.rule,
        severity: finding.severity,
        cells: [...finding.cells],
        message: findingSentence(finding, edition),
        ...(finding.expected === undefined ? {} : { expected: finding.expected }),
        ...(finding.actual === undefined ? {} : { actual: finding.actual }),
        ...(finding.difference === undefined ? {} : { difference: finding.difference }),
        ...(finding.slot === undefined ? {} : { slot: finding.slot }),
        ...(finding.sentence === undefined ? {} : { sentence: finding.sentence }),
        ...(finding.severity === "warning" ? said(finding, report) : {}),
      })),
      ...gaps.map(gapFinding),
    ],
    ledger: [
      ...tables.ledger.map(({ rule, outcome, reason }) => ({
        rule,
        title: ruleStatement(rule, edition),
        ...standingOf(rule),
        outcome,
        ...(reason === undefined ? {} : { reason: ledgerReasonText(reason, edition) }),
      })),
      ...gapRules.map(
        ({ rule, title, kinds }) =>
          ({
            rule,
            title,
            severity: "error",
            outcome: gaps.some(({ missing }) => kinds.includes(missing)) ? "failed" : "passed",
          }) as const,
      ),
      unitsLedger(report, outdated),
    ],
  };
}

/** What was said about a warning, or what the narrative would say. */
function said(
  finding: Finding,
  { edition, sections }: Report,
): Pick<FindingView, "explanation" | "voided" | "suggested"> {
  const { standing, voided } = saidOf(finding, sections);
  if (standing !== undefined) return { explanation: standing };
  const typed = sections.narrative.reasons[finding.slot ?? ""];
  const explains = typed !== undefined && reasonFault(typed, finding, edition) === undefined;
  return {
    ...(voided === undefined ? {} : { voided }),
    ...(explains ? { suggested: typed } : {}),
  };
}

/** How much a rule of the book weighs, and what it rests on. */
function standingOf(id: string) {
  const rule = ruleById(id);
  if (rule === undefined) throw new Error(`The ledger names ${id}, which the book does not have.`);
  const { severity, basis } = rule;
  return basis === undefined ? { severity } : { severity, basis };
}

/** Rules of the trade's list about the written text, beside the rule book of the tables. */
const gapRules: readonly {
  readonly rule: string;
  readonly title: string;
  readonly kinds: readonly NarrativeGap["missing"][];
}[] = [
  { rule: "R201", title: "文字说明中的数字都有来源", kinds: ["figure"] },
  { rule: "R217", title: "变动应说明主要原因，支出应说明主要用途", kinds: ["reason", "purpose"] },
];

function gapFinding(gap: NarrativeGap): FindingView {
  const isFigure = gap.missing === "figure";
  const cell = isFigure && "cell" in gap.source ? [gap.source.cell] : [];
  return {
    rule: isFigure ? "R201" : "R217",
    severity: "error",
    cells: cell,
    message: isFigure
      ? `文字说明：缺少“${gap.what}”的数据，句子写不完整。请填写对应的单元格或基本情况。`
      : `文字说明：没有填写“${gap.what}”。公开的文字说明必须写明。请在文字说明中填写。`,
    sentence: gap.sentence,
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
