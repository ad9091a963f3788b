import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";
import { temporaryFolder } from "./tests/temporary-folder.ts";

export default defineConfig(({ mode }) => ({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    reporters: ["default", "./tests/file-times.ts", "./tests/closing-line.ts"],
    // The usual number leaves one processor to the terminal, which halves a machine of two.
    maxWorkers: "100%",
    sequence: { sequencer: LongestFirst },
    // Files of one worker share the modules that are loaded: none keeps anything of one file for the next. All files are
    // of one project, for a worker ends, and all is loaded anew, when the next file in the row is of another.
    isolate: false,
    // Room for what is made and soon forgotten: with the usual 16 MB a fifth of the time goes to collecting it.
    execArgv: ["--max-semi-space-size=64"],
    env: { TEST_MODE: mode, ...temporaryFolder() },
    globalSetup: ["tests/run-folder.ts"],
    // What was made of a source is kept, by what is in it: one file's tests start in half the time.
    experimental: {
      fsModuleCache: true,
      fsModuleCachePath: "node_modules/.cache/juesuan/modules",
    },
  },
}));
