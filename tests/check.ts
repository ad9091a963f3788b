import { runAll } from "./run-all.ts";
import { typeCheck } from "./type-check.ts";

/** `npm run check`: what can be found without running the code, the longest first. */
process.exitCode = (await runAll([
  typeCheck("."),
  "oxlint --type-aware",
  "eslint --max-warnings 0 .",
  "prettier --log-level warn --check .",
  typeCheck("web/staff"),
  typeCheck("infra/aws"),
  typeCheck("shared"),
  "knip",
  "knip --production",
]))
  ? 0
  : 1;
