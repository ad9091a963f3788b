import { defineConfig } from "vitest/config";

export default defineConfig(({ mode }) => ({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 90_000,
    hookTimeout: 120_000,
    reporters: ["default", "./tests/closing-line.ts"],
    env: { TEST_MODE: mode },
  },
}));
