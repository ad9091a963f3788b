import { isBlock } from "../../narrative/read/flow.ts";
import type { Rule } from "../rule.ts";
import type { TextContext } from "../text/text-context.ts";
import type { TextFault } from "../text/text-finding.ts";
import { slipFaults, slipsOfSentences } from "./slip-faults.ts";
import { slipsIn } from "./slips.ts";
import { matches } from "./template-residue.ts";

/** Words of two or more characters written twice; these are right so. */
const rightlyTwice =
  /大学大学|一个一个|一步一步|一项一项|一件一件|逐[个项件条]逐|研究研究|常常|往往|人人|年年|天天|月月|层层/u;

const twice = /(\p{Script=Han}{2,5})\1/gu;

const doubled = ({ text }: TextContext): TextFault[] => [
  ...slipFaults(text.blocks, "doubled"),
  ...matches(text.blocks, twice, (found) =>
    // Those of the trade are found as slips already.
    rightlyTwice.test(found) || slipsIn(found).length > 0
      ? undefined
      : {
          actual: found,
          expected: found.slice(found.length / 2),
          what: `“${found}”疑为重复的字`,
          mend: "删去重复的部分",
        },
  ),
  ...text.flow.parts.flatMap((part): TextFault[] =>
    isBlock(part)
      ? []
      : part.rows.flatMap(({ text: row, line }): TextFault[] => {
          const found = /(\p{Script=Han}{2,5})\1|度度(?!假)/u.exec(row)?.[0];
          if (found === undefined || rightlyTwice.test(found)) return [];
          return [
            {
              quote: row,
              line,
              actual: found,
              what: `“${found}”疑为重复的字`,
              mend: "删去重复的部分",
            },
          ];
        }),
  ),
];

export const doubledWordRules: readonly Rule[] = [
  {
    id: "W03",
    statement: "没有重复的字词、引号和标点",
    severity: "hint",
    tolerance: "none",
    text: { amounts: "none", run: doubled },
    rewording: slipsOfSentences("doubled"),
  },
];
