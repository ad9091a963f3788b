import type { Rule } from "../rule.ts";
import type { TextContext } from "../text/text-context.ts";
import type { TextFault } from "../text/text-finding.ts";
import { slipFaults, slipsOfSentences } from "./slip-faults.ts";
import { matches } from "./template-residue.ts";

/** Texts that broke off or were pasted from elsewhere. */
function brokenOff({ text }: TextContext): TextFault[] {
  const full = text.blocks.reduce(
    (count, { block }) => count + [...block.text.matchAll(/该指标得满分/gu)].length,
    0,
  );
  return [
    ...matches(text.blocks, /(?:率|数|度)。(?=依据评分标准)/gu, (_, { block, start }) =>
      /\d/u.test(/[^，。]*$/u.exec(block.text.slice(Math.max(0, start - 60), start))?.[0] ?? "")
        ? undefined
        : { what: "指标后面没有写完成值", expected: "完成值", mend: "补写实际完成值" },
    ),
    ...(full < 3
      ? []
      : matches(text.blocks, /该指标满分\d+(?:\.\d+)?分/gu, (found) => ({
          actual: found,
          expected: found.replace("满分", "得满分"),
          what: `“${found}”只说了满分，没有说得分（他处写“该指标得满分”）`,
          mend: "补写“得”字或实际得分",
        }))),
    ...matches(text.blocks, /支出收入(?=[\d,.]+万元)/gu, (found) => ({
      actual: found,
      expected: "支出",
      what: "“支出收入”多了“收入”两字",
      mend: "改为“支出”",
    })),
    ...matches(text.blocks, /[较比]上一度/gu, (found) => ({
      severity: "hint",
      actual: found,
      expected: `${found.slice(0, 1)}上一年度`,
      what: `“${found}”少了“年”字`,
      mend: "补写“年”字",
    })).slice(0, 1),
    ...slipFaults(text.blocks, "broken"),
    ...matches(text.blocks, /→/gu, () => ({
      what: "正文里有流程图的箭头，疑为从别处粘贴的文字",
      mend: "改写成完整的句子",
    })).slice(0, 1),
  ];
}

export const brokenOffRules: readonly Rule[] = [
  {
    id: "W05",
    statement: "文字完整，没有缺漏和误粘贴",
    severity: "warning",
    tolerance: "none",
    text: { amounts: "none", run: brokenOff },
    rewording: slipsOfSentences("broken"),
  },
];
