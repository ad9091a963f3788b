import type { CellAddress } from "../forms/cell.ts";
import { isOfOverview } from "../narrative/is-of-overview.ts";
import { readText } from "../narrative/read/read-text.ts";
import { writeReport, type WrittenReport } from "../narrative/written-report.ts";
import { onOneLine, paragraphText, sentenceText, type Paragraph } from "../narrative/written.ts";
import type { Report } from "../report/report.ts";
import { bySeverity, type Severity } from "./finding.ts";
import type { Rule, RuleOver } from "./rule.ts";
import { slipsIn } from "./wording/slips.ts";
import { rulesOver } from "./rule-book.ts";
import { textTables } from "./text/check-printed-report.ts";
import type { TextFault } from "./text/text-finding.ts";
import { textContext } from "./text/text-context.ts";
import { faultsInText } from "./text/faults-in-text.ts";
import { isNoUse } from "./three-public/count-figures.ts";
import { tableIn } from "../report/section-ids.ts";

/** What our reader finds in our own text, with the sentence it is in. */
export interface OwnTextFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** Chapter by id; `duties` and `profile` are those of 概况. */
  readonly chapter: string;
  /** Absent where the heading is at fault. */
  readonly sentence?: string;
  readonly quote: string;
  readonly cells?: readonly CellAddress[];
  /** As printed. */
  readonly expected?: string;
  readonly actual?: string;
  /** What is wrong and what to do about it, without full stops. */
  readonly what: string;
  readonly mend: string;
}

/** The rules that our own text is checked by, as texts from elsewhere are. */
export const ownTextRules = (): readonly (RuleOver<"text"> & Pick<Rule, "rewording">)[] =>
  rulesOver("text").filter(({ text }) => text.notOfOwnText === undefined);

/**
 * Reads 概况 and 情况说明 as they will be printed, against the report's own tables; worst first. What the reader would
 * say of the cells alone, whatever people typed, is for the rules over cells to say.
 */
export function checkOwnText(report: Report, written = writeReport(report)): OwnTextFinding[] {
  const findings = readOwnText(report, written);
  if (findings.length === 0) return [];
  const ofCells = new Set(readOwnText(withoutTypedWords(report)).map(sameFault));
  return findings.filter((finding) => !ofCells.has(sameFault(finding)));
}

/** Everything our reader finds in the text. */
export function readOwnText(report: Report, written = writeReport(report)): OwnTextFinding[] {
  const lines = linesOf(written);
  const source = lines.map(({ text }) => text).join("\n");
  const tables = new Map(report.edition.forms.map(({ id }) => [id, tableIn(report.sections, id)]));
  const context = textContext(readText(source), textTables(report, tables));
  return ownTextRules()
    .flatMap((rule) =>
      faultsInText(rule, context)
        .filter((fault) => !isReportedElsewhere(fault, rule.severity))
        .map((fault) => placed(fault, { rule: rule.id, severity: rule.severity }, lines))
        .filter((finding) => rule.rewording === undefined || !isSlipOfNarrative(finding)),
    )
    .toSorted(bySeverity);
}

/** A rounding gap is a hint of its table; what is still to be filled in is a gap of the narrative. */
const isReportedElsewhere = (fault: TextFault, severity: Severity): boolean =>
  (fault.severity === "hint" && severity !== "hint") || fault.actual === "〔待填";

/** A slip in a sentence of the narrative, which the rule finds there as it is typed. */
const isSlipOfNarrative = ({ sentence = "", actual = "" }: OwnTextFinding): boolean =>
  sentence !== "" && !isOfOverview(sentence) && slipsIn(actual).length > 0;

const sameFault = ({ rule, sentence = "", actual = "", expected = "" }: OwnTextFinding): string =>
  [rule, sentence, actual, expected].join("|");

