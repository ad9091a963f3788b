import type { Rule } from "../rule.ts";
import type { TextContext } from "../text/text-context.ts";
import { quoteAt, type TextFault } from "../text/text-finding.ts";

/** 目标1 … 目标2 … with the same words. */
function repeatedGoals({ text }: TextContext): TextFault[] {
  const seen = new Map<string, string>();
  return text.blocks.flatMap(({ block }) =>
    [...block.text.matchAll(/(目标\d{1,2})[：、]([^；。]{8,})/gu)].flatMap((match): TextFault[] => {
      const [, name = "", goal = ""] = match;
      const other = seen.get(goal);
      seen.set(goal, name);
      if (other === undefined || other === name) return [];
      return [
        {
          ...quoteAt(block, match.index),
          actual: goal,
          what: `${name}与${other}的文字完全相同`,
          mend: "删去重复的目标，或填写应有的内容",
        },
      ];
    }),
  );
}

/** A sentence with a figure that is twice in its paragraph. */
const repeated = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }) => {
    const seen: string[] = [];
    return [...block.text.matchAll(/(?<![^。])[^。]{8,}。/gu)].flatMap((match): TextFault[] => {
      const [sentence] = match;
      // The first may follow a number or 其中：.
      const isAgain = /\d/u.test(sentence) && seen.some((other) => other.endsWith(sentence));
      seen.push(sentence);
      if (!isAgain) return [];
      return [
        {
          ...quoteAt(block, match.index),
          actual: sentence,
          what: "同一段里同一句话写了两遍",
          mend: "删去重复的一句，或填写应有的内容",
        },
      ];
    });
  });

export const repeatedSentenceRules: readonly Rule[] = [
  {
    id: "W04",
    statement: "绩效目标各不相同",
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: repeatedGoals },
  },
  {
    id: "W08",
    statement: "同一段里没有重复的句子",
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: repeated },
  },
];
