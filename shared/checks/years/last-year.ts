import { cellAddress, parseCellAddress } from "../../forms/cell.ts";
import type { TableId } from "../../forms/form.ts";
import { isCount, priorValueOf, valueOf, type CheckContext } from "../context.ts";
import { all } from "../relations/combine.ts";
import { compare, notAbove } from "../relations/compare.ts";
import { cell, cells, lastYear, leaf, tableOf } from "../relations/terms.ts";
import type { Fault } from "../finding.ts";
import { combine, evaluated, notApplicable, type CellCheck, type Rule } from "../rule.ts";
import { carryOverRules } from "./carry-over.ts";

const final = (table: TableId, row: string) => cell(table, row, "final");
const before = (table: TableId, row: string) => lastYear(final(table, row));

/** By 项: 年初结转和结余 is what last year's table closed with; codes that no year's table has are not judged. */
function opensAsItClosed(table: "t07" | "t08"): CellCheck {
  const reads = [
    { table, column: "opening" },
    { table, column: "closing", prior: true },
  ] as const;
  return leaf(reads, ["not_equal"], (context) => {
    const before = Object.keys(context.report.sections.facts.prior).flatMap((address) => {
      const [of, code = "", column] = address.split("/");
      return of === table && column === "closing" && isItem(code) ? [code] : [];
    });
    if (before.length === 0) return notApplicable("no_prior_year");
    const codes = new Set([...before, ...tableOf(context, table).filled.keys()]);
    return combine(
      [...codes]
        .filter(isItem)
        .map((row) =>
          priorValueOf(context, { table, row, column: "closing" }) === undefined
            ? opensWithNothing(context, table, row)
            : compare(context, [{ table, row, column: "opening" }], "equal", [
                { table, row, column: "closing", prior: true },
              ]),
        ),
    );
  });
}

const isItem = (code: string): boolean => /^\d{7}$/u.test(code);

/** A code that last year's table did not have. */
function opensWithNothing(context: CheckContext, table: TableId, row: string) {
  const actual = valueOf(context, { table, row, column: "opening" }) ?? 0;
  if (actual === 0) return evaluated(1, []);
  const cell = cellAddress({ table, row, column: "opening" });
  const fault: Fault = {
    kind: "not_equal",
    cells: [cell],
    expected: 0,
    actual,
    difference: actual,
    terms: [{ cell: cellAddress({ table, row, column: "closing" }), value: 0, prior: true }],
  };
  return evaluated(1, [fault]);
}

const allOfLastYear = (
  ["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t08", "t09"] satisfies TableId[]
).map((table) => ({ table, prior: true as const }));

/** 10,000 times last year's figure or its 10,000th, more or less; figures that small come and go. */
const slip = { least: 5_000, most: 20_000, smallestFen: 10_000_00 } as const;

function unitSlips(context: CheckContext) {
  const { prior } = context.report.sections.facts;
  const faults: Fault[] = [];
  let tested = 0;
  for (const [address, before] of Object.entries(prior)) {
    const ref = parseCellAddress(address);
    const now = ref && valueOf(context, ref);
    if (ref === undefined || now === undefined || isCount(context, ref)) continue;
    tested += 1;
    const [small, great] = [Math.abs(before), Math.abs(now)].toSorted((a, b) => a - b);
    if (small === undefined || great === undefined || small === 0) continue;
    const isTold = small * slip.least <= great && great <= small * slip.most;
    if (!isTold || great < slip.smallestFen * slip.least) continue;
    faults.push({ kind: "unit_slip", cells: [cellAddress(ref)], expected: before, actual: now });
  }
  if (Object.keys(prior).length === 0) return notApplicable("no_prior_year");
  return evaluated(tested, faults);
}

/** This year's opening balances against last year's closing ones. */
export const yearRules: readonly Rule[] = [
  ...carryOverRules,
  {
    id: "R192",
    statement: "公开07表、公开08表每个科目的年初结转和结余 = 上年同科目年末结转和结余",
    basis: "部门决算报表附表1-1 年初结转和结余调整情况表",
    severity: "warning",
    cells: all(opensAsItClosed("t07"), opensAsItClosed("t08")),
  },
  {
    id: "R193",
    statement: "公开10表车辆数合计一般不超过上年车辆数 + 公开09表本年购置数",
    severity: "hint",
    cells: notAbove(final("t10", "vehicles_total"), [
      lastYear(final("t10", "vehicles_total")),
      final("t09", "vehicles_bought"),
    ]),
  },
  {
    id: "R194",
    statement: "公开09表公务用车保有量一般不超过上年保有量 + 本年购置数",
    severity: "hint",
    cells: notAbove(final("t09", "vehicles_kept"), [
      lastYear(final("t09", "vehicles_kept")),
      final("t09", "vehicles_bought"),
    ]),
  },
  {
    id: "R196",
    statement:
      "上年数：公开01表总计不小于本年收入合计 + 年初结转和结余，也不小于本年支出合计 + 年末结转和结余",
    severity: "warning",
    cells: all(
      notAbove(
        lastYear(cells("t01", ["income_total", "opening"], "final")),
        before("t01", "income_sum"),
      ),
      notAbove(
        lastYear(cells("t01", ["expense_total", "closing"], "final")),
        before("t01", "expense_sum"),
      ),
    ),
  },
  {
    id: "R199",
    statement: "上年数：公开04表年末财政拨款结转和结余不超过公开01表年末结转和结余",
    severity: "warning",
    cells: notAbove(lastYear(cell("t04", "closing", "total")), before("t01", "closing")),
  },
  {
    id: "R231",
    statement: "与上年数相差约一万倍的金额，请核对是否混用元和万元",
    severity: "warning",
    cells: { reads: allOfLastYear, finds: ["unit_slip"], run: unitSlips },
  },
];