/** The report with its cells and facts, and neutral words for what people typed. */
function withoutTypedWords(report: Report): Report {
  const { facts, narrative, performance, explanations } = report.sections;
  const silent = (text: string): string => (text.trim() === "" ? text : "已说明");
  const neutral = (words: Readonly<Record<string, string>>) =>
    Object.fromEntries(Object.entries(words).map(([key, text]) => [key, silent(text)]));
  return {
    ...report,
    sections: {
      ...report.sections,
      facts: {
        ...facts,
        duties: facts.duties.map(silent),
        ...(facts.otherVehicleUse === undefined
          ? {}
          : {
              // That there is no use is a fact, which its rule judges where it is typed.
              otherVehicleUse: isNoUse(facts.otherVehicleUse)
                ? facts.otherVehicleUse
                : silent(facts.otherVehicleUse),
            }),
      },
      narrative: {
        reasons: neutral(narrative.reasons),
        purposes: neutral(narrative.purposes),
        additions: {},
      },
      performance: { ...performance, summary: [] },
      explanations: {
        entries: explanations.entries.map((entry) => ({ ...entry, reason: silent(entry.reason) })),
      },
    },
  };
}

/** Names a finding with its figures: when the sentence changes, its explanation is void. */
export const ownTextFingerprint = ({
  rule,
  chapter,
  sentence = "",
  quote,
  actual = "",
  expected = "",
}: OwnTextFinding): string => [rule, chapter, sentence, quote, actual, expected].join("|");

interface Line {
  readonly chapter: string;
  readonly text: string;
  /** Absent for a heading. */
  readonly paragraph?: Paragraph;
}

const linesOf = ({ overview, narrative }: WrittenReport): Line[] =>
  [overview, narrative].flatMap(({ chapters }) =>
    chapters.flatMap(({ id, heading, paragraphs }) => [
      { chapter: id, text: heading },
      ...paragraphs.map((paragraph) => ({
        chapter: id,
        text: onOneLine(paragraphText(paragraph)),
        paragraph,
      })),
    ]),
  );

function placed(
  { line, quote, severity, cells, expected, actual, what, mend }: TextFault,
  rule: Pick<OwnTextFinding, "rule" | "severity">,
  lines: readonly Line[],
): OwnTextFinding {
  const at = lines[line - 1];
  const sentence = at?.paragraph && sentenceAt(at.paragraph, quote, actual);
  return {
    ...rule,
    ...(severity === undefined ? {} : { severity }),
    chapter: at?.chapter ?? "",
    ...(sentence === undefined ? {} : { sentence }),
    quote,
    ...(cells === undefined ? {} : { cells }),
    ...(expected === undefined ? {} : { expected }),
    ...(actual === undefined ? {} : { actual }),
    what,
    mend,
  };
}

/** The sentence of a paragraph that the quoted words begin in, or those of them that are at fault. */
function sentenceAt(
  paragraph: Paragraph,
  quote: string,
  actual: string | undefined,
): string | undefined {
  const { plain, whole, lead } = plainOf(paragraph);
  const from = whole.indexOf(asRead(quote));
  const inside = actual === undefined ? -1 : asRead(quote).indexOf(asRead(actual));
  const at = from < 0 ? 0 : from + Math.max(0, inside);
  let end = lead;
  for (const { id, text } of plain) {
    end += text.length;
    if (at < end) return id;
  }
  return paragraph.sentences.at(-1)?.id;
}

interface PlainParagraph {
  readonly plain: readonly { readonly id: string; readonly text: string }[];
  readonly whole: string;
  /** Characters of the label before the sentences. */
  readonly lead: number;
}

/** A paragraph may have many findings and is made plain once. */
const plainParagraphs = new WeakMap<Paragraph, PlainParagraph>();

function plainOf(paragraph: Paragraph): PlainParagraph {
  const known = plainParagraphs.get(paragraph);
  if (known !== undefined) return known;
  const { label = "", sentences } = paragraph;
  const plain = sentences.map((one) => ({ id: one.id, text: asRead(sentenceText(one)) }));
  const lead = asRead(label);
  const made = {
    plain,
    whole: lead + plain.map(({ text }) => text).join(""),
    lead: lead.length,
  };
  plainParagraphs.set(paragraph, made);
  return made;
}

/** Without white space and with signs as the reader has them. */
const asRead = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s,，]/gu, "")
    .replace(/[：]/gu, ":");
