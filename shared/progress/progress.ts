import { preparerRole } from "../workflow/roles.ts";
import type { ReportSummary } from "../workflow/report-summary.ts";
import type { FiscalYear, OrgNode } from "../registry/registry.ts";
import type { OrgKind } from "../report/report.ts";
import { isOverdue } from "../workflow/deadlines.ts";
import type { ReportEvent, SignOffKind, Stage } from "../workflow/report-state.ts";
import { omitUndefined } from "../omit-undefined.ts";
import { levelDue, turnAfterApproval, type Turn } from "../workflow/turn.ts";

/** Where every node's report of a year has come (进度), and what of many nodes adds up. */

/** What is kept of a report beside its head, so that lists need not read heads. */
export type KeptReport = {
  readonly orgCode: string;
  /** Version of the head it was taken from. */
  readonly version: number;
  /** Absent where the head cannot be read. */
  readonly summary?: ReportSummary;
  /** Sign-offs a submission in review still needs. */
  readonly unsigned: readonly SignOffKind[];
  /** It belongs to another department by now, and is kept there. */
  readonly isGone: boolean;
  /** Absent where an earlier version kept it, until its next event or check. */
  readonly course?: Course;
};

/** What somebody did to a report, as lists show it. */
export type LastAct = {
  readonly type: ReportEvent["type"];
  readonly at: string;
  readonly byName: string;
};

/** What a report has been through, counted from its events. */
export type Course = {
  /** Number of the last event that is counted. */
  readonly seq: number;
  /** 退回次数, undone approvals included. */
  readonly returns: number;
  readonly last: LastAct;
};

/** A report's course once some of its events, in order, have followed what was counted before. */
export function courseAfter(
  before: Course | undefined,
  events: readonly { readonly seq: number; readonly event: ReportEvent }[],
): Course | undefined {
  return events.reduce<Course | undefined>((course, { seq, event }) => {
    if (course !== undefined && seq <= course.seq) return course;
    const { type, at, byName } = event;
    const isReturn = type === "returned" || type === "approval_undone";
    const returns = (course?.returns ?? 0) + (isReturn ? 1 : 0);
    // That a run began to write the portal is no act of anybody.
    const last = type === "publication_started" && course ? course.last : { type, at, byName };
    return { seq, returns, last };
  }, before);
}

/**
 * What is known of a report between its events, kept beside it: the latest check (审核) and the remarks
 * (审核意见) that nobody has settled.
 */
export type ReportNotes = {
  readonly orgCode: string;
  readonly check?: CheckNote;
  readonly openRemarks?: number;
  /** 催办: when its people were last written to, and by whom. */
  readonly reminded?: { readonly at: string; readonly byName: string };
  /** Counts every write; 0 for notes never stored. */
  readonly version: number;
};

/** Rules that reports of a department and its units break, or have broken this season. */
export type RuleLine = {
  readonly code: string;
  /** By rule: how many reports break it by their last check, and how many ever did. */
  readonly rules: Readonly<Record<string, { readonly now: number; readonly met: number }>>;
  /** Counts every write; 0 for one never stored. */
  readonly version: number;
};

