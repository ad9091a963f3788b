import {
  findingSentence,
  ledgerReasonText,
  ruleStatement,
} from "../../shared/checks/finding-text.ts";
import type { FindingsView, FindingView } from "../../shared/contract/responses.ts";
import type { NarrativeGap } from "../../shared/narrative/gaps.ts";
import type { Report } from "../../shared/report/report.ts";
import { checkDraft } from "./check-draft.ts";

/** What is wrong with a report, worded for people, and the ledger of every rule. */
export function findingsView(report: Report): Omit<FindingsView, "editionHash"> {
  const { edition } = report;
  const { tables, gaps, blocking } = checkDraft(report);
  return {
    blocking,
    findings: [
      ...tables.findings.map((finding): FindingView => ({
        rule: finding.rule,
        severity: finding.severity,
        cells: [...finding.cells],
        message: findingSentence(finding, edition),
        ...(finding.expected === undefined ? {} : { expected: finding.expected }),
        ...(finding.actual === undefined ? {} : { actual: finding.actual }),
        ...(finding.difference === undefined ? {} : { difference: finding.difference }),
      })),
      ...gaps.map(gapFinding),
    ],
    ledger: [
      ...tables.ledger.map(({ rule, outcome, reason }) => ({
        rule,
        title: ruleStatement(rule, edition),
        outcome,
        ...(reason === undefined ? {} : { reason: ledgerReasonText(reason, edition) }),
      })),
      ...gapRules.map(
        ({ rule, title, kinds }) =>
          ({
            rule,
            title,
            outcome: gaps.some(({ missing }) => kinds.includes(missing)) ? "failed" : "passed",
          }) as const,
      ),
    ],
  };
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
