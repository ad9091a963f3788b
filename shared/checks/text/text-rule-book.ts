import { fewAtAPlace } from "../few-at-a-place.ts";
import { changeRules } from "./rules/changes.ts";
import { codeNameRules } from "./rules/code-names.ts";
import { countRules } from "./rules/counts.ts";
import { partRules } from "./rules/parts.ts";
import { performanceRules } from "./rules/performance.ts";
import { sumRules } from "./rules/sums.ts";
import { tableRules } from "./rules/tables.ts";
import { wordingRules } from "./rules/wording.ts";
import type { TextRule } from "./text-rule.ts";

/** Every rule a report's text is checked by; those of tables are in `rule-book.ts`. */
export const textRuleBook: readonly TextRule[] = [
  ...tableRules,
  ...changeRules,
  ...partRules,
  ...sumRules,
  ...countRules,
  ...performanceRules,
  ...wordingRules,
  ...codeNameRules,
].map((rule) => ({
  ...rule,
  check: (context) => fewAtAPlace(rule.check(context), ({ line }) => line),
}));
