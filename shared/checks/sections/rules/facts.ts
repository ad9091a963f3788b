import type { CellAddress } from "../../../forms/cell.ts";
import { cellName } from "../../../forms/place-name.ts";
import { hasCell } from "../../../report/prior-year.ts";
import type { Report } from "../../../report/report.ts";
import { tableIn, type Facts } from "../../../report/sections.ts";
import { isAbove, isApart, sumOf, valueAt, wan } from "../amounts.ts";
import { judged, type SectionFault, type SectionRule } from "../section-rule.ts";

/** 年初预算, 机关运行经费, 政府采购, 其他用车, and last year's figures among themselves. */

function budgetTotal(report: Report) {
  const { total, byCode } = report.sections.facts.initialBudget ?? {};
  if (total === undefined || byCode === undefined) return judged([]);
  const codes = topCodes(byCode);
  if (codes.length === 0) return judged([]);
  const sum = sumOf(codes.map((code) => byCode[code] ?? 0));
  return judged([
    isApart(report, sum, total, codes.length)
      ? {
          section: "facts",
          path: "facts.initialBudget.total",
          actual: wan(total),
          expected: wan(sum),
          what: `年初预算总额${wan(total)}与各科目年初预算之和${wan(sum)}不等，相差${wan(Math.abs(sum - total))}`,
          mend: "核对总额和各科目的年初预算数",
        }
      : undefined,
  ]);
}

/** Codes that no other budgeted code stands above. */
const topCodes = (byCode: Readonly<Record<string, number>>): string[] =>
  Object.keys(byCode).filter((code) => parentOf(code, byCode) === undefined);

const parentOf = (code: string, byCode: Readonly<Record<string, number>>): string | undefined =>
  [code.slice(0, 5), code.slice(0, 3)].find(
    (parent) => parent.length < code.length && parent in byCode,
  );

function budgetLevels(report: Report) {
  const { byCode = {} } = report.sections.facts.initialBudget ?? {};
  const parts = new Map<string, string[]>();
  for (const code of Object.keys(byCode)) {
    const parent = parentOf(code, byCode);
    if (parent !== undefined) parts.set(parent, [...(parts.get(parent) ?? []), code]);
  }
  return judged(
    [...parts].map(([parent, codes]): SectionFault | undefined => {
      const whole = byCode[parent] ?? 0;
      const sum = sumOf(codes.map((code) => byCode[code] ?? 0));
      if (!isApart(report, sum, whole, codes.length)) return undefined;
      return {
        section: "facts",
        path: `facts.initialBudget.byCode.${parent}`,
        actual: wan(whole),
        expected: wan(sum),
        what: `${parent}的年初预算${wan(whole)}与其下级科目之和${wan(sum)}不等`,
        mend: "核对该科目和下级科目的年初预算数",
      };
    }),
    "condition_not_met",
  );
}

function budgetCodes(report: Report) {
  const { byCode = {} } = report.sections.facts.initialBudget ?? {};
  const { functionCodes } = report.edition;
  return judged(
    Object.keys(byCode).map((code): SectionFault | undefined =>
      functionCodes.has(code)
        ? undefined
        : {
            section: "facts",
            path: `facts.initialBudget.byCode.${code}`,
            actual: code,
            what: `年初预算的科目${code}不在${String(report.identity.year)}年支出功能分类科目中`,
            mend: "改用当年的科目编码",
          },
    ),
  );
}

/** A budgeted code that was neither spent nor received: the account keeps silent about it. */
function budgetUnspent(report: Report) {
  const { byCode = {} } = report.sections.facts.initialBudget ?? {};
  const used = new Set(
    (["t03", "t04", "t05", "t07", "t08"] as const).flatMap((id) =>
      tableIn(report.sections, id)
        .rows.filter(({ cells }) => Object.values(cells).some((value) => value !== 0))
        .map(rowKey),
    ),
  );
  return judged(
    Object.entries(byCode)
      .filter(([, budget]) => budget !== 0)
      .map(([code, budget]): SectionFault | undefined =>
        used.has(code)
          ? undefined
          : {
              section: "facts",
              path: `facts.initialBudget.byCode.${code}`,
              actual: wan(budget),
              what: `科目${code}有年初预算${wan(budget)}，各表都没有它的决算数`,
              mend: "核对科目编码；确未支出的无需改动",
            },
      ),
  );
}

