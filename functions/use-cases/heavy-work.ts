import { checkDraft } from "../../shared/checks/check-draft.ts";
import { checkSummaryOf } from "../../shared/checks/check-summary.ts";
import { storedEdition, type EditionLibrary } from "../../shared/editions/edition-library.ts";
import type { Edition, TableId } from "../../shared/forms/form.ts";
import { diffReports } from "../../shared/comparison/diff-reports.ts";
import type { PriorReport, Report } from "../../shared/report/report.ts";
import type { OutdatedUnit } from "./consolidate-unit-states.ts";
import { checkWithUnits, findingsOf } from "./findings-view.ts";
import { judgeReason } from "./judge-reason.ts";

/**
 * Work that takes a second at its worst, named so that it can be done elsewhere: what goes in and comes out is plain
 * data, editions by their ids. Where one process serves one request it is done in place (`inPlace`); where one
 * process serves everybody, threads do it, and bound its time and memory. Workbooks need a library of their own,
 * which is loaded when the first one is requested.
 */
const tasksWith = (editions: EditionLibrary) => {
  const known = (id: string): Edition => storedEdition(editions, id);
  const receivedPrior = (prior: SentPriorReport): PriorReport => ({
    ...prior,
    edition: known(prior.edition),
  });
  const received = ({ edition, priorReport, ...report }: SentReport): Report => ({
    ...report,
    edition: known(edition),
    ...(priorReport === undefined ? {} : { priorReport: receivedPrior(priorReport) }),
  });
  return {
    findings: ({
      report,
      outdated,
    }: {
      readonly report: SentReport;
      readonly outdated: readonly OutdatedUnit[];
    }) => {
      const whole = received(report);
      const check = checkWithUnits(whole, outdated);
      return { view: findingsOf(whole, check), summary: checkSummaryOf(check) };
    },
    checkSummary: (report: SentReport) => checkSummaryOf(checkDraft(received(report))),
    diff: ({ older, newer }: { readonly older: SentReport; readonly newer: SentReport }) =>
      diffReports(received(older), received(newer)),
    reason: ({
      report,
      request,
    }: {
      readonly report: SentReport;
      readonly request: { readonly finding: string; readonly reason: string };
    }) => judgeReason(received(report), request),
    writeWorkbook: async ({
      report,
      only,
      lastYear,
    }: {
      readonly report: SentReport;
      readonly only: TableId | undefined;
      readonly lastYear: SentPriorReport | undefined;
    }) => {
      const { workbookOf } = await import("./workbook/export-workbook.ts");
      return workbookOf(received(report), only, lastYear && receivedPrior(lastYear));
    },
    readWorkbook: async ({
      edition,
      bytes,
    }: {
      readonly edition: string;
      readonly bytes: Uint8Array;
    }) => {
      const { readWorkbookTables } = await import("./workbook/read-tables.ts");
      return readWorkbookTables(known(edition), bytes);
    },
  };
};

export type HeavyTasks = ReturnType<typeof tasksWith>;

/** Members of an input that hold a report or are one. */
const reports = ["report", "older", "newer", "priorReport", "lastYear"] as const;

/** Ids of the editions that a piece of work needs. */
export function editionsOf(input: unknown): readonly string[] {
  if (typeof input !== "object" || input === null) return [];
  const members = input as Readonly<Record<string, unknown>>;
  const { edition } = members;
  const own = typeof edition === "string" ? [edition] : [];
  return [...new Set([...own, ...reports.flatMap((name) => editionsOf(members[name]))])];
}

/** Rejects with `HeavyWorkStopped` where the work was ended at its bounds. */
export type HeavyWork = <Name extends keyof HeavyTasks>(
  name: Name,
  input: Parameters<HeavyTasks[Name]>[0],
) => Promise<Awaited<ReturnType<HeavyTasks[Name]>>>;

/** Ended at the bounds of time or memory, without a result. */
export class HeavyWorkStopped extends Error {
  override readonly name = "HeavyWorkStopped";
}

/** Does the work where it is called, over reports of these editions. */
export function inPlace(editions: EditionLibrary): HeavyWork {
  const tasks = tasksWith(editions);
  const done = async (name: keyof HeavyTasks, input: unknown): Promise<unknown> => {
    const task = tasks[name] as (given: unknown) => unknown;
    return await task(input);
  };
  return done as HeavyWork;
}

/** Size that is checked or read in less than half a second whatever it contains; an ordinary report is a fifth of it. */
const smallCharacters = 60_000;
const smallCells = 20_000;
const smallBytes = 64 * 1024;

/** Does in place what takes less time than a thread's answer; everything else is handed on. */
export const unlessSmall =
  (here: HeavyWork, elsewhere: HeavyWork): HeavyWork =>
  (name, input) =>
    isSmall(input) ? here(name, input) : elsewhere(name, input);

function isSmall(input: unknown): boolean {
  let [characters, cells] = [0, 0];
  const look = (value: unknown): boolean => {
    if (typeof value === "string") characters += value.length;
    else if (value instanceof Uint8Array) return value.length <= smallBytes;
    else if (typeof value === "object" && value !== null) {
      for (const member of Object.values(value)) if (!look(member)) return false;
    } else cells += 1;
    return characters <= smallCharacters && cells <= smallCells;
  };
  return look(input);
}

type Sent<T extends { readonly edition: Edition }> = Omit<T, "edition"> & {
  readonly edition: string;
};
/** A report without the edition's forms and rules, which every thread has. */
export type SentReport = Omit<Sent<Report>, "priorReport"> & {
  readonly priorReport?: SentPriorReport;
};
type SentPriorReport = Sent<PriorReport>;

export const sent = ({ edition, priorReport, ...report }: Report): SentReport => ({
  ...report,
  edition: edition.id,
  ...(priorReport === undefined ? {} : { priorReport: sentPrior(priorReport) }),
});

export const sentPrior = (prior: PriorReport): SentPriorReport => ({
  ...prior,
  edition: prior.edition.id,
});
