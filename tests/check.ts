import { runAll } from "./run-all.ts";

/** `npm run check`: what can be found without running the code, the longest first. */
process.exitCode = (await runAll([
  "eslint .",
  "tsc -p .",
  "prettier --log-level warn --check .",
  "tsc -p web/staff",
  "tsc -p infra/aws",
  "tsc -p shared",
  "knip",
  "knip --production",
]))
  ? 0
  : 1;
