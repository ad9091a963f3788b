import { performance } from "node:perf_hooks";
import { checkReport } from "../../shared/checks/check-report.ts";
import { soundReport, type Flow } from "../shared/checks/sound-report.ts";
import { jiangxi2022 } from "../examples/editions.ts";
import type { Report } from "../../shared/report/report.ts";
import { loadExample } from "../examples/load-example.ts";
import { measureHostile } from "./hostile.ts";
import type { Line } from "./line.ts";
import { measureReader } from "./reader.ts";
import { tableIn } from "../../shared/report/section-ids.ts";

/** Checks of reports, of the text of a published one, and of texts made to be slow to read. */
export function measureChecking(): Promise<readonly Line[]> {
  const reader = measureReader();
  const hostile = measureHostile();
  const ordinary = [measureCheckOf(loadExample("jingdezhen-2022")), measureChecks()];
  return Promise.resolve([
    ...ordinary.map(({ rules, codes, medianMs }): Line => ({
      ...{ name: `One full check, ${String(rules)} rules, ${String(codes)} codes`, unit: "ms" },
      ...{ value: medianMs, limit: 5 },
    })),
    {
      name: `Reading and checking a text of ${String(reader.characters)} characters`,
      ...{ value: reader.medianMs, unit: "ms", limit: 30 },
    },
    {
      name: `Checking 1 MB of hostile text, at its slowest (${hostile.name})`,
      ...{ value: hostile.megabyteMs, unit: "ms", limit: 2_000 },
    },
    {
      name: "The same ÷ four times a quarter of it",
      ...{ value: hostile.growth, unit: "×", limit: 1.6 },
    },
  ]);
}

interface CheckFigures {
  readonly codes: number;
  readonly rules: number;
  /** One full check, warm, in milliseconds; promised at most 5 for a report of ordinary size. */
  readonly medianMs: number;
}

/** One full check of a warm process, by number of 项 codes in the report. */
function measureChecks({ codes = 40, rounds = 200 } = {}): CheckFigures {
  return timed(soundReport({ flows: flowsOf(codes) }), { codes, rounds });
}

/** The same for a report as it is published. */
const measureCheckOf = (report: Report): CheckFigures =>
  timed(report, { codes: tableIn(report.sections, "t02").rows.length, rounds: 200 });

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
