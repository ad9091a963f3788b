import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";
import type { ReadText } from "../../narrative/read/read-text.ts";
import type { Statement } from "../../narrative/read/statements.ts";
import { exactWan } from "../../forms/place-name.ts";
import { ruleById } from "../rule-book.ts";
import { neverTheCause } from "../rule.ts";
import { quoteAt, type TextFinding } from "./text-finding.ts";
import { textContext, type TextTables } from "./text-context.ts";

type Check = (text: ReadText, tables: TextTables | undefined) => readonly TextFinding[];

const isHeavy = ({ severity }: TextFinding): boolean => severity !== "hint";

/** More trials than these cost more time than they save a reader. */
const mostTrials = 8;

/**
 * One wrong amount makes many findings: its share, its rate, the sum it is part of. Where putting one amount right
 * makes several findings go and none come, that amount is the fault and the others are its consequences.
 */
export function withoutConsequences(
  text: ReadText,
  tables: TextTables | undefined,
  check: Check,
): readonly TextFinding[] {
  let findings = check(text, tables);
  let now = text;
  const kept: TextFinding[] = [];
  for (const { statement, value } of candidates(text, findings).slice(0, mostTrials)) {
    const open = findings.filter(isHeavy);
    if (open.length < 2) break;
    const at = now.statements.find(
      (other) => other.block === statement.block && other.start === statement.start,
    );
    if (at?.amount === undefined) continue;
    const right = corrected(now, at, value);
    const left = check(right, tables);
    const still = new Set(left.filter(isHeavy).map(keyOf));
    const known = new Set(findings.map(keyOf));
    const gone = findings.filter((finding) => isHeavy(finding) && !still.has(keyOf(finding)));
    const come = left.filter((finding) => isHeavy(finding) && !known.has(keyOf(finding)));
    const [cause] = gone.toSorted((a, b) => rankOf(a, at) - rankOf(b, at));
    if (gone.length < 2 || come.length > 0 || cause === undefined) continue;
    kept.push(atAmount(cause, at, value));
    findings = left;
    now = right;
  }
  return [...kept, ...findings];
}

/** A sum does not say which part is wrong; where putting a part right mends its own sentence too, it is that part. */
function atAmount(cause: TextFinding, at: Statement, value: number): TextFinding {
  const { amount, block, subject } = at;
  if (amount === undefined || !sumsParts(cause) || cause.actual === amount.text) return cause;
  const right = `${exactWan(value)}万元`;
  return {
    ...cause,
    severity: "error",
    ...quoteAt(block, amount.start),
    actual: amount.text,
    expected: right,
    what: `${subject}${amount.text}与总数和本句的比率都不符，应为${right}（${cause.what}）`,
    mend: `改为${right}，或核对总数`,
  };
}

const keyOf = ({ rule, line, actual = "" }: TextFinding): string => [rule, line, actual].join("|");

/** What the rule of a finding calculates with amounts, if it does. */
function amountsOf({ rule }: TextFinding) {
  const { amounts = "none" } = ruleById(rule)?.text ?? {};
  return amounts === "none" ? undefined : amounts;
}

const sumsParts = (finding: TextFinding): boolean => amountsOf(finding)?.sumsParts === true;

/** The finding that names the wrong amount itself comes first. */
function rankOf(finding: TextFinding, { amount }: Statement): number {
  const rank = amountsOf(finding)?.causeRank ?? neverTheCause;
  return (finding.actual === amount?.text ? 0 : 100) + rank;
}

interface Candidate {
  readonly statement: Statement;
  readonly value: number;
}

/** Amounts that a finding says should be another: by the table, by the sum, by an earlier sentence. */
function candidates(text: ReadText, findings: readonly TextFinding[]): Candidate[] {
  const heavy = findings.filter(isHeavy);
  const byExpected = heavy.flatMap((finding): Candidate[] => {
    const value = wanOf(finding.expected);
    if (value === undefined) return [];
    return text.statements.flatMap((statement) =>
      statement.amount?.text === finding.actual && isOn(statement, finding.line)
        ? [{ statement, value }]
        : [],
    );
  });
  const ofParts = heavy.flatMap((finding): Candidate[] => {
    const [whole, sum] = [wanOf(finding.actual), wanOf(finding.expected)];
    if (!sumsParts(finding) || whole === undefined || sum === undefined) return [];
    const { firstMention } = textContext(text);
    return text.statements.flatMap(({ concept, amount, ...statement }) => {
      const isPart =
        concept !== undefined &&
        amount !== undefined &&
        firstMention(concept.id)?.figure === amount &&
        heavy.some(
          (other) =>
            other !== finding &&
            other.line >= (statement.block.lines[0] ?? 0) &&
            other.line <= (statement.block.lines.at(-1) ?? 0),
        );
      const value = (amount?.value ?? 0) - (sum - whole);
      return isPart && value >= 0 ? [{ statement: { concept, amount, ...statement }, value }] : [];
    });
  });
  return [...byExpected, ...ofParts];
}

const isOn = ({ block, amount }: Statement, line: number): boolean =>
  amount !== undefined && block.lines[amount.start] === line;

const wanOf = (printed: string | undefined): number | undefined => {
  const digits = /^(?:不超过|不少于)?([\d,]+(?:\.\d+)?)万元$/u.exec(printed ?? "")?.[1];
  return digits === undefined ? undefined : Math.round(Number(digits.replaceAll(",", "")) * 1e6);
};

/** The text as if that amount had been printed right. */
function corrected(text: ReadText, wrong: Statement, value: number): ReadText {
  const copies = new Map<Statement, Statement>();
  const copyOf = (statement: Statement): Statement => {
    const known = copies.get(statement);
    if (known !== undefined) return known;
    copies.set(statement, statement);
    const amount: PrintedFigure | undefined =
      statement === wrong && statement.amount !== undefined
        ? { ...statement.amount, value, decimals: 2 }
        : statement.amount;
    const { within } = statement;
    const copy = {
      ...statement,
      ...(amount === undefined ? {} : { amount }),
      ...(within === undefined ? {} : { within: copyOf(within) }),
      shares: statement.shares.map((share) =>
        share.wholeStatement === undefined || share.wholeStatement === statement
          ? share
          : { ...share, wholeStatement: copyOf(share.wholeStatement) },
      ),
    };
    copies.set(statement, copy);
    return copy;
  };
  return { ...text, statements: text.statements.map(copyOf) };
}
