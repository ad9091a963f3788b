import { codeCases } from "./code-cases.ts";
import { deviationCases } from "./deviation-cases.ts";
import type { RuleCase } from "./rule-case.ts";
import { tableCases } from "./table-cases.ts";
import { usualCases } from "./usual-cases.ts";
import { yearCases } from "./year-cases.ts";

/** What breaks every rule over table cells, and what just does not, by rule id. */
export const caseBook: Readonly<Record<string, RuleCase>> = {
  ...tableCases,
  ...codeCases,
  ...usualCases,
  ...yearCases,
  ...deviationCases,
};
