import type { TextContext } from "../text/text-context.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import type { CellAddress } from "../../forms/cell.ts";
import { exactWan } from "../../forms/place-name.ts";
import type { Report } from "../../report/report.ts";
import { valueAt, isAbove, wan, sumOf, isApart } from "../sections/amounts.ts";
import { judged } from "../sections/section-fault.ts";
import type { Facts } from "../../report/sections.ts";
import { closeness } from "../tolerance.ts";
import { neverTheCause, type Rule } from "../rule.ts";

/** R211: what the sentence says it equals. Units of other kinds may have 公用经费 too. */
function unlikePublicTotal({ firstMention, text, tables }: TextContext): TextFault[] {
  const cost = firstMention("operating_cost");
  if (cost === undefined) return [];
  const { block } = cost.statement;
  if (!/公用经费(?:之和|合计|支出)?(?:相)?一致/u.test(block.text)) return [];
  const address: CellAddress = "t06/public_total/final";
  const right =
    tables?.has(address) === true
      ? (tables.value(address) ?? 0)
      : firstMention("basic.public_total")?.figure.value;
  const short = right === undefined ? 0 : right - cost.figure.value;
  if (right === undefined || short <= 0 || closeness(short, 1, 1) !== "apart") return [];
  const isAlone = text.blocks.some(({ block: { text: words } }) =>
    /无所属(?:预算)?单位|没有(?:下属|所属)|仅[^，。；]{2,40}(?:本身|本级)|单位(?:共|为)+1个/u.test(
      words,
    ),
  );
  return [
    {
      ...quoteAt(block, cost.figure.start),
      severity: isAlone ? ("warning" as const) : ("hint" as const),
      ...(tables?.has(address) === true ? { cells: [address] } : {}),
      actual: cost.figure.text,
      expected: `${exactWan(right)}万元`,
      what: `文字说机关运行经费与公用经费一致，公用经费为${exactWan(right)}万元，此处写${cost.figure.text}`,
      mend: "所属单位中有未参照公务员法管理的事业单位的，应扣除其公用经费；没有的，改为公用经费数",
    },
  ];
}

/** R210: 机关运行经费 is part of 公用经费. */
function operatingCost({ firstMention, tables }: TextContext): TextFault[] {
  const cost = firstMention("operating_cost");
  if (cost === undefined) return [];
  const address: CellAddress = "t06/public_total/final";
  const fromTable = tables?.has(address) === true ? tables.value(address) : undefined;
  const kinds = ["basic.302", "basic.310"].flatMap((id) => firstMention(id)?.figure.value ?? []);
  const total = firstMention("general_basic")?.figure.value;
  const limit =
    fromTable ??
    firstMention("basic.public_total")?.figure.value ??
    (kinds.length > 0 ? kinds.reduce((sum, value) => sum + value, 0) : total);
  const over = limit === undefined ? 0 : cost.figure.value - limit;
  const terms = Math.max(1, fromTable === undefined ? kinds.length : 1);
  if (limit === undefined || over <= 0 || closeness(over, terms, 1) !== "apart") return [];
  return [
    {
      ...quoteAt(cost.statement.block, cost.figure.start),
      ...(fromTable === undefined ? {} : { cells: [address] }),
      actual: cost.figure.text,
      expected: `不超过${exactWan(limit)}万元`,
      what: `机关运行经费${cost.figure.text}超过一般公共预算财政拨款基本支出中的公用经费${exactWan(limit)}万元`,
      mend: "核对机关运行经费与公用经费",
    },
  ];
}

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

export const operatingCostRules: readonly Rule[] = [
  {
    id: "R210",
    statement: "机关运行经费不超过一般公共预算财政拨款基本支出中的公用经费",
    basis: "《预算法》第十四条",
    severity: "error",
    tolerance: "rounding",
    text: { amounts: { causeRank: neverTheCause }, run: operatingCost },
    sections: { scope: "sections", run: costWithinPublic },
  },
  {
    id: "R211",
    statement: "机关运行经费＝行政单位和参照公务员法管理的事业单位公用经费之和",
    basis: "《预算法》第十四条",
    severity: "error",
    tolerance: "rounding",
    text: { amounts: "none", run: unlikePublicTotal },
    sections: { scope: "sections", readsUnits: true, run: costOfUnits },
  },
  {
    id: "S208",
    statement: "没有行政单位和参照公务员法管理的事业单位的，没有机关运行经费",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: costWithoutOffice },
  },
];
