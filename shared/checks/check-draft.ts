import type { CellAddress } from "../forms/cell.ts";
import { narrativeGaps, type NarrativeGap } from "../narrative/gaps.ts";
import { rewordingFindings, rulesOverRewordings } from "./wording/check-rewording.ts";
import { factAt, sourceRoots } from "../narrative/sources.ts";
import { writeReport } from "../narrative/written-report.ts";
import type { Report } from "../report/report.ts";
import type { SectionId } from "../report/section-ids.ts";
import { boundedId } from "./bounded-id.ts";
import { checkReport } from "./check-report.ts";
import {
  outdatedUnitsRule,
  outdatedUnitText,
  type OutdatedUnit,
} from "./consolidation/outdated-units.ts";
import { explanationOf, type FoundExplanation } from "./explanation.ts";
import type { Rule, RuleOver } from "./rule.ts";
import {
  figuresOf,
  type Finding,
  type LedgerEntry,
  type LedgerOutcome,
  type LedgerReason,
  type Severity,
} from "./finding.ts";
import { findingSentence } from "./finding-text.ts";
import { findingFingerprint } from "../report/fingerprint.ts";
import { checkOwnText, ownTextFingerprint, ownTextRules } from "./own-text.ts";
import { ownRules } from "./own-relations.ts";
import { rulesInLedgerOrder } from "./ledger-order.ts";
import { checkSections } from "./sections/check-sections.ts";
import { sectionFingerprint } from "./sections/section-fault.ts";
import { rulesOver } from "./rule-book.ts";

/** A finding of any rule about a report drawn up here, in words, at the place where it is mended. */
export interface DraftFinding {
  /** Names it with its figures: another one as soon as a figure changes. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly cells: readonly CellAddress[];
  /** Sentence of the written narrative. */
  readonly sentence?: string;
  /** Section it is mended in, where that is no table: of a sentence that lacks a figure, the one with the blank. */
  readonly section?: SectionId;
  /** Its place where no cell is at fault: the sentence, or a dotted path of the sections. */
  readonly place?: string;
  /** What is wrong, where, the right value, how to mend it. */
  readonly message: string;
  /** 分 or counts. */
  readonly expected?: number;
  readonly actual?: number;
  readonly difference?: number;
  /** The reason of the narrative that it requests. */
  readonly slot?: string;
  /** Nothing is wrong yet: what it is about was not filled in (未填). */
  readonly unfilled?: true;
  /** The figure that was typed instead of bound to the report (R223). */
  readonly figure?: string;
  /** The words of the sentence at fault, where they are few. */
  readonly quoted?: string;
  /** The figure that belongs in the place of a wrong one, as printed. */
  readonly instead?: string;
  /** The finding in words; a reason that only repeats it is refused. */
  readonly statedText: string;
  /** Only warnings are explained. */
  readonly explanation: FoundExplanation;
}

export interface DraftLedgerEntry extends Pick<Rule, "id" | "statement" | "basis" | "severity"> {
  readonly outcome: LedgerOutcome;
  readonly reason?: LedgerReason;
}

export interface DraftCheck {
  /** Worst first. */
  readonly findings: readonly DraftFinding[];
  /** Every rule in the order of the ledger; that of the units in use only where they were handed in. */
  readonly ledger: readonly DraftLedgerEntry[];
}

/**
 * Everything that is wrong with a report in its present state; the same for the screen, for submit and for what is published.
 * `outdated`: units whose figures in the report are not their present ones, where the registry was read.
 */
export function checkDraft(report: Report, outdated?: readonly OutdatedUnit[]): DraftCheck {
  const written = writeReport(report);
  const tables = checkReport(report, written.narrative);
  const sections = checkSections(report);
  /** A reason that a warning requests is not requested by a gap as well. */
  const requested = new Set(
    tables.findings.flatMap((finding) => (finding.kind === "deviates" ? [finding.slot] : [])),
  );
  const findings = [
    ...(outdated ?? []).map(ofUnit),
    ...tables.findings.map((finding) => ofTable(finding, report)),
    ...sections.findings.map(({ path, cells = [], what, mend, ...finding }) => ({
      ...pick(finding, "rule", "severity", "section"),
      ...(finding.unfilled === true && unfilled),
      id: sectionFingerprint({ path, cells, what, mend, ...finding }),
      cells,
      place: path,
      message: `${sectionNames[finding.section] ?? ""}${what}。${mend}。`,
    })),
    ...ofGaps(
      narrativeGaps(report, written).filter((gap) => !("slot" in gap) || !requested.has(gap.slot)),
      report,
    ),
    ...rewordingFindings(report, written.narrative).map(
      ({ rule, severity, sentence, quote, what, mend, figure }) => ({
        ...{ id: [rule, sentence, quote].join("|"), rule, severity, sentence, place: sentence },
        cells: [],
        message: `文字说明：${what}。${mend}。`,
        ...(figure === undefined ? {} : { figure }),
      }),
    ),
    ...checkOwnText(report, written).map((finding) => ofOwnText(finding)),
  ].map((finding) => withExplanationOf(bounded(finding), report));
  return {
    findings: findings.toSorted((a, b) => rankOf(a) - rankOf(b)),
    ledger: [
      ...ledgerOf(report, findings, [...tables.ledger, ...sections.ledger]),
      ...(outdated === undefined ? [] : [ledgerOfUnits(report, outdated)]),
    ],
  };
}

