import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import type { Reporter, SerializedError, TestModule } from "vitest/node";

/** What a run came to. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** A line for each failure: its file, its test and the first line of what it failed with. */
  readonly failures: readonly string[];
}

/**
 * The end of everything printed: each failure once more, for what came between is long, and the one line CI reads,
 * `N passed, N failed`, with the skipped ones where there are any.
 */
export function closingLines(runs: readonly Counts[]): string {
  const sum = (of: (counts: Counts) => number) => runs.reduce((all, run) => all + of(run), 0);
  const skipped = sum((run) => run.skipped);
  const end = skipped > 0 ? `, ${String(skipped)} skipped` : "";
  return [
    ...runs.flatMap(({ failures }) => failures.map((failure) => `Failed: ${failure}`)),
    `${String(sum((run) => run.passed))} passed, ${String(sum((run) => run.failed))} failed${end}`,
  ].join("\n");
}

/** Ends a run with its lines, or, where the run is one of several, writes its counts for the lines of all. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const count = { passed: 0, skipped: 0 };
    const failures = unhandledErrors.map((error) => failureLine("outside every test", [error]));
    for (const module of modules) {
      const file = relative(process.cwd(), module.moduleId);
      let loaded = false;
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result();
        loaded = true;
        if (state === "failed") failures.push(failureLine(`${file} › ${test.fullName}`, errors));
        else count[state === "passed" ? "passed" : "skipped"] += 1;
      }
      if (module.errors().length > 0 || (module.state() === "failed" && !loaded))
        failures.push(failureLine(file, module.errors()));
    }
    const counts: Counts = { ...count, failed: failures.length, failures };
    const path = process.env["TEST_COUNTS"];
    if (path === undefined) process.stdout.write(`\n${closingLines([counts])}\n`);
    else writeFileSync(path, JSON.stringify(counts));
  }
}

const failureLine = (place: string, errors: readonly SerializedError[]): string =>
  [place, ...errors.slice(0, 1).map(({ message }) => message.split("\n")[0] ?? "")].join(": ");

export { ClosingLine as default };
