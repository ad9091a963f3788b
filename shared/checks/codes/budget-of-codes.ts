import { cellAddress, type CellRef } from "../../forms/cell.ts";
import {
  budgetOfCode,
  isCapitalClass,
  isFundClass,
  spentAsOnly,
  type Budget,
} from "../../forms/codes/budget-of-code.ts";
import { functionCode, rowsLike, type CheckContext } from "../context.ts";
import { classRows, leaf, tableOf } from "../relations/terms.ts";
import type { Fault } from "../finding.ts";
import { evaluated, type CellCheck, type Rule } from "../rule.ts";

type TableByCode = "t05" | "t07" | "t08";

/** Rows with money of a table by code, judged by their code. */
function everyCode(
  table: TableByCode,
  isStrange: (code: string, context: CheckContext) => Exclude<Budget, "general"> | "general" | null,
): CellCheck {
  return leaf([{ table, column: "total" }], ["other_budget"], (context) => {
    const { filled, columns } = tableOf(context, table);
    const { functionCodes } = context.report.edition;
    const faults: Fault[] = [];
    let tested = 0;
    for (const [row, { cells, name }] of filled) {
      const column = [...columns].find((key) => (cells[key] ?? 0) !== 0);
      if (column === undefined || !functionCode.test(row)) continue;
      tested += 1;
      const budget = isStrange(row, context);
      if (budget === null) continue;
      faults.push({
        kind: "other_budget",
        cells: [cellAddress({ table, row, column })],
        code: { name: functionCodes.get(row) ?? name ?? row, budget },
      });
    }
    return evaluated(tested, faults);
  });
}

/** A 款 or 项 of our list that the budget does not have; what the list lacks is not judged. */
const isKnownItem = (code: string, { report: { edition } }: CheckContext): boolean =>
  code.length > 3 && edition.functionCodes.has(code.slice(0, 5));

const yearOf = ({ report }: CheckContext): number => report.identity.year;

/** Cells of 公开04表 with money in a column, of 类 that the column's budget does not pay. */
function classesOfColumns(
  columns: readonly Budget[],
  isStrange: (kind: string, column: Budget, year: number) => Budget | undefined,
): CellCheck {
  return leaf(
    columns.map((column) => ({ table: "t04", row: classRows, column })),
    ["other_budget"],
    (context) => {
      const table = tableOf(context, "t04");
      const faults: Fault[] = [];
      let tested = 0;
      for (const row of rowsLike(table, classRows)) {
        for (const column of columns) {
          if ((table.filled.get(row)?.cells[column] ?? 0) === 0) continue;
          tested += 1;
          const budget = isStrange(row, column, yearOf(context));
          if (budget === undefined) continue;
          faults.push({
            kind: "other_budget",
            cells: [cellAddress({ table: "t04", row, column })],
            code: { name: context.report.edition.functionCodes.get(row) ?? row, budget },
          });
        }
      }
      return evaluated(tested, faults);
    },
  );
}

/** 项 of 公开05表 with money where only the other of 基本支出 and 项目支出 is spent. */
function spentWhereItBelongs(only: "basic" | "project"): CellCheck {
  const other = only === "basic" ? "project" : "basic";
  const reads = [only, other].map((column) => ({ table: "t05" as const, column }));
  return leaf(reads, ["wrong_column"], (context) => {
    const faults: Fault[] = [];
    let tested = 0;
    for (const [row, { cells }] of tableOf(context, "t05").filled) {
      const name = context.report.edition.functionCodes.get(row) ?? "";
      if (row.length !== 7 || spentAsOnly(row, name) !== only) continue;
      tested += 1;
      const actual = cells[other] ?? 0;
      if (actual === 0) continue;
      const at = (column: string): CellRef => ({ table: "t05", row, column });
      faults.push({
        kind: "wrong_column",
        cells: [cellAddress(at(other)), cellAddress(at(only))],
        actual,
        code: { name },
      });
    }
    return evaluated(tested, faults);
  });
}

/** Codes are in the tables of their budget, and money in the column that the classification gives the code. */
export const codeRules: readonly Rule[] = [
  {
    id: "R038",
    statement: "公开04表政府性基金预算财政拨款栏只在有政府性基金科目的类列支",
    basis: "政府收支分类科目",
    severity: "warning",
    cells: classesOfColumns(["fund"], (kind, _, year) =>
      isFundClass(kind, year) ? undefined : "general",
    ),
  },
  {
    id: "R039",
    statement: "公开04表国有资本经营预算支出只列国有资本经营预算财政拨款栏，该栏只列该类支出",
    basis: "政府收支分类科目",
    severity: "warning",
    cells: classesOfColumns(["general", "fund", "capital"], (kind, column) => {
      if (column === "capital") return isCapitalClass(kind) ? undefined : "general";
      return kind === "223" ? "capital" : undefined;
    }),
  },
  {
    id: "R042",
    statement: "公开05表不列政府性基金预算、国有资本经营预算的支出科目",
    basis: "政府收支分类科目",
    severity: "error",
    cells: everyCode("t05", (code, context) => budgetOfCode(code, yearOf(context)) ?? null),
  },
  {
    id: "R043",
    statement: "公开05表：一般行政管理事务只列项目支出",
    basis: "政府收支分类科目",
    severity: "hint",
    cells: spentWhereItBelongs("project"),
  },
  {
    id: "R044",
    statement: "公开05表：养老保险缴费、职业年金缴费、住房公积金只列基本支出",
    basis: "政府收支分类科目",
    severity: "hint",
    cells: spentWhereItBelongs("basic"),
  },
  {
    id: "R063",
    statement: "公开07表只列政府性基金预算支出科目",
    basis: "政府收支分类科目",
    severity: "warning",
    cells: everyCode("t07", (code, context) => {
      const budget = budgetOfCode(code, yearOf(context));
      if (budget === "fund" || !isKnownItem(code, context)) return null;
      return budget ?? "general";
    }),
  },
  {
    id: "R073",
    statement: "公开08表只列国有资本经营预算支出科目",
    basis: "政府收支分类科目",
    severity: "warning",
    cells: everyCode("t08", (code, context) => {
      const budget = budgetOfCode(code, yearOf(context));
      if (budget === "capital" || code === "20804" || !isKnownItem(code, context)) return null;
      return budget ?? "general";
    }),
  },
];
