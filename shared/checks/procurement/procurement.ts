import type { FirstMention, TextContext } from "../text/text-context.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import { rounded, plus } from "../text/ratio.ts";
import { printedFigures } from "../../narrative/read/printed-figure.ts";
import { exactWan } from "../../forms/place-name.ts";
import type { Facts } from "../../report/sections.ts";
import type { Report } from "../../report/report.ts";
import { type SectionFault, judged } from "../sections/section-fault.ts";
import { isAbove, wan, sumOf, isApart } from "../sections/amounts.ts";
import { isIn, wrongShare } from "../figures/share-and-completion.ts";
import type { Rule } from "../rule.ts";

const differs = (a: FirstMention | undefined, b: FirstMention | undefined) =>
  a !== undefined && b !== undefined && a.figure.value > b.figure.value + 10_000;

function above(small: string, large: string, { firstMention }: TextContext): TextFault[] {
  const [part, whole] = [firstMention(small), firstMention(large)];
  if (!differs(part, whole) || part === undefined || whole === undefined) return [];
  return [
    {
      ...quoteAt(part.statement.block, part.figure.start),
      actual: part.figure.text,
      expected: `不超过${whole.figure.text}`,
      what: `${part.statement.subject}${part.figure.text}超过${whole.statement.subject}${whole.figure.text}`,
      mend: "核对两个金额，改正有误的一处",
    },
  ];
}

const wonBy = "由中小企业供应商中标或成交的，?采购金额";

const reservedWins = new RegExp(`面向中小企业预留的政府采购项目中，${wonBy}`, "u");

const otherWins = new RegExp(`其他政府采购项目中，${wonBy}`, "u");

/** What 中小企业 won among the projects reserved for them and among the others is no more than was bought. */
function wonTooMuch({ firstMention, text }: TextContext): TextFault[] {
  const total = firstMention("procurement.total");
  if (total === undefined) return [];
  const whole = rounded(total.figure);
  return text.blocks.flatMap(({ block }): TextFault[] => {
    const [reserved, others] = [reservedWins, otherWins].map((worded) => {
      const match = worded.exec(block.text);
      const end = (match?.index ?? 0) + (match?.[0].length ?? 0);
      return match === null
        ? undefined
        : printedFigures(block.text).find(({ start }) => start >= end && start < end + 3);
    });
    if (reserved === undefined || others === undefined) return [];
    const won = plus(rounded(reserved), rounded(others));
    if (won.value <= whole.value + whole.slack + won.slack) return [];
    return [
      {
        ...quoteAt(block, others.start),
        actual: `${exactWan(won.value)}万元`,
        expected: `不超过${total.figure.text}`,
        what: `中小企业在预留项目中标${reserved.text}、在其他项目中标${others.text}，合计${exactWan(won.value)}万元，超过政府采购总额${total.figure.text}`,
        mend: "核对两处中标金额，同一合同不重复填列",
      },
    ];
  });
}

type Procurement = NonNullable<Facts["procurement"]>;

const kinds = [
  { name: "货物", spent: "goods", sme: "smeGoods" },
  { name: "工程", spent: "works", sme: "smeWorks" },
  { name: "服务", spent: "services", sme: "smeServices" },
] as const;

/** A part of 政府采购 that may reach but not exceed its whole. */
function within(
  report: Report,
  part: { readonly name: string; readonly path: string; readonly amount: number },
  whole: { readonly name: string; readonly amount: number },
): SectionFault | undefined {
  if (!isAbove(report, part.amount, whole.amount)) return undefined;
  return {
    section: "facts",
    path: `facts.procurement.${part.path}`,
    actual: wan(part.amount),
    expected: `不超过${wan(whole.amount)}`,
    what: `${part.name}${wan(part.amount)}超过${whole.name}${wan(whole.amount)}，超出${wan(part.amount - whole.amount)}`,
    mend: `核对${part.name}和${whole.name}`,
  };
}

const procured = (
  report: Report,
  check: (procurement: Procurement) => readonly (SectionFault | undefined)[],
) => {
  const { procurement } = report.sections.facts;
  return judged(procurement === undefined ? [] : check(procurement));
};

