import { readText, type ReadText } from "../../narrative/read/read-text.ts";
import { bySeverity } from "../finding.ts";
import { reckoningRules, withoutConsequences } from "./consequences.ts";
import type { ReportFinding } from "./report-finding.ts";
import type { TextFinding } from "./text-finding.ts";
import { textContext, type TextRule, type TextTables } from "./text-rule.ts";
import { textRuleBook } from "./text-rule-book.ts";

/** Checks a report's text against its tables, where they are at hand, and against itself; worst first. */
export const checkText = (source: string, tables?: TextTables): ReportFinding[] =>
  checkReadText(readText(source), tables);

export function checkReadText(text: ReadText, tables?: TextTables): ReportFinding[] {
  return [
    ...withoutConsequences(text, tables, (read, held) => findingsOf(reckoning, read, held)),
    ...findingsOf(others, text, tables),
  ]
    .sort((a, b) => bySeverity(a, b) || a.line - b.line)
    .map(({ what, mend, ...finding }) => ({
      ...finding,
      message: `第${finding.line}行“${finding.quote}”：${what}。${mend}。`,
    }));
}

const reckoning = textRuleBook.filter(({ id }) => reckoningRules.has(id));
const others = textRuleBook.filter(({ id }) => !reckoningRules.has(id));

function findingsOf(
  rules: readonly TextRule[],
  text: ReadText,
  tables: TextTables | undefined,
): TextFinding[] {
  const context = textContext(text, tables);
  return rules.flatMap(({ id, severity, check }) =>
    check(context).map((fault): TextFinding => ({ severity, ...fault, rule: id })),
  );
}
