import { all, cell, equal, lastYear } from "../relations.ts";
import type { Rule } from "../rule.ts";

const funds = ["general", "fund", "capital"] as const;

/** This year's opening balances against last year's closing ones. */
export const yearRules: readonly Rule[] = [
  {
    id: "R190",
    statement:
      "年初结转和结余 = 上年年末结转和结余（公开01表、公开04表及每项预算），不一致的须说明调整情况",
    basis: "部门决算报表附表1-1 年初结转和结余调整情况表",
    severity: "warning",
    check: all(
      equal(cell("t01", "opening", "final"), lastYear(cell("t01", "closing", "final"))),
      equal(cell("t04", "opening", "final"), lastYear(cell("t04", "closing", "total"))),
      ...funds.map((fund) =>
        equal(cell("t04", `opening_${fund}`, "final"), lastYear(cell("t04", "closing", fund))),
      ),
    ),
  },
];
