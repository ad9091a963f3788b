import { isIn, wrongShare } from "../figures/share-and-completion.ts";
import type { Rule } from "../rule.ts";
import { sumOf, wan } from "../sections/amounts.ts";
import {
  printedFacts,
  typedFacts,
  type FactsFault,
  type FactsJudge,
  type FactsSource,
} from "../sections/fact-figures.ts";
import { closeness } from "../tolerance.ts";
import { procurementReaders, type ProcurementFigures } from "./procurement-figures.ts";

/** 政府采购: what was bought, and what 中小企业 and 小微企业 were granted of it. */

/** An amount of 政府采购 by its path in the shape, and what it is usually called. */
interface Amount {
  readonly path: string;
  readonly name: string;
  readonly amount: number | undefined;
}

const factsPath = ({ path }: Amount): string => `procurement.${path}`;

/** A part that may reach but not exceed its whole; nothing is judged where one of them is unknown. */
function within(source: FactsSource, part: Amount, whole: Amount): (FactsFault | undefined)[] {
  if (part.amount === undefined || whole.amount === undefined) return [];
  const over = part.amount - whole.amount;
  if (over <= 0 || closeness(over, 1, source.roundings) !== "apart") return [undefined];
  const [partName, wholeName] = [part, whole].map((one) => source.named(factsPath(one), one.name));
  const actual = source.shown(factsPath(part), part.amount);
  const limit = source.shown(factsPath(whole), whole.amount);
  return [
    {
      path: factsPath(part),
      actual,
      expected: `不超过${limit}`,
      what: `${String(partName)}${actual}超过${String(wholeName)}${limit}，超出${wan(over)}`,
      mend: `核对${String(partName)}和${String(wholeName)}`,
    },
  ];
}

const named = {
  total: "政府采购支出总额",
  sme: "授予中小企业合同金额",
  micro: "授予小微企业合同金额",
} as const;

const amountOf = (figures: ProcurementFigures, path: keyof typeof named): Amount => ({
  path,
  name: named[path],
  amount: figures[path],
});

const wholes: FactsJudge<ProcurementFigures> = (figures, source) => [
  ...within(source, amountOf(figures, "sme"), amountOf(figures, "total")),
  ...within(source, amountOf(figures, "micro"), amountOf(figures, "sme")),
  ...(["goods", "works", "services", "sme", "micro"] as const).flatMap((path) =>
    notNegative(path, figures[path]),
  ),
];

function notNegative(path: string, amount: number | undefined): (FactsFault | undefined)[] {
  if (amount === undefined) return [];
  if (amount >= 0) return [undefined];
  return [
    {
      path: `procurement.${path}`,
      actual: wan(amount),
      expected: "不小于0",
      what: `政府采购金额填列为负数${wan(amount)}`,
      mend: "核对正负号",
    },
  ];
}

const kinds = [
  { name: "货物", spent: "goods", sme: "smeGoods" },
  { name: "工程", spent: "works", sme: "smeWorks" },
  { name: "服务", spent: "services", sme: "smeServices" },
] as const;

const grantsOfKinds: FactsJudge<ProcurementFigures> = (figures, source) =>
  kinds.flatMap(({ name, spent, sme }) =>
    within(
      source,
      { path: sme, name: `${name}采购授予中小企业合同金额`, amount: figures[sme] },
      { path: spent, name: `政府采购${name}支出`, amount: figures[spent] },
    ),
  );

const sumOfGrants: FactsJudge<ProcurementFigures> = (figures, { roundings }) => {
  const parts = kinds.flatMap(({ sme }) => figures[sme] ?? []);
  const whole = figures.sme;
  if (whole === undefined || parts.length < kinds.length) return [];
  const sum = sumOf(parts);
  if (closeness(Math.abs(sum - whole), parts.length, roundings) !== "apart") return [undefined];
  return [
    {
      path: "procurement.sme",
      actual: wan(whole),
      expected: wan(sum),
      what: `授予中小企业合同金额${wan(whole)}与货物、工程、服务三项之和${wan(sum)}不等`,
      mend: "核对总额和三项的授予中小企业合同金额",
    },
  ];
};

/** What was reserved for whom, and who won. */
const reservedProjects: FactsJudge<ProcurementFigures> = (figures, source) => {
  const { sme, micro, smeAwarded, microAwarded, openToSmeAwarded } = figures.reserved ?? {};
  const reserved = (path: string, name: string, amount: number | undefined): Amount => ({
    ...{ path: `reserved.${path}`, name, amount },
  });
  return [
    ...within(
      source,
      reserved("micro", "预留给小微企业的预算", micro),
      reserved("sme", "预留给中小企业的预算", sme),
    ),
    ...within(
      source,
      reserved("microAwarded", "预留项目授予小微企业合同金额", microAwarded),
      reserved("smeAwarded", "预留项目授予中小企业合同金额", smeAwarded),
    ),
    ...within(
      source,
      reserved(
        "openToSmeAwarded",
        "预留与非预留项目授予中小企业合同金额",
        smeAwarded === undefined || openToSmeAwarded === undefined
          ? undefined
          : smeAwarded + openToSmeAwarded,
      ),
      // A text may leave out what 中小企业 were granted in all; they were granted no more than was bought.
      amountOf(figures, figures.sme === undefined ? "total" : "sme"),
    ),
  ];
};

export const procurementRules: readonly Rule[] = [
  {
    id: "R212",
    statement: "政府采购总额≥授予中小企业≥授予小微企业，占比与金额一致，总数为0时写不适用",
    basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
    severity: "error",
    tolerance: "ratio",
    text: {
      amounts: { causeRank: 3 },
      run: (context) => [
        ...context.text.statements
          .filter(({ concept }) => isIn(concept?.id, "procurement."))
          .flatMap((one) => one.shares.flatMap((share) => wrongShare(one, share, context))),
        ...printedFacts(procurementReaders, wholes)(context),
      ],
    },
    sections: typedFacts(procurementReaders, wholes),
  },
  {
    id: "S209",
    statement: "货物、工程、服务采购授予中小企业合同金额不超过各自的支出",
    severity: "error",
    tolerance: "rounding",
    sections: typedFacts(procurementReaders, grantsOfKinds),
  },
  {
    id: "S210",
    statement: "授予中小企业合同金额＝货物、工程、服务三项授予中小企业合同金额之和",
    severity: "error",
    tolerance: "rounding",
    sections: typedFacts(procurementReaders, sumOfGrants),
  },
  {
    id: "S211",
    statement: "预留小微企业 ≤ 预留中小企业；预留与非预留项目的授予金额不超过授予中小企业合同金额",
    basis: "政府采购促进中小企业发展管理办法（财库〔2020〕46号）",
    severity: "error",
    tolerance: "rounding",
    text: { amounts: { causeRank: 3 }, run: printedFacts(procurementReaders, reservedProjects) },
    sections: typedFacts(procurementReaders, reservedProjects),
  },
];