const rowKey = ({ key }: { readonly key: string }): string => key;

function costWithinPublic(report: Report) {
  const cost = report.sections.facts.operatingCost?.current;
  const whole = valueAt(report, "t06/public_total/final");
  if (cost === undefined || whole === undefined) return judged([]);
  return judged([
    isAbove(report, cost, whole)
      ? {
          section: "facts",
          path: "facts.operatingCost.current",
          cells: ["t06/public_total/final"],
          actual: wan(cost),
          expected: `不超过${wan(whole)}`,
          what: `机关运行经费${wan(cost)}超过一般公共预算基本支出的公用经费${wan(whole)}，超出${wan(cost - whole)}`,
          mend: "核对机关运行经费和公用经费合计",
        }
      : undefined,
  ]);
}

/** 机关运行经费 is what 行政单位 and 参照公务员法管理 ones spent as 公用经费. */
function costOfUnits(report: Report) {
  const { operatingCost, units } = report.sections.facts;
  if (operatingCost === undefined) return judged([]);
  const { current } = operatingCost;
  const spent = publicCosts(report);
  if (spent === undefined) return judged([], "condition_not_met");
  const right = sumOf(spent.map(({ amount }) => amount));
  if (units.length === 0 && report.identity.kind === "department") return judged([]);
  const parts = spent.map(({ name, amount }) => `${name}${wan(amount)}`).join("＋");
  return judged([
    isApart(report, current, right, spent.length)
      ? {
          section: "facts",
          path: "facts.operatingCost.current",
          ...(report.identity.kind === "unit" ? { cells: ["t06/public_total/final"] } : {}),
          actual: wan(current),
          expected: wan(right),
          what: `机关运行经费${wan(current)}与行政和参公单位的公用经费之和${wan(right)}不等${spent.length > 1 ? `（${parts}）` : ""}，相差${wan(Math.abs(current - right))}`,
          mend: `改为${wan(right)}，或核对各单位的公用经费和单位性质`,
        }
      : undefined,
  ]);
}

/** 公用经费 by unit that counts as 机关运行经费; undefined where it cannot be told. */
function publicCosts(report: Report) {
  const own = report.sections.facts.units;
  const isAdministrative = (facts: Facts) => facts.units.some((unit) => unit.administrative);
  if (report.identity.kind === "unit") {
    const amount = valueAt(report, publicTotal) ?? 0;
    const counts = own.length > 0 && own.every((unit) => unit.administrative);
    return counts ? [{ name: report.identity.orgName, amount }] : undefined;
  }
  return report.units
    ?.filter(({ sections }) => isAdministrative(sections.facts))
    .map((unit) => ({
      name: unit.orgName,
      amount: valueAt(unit, publicTotal) ?? 0,
    }));
}

const publicTotal: CellAddress = "t06/public_total/final";

