import { checkDraft } from "../../shared/checks/check-draft.ts";
import { checkSummaryOf } from "../../shared/checks/check-summary.ts";
import type { Edition, TableId } from "../../shared/forms/form.ts";
import { diffReports } from "../../shared/comparison/diff-reports.ts";
import { publicChanges } from "../../shared/disclosure/public-changes.ts";
import type { SelfEvaluation, Tables } from "../../shared/report/sections.ts";
import type { PriorReport, Report } from "../../shared/report/report.ts";
import type { OutdatedUnit } from "./consolidate-unit-states.ts";
import { checkWithUnits, findingsOf } from "./findings-view.ts";
import { trialRun } from "../../shared/sample/trial-run.ts";
import { judgeReason } from "./judge-reason.ts";

/**
 * Work that takes a second at its worst, named so that it can be done elsewhere: what goes in and comes out is plain
 * data. Where one process serves one request it is done in place; where one process serves everybody, threads do it,
 * and bound its time and memory. Workbooks need a library of their own, which is loaded when the first one is requested.
 */
const tasks = {
  findings: ({
    report,
    outdated,
  }: {
    readonly report: Report;
    readonly outdated: readonly OutdatedUnit[];
  }) => {
    const check = checkWithUnits(report, outdated);
    return { view: findingsOf(report, check), summary: checkSummaryOf(check) };
  },
  checkSummary: ({ report }: { readonly report: Report }) => checkSummaryOf(checkDraft(report)),
  diff: ({ older, newer }: { readonly older: Report; readonly newer: Report }) =>
    diffReports(older, newer),
  publicChanges: ({ older, newer }: { readonly older: Report; readonly newer: Report }) =>
    publicChanges(older, newer),
  reason: ({
    report,
    request,
  }: {
    readonly report: Report;
    readonly request: { readonly finding: string; readonly reason: string };
  }) => judgeReason(report, request),
  /** 试运行 of an edition before it is put into use. */
  trial: ({ edition }: { readonly edition: Edition }) => trialRun(edition, trialSeed),
  writeWorkbook: async ({
    report,
    only,
    lastYear,
  }: {
    readonly report: Report;
    readonly only: TableId | undefined;
    readonly lastYear: PriorReport | undefined;
  }) => {
    const { workbookOf } = await import("./workbook/export-workbook.ts");
    return workbookOf(report, only, lastYear);
  },
  readGrids: async ({ bytes }: { readonly bytes: Uint8Array }) => {
    const { openWorkbook } = await import("./workbook/read-workbook.ts");
    return openWorkbook(bytes);
  },
  readWorkbook: async ({
    edition,
    bytes,
  }: {
    readonly edition: Edition;
    readonly bytes: Uint8Array;
  }) => {
    const { readWorkbookTables } = await import("./workbook/read-tables.ts");
    return readWorkbookTables(edition, bytes);
  },
  readEvaluations: async (input: {
    readonly edition: Edition;
    readonly bytes: Uint8Array;
    readonly department: string;
  }) => {
    const { readEvaluationWorkbook } = await import("./workbook/evaluation-workbook.ts");
    return readEvaluationWorkbook(input);
  },
  writeEvaluations: async (input: {
    readonly tables: readonly SelfEvaluation[];
    readonly year: number;
    readonly department: string;
  }) => {
    const { writeEvaluationWorkbook } = await import("./workbook/evaluation-workbook.ts");
    return writeEvaluationWorkbook(input);
  },
  readAccounts: async ({
    edition,
    bytes,
    draft,
  }: {
    readonly edition: Edition;
    readonly bytes: Uint8Array;
    readonly draft: Tables;
  }) => {
    const { readAccountsWorkbook } = await import("./workbook/read-accounts-workbook.ts");
    return readAccountsWorkbook(edition, bytes, draft);
  },
};

/** The same trial for everybody: whoever is refused can look at the same sample. */
const trialSeed = 1;

export type HeavyTasks = typeof tasks;

/** Rejects with `HeavyWorkStopped` where the work was ended at its bounds. */
export type HeavyWork = <Name extends keyof HeavyTasks>(
  name: Name,
  input: Parameters<HeavyTasks[Name]>[0],
) => Promise<Awaited<ReturnType<HeavyTasks[Name]>>>;

/** Ended at the bounds of time or memory, without a result. */
export class HeavyWorkStopped extends Error {
  override readonly name = "HeavyWorkStopped";
}

/** Does the work where it is called. */
export const inPlace = (async (name: keyof HeavyTasks, input: unknown) => {
  const task = tasks[name] as (input: unknown) => unknown;
  return await task(input);
}) as HeavyWork;

/** Size that is checked or read in less than half a second whatever it contains; an ordinary report is a fifth of it. */
const smallCharacters = 60_000;
const smallCells = 20_000;
const smallBytes = 64 * 1024;

/** Does in place what takes less time than a thread's answer; everything else, and every trial, is handed on. */
export const unlessSmall =
  (here: HeavyWork, elsewhere: HeavyWork): HeavyWork =>
  (name, input) =>
    name !== "trial" && isSmall(input) ? here(name, input) : elsewhere(name, input);

function isSmall(input: unknown): boolean {
  let [characters, cells] = [0, 0];
  const look = (value: unknown): boolean => {
    if (typeof value === "string") characters += value.length;
    else if (value instanceof Uint8Array) return value.length <= smallBytes;
    else if (typeof value === "object" && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        // An edition costs nothing: who does the work has it.
        if (name !== "edition" && !look(member)) return false;
      }
    } else cells += 1;
    return characters <= smallCharacters && cells <= smallCells;
  };
  return look(input);
}