const procurementWholes = (report: Report) =>
  procured(report, ({ goods, works, services, sme, micro }) => [
    within(
      report,
      { name: "授予中小企业合同金额", path: "sme", amount: sme },
      { name: "政府采购支出总额", amount: goods + works + services },
    ),
    within(
      report,
      { name: "授予小微企业合同金额", path: "micro", amount: micro },
      { name: "授予中小企业合同金额", amount: sme },
    ),
    ...(["goods", "works", "services", "sme", "micro"] as const).map(
      (path): SectionFault | undefined => {
        const amount = { goods, works, services, sme, micro }[path];
        return amount >= 0
          ? undefined
          : {
              section: "facts",
              path: `facts.procurement.${path}`,
              actual: wan(amount),
              expected: "不小于0",
              what: `政府采购金额填列为负数${wan(amount)}`,
              mend: "核对正负号",
            };
      },
    ),
  ]);

const procurementKinds = (report: Report) =>
  procured(report, (procurement) =>
    kinds.map(({ name, spent, sme }) =>
      within(
        report,
        { name: `${name}采购授予中小企业合同金额`, path: sme, amount: procurement[sme] },
        { name: `政府采购${name}支出`, amount: procurement[spent] },
      ),
    ),
  );

function procurementSum(report: Report) {
  return procured(report, (procurement) => {
    const parts = kinds.map(({ sme }) => procurement[sme]);
    const sum = sumOf(parts);
    const whole = procurement.sme;
    return [
      isApart(report, sum, whole, 3)
        ? {
            section: "facts",
            path: "facts.procurement.sme",
            actual: wan(whole),
            expected: wan(sum),
            what: `授予中小企业合同金额${wan(whole)}与货物、工程、服务三项之和${wan(sum)}不等`,
            mend: "核对总额和三项的授予中小企业合同金额",
          }
        : undefined,
    ];
  });
}

/** What was reserved for whom, and who won. */
function procurementReserved(report: Report) {
  const { procurement } = report.sections.facts;
  const reserved = procurement?.reserved;
  if (procurement === undefined || reserved === undefined) return judged([]);
  const { sme, micro, smeAwarded, microAwarded, openToSmeAwarded } = reserved;
  const part = (path: string, name: string, amount: number) => ({
    name,
    path: `reserved.${path}`,
    amount,
  });
  return judged([
    within(report, part("micro", "预留给小微企业的预算", micro), {
      name: "预留给中小企业的预算",
      amount: sme,
    }),
    within(report, part("microAwarded", "预留项目授予小微企业合同金额", microAwarded), {
      name: "预留项目授予中小企业合同金额",
      amount: smeAwarded,
    }),
    within(
      report,
      part(
        "openToSmeAwarded",
        "预留与非预留项目授予中小企业合同金额",
        smeAwarded + openToSmeAwarded,
      ),
      { name: "授予中小企业合同金额", amount: procurement.sme },
    ),
  ]);
}

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
        ...above("procurement.sme", "procurement.total", context),
        ...above("procurement.micro", "procurement.sme", context),
        ...wonTooMuch(context),
      ],
    },
    sections: { scope: "sections", run: procurementWholes },
  },
  {
    id: "S209",
    statement: "货物、工程、服务采购授予中小企业合同金额不超过各自的支出",
    severity: "error",
    tolerance: "rounding",
    sections: { scope: "sections", run: procurementKinds },
  },
  {
    id: "S210",
    statement: "授予中小企业合同金额＝货物、工程、服务三项授予中小企业合同金额之和",
    severity: "error",
    tolerance: "rounding",
    sections: { scope: "sections", run: procurementSum },
  },
  {
    id: "S211",
    statement: "预留小微企业 ≤ 预留中小企业；预留与非预留项目的授予金额不超过授予中小企业合同金额",
    basis: "政府采购促进中小企业发展管理办法（财库〔2020〕46号）",
    severity: "error",
    tolerance: "rounding",
    sections: { scope: "sections", run: procurementReserved },
  },
];