/** Adds up what the notes of a department's reports say of rules, by rule. */
export function rulesIn(notes: readonly ReportNotes[]): RuleLine["rules"] {
  const rules = new Map<string, { now: number; met: number }>();
  for (const { check } of notes) {
    for (const rule of check?.met ?? []) {
      const { now, met } = rules.get(rule) ?? { now: 0, met: 0 };
      rules.set(rule, { now: now + (check?.rules[rule] === undefined ? 0 : 1), met: met + 1 });
    }
  }
  return Object.fromEntries([...rules].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

export type CheckNote = {
  /** Of the content that was checked. */
  readonly editionHash: string;
  readonly at: string;
  readonly errors: number;
  readonly warnings: number;
  /** Findings by rule, hints left out. */
  readonly rules: Readonly<Record<string, number>>;
  /** Rules that any check so far has found broken, in order. */
  readonly met: readonly string[];
};

/** A node of a year with its report, as lists show it. */
export interface ProgressRow {
  readonly orgCode: string;
  readonly orgName: string;
  readonly kind: OrgKind;
  readonly exempt: boolean;
  /** There is a report, and what is stored of it cannot be read. */
  readonly damaged: boolean;
  /** As of the year's deadlines today. */
  readonly report?: ReportSummary;
  /** Sign-offs its submission in review still needs. */
  readonly unsigned: readonly SignOffKind[];
  /** Who must act and until when; absent when nobody must. */
  readonly turn?: Turn;
  readonly course?: Course;
}

export const progressStates = [
  "exempt",
  "damaged",
  "not_opened",
  "draft",
  "in_review",
  "approved",
  "print_failed",
  "publish_failed",
  "published",
  "taken_down",
] as const;
export type ProgressState = (typeof progressStates)[number];

/** Nodes by state, and by the last day of those that somebody must act on. */
export type Tally = {
  readonly counts: { readonly [State in ProgressState]?: number };
  readonly dues: Readonly<Record<string, number>>;
};

/** A department of a year: where its own report has come, and what adds up over it and its units. */
export type DepartmentLine = {
  readonly code: string;
  readonly name: string;
  /** Absent where the department is no node of the tree any more. */
  readonly own?: ProgressState;
  readonly tally: Tally;
  /** Absent in a line that an earlier version stored, until it is written again. */
  readonly season?: DepartmentSeason;
  /** Counts every write of the line; 0 for one never stored. */
  readonly version: number;
};

/** How a department's season goes, its units included. */
export type DepartmentSeason = {
  /** Level of review and last day of the department's own report. */
  readonly stage?: Stage;
  readonly due?: string;
  readonly errors: number;
  readonly warnings: number;
  /** Remarks that nobody has settled. */
  readonly openRemarks: number;
  readonly returns: number;
  readonly last?: LastAct;
};

/** The node is as it was in the year; `departmentPublishBy`: last day of publication of the department's own report, once that is approved. */
export function progressRow(
  { code, name, kind, exempt }: OrgNode,
  kept: KeptReport | undefined,
  year: FiscalYear,
  departmentPublishBy?: string,
): ProgressRow {
  const isExempt = exempt?.year === year.year;
  const unsigned = kept?.unsigned ?? [];
  const row = { orgCode: code, orgName: name, kind, exempt: isExempt, unsigned };
  const summary = kept?.summary;
  if (kept !== undefined && summary === undefined) return { ...row, damaged: true };
  const turn =
    summary === undefined
      ? firstTurn(code, kind, year)
      : turnAsOf(summary, year, departmentPublishBy);
  return {
    ...row,
    damaged: false,
    ...(kept?.course && { course: kept.course }),
    ...(summary && { report: { ...summary, ...(turn && { turn }) } }),
    ...(turn === undefined || isExempt ? {} : { turn }),
  };
}

const firstTurn = (orgCode: string, kind: OrgKind, year: FiscalYear): Turn => ({
  role: preparerRole,
  orgCode,
  due: levelDue(kind, year),
});

/** Whose turn it is by the deadlines as they are now: they may have been moved since it became theirs. */
function turnAsOf(
  summary: ReportSummary,
  year: FiscalYear,
  departmentPublishBy: string | undefined,
): Turn | undefined {
  const { turn, status, stage, kind, correcting } = summary;
  if (turn === undefined) return undefined;
  if (summary.takeDownAsked !== undefined) return turn;
  if (status === "draft" && !correcting) return { ...turn, due: levelDue(kind, year) };
  if (stage === undefined) return turn;
  return turnAfterApproval({ ...turn, due: levelDue(stage, year) }, summary, departmentPublishBy);
}

export function stateOf({ exempt, damaged, report }: ProgressRow): ProgressState {
  if (exempt) return "exempt";
  if (damaged) return "damaged";
  if (report === undefined) return "not_opened";
  return report.failure === undefined ? report.status : `${report.failure.step}_failed`;
}

export const tallyOf = (rows: readonly ProgressRow[]): Tally =>
  addTallies(
    rows.map((row) => ({
      counts: { [stateOf(row)]: 1 },
      dues: row.turn === undefined ? {} : { [row.turn.due]: 1 },
    })),
  );

export function seasonOf(
  department: string,
  rows: readonly ProgressRow[],
  notes: ReadonlyMap<string, ReportNotes>,
): DepartmentSeason {
  const own = rows.find(({ orgCode }) => orgCode === department);
  const sum = (count: (row: ProgressRow) => number | undefined) =>
    rows.reduce((total, row) => total + (count(row) ?? 0), 0);
  const noted = (row: ProgressRow) =>
    row.report === undefined ? undefined : notes.get(row.orgCode);
  const last = rows
    .flatMap(({ course }) => (course === undefined ? [] : [course.last]))
    .reduce<LastAct | undefined>(
      (latest, act) => (latest === undefined || act.at > latest.at ? act : latest),
      undefined,
    );
  return {
    ...omitUndefined({ stage: own?.report?.stage, due: own?.turn?.due }),
    errors: sum((row) => noted(row)?.check?.errors),
    warnings: sum((row) => noted(row)?.check?.warnings),
    openRemarks: sum((row) => noted(row)?.openRemarks),
    returns: sum(({ course }) => course?.returns),
    ...(last && { last }),
  };
}

/** Members in order, so that equal tallies are the same text. */
export const addTallies = (tallies: readonly Tally[]): Tally => ({
  counts: sumByName(tallies.map(({ counts }) => counts)),
  dues: sumByName(tallies.map(({ dues }) => dues)),
});

function sumByName(parts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const part of parts) {
    for (const [name, count] of Object.entries(part)) {
      sums.set(name, (sums.get(name) ?? 0) + count);
    }
  }
  return Object.fromEntries([...sums].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** How many are late at an instant. */
export const overdueAt = ({ dues }: Tally, instant: string): number =>
  Object.entries(dues).reduce(
    (sum, [due, count]) => (isOverdue(due, instant) ? sum + count : sum),
    0,
  );
