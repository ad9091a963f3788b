import type { TextContext } from "../text/text-context.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import { roundingEnvelope } from "../tolerance.ts";
import { exactWan } from "../../forms/place-name.ts";
import { changeOf } from "../balance/total-of-both-sides.ts";
import { all } from "../relations/combine.ts";
import { equal } from "../relations/compare.ts";
import { cell, lastYear } from "../relations/terms.ts";
import { neverTheCause, type Rule } from "../rule.ts";

const funds = ["general", "fund", "capital"] as const;

/** Last year's closing balance is this year's opening balance, unless an adjustment is stated. */
function brokenCarryOver({ firstMention }: TextContext): TextFault[] {
  const [opening, closing] = [firstMention("opening"), firstMention("closing")];
  const change = closing && changeOf(closing);
  if (opening === undefined || closing === undefined || change === undefined) return [];
  const prior = closing.figure.value - change.signed;
  const gap = Math.abs(opening.figure.value - prior);
  if (gap <= roundingEnvelope(3)) return [];
  return [
    {
      ...quoteAt(opening.statement.block, opening.figure.start),
      actual: opening.figure.text,
      expected: `${exactWan(prior)}万元`,
      what: `年初结转和结余${opening.figure.text}与上年末${exactWan(prior)}万元（由年末结转和结余${closing.figure.text}及其增减额推得）相差${exactWan(gap)}万元`,
      mend: "年初数应等于上年年末数；经调整的，说明调整原因和依据",
    },
  ];
}

export const carryOverRules: readonly Rule[] = [
  {
    id: "R190",
    statement:
      "年初结转和结余 = 上年年末结转和结余（公开01表、公开04表及每项预算），不一致的须说明调整情况",
    basis: "部门决算报表附表1-1 年初结转和结余调整情况表",
    severity: "warning",
    cells: all(
      equal(cell("t01", "opening", "final"), lastYear(cell("t01", "closing", "final"))),
      equal(cell("t04", "opening", "final"), lastYear(cell("t04", "closing", "total"))),
      ...funds.map((fund) =>
        equal(cell("t04", `opening_${fund}`, "final"), lastYear(cell("t04", "closing", fund))),
      ),
    ),
    text: {
      amounts: { causeRank: neverTheCause },
      notOfOwnText: "年初数 is compared with 上年末数 in the cells themselves.",
      run: brokenCarryOver,
    },
  },
];
