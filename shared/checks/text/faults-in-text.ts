import { fewAtAPlace } from "../few-at-a-place.ts";
import type { RuleOver } from "../rule.ts";
import type { TextContext } from "./text-context.ts";
import type { TextFault } from "./text-finding.ts";

/** What a rule finds in a text, no more at a line than anybody reads. */
export const faultsInText = (
  { text }: RuleOver<"text">,
  context: TextContext,
): readonly TextFault[] => fewAtAPlace(text.run(context), ({ line }) => line);
