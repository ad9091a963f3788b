import { readText, type ReadText } from "../../narrative/read/read-text.ts";
import { bySeverity } from "../finding.ts";
import { rulesOver } from "../rule-book.ts";
import type { RuleOver } from "../rule.ts";
import { withoutConsequences, type Reckoned } from "./consequences.ts";
import { faultsInText } from "./faults-in-text.ts";
import type { ReportFinding } from "./report-finding.ts";
import type { TextFinding } from "./text-finding.ts";
import { textContext, type TextContext, type TextTables } from "./text-context.ts";

/** Checks a report's text against its tables, where they are at hand, and against itself; worst first. */
export const checkText = (source: string, tables?: TextTables): ReportFinding[] =>
  checkReadText(readText(source), tables);

export function checkReadText(text: ReadText, tables?: TextTables): ReportFinding[] {
  return [
    ...withoutConsequences(text, tables, findingsAboutAmounts).map(
      ({ causeRank: _, ...finding }): TextFinding => finding,
    ),
    ...otherFindings(textContext(text, tables)),
  ]
    .sort((a, b) => bySeverity(a, b) || a.line - b.line)
    .map(({ what, mend, ...finding }) => ({
      ...finding,
      message: `第${finding.line}行“${finding.quote}”：${what}。${mend}。`,
    }));
}

function findingsAboutAmounts(text: ReadText, tables: TextTables | undefined): Reckoned[] {
  const context = textContext(text, tables);
  return rulesOver("text").flatMap((rule) => {
    const { amounts } = rule.text;
    if (amounts === "none") return [];
    const { causeRank } = amounts;
    return findingsOf(rule, context).map((finding) => ({ ...finding, causeRank }));
  });
}

const otherFindings = (context: TextContext): TextFinding[] =>
  rulesOver("text").flatMap((rule) =>
    rule.text.amounts === "none" ? findingsOf(rule, context) : [],
  );

const findingsOf = (rule: RuleOver<"text">, context: TextContext): TextFinding[] =>
  faultsInText(rule, context).map((fault) => ({
    ...{ severity: rule.severity, ...fault },
    rule: rule.id,
  }));
