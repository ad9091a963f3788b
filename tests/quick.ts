import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { runAll } from "./run-all.ts";
import { typeCheck } from "./type-check.ts";

/**
 * `npm run test:quick`: what to run after each change, in well under a minute. The types; the style of the files that
 * differ from the main branch; the pure tests, the long property tests with fewer cases; one contract suite. What it
 * learnt of the types is kept for the next time.
 */

const cache = "node_modules/.cache/juesuan";

/** Changed on this branch or not committed yet; git names what is gone, too. */
function changedSources(): readonly string[] {
  const git = (...command: readonly string[]): readonly string[] => {
    try {
      return execFileSync("git", command, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })
        .split("\n")
        .filter((line) => line !== "");
    } catch {
      return [];
    }
  };
  const [base = "HEAD"] = git("merge-base", "HEAD", "main");
  const changed = [
    ...git("diff", "--name-only", base),
    ...git("ls-files", "--others", "--exclude-standard"),
  ];
  return [...new Set(changed)].filter(
    (path) => /\.tsx?$/u.test(path) && existsSync(join(import.meta.dirname, "..", path)),
  );
}

const changed = changedSources();
const types = (project: string) =>
  `${typeCheck(project)} --incremental --tsBuildInfoFile ${cache}/${project.replaceAll("/", "-")}.tsbuildinfo`;

process.exitCode = (await runAll([
  "vitest run --mode quick tests/shared tests/contract/sqlite.test.ts",
  types("."),
  ...(changed.length === 0
    ? []
    : [
        `oxlint --type-aware ${changed.join(" ")}`,
        `eslint --cache --cache-location ${cache}/eslint --max-warnings 0 ${changed.join(" ")}`,
        `prettier --log-level warn --check ${changed.join(" ")}`,
      ]),
  types("web/staff"),
  types("shared"),
]))
  ? 0
  : 1;
