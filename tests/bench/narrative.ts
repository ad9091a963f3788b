import { narrativeGaps } from "../../shared/narrative/gaps.ts";
import { writeNarrative } from "../../shared/narrative/write-narrative.ts";
import { loadExample } from "../examples/load-example.ts";
import type { Line } from "./line.ts";

/** Warm milliseconds a full narrative, and all gaps of a report, take; the narrative may take 2. */
export function measureNarrative(): Promise<readonly Line[]> {
  const jiangxi = loadExample("jingdezhen-2022");
  const shanghai = loadExample("putuo-2024");
  const lines = [
    { name: "narrative jiangxi", run: () => writeNarrative(jiangxi), limitMs: 2 },
    { name: "narrative shanghai", run: () => writeNarrative(shanghai), limitMs: 2 },
    { name: "gaps jiangxi", run: () => narrativeGaps(jiangxi), limitMs: 4 },
  ].map(({ name, run, limitMs }): Line => ({
    ...{ name: `Narrative, ${name}`, value: medianMs(run), unit: "ms", limit: limitMs },
  }));
  return Promise.resolve(lines);
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
