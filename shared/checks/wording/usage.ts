import type { Rule } from "../rule.ts";
import type { TextContext } from "../text/text-context.ts";
import type { TextFault } from "../text/text-finding.ts";
import { onePerBlock } from "./template-residue.ts";

/** 降低 beside 下降, 截止 for 截至. */
const style = ({ text }: TextContext): TextFault[] => [
  ...onePerBlock(text.blocks, /截止\d{4}年\d{1,2}月\d{1,2}日/gu, (found) => ({
    actual: found,
    expected: found.replace("截止", "截至"),
    what: "表示到某一时点用“截至”",
    mend: "将“截止”改为“截至”",
  })),
];

export const usageRules: readonly Rule[] = [
  {
    id: "W06",
    statement: "用词规范",
    severity: "hint",
    tolerance: "none",
    text: { amounts: "none", run: style },
  },
];
