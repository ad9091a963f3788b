import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with the one line CI reads: `N passed, N failed`, and skipped ones where there are any. */
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
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : "";
    process.stdout.write(`\n${count.passed} passed, ${count.failed} failed${skipped}\n`);
  }
}

export { ClosingLine as default };
