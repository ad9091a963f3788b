import type { Report } from "../../report/report.ts";
import { tableIn } from "../../report/section-ids.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import { sumOf, isApart, wan } from "../sections/amounts.ts";
import type { Rule } from "../rule.ts";

export const parentOf = (
  code: string,
  byCode: Readonly<Record<string, number>>,
): string | undefined =>
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

export const initialBudgetRules: readonly Rule[] = [
  {
    id: "S205",
    statement: "上级科目的年初预算＝其下级科目年初预算之和",
    severity: "error",
    tolerance: "rounding",
    sections: { scope: "sections", run: budgetLevels },
  },
  {
    id: "S206",
    statement: "年初预算的科目是当年的支出功能分类科目",
    basis: "政府收支分类科目",
    severity: "error",
    tolerance: "none",
    sections: { scope: "sections", run: budgetCodes },
  },
  {
    id: "S207",
    statement: "有年初预算的科目在决算表中列示",
    severity: "hint",
    tolerance: "none",
    sections: { scope: "sections", run: budgetUnspent },
  },
];
