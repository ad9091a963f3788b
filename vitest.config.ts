import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

const heart = ["tests/shared/**/*.test.ts"];

export default defineConfig(({ mode }) => ({
  test: {
    testTimeout: 90_000,
    hookTimeout: 120_000,
    reporters: ["default", "./tests/closing-line.ts"],
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
          // Here, for a project that extends this file reads it anew in the usual mode.
          env: { TEST_MODE: mode },
          include: ["tests/**/*.test.ts"],
          exclude: heart,
          globalSetup: ["tests/run-folder.ts"],
        },
      },
      {
        extends: true,
        test: { name: "heart", include: heart },
      },
    ],
  },
}));
