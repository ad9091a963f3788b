import type { CellAddress } from "../../forms/cell.ts";
import type { Report } from "../../report/report.ts";
import { cellName } from "../../forms/place-name.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import { sumOf, isApart, wan } from "../sections/amounts.ts";
import { hasCell } from "../../report/prior-year.ts";
import type { Rule } from "../rule.ts";

/** Sums that last year's table had as well. */
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

export const priorFigureRules: readonly Rule[] = [
  {
    id: "S212",
    statement: "上年数之间的合计关系成立",
    severity: "error",
    tolerance: "rounding",
    sections: { scope: "years", run: priorAgrees },
  },
  {
    id: "S213",
    statement: "上年数所指的单元格是本版式的单元格",
    severity: "error",
    tolerance: "none",
    sections: { scope: "years", run: priorPlaces },
  },
];
