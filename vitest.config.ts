import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

const heart = ["tests/shared/**/*.test.ts"];

export default defineConfig(({ mode }) => {
  // Given to each project, for one that extends this file reads it anew in the usual mode.
  const env = { TEST_MODE: mode };
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
