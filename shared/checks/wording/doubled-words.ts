import { isBlock } from "../../narrative/read/flow.ts";
import type { Rule } from "../rule.ts";
import type { TextContext } from "../text/text-context.ts";
import type { TextFault } from "../text/text-finding.ts";
import { matches } from "./template-residue.ts";

/** Words of two or more characters written twice; these are right so. */
const rightlyTwice =
  /大学大学|一个一个|一步一步|一项一项|一件一件|逐[个项件条]逐|研究研究|常常|往往|人人|年年|天天|月月|层层/u;

const twice = /(\p{Script=Han}{2,5})\1/gu;

const twiceOne =
  /度度(?!假)|([，。；：、%])\1+|，[。；]|。，|万元(?:万元)+|(?<![的目])的的(?!确)|[^为]为为[^了]/gu;

/** Words of the statutory sentences; no name repeats them. */
const tradeTwice =
  /(决算数?|预算数?|主要原因是?|本年支出|本年收入|结转和结余|合同金额|支出合计|收入合计|万元)\1/u;

const doubled = ({ text }: TextContext): TextFault[] => [
  ...matches(text.blocks, twice, (found) =>
    rightlyTwice.test(found)
      ? undefined
      : {
          ...(tradeTwice.test(found) ? { severity: "warning" as const } : {}),
          actual: found,
          expected: found.slice(found.length / 2),
          what: `“${found}”疑为重复的字`,
          mend: "删去重复的部分",
        },
  ),
  ...matches(text.blocks, twiceOne, (found, { block, start }) =>
    /…|\.\.\./u.test(block.text.slice(start, start + 3))
      ? undefined
      : {
          actual: beginningOf(found),
          what: `“${beginningOf(found)}”疑为重复`,
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

/** Of a run of signs without end. */
const beginningOf = (found: string): string =>
  found.length <= 20 ? found : `${found.slice(0, 20)}…`;

export const doubledWordRules: readonly Rule[] = [
  {
    id: "W03",
    statement: "没有重复的字词",
    severity: "hint",
    tolerance: "none",
    text: { amounts: "none", run: doubled },
  },
];
