import { neverTheCause, type Rule } from "../rule.ts";
import { sumOf, wan } from "../sections/amounts.ts";
import { printedFacts, typedFacts, type FactsJudge } from "../sections/fact-figures.ts";
import { closeness } from "../tolerance.ts";
import {
  officeReader,
  ofUnitsReaders,
  withinPublicReaders,
  type CostAndOffices,
  type CostOfUnits,
  type CostWithinPublic,
} from "./cost-figures.ts";

/** 机关运行经费: what 行政单位 and units managed like them spent as 公用经费. */

const path = "operatingCost.current";

const withinPublicCost: FactsJudge<CostWithinPublic> = ({ cost, publicCost }, source) => {
  const { amount: limit, terms, cells } = publicCost;
  const over = cost - limit;
  if (over <= 0 || closeness(over, terms, source.roundings) !== "apart") return [undefined];
  const actual = source.shown(path, cost);
  return [
    {
      path,
      ...(cells === undefined ? {} : { cells }),
      actual,
      expected: `不超过${wan(limit)}`,
      what: `机关运行经费${actual}超过一般公共预算基本支出的公用经费${wan(limit)}，超出${wan(over)}`,
      mend: "核对机关运行经费和公用经费合计",
    },
  ];
};

const sumOfUnits: FactsJudge<CostOfUnits> = (figures, source) => {
  const { cost, spent, cells, mayIncludeOthers } = figures;
  const right = sumOf(spent.map(({ amount }) => amount));
  const isRight =
    closeness(Math.abs(cost - right), spent.length, source.roundings) !== "apart" ||
    (mayIncludeOthers !== undefined && cost > right);
  if (isRight) return [undefined];
  const actual = source.shown(path, cost);
  const found = { ...(cells === undefined ? {} : { cells }), actual, expected: wan(right) };
  const parts = spent.map(({ name, amount }) => `${name}${wan(amount)}`).join("＋");
  if (mayIncludeOthers === undefined) {
    return [
      {
        path,
        ...found,
        what: `机关运行经费${actual}与行政和参公单位的公用经费之和${wan(right)}不等${spent.length > 1 ? `（${parts}）` : ""}，相差${wan(Math.abs(cost - right))}`,
        mend: `改为${wan(right)}，或核对各单位的公用经费和单位性质`,
      },
    ];
  }
  return [
    {
      path,
      severity: mayIncludeOthers.severity,
      ...found,
      what: `文字说机关运行经费与公用经费一致，公用经费为${wan(right)}，此处写${actual}`,
      mend: "所属单位中有未参照公务员法管理的事业单位的，应扣除其公用经费；没有的，改为公用经费数",
    },
  ];
};

/** Print does not say which units are 行政 or 参公, so only typed facts are judged. */
const noOfficeNoCost: FactsJudge<CostAndOffices> = ({ cost, hasOffice }) => [
  hasOffice || cost === 0
    ? undefined
    : {
        path,
        actual: wan(cost),
        expected: "0.00万元",
        what: `单位名单里没有行政单位或参公单位，却有机关运行经费${wan(cost)}`,
        mend: "在单位名单里标明行政单位和参公单位，或清除机关运行经费",
      },
];

export const operatingCostRules: readonly Rule[] = [
  {
    id: "R210",
    statement: "机关运行经费不超过一般公共预算财政拨款基本支出中的公用经费",
    basis: "《预算法》第十四条",
    severity: "error",
    tolerance: "rounding",
    text: {
      amounts: { causeRank: neverTheCause },
      run: printedFacts(withinPublicReaders, withinPublicCost),
    },
    sections: typedFacts(withinPublicReaders, withinPublicCost),
  },
  {
    id: "R211",
    statement: "机关运行经费＝行政单位和参照公务员法管理的事业单位公用经费之和",
    basis: "《预算法》第十四条",
    severity: "error",
    tolerance: "rounding",
    text: { amounts: "none", run: printedFacts(ofUnitsReaders, sumOfUnits) },
    sections: { ...typedFacts(ofUnitsReaders, sumOfUnits), readsUnits: true },
  },
  {
    id: "S208",
    statement: "没有行政单位和参照公务员法管理的事业单位的，没有机关运行经费",
    severity: "warning",
    tolerance: "none",
    sections: typedFacts(officeReader, noOfficeNoCost),
  },
];