/** Without a 行政 or 参公 unit there is no 机关运行经费. */
function costWithoutOffice(report: Report) {
  const { operatingCost, units } = report.sections.facts;
  if (operatingCost === undefined || units.length === 0) return judged([]);
  const cost = operatingCost.current;
  const hasOffice = units.some(({ administrative }) => administrative);
  return judged([
    hasOffice || cost === 0
      ? undefined
      : {
          section: "facts",
          path: "facts.operatingCost.current",
          actual: wan(cost),
          expected: "0.00万元",
          what: `单位名单里没有行政单位或参公单位，却有机关运行经费${wan(cost)}`,
          mend: "在单位名单里标明行政单位和参公单位，或清除机关运行经费",
        },
  ]);
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

/** Shanghai: what was reserved for whom, and who won. */
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

function otherCars(report: Report) {
  const cell = "t10/other_cars/final";
  const cars = valueAt(report, cell) ?? 0;
  const use = report.sections.facts.otherVehicleUse?.trim() ?? "";
  const says = !/^(?:无|没有|暂无|不适用|[—\-/、.。]*)$/u.test(use);
  if (cars === 0 && !says) return judged([], "condition_not_met");
  const at = { section: "facts", path: "facts.otherVehicleUse", cells: [cell] } as const;
  if (cars > 0 && !says) {
    return judged([
      {
        ...at,
        actual: use === "" ? "未填" : use,
        what: `其他用车${String(cars)}辆，没有说明用途`,
        mend: "在基本情况中填写其他用车的用途",
      },
    ]);
  }
  return judged([
    cars > 0
      ? undefined
      : {
          ...at,
          severity: "warning",
          quote: use,
          actual: "0辆",
          what: `没有其他用车，却填写了用途“${use}”`,
          mend: "核对其他用车数量，或清除用途",
        },
  ]);
}

/** Sums that last year's table held as well. */
const priorSums: readonly {
  readonly whole: CellAddress;
  readonly parts: readonly CellAddress[];
}[] = [
  { whole: "t01/income_sum/final", parts: ["t01/expense_sum/final"] },
  {
    whole: "t09/total/final",
    parts: ["t09/abroad/final", "t09/vehicles/final", "t09/reception/final"],
  },
  {
    whole: "t09/vehicles/final",
    parts: ["t09/vehicle_purchase/final", "t09/vehicle_running/final"],
  },
  {
    whole: "t04/closing/total",
    parts: ["t04/closing/general", "t04/closing/fund", "t04/closing/capital"],
  },
];

function priorAgrees(report: Report) {
  const prior: Readonly<Record<string, number>> = report.sections.facts.prior;
  const known = priorSums.filter(({ whole, parts }) =>
    [whole, ...parts].every((cell) => prior[cell] !== undefined),
  );
  const name = (cell: CellAddress) => cellName(cell, report.edition);
  return judged([
    ...known.map(({ whole, parts }): SectionFault | undefined => {
      const [total = 0, sum] = [prior[whole], sumOf(parts.map((cell) => prior[cell] ?? 0))];
      if (!isApart(report, total, sum, parts.length)) return undefined;
      return {
        section: "facts",
        path: `facts.prior.${whole}`,
        cells: [whole, ...parts],
        actual: wan(total),
        expected: wan(sum),
        what: `上年数：${name(whole)}${wan(total)}与${parts.map(name).join("、")}${parts.length > 1 ? "之和" : ""}${wan(sum)}不等`,
        mend: "对照上年决算核对上年数",
      };
    }),
  ]);
}

function priorPlaces(report: Report) {
  return judged(
    Object.keys(report.sections.facts.prior).map((cell): SectionFault | undefined =>
      hasCell(report.edition, cell)
        ? undefined
        : {
            section: "facts",
            path: `facts.prior.${cell}`,
            actual: cell,
            what: `上年数所指的${cell}在本版式中没有这一栏`,
            mend: "删去这一项上年数",
          },
    ),
  );
}

function attachmentYears(report: Report) {
  const { year } = report.identity;
  const { files } = report.sections.attachments;
  return judged(
    files.flatMap(({ name }, index): (SectionFault | undefined)[] => {
      const years = [...name.normalize("NFKC").matchAll(/(?<!\d)(20\d\d)(?=年|\D|$)/gu)].map(
        (match) => Number(match[1]),
      );
      if (years.length === 0) return [];
      const other = years.includes(year) ? undefined : years[0];
      if (other === undefined) return [undefined];
      return [
        {
          section: "attachments",
          path: `attachments.files.${String(index)}.name`,
          quote: name,
          actual: `${String(other)}年`,
          expected: `${String(year)}年`,
          what: `附件“${name}”写的是${String(other)}年，本报告是${String(year)}年度决算`,
          mend: "换成本年度的附件；确为往年材料的，填写说明",
        },
      ];
    }),
    "condition_not_met",
  );
}

function repeatedDuties(report: Report) {
  const { duties } = report.sections.facts;
  return judged(
    duties.map((duty, index): SectionFault | undefined => {
      const first = duties.findIndex((other) => bare(other) === bare(duty));
      if (first === index) return undefined;
      return {
        section: "facts",
        path: `facts.duties.${String(index)}`,
        quote: duty,
        actual: `第${String(index + 1)}项与第${String(first + 1)}项相同`,
        what: `主要职责第${String(index + 1)}项与第${String(first + 1)}项的文字相同`,
        mend: "删去重复的一项",
      };
    }),
  );
}

const bare = (text: string): string => text.replace(/[\s。；;，,]/gu, "");

export const factRules: readonly SectionRule[] = [
  {
    id: "R208",
    statement: "各部分之和＝总数，任何部分不超过总数",
    severity: "error",
    check: budgetTotal,
  },
  {
    id: "S205",
    statement: "上级科目的年初预算＝其下级科目年初预算之和",
    severity: "error",
    check: budgetLevels,
  },
  {
    id: "S206",
    statement: "年初预算的科目是当年的支出功能分类科目",
    basis: "政府收支分类科目",
    severity: "error",
    check: budgetCodes,
  },
  {
    id: "S207",
    statement: "有年初预算的科目在决算表中列示",
    severity: "hint",
    check: budgetUnspent,
  },
  {
    id: "R210",
    statement: "机关运行经费不超过一般公共预算财政拨款基本支出中的公用经费",
    basis: "《预算法》第十四条",
    severity: "error",
    check: costWithinPublic,
  },
  {
    id: "R211",
    statement: "机关运行经费＝行政单位和参照公务员法管理的事业单位公用经费之和",
    basis: "《预算法》第十四条",
    severity: "error",
    readsUnits: true,
    check: costOfUnits,
  },
  {
    id: "S208",
    statement: "没有行政单位和参照公务员法管理的事业单位的，没有机关运行经费",
    severity: "warning",
    check: costWithoutOffice,
  },
  {
    id: "R212",
    statement: "政府采购总额≥授予中小企业≥授予小微企业，占比与金额一致，总数为0时写不适用",
    basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
    severity: "error",
    check: procurementWholes,
  },
  {
    id: "S209",
    statement: "货物、工程、服务采购授予中小企业合同金额不超过各自的支出",
    severity: "error",
    check: procurementKinds,
  },
  {
    id: "S210",
    statement: "授予中小企业合同金额＝货物、工程、服务三项授予中小企业合同金额之和",
    severity: "error",
    check: procurementSum,
  },
  {
    id: "S211",
    statement: "预留小微企业 ≤ 预留中小企业；预留与非预留项目的授予金额不超过授予中小企业合同金额",
    basis: "政府采购促进中小企业发展管理办法（财库〔2020〕46号）",
    severity: "error",
    check: procurementReserved,
  },
  {
    id: "R213",
    statement: "正文的团组、人次、批次、车辆数＝报表的数，车辆数＝各类之和，其他用车写明用途",
    basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
    severity: "error",
    check: otherCars,
  },
  {
    id: "S212",
    statement: "上年数之间的合计关系成立",
    severity: "error",
    check: priorAgrees,
  },
  {
    id: "S213",
    statement: "上年数所指的单元格是本版式的单元格",
    severity: "error",
    check: priorPlaces,
  },
  {
    id: "S214",
    statement: "附件名称里的年度是报告年度",
    severity: "warning",
    check: attachmentYears,
  },
  {
    id: "S215",
    statement: "主要职责各项不重复",
    severity: "warning",
    check: repeatedDuties,
  },
];
