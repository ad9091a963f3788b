import type { Rule } from "../rule.ts";
import type { TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";

const unitless = ({ text }: TextContext): TextFault[] =>
  text.unitless.map(({ block, figure, wanted }) => ({
    ...quoteAt(block, figure.start),
    actual: figure.text,
    expected: `${figure.text}${wanted}`,
    what: `“${figure.text}”后面缺少“${wanted}”`,
    mend: `写作${figure.text}${wanted}`,
  }));

export const missingUnitRules: readonly Rule[] = [
  {
    id: "R220",
    statement: "正文的数字带有万元、%等单位",
    severity: "error",
    tolerance: "none",
    text: { amounts: "none", run: unitless },
  },
];
