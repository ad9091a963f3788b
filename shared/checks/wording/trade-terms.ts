import type { Rule } from "../rule.ts";
import { onePerBlock } from "./template-residue.ts";

interface Term {
  readonly id: string;
  readonly statement: string;
  readonly severity: Rule["severity"];
  readonly worded: RegExp;
  readonly what: string;
  readonly expected: string;
  readonly mend: string;
}

const terms: readonly Term[] = [
  {
    id: "W01",
    statement: "名词与现行报表一致，不用已取消的名词",
    severity: "warning",
    worded: /用事业基金弥补收支差额|事业基金弥补/gu,
    what: "“用事业基金弥补收支差额”是已取消的名词，现行报表为“使用非财政拨款结余”",
    expected: "使用非财政拨款结余",
    mend: "改用现行报表的名词和解释",
  },
  {
    id: "W02",
    statement: "不照抄中央部门的表述",
    severity: "warning",
    worded: /纳入中央财政预决算管理|中央部门用财政拨款安排/gu,
    what: "照抄了中央部门的表述，不适用于地方部门",
    expected: "本级财政拨款安排",
    mend: "改为本级财政的表述",
  },
];

export const tradeTermRules: readonly Rule[] = terms.map(
  ({ id, statement, severity, worded, what, expected, mend }): Rule => ({
    id,
    statement,
    severity,
    tolerance: "none",
    text: {
      amounts: "none",
      run: ({ text }) =>
        onePerBlock(text.blocks, worded, (found) => ({
          actual: found,
          expected,
          what,
          mend,
        })).slice(0, 1),
    },
  }),
);
