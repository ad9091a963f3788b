import { writeFileSync } from "node:fs";
import type { Reporter, TestModule } from "vitest/node";

/** What a run came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The one line CI reads: `N passed, N failed`, and skipped ones where there are any. */
export function closingLine(runs: readonly Counts[]): string {
  const sum = (of: (counts: Counts) => number) => runs.reduce((all, run) => all + of(run), 0);
  const skipped = sum((run) => run.skipped);
  const end = skipped > 0 ? `, ${String(skipped)} skipped` : "";
  return `${String(sum((run) => run.passed))} passed, ${String(sum((run) => run.failed))} failed${end}`;
}

/** Ends a run with its line, or, where the run is one of several, writes its counts for the line of all. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      const before = count.passed + count.failed + count.skipped;
      for (const test of module.children.allTests()) {
        const state = test.result().state;
        count[state === "pending" ? "skipped" : state] += 1;
      }
      const loaded = count.passed + count.failed + count.skipped > before;
      if (module.errors().length > 0 || (module.state() === "failed" && !loaded)) count.failed += 1;
    }
    const file = process.env["TEST_COUNTS"];
    if (file === undefined) process.stdout.write(`\n${closingLine([count])}\n`);
    else writeFileSync(file, JSON.stringify(count));
  }
}

export { ClosingLine as default };
