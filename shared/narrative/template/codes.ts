import { budgetOfCode, type Budget } from "../../forms/codes/budget-of-code.ts";
import { isByCode } from "../../forms/canonical-table.ts";
import type { Report } from "../../report/report.ts";
import { tableIn } from "../../report/section-ids.ts";
import type { TableRow } from "../../forms/table-data.ts";
import type { TableId } from "../../forms/form.ts";
import type { FigureSource } from "../../report/figure-source.ts";
import { fact } from "../sources.ts";

/** 支出功能分类 codes of one report: their names, their 年初预算, and which of the three budgets pays them. */

/** 支出功能分类 codes whose 款 is named like these are paid from a government fund. */
const fundGroupName = /安排的支出$|基金支出$/u;

export const rowsOf = ({ sections }: Report, table: TableId): readonly TableRow[] =>
  tableIn(sections, table).rows;

export const budgetCodes = ({ sections }: Report): string[] =>
  Object.keys(sections.facts.initialBudget?.byCode ?? {});

/** As the year's code list names it, else as a table does. */
export const codeName = (report: Report, code: string): string =>
  report.edition.functionCodes.get(code) ??
  report.edition.forms
    .filter(isByCode)
    .flatMap(({ id }) => rowsOf(report, id))
    .find(({ key }) => key === code)?.name ??
  code;

export const economicName = ({ edition }: Report, code: string): string =>
  edition.economicCodes.get(code) ?? code;

/** 一般公共服务支出（类）财政事务（款）行政运行（项）, as deep as the code goes. */
export function fullCodeName(report: Report, code: string): string {
  const levels = [
    [3, "类"],
    [5, "款"],
    [7, "项"],
  ] as const;
  return levels
    .filter(([length]) => length <= code.length)
    .map(([length, level]) => `${codeName(report, code.slice(0, length))}（${level}）`)
    .join("");
}

/** 年初预算数 of a code, or the sum of the codes under it. */
export function budgetOf(report: Report, code: string): FigureSource {
  const path = (of: string) => fact(`facts.initialBudget.byCode.${of}`);
  if (report.sections.facts.initialBudget?.byCode[code] !== undefined) return path(code);
  const under = leaves(budgetCodes(report).filter((other) => other.startsWith(code)));
  return under.length === 0 ? path(code) : { kind: "sum", of: under.map(path) };
}

/** 年初预算总额 without what was budgeted from the other two budgets. */
export function generalBudget(report: Report): FigureSource {
  const total = fact("facts.initialBudget.total");
  const others = budgetCodes(report).filter((code) => budgetPaying(report, code) !== "general");
  if (others.length === 0 || report.sections.facts.initialBudget?.total === undefined) return total;
  return { kind: "sum", of: [total], less: others.map((code) => budgetOf(report, code)) };
}

/** As the classification has it; a fund's other codes are in its table, or their 款 is named like one. */
export function budgetPaying(report: Report, code: string): Budget {
  const own = budgetOfCode(code, report.identity.year);
  if (own !== undefined) return own;
  const isFund =
    rowsOf(report, "t07").some(({ key }) => key === code) ||
    fundGroupName.test(codeName(report, code.slice(0, 5)));
  return isFund ? "fund" : "general";
}

/** Codes that no other code of the list goes into, ascending. */
export const leaves = (codes: readonly string[]): string[] =>
  codes.toSorted().filter((code, index, sorted) => sorted[index + 1]?.startsWith(code) !== true);
