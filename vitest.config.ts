import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";
import { temporaryFolder } from "./tests/temporary-folder.ts";

const heart = ["tests/shared/**/*.test.ts"];

export default defineConfig(({ mode }) => {
  // Given to each project, for one that extends this file reads it anew in the usual mode.
  const env = { TEST_MODE: mode, ...temporaryFolder() };
  return {
    test: {
      testTimeout: 90_000,
      hookTimeout: 120_000,
      reporters: ["default", "./tests/file-times.ts", "./tests/closing-line.ts"],
      // The usual number leaves one processor to the terminal, which halves a machine of two.
      maxWorkers: "100%",
      sequence: { sequencer: LongestFirst },
      // Files of one worker share the modules that are loaded: none keeps anything of one file for the next.
      isolate: false,
      // Room for what is made and soon forgotten: with the usual 16 MB a fifth of the time goes to collecting it.
      execArgv: ["--max-semi-space-size=64"],
      projects: [
        {
          extends: true,
          test: {
            name: "system",
            env,
            include: ["tests/**/*.test.ts"],
            exclude: heart,
            globalSetup: ["tests/run-folder.ts"],
          },
        },
        {
          extends: true,
          test: { name: "heart", env, include: heart },
        },
      ],
    },
  };
});
