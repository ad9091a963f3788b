import { performance } from "node:perf_hooks";
import { checkReport } from "../../shared/checks/check-report.ts";
import { soundReport, type Flow } from "../shared/checks/sound-report.ts";
import { jiangxi2022 } from "../../shared/forms/editions/jiangxi-2022.ts";
import type { Report } from "../../shared/report/report.ts";

interface CheckFigures {
  readonly codes: number;
  readonly rules: number;
  /** One full check, warm, in milliseconds; promised at most 5 for a report of ordinary size. */
  readonly medianMs: number;
  readonly slowestMs: number;
}

/** One full check of a warm process, by number of 项 codes in the report. */
export function measureChecks({ codes = 40, rounds = 200 } = {}): CheckFigures {
  return timed(soundReport({ flows: flowsOf(codes) }), { codes, rounds });
}

/** The same for a report as it is published. */
export const measureCheckOf = (report: Report): CheckFigures =>
  timed(report, { codes: report.sections.t02.rows.length, rounds: 200 });

function timed(
  report: Report,
  { codes, rounds }: { readonly codes: number; readonly rounds: number },
): CheckFigures {
  for (let round = 0; round < 50; round += 1) checkReport(report);
  const times: number[] = [];
  let rules = 0;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    rules = checkReport(report).ledger.length;
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return {
    codes,
    rules,
    medianMs: times[Math.floor(times.length / 2)] ?? 0,
    slowestMs: times.at(-1) ?? 0,
  };
}

function flowsOf(count: number): readonly Flow[] {
  const codes = [...jiangxi2022.functionCodes.keys()].filter((code) => code.length === 7);
  return Array.from({ length: count }, (_, index) => ({
    code: codes[index % codes.length] ?? "",
    source: index % 10 === 9 ? "own" : "general",
    opening: index * 1_0000,
    income: { [index % 10 === 9 ? "business" : "fiscal"]: 8_000_0000 },
    spent: { basic: 5_000_0000, project: 3_000_0000 },
  }));
}
