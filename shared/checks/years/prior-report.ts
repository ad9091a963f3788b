import type { Report, PriorReport } from "../../report/report.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import { priorFigure, hasCell } from "../../report/prior-year.ts";
import { cellName } from "../../forms/place-name.ts";
import type { CellAddress } from "../../forms/cell.ts";
import { wan, valueAt, isApart } from "../sections/amounts.ts";
import type { Rule } from "../rule.ts";

/** 上年数 against the report of the year before as it was approved. */

/** Half of the last printed digit: an amount typed in 万元 may be rounded. */
const rounding = 5_000;

const isSame = (report: Report, typed: number, stored: number): boolean =>
  Math.abs(typed - stored) <= (report.sections.facts.enteredIn === "yuan" ? 0 : rounding);

function typedAsStored(report: Report) {
  const { priorReport } = report;
  if (priorReport === undefined) return judged([], "no_prior_year");
  const { prior, operatingCost } = report.sections.facts;
  const cells = Object.entries(prior).flatMap(([cell, typed]): (SectionFault | undefined)[] => {
    const stored = priorFigure(priorReport, cell);
    if (stored === undefined) return [];
    if (isSame(report, typed, stored)) return [undefined];
    const name = hasCell(report.edition, cell)
      ? cellName(cell as CellAddress, report.edition)
      : cell;
    return [differs(priorReport, { path: `facts.prior.${cell}`, name, typed, stored })];
  });
  const stored = priorReport.sections.facts.operatingCost?.current;
  const typed = operatingCost?.prior;
  const cost =
    stored === undefined || typed === undefined
      ? []
      : [
          isSame(report, typed, stored)
            ? undefined
            : differs(priorReport, {
                path: "facts.operatingCost.prior",
                name: "机关运行经费",
                typed,
                stored,
              }),
        ];
  return judged([...cells, ...cost]);
}

const differs = (
  { year }: PriorReport,
  {
    path,
    name,
    typed,
    stored,
  }: {
    readonly path: string;
    readonly name: string;
    readonly typed: number;
    readonly stored: number;
  },
): SectionFault => ({
  section: "facts",
  path,
  actual: figure(path, typed),
  expected: figure(path, stored),
  what: `上年数${name}填列为${figure(path, typed)}，${String(year)}年决算为${figure(path, stored)}`,
  mend: `在基本情况中取自${String(year)}年决算`,
});

/** Of 公开09表 and 公开10表 only amounts are kept, but people may keep counts too. */
const figure = (path: string, value: number): string =>
  /t09\/\w*(?:persons|groups|batches|bought|kept)|t10\//u.test(path) ? String(value) : wan(value);

/** 年初 of this year and 年末 of last year, where nobody keeps the latter among the facts. */
const carried: readonly { readonly opening: CellAddress; readonly closing: CellAddress }[] = [
  { opening: "t01/opening/final", closing: "t01/closing/final" },
  { opening: "t04/opening/final", closing: "t04/closing/total" },
  { opening: "t04/opening_general/final", closing: "t04/closing/general" },
  { opening: "t04/opening_fund/final", closing: "t04/closing/fund" },
  { opening: "t04/opening_capital/final", closing: "t04/closing/capital" },
];

function openedAsClosed(report: Report) {
  const { priorReport } = report;
  if (priorReport === undefined) return judged([], "no_prior_year");
  const { prior } = report.sections.facts;
  return judged(
    carried.flatMap(({ opening, closing }): (SectionFault | undefined)[] => {
      const before = priorFigure(priorReport, closing);
      // R190 compares with what the facts keep.
      if (before === undefined || prior[closing] !== undefined) return [];
      const now = valueAt(report, opening) ?? 0;
      if (!isApart(report, now, before)) return [undefined];
      return [
        {
          section: opening.startsWith("t01") ? "t01" : "t04",
          path: opening.replaceAll("/", "."),
          cells: [opening],
          actual: wan(now),
          expected: wan(before),
          what: `${cellName(opening, report.edition)}${wan(now)}与${String(priorReport.year)}年决算年末数${wan(before)}不等，相差${wan(Math.abs(now - before))}`,
          mend: "核对年初数；年初数经调整的，说明调整的原因和依据",
        },
      ];
    }),
    "condition_not_met",
  );
}

export const priorReportRules: readonly Rule[] = [
  {
    id: "S216",
    statement: "上年数取自上年度批复的决算",
    severity: "error",
    tolerance: "rounding",
    sections: { scope: "years", run: typedAsStored },
  },
  {
    id: "S217",
    statement: "年初结转和结余＝上年度批复的决算的年末结转和结余（上年数没有填列年末数的）",
    basis: "部门决算报表附表1-1 年初结转和结余调整情况表",
    severity: "warning",
    tolerance: "rounding",
    sections: { scope: "years", run: openedAsClosed },
  },
];
