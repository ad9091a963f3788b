import { addedTables, differingCells } from "../../consolidation/consolidate.ts";
import { flowColumns } from "../../consolidation/eliminations.ts";
import { parseCellAddress, type CellAddress } from "../../forms/cell.ts";
import type { TableId } from "../../forms/form.ts";
import type { UnitSubmission } from "../../report/report.ts";
import type { AdjustmentEntry } from "../../report/sections.ts";
import { tableIn } from "../../report/section-ids.ts";
import { isCount, type CheckContext, type Reference } from "../context.ts";
import type { FindingKind } from "../finding.ts";
import { evaluated, notApplicable, type CellCheck, type Evaluation, type Rule } from "../rule.ts";

const allTables: readonly Reference[] = (
  ["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09", "t10"] satisfies TableId[]
).map((table) => ({ table }));

/** A department whose tables were added up from its units (汇总), against those unit editions. */
export const consolidationRules: readonly Rule[] = [
  {
    id: "R301",
    statement: "部门汇总各表每个金额 = 所属单位之和 + 调整表",
    basis: "《部门决算管理办法》（财库〔2021〕36号）",
    severity: "error",
    cells: ofUnits("not_sum_of_units", (context, units) => sumsOfUnits(context, units, "money")),
  },
  {
    id: "R302",
    statement:
      "调整表抵销的上级补助收入、附属单位上缴收入 = 抵销的对附属单位补助支出、上缴上级支出",
    basis: "《部门决算管理办法》（财库〔2021〕36号）",
    severity: "warning",
    cells: ofUnits("taken_off_one_side", ({ report }) =>
      bothSidesTakenOff(report.sections.adjustments.entries),
    ),
  },
  {
    id: "R303",
    statement: "部门汇总公开09表统计数、公开10表数量 = 所属单位之和 + 调整表",
    basis: "《部门决算管理办法》（财库〔2021〕36号）",
    severity: "error",
    cells: ofUnits("not_sum_of_units", (context, units) => sumsOfUnits(context, units, "count")),
  },
];

/** Says nothing of a report that was not added up from units. */
function ofUnits(
  kind: FindingKind,
  test: (context: CheckContext, units: readonly UnitSubmission[]) => Evaluation,
): CellCheck {
  return {
    reads: allTables,
    readsUnits: true,
    finds: [kind],
    run: (context) => {
      const { units, sections } = context.report;
      if (sections.adjustments.basis === undefined || units === undefined) {
        return notApplicable("condition_not_met");
      }
      return test(context, units);
    },
  };
}

/** Sums of 分 and of counts are exact: a department's cells are written from them, not typed. */
function sumsOfUnits(
  context: CheckContext,
  units: readonly UnitSubmission[],
  kind: "money" | "count",
): Evaluation {
  const { edition, sections } = context.report;
  const expected = addedTables(edition, units, sections.adjustments.entries);
  const isOfKind = (cell: CellAddress): boolean => {
    const ref = parseCellAddress(cell);
    return ref !== undefined && isCount(context, ref) === (kind === "count");
  };
  const tested = edition.forms
    .flatMap(({ id }) =>
      tableIn(expected, id).rows.map(({ key, cells }) => ({ table: id, row: key, cells })),
    )
    .filter((row) => isCount(context, row) === (kind === "count"))
    .reduce((count, { cells }) => count + Object.keys(cells).length, 0);
  const faults = differingCells(edition, expected, sections)
    .filter(({ cell }) => isOfKind(cell))
    .map(({ cell, left = 0, right }) => ({
      kind: "not_sum_of_units" as const,
      cells: [cell],
      expected: left,
      ...(right === undefined ? {} : { actual: right }),
      difference: (right ?? 0) - left,
    }));
  return evaluated(tested + faults.length, faults);
}

const incomes = Object.values(flowColumns).map(({ payee }): CellAddress => `t02/total/${payee}`);
const expenses = Object.values(flowColumns).map(({ payer }): CellAddress => `t03/total/${payer}`);

function bothSidesTakenOff(entries: readonly AdjustmentEntry[]): Evaluation {
  const adjusted = entries.flatMap(({ cells }) => cells);
  const takenOff = (of: readonly CellAddress[]): number =>
    adjusted.reduce((sum, { cell, fen }) => (of.includes(cell) ? sum - fen : sum), 0);
  const tested = adjusted.filter(({ cell }) => [...incomes, ...expenses].includes(cell)).length;
  const [income, expense] = [takenOff(incomes), takenOff(expenses)];
  if (income === expense) return evaluated(tested, []);
  return evaluated(tested, [
    {
      kind: "taken_off_one_side",
      cells: [...incomes, ...expenses],
      expected: expense,
      actual: income,
      difference: income - expense,
    },
  ]);
}