/**
 * What the rules over cells find, as `checkDraft` words it, and which rules could be run: for a screen that shows at once
 * what a figure breaks, before the whole report is checked.
 */
export function checkCells(report: Report): {
  readonly findings: readonly DraftFinding[];
  readonly rules: ReadonlySet<string>;
} {
  const { findings, ledger } = checkReport(report);
  const worded = findings.map((finding) =>
    withExplanationOf(bounded(ofTable(finding, report)), report),
  );
  return {
    findings: worded.toSorted((a, b) => rankOf(a) - rankOf(b)),
    rules: new Set(
      ledger.flatMap(({ rule, outcome }) => (outcome === "could_not_run" ? [] : [rule])),
    ),
  };
}

/** What is wrong first, then what is to be explained, then what is not filled in. */
const rankOf = ({ severity, unfilled }: DraftFinding): number =>
  (["error", "warning", "unfilled", "hint"] as const).indexOf(
    unfilled === true ? "unfilled" : severity,
  );

/** How many things keep a report from being submitted: errors, unexplained warnings, rules that could not be run. */
export const blockingIn = ({ findings, ledger }: DraftCheck): number =>
  findings.filter(
    ({ severity, explanation }) => severity !== "hint" && explanation.valid === undefined,
  ).length + ledger.filter(({ outcome }) => outcome === "could_not_run").length;

/** The section of a finding that names no cell, as its message begins. */
const sectionNames: { readonly [section: string]: string } = {
  facts: "基本情况：",
  narrative: "文字说明：",
  performance: "预算绩效：",
  attachments: "附件：",
  adjustments: "调整表：",
  explanations: "审核说明：",
};

/** Cells named with a finding; a relation of a whole table may have hundreds. */
const mostCells = 200;
const longestMessage = 2_000;

/** A finding no longer than anybody reads, whatever the texts and tables it is about. */
const bounded = (finding: Unexplained): Unexplained => ({
  ...finding,
  id: boundedId(finding.id),
  cells: finding.cells.length <= mostCells ? finding.cells : finding.cells.slice(0, mostCells),
  message:
    finding.message.length <= longestMessage
      ? finding.message
      : `${finding.message.slice(0, longestMessage)}…`,
});

type Unexplained = Omit<DraftFinding, "statedText" | "explanation"> & {
  readonly statedText?: string;
};

const ofUnit = (unit: OutdatedUnit): Unexplained => ({
  id: [outdatedUnitsRule.id, unit.orgCode, unit.standing].join("|"),
  rule: outdatedUnitsRule.id,
  severity: outdatedUnitsRule.severity,
  cells: [],
  section: "adjustments",
  message: outdatedUnitText(unit),
});

function ledgerOfUnits(
  { sections: { adjustments } }: Report,
  outdated: readonly OutdatedUnit[],
): DraftLedgerEntry {
  if (adjustments.basis !== undefined) {
    return { ...outdatedUnitsRule, outcome: outdated.length === 0 ? "passed" : "failed" };
  }
  return {
    ...outdatedUnitsRule,
    outcome: "not_applicable",
    reason: { kind: "not_consolidated" },
  };
}

const unfilled = { unfilled: true } as const;

function ofTable(finding: Finding, { sections, edition }: Report): Unexplained {
  const message = findingSentence(finding, edition);
  const { rule, severity, cells } = finding;
  const found = {
    ...{ rule, severity, cells, ...figuresOf(finding) },
    ...(finding.kind === "missing" && unfilled),
  };
  const worded = { id: findingFingerprint(finding, sections), message };
  if (finding.kind !== "deviates") return { ...found, ...worded, statedText: message };
  const { what, against } = finding.compared;
  return {
    ...found,
    ...pick(finding, "slot", "sentence"),
    ...worded,
    statedText: `${message}${what}${against}`,
  };
}

/** In the order of the narrative, whichever rule they break. */
function ofGaps(gaps: readonly NarrativeGap[], report: Report): Unexplained[] {
  const ruled = rulesOver("gaps").map((rule) => ({ rule, broken: new Set(rule.gaps(gaps)) }));
  return gaps.flatMap((gap) =>
    ruled.flatMap(({ rule, broken }) => (broken.has(gap) ? [ofGap(gap, rule, report)] : [])),
  );
}

