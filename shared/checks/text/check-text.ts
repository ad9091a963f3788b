import type { ReadText } from "../../narrative/read/read-text.ts";
import { bySeverity } from "../finding.ts";
import { rulesOver } from "../rule-book.ts";
import type { RuleOver } from "../rule.ts";
import { withoutConsequences } from "./consequences.ts";
import { faultsInText } from "./faults-in-text.ts";
import type { ReportFinding } from "./report-finding.ts";
import type { TextFinding } from "./text-finding.ts";
import { textContext, type TextContext, type TextTables } from "./text-context.ts";

/** Checks a report's text against its tables, where they are at hand, and against itself; worst first. */
export function checkReadText(text: ReadText, tables?: TextTables): ReportFinding[] {
  return [
    ...withoutConsequences(text, tables, (read, tablesOfText) =>
      findingsOf(aboutAmounts, textContext(read, tablesOfText)),
    ),
    ...findingsOf(aboutOthers, textContext(text, tables)),
  ]
    .sort((a, b) => bySeverity(a, b) || a.line - b.line)
    .map(({ what, mend, ...finding }) => ({
      ...finding,
      message: `第${finding.line}行“${finding.quote}”：${what}。${mend}。`,
    }));
}

const aboutAmounts = (rule: RuleOver<"text">): boolean => rule.text.amounts !== "none";
const aboutOthers = (rule: RuleOver<"text">): boolean => !aboutAmounts(rule);

const findingsOf = (
  isAsked: (rule: RuleOver<"text">) => boolean,
  context: TextContext,
): TextFinding[] =>
  rulesOver("text")
    .filter(isAsked)
    .flatMap((rule) =>
      faultsInText(rule, context).map((fault) => ({
        ...{ severity: rule.severity, ...fault },
        rule: rule.id,
      })),
    );
