import { narrativeGaps } from "../../shared/narrative/gaps.ts";
import { writeNarrative } from "../../shared/narrative/write-narrative.ts";
import { jiangxi, shanghai } from "../shared/narrative/reports.ts";

/** Warm milliseconds a full narrative, and all gaps of a report, take; the narrative may take 2. */
export function benchNarrative(): { name: string; medianMs: number; limitMs: number }[] {
  return [
    { name: "narrative jiangxi", run: () => writeNarrative(jiangxi), limitMs: 2 },
    { name: "narrative shanghai", run: () => writeNarrative(shanghai), limitMs: 2 },
    { name: "gaps jiangxi", run: () => narrativeGaps(jiangxi), limitMs: 4 },
  ].map(({ name, run, limitMs }) => ({ name, medianMs: medianMs(run), limitMs }));
}

function medianMs(run: () => unknown): number {
  for (let i = 0; i < 100; i += 1) run();
  const times = Array.from({ length: 301 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  }).sort((a, b) => a - b);
  return times[150] ?? 0;
}