/** The blank of 基本情况 or 预算绩效 that a missing figure is computed from. */
function blankOf(gap: NarrativeGap, report: Report): Pick<Unexplained, "section" | "place"> {
  if (gap.missing !== "figure") return {};
  for (const root of sourceRoots(gap.source)) {
    const place = root.replace(/^prior:/u, "facts.prior.");
    const section = (["facts", "performance"] as const).find((id) => place.startsWith(`${id}.`));
    const value = root.startsWith("prior:")
      ? report.sections.facts.prior[root.slice("prior:".length)]
      : factAt(report, root);
    if (section !== undefined && typeof value !== "number") return { section, place };
  }
  return {};
}

function ofGap(
  gap: NarrativeGap,
  { id: rule, severity }: RuleOver<"gaps">,
  report: Report,
): Unexplained {
  const { what, sentence } = gap;
  const isFigure = gap.missing === "figure";
  return {
    id: [rule, sentence, what].join("|"),
    rule,
    severity,
    cells: isFigure && gap.source.kind === "cell" ? [gap.source.cell] : [],
    sentence,
    ...blankOf(gap, report),
    ...unfilled,
    message: isFigure
      ? `文字说明：缺少“${what}”的数据，句子写不完整。请填写对应的单元格或基本情况。`
      : `文字说明：没有填写“${what}”。公开的文字说明必须写明。请在文字说明中填写。`,
  };
}

/** Longer words are no longer found at a glance. */
const longestQuoted = 60;

/** Only a figure is computed; what else is expected is written in words (主要原因) and is none to be put in. */
const figure = /^-?[\d,]+(?:\.\d+)?(?:亿元|万元|元|%)$/u;

/** A reader of free text may be mistaken, so what it finds can always be answered by a reason. */
function ofOwnText(finding: ReturnType<typeof checkOwnText>[number]): Unexplained {
  const { rule, severity, sentence, quote, cells = [], what, mend } = finding;
  const { actual: quoted = "", expected: right = "" } = finding;
  const instead = right.replaceAll(",", "");
  return {
    id: ownTextFingerprint(finding),
    rule,
    severity: severity === "error" ? "warning" : severity,
    cells: sentence === undefined ? cells : [],
    ...(sentence === undefined ? {} : { sentence, place: sentence }),
    ...(quoted === "" || quoted.length > longestQuoted ? {} : { quoted }),
    ...(figure.test(quoted) && figure.test(instead) ? { instead } : {}),
    message: `文字说明“${quote}”：${what}。${mend}。`,
  };
}

function withExplanationOf(finding: Unexplained, { sections }: Report): DraftFinding {
  const { statedText = finding.message, severity } = finding;
  return {
    ...finding,
    statedText,
    explanation: severity === "warning" ? explanationOf(finding, sections) : {},
  };
}

/** One line a rule, whatever it judges; a rule that had nothing to judge is never passed. */
function ledgerOf(
  { edition }: Report,
  findings: readonly DraftFinding[],
  judged: readonly LedgerEntry[],
): DraftLedgerEntry[] {
  const read = new Set(
    [...ownTextRules(), ...rulesOverRewordings, ...rulesOver("gaps")].map(({ id }) => id),
  );
  return [...rulesInLedgerOrder, ...ownRules(edition)]
    .filter(({ id }) => id !== outdatedUnitsRule.id)
    .map(({ id, statement, basis, severity }) => {
      const entries = judged.filter(({ rule }) => rule === id);
      const found = findings.filter((one) => one.rule === id && !isMereRounding(one, severity));
      const unrun = entries.find(({ outcome }) => outcome === "could_not_run");
      const unjudged = entries.find(({ outcome }) => outcome === "not_applicable");
      const head = { id, statement, severity, ...(basis === undefined ? {} : { basis }) };
      if (unrun !== undefined) return { ...head, ...pick(unrun, "outcome", "reason") };
      if (found.length > 0) {
        const isExplained = found.every(({ explanation }) => explanation.valid !== undefined);
        return { ...head, outcome: isExplained ? "explained" : "failed" };
      }
      if (unjudged !== undefined && entries.every(({ outcome }) => outcome === "not_applicable")) {
        return { ...head, ...pick(unjudged, "outcome", "reason") };
      }
      if (entries.length > 0 || read.has(id)) return { ...head, outcome: "passed" };
      return { ...head, outcome: "not_applicable", reason: { kind: "other_texts_only" } };
    });
}

/** Within what rounding explains the relation holds. */
const isMereRounding = (finding: DraftFinding, severity: Severity): boolean =>
  finding.severity === "hint" && severity !== "hint";

const pick = <T extends object, Key extends keyof T>(from: T, ...keys: readonly Key[]) =>
  Object.fromEntries(
    keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])),
  ) as Pick<T, Key>;
