import { performance } from "node:perf_hooks";
import { checkDraft } from "../../shared/checks/check-draft.ts";
import { loadExample } from "../examples/load-example.ts";
import { hostileReport, hostileTexts } from "../hostile/texts.ts";

interface HostileFigures {
  /** The slowest of all shapes. */
  readonly name: string;
  /** 1 MB of it, in UTF-8. */
  readonly megabyteMs: number;
  /** Four times a quarter of it would be 1; a reader that looks at every pair of places has 4. */
  readonly growth: number;
}

/** Checks 1 MB of every hostile text, and a quarter of it. */
export function measureHostile(): HostileFigures {
  const report = loadExample("jingdezhen-2022");
  checkDraft(report);
  const shapes = hostileTexts.map(({ name, unit }): HostileFigures => {
    const characters = Math.floor(
      (1_000_000 * unit.length) / new TextEncoder().encode(unit).length,
    );
    const [quarter, whole] = [characters / 4, characters].map((size) =>
      millisecondsOf(() => checkDraft(hostileReport(report, unit, size))),
    );
    return { name, megabyteMs: whole ?? 0, growth: (whole ?? 0) / (4 * (quarter ?? 1)) };
  });
  const slowest = shapes.toSorted((a, b) => b.megabyteMs - a.megabyteMs)[0];
  if (slowest === undefined) throw new Error("There is no hostile text.");
  return { ...slowest, growth: Math.max(...shapes.map(({ growth }) => growth)) };
}

function millisecondsOf(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
