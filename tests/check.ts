import { runAll } from "./run-all.ts";
import { typeCheck } from "./type-check.ts";

/** `npm run check`: what can be found without running the code, the longest first. */
process.exitCode = (await runAll([
  "eslint --concurrency 2 .",
  typeCheck("."),
  "prettier --log-level warn --check .",
  typeCheck("web/staff"),
  typeCheck("infra/aws"),
  typeCheck("shared"),
  "knip",
  "knip --production",
]))
  ? 0
  : 1;
