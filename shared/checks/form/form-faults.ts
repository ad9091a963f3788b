import { cellAddress } from "../../forms/cell.ts";
import { parentCode } from "../../forms/codes/code-table.ts";
import { formerNameOf, outOfYear } from "../../forms/codes/code-history.ts";
import { comparableName, type TableFault } from "../../forms/canonical-table.ts";
import { omitUndefined } from "../../omit-undefined.ts";
import { functionCode, type CheckContext, type IndexedTable } from "../context.ts";
import type { Fault, FindingKind } from "../finding.ts";
import { filled } from "../relations/filled.ts";
import { cells, rowAddress } from "../relations/terms.ts";
import { evaluated, type CellCheck, type Rule } from "../rule.ts";

/** Looks at every table of the report; what is wrong with one cannot stop it. */
const inEveryTable = (
  finds: readonly FindingKind[],
  look: (
    table: IndexedTable,
    context: CheckContext,
  ) => { tested: number; faults: readonly Fault[] },
): CellCheck => ({
  reads: [],
  finds,
  run: (context) => {
    const looks = [...context.tables.values()].map((table) => look(table, context));
    return evaluated(
      looks.reduce((sum, { tested }) => sum + tested, 0),
      looks.flatMap(({ faults }) => faults),
    );
  },
});

/** What `validateTable` refuses on the way in must not be in a report either. */
const none = (
  kinds: readonly TableFault["kind"][],
  concerns: (table: IndexedTable, row: string) => boolean = () => true,
): CellCheck =>
  inEveryTable(["form_fault"], (table, context) => ({
    tested: table.data.rows.filter(({ key }) => concerns(table, key)).length,
    faults: table.formFaults
      .filter((fault) => kinds.includes(fault.kind) && !isOfOtherYears(fault, context))
      .map((fault): Fault => ({
        kind: "form_fault",
        cells: [
          fault.at.column === undefined
            ? rowAddress(table, fault.at.row)
            : cellAddress({ ...fault.at, column: fault.at.column }),
        ],
        formFault: fault,
      })),
  }));

const hasCode = (table: IndexedTable, row: string): boolean =>
  table.byCode && functionCode.test(row);

const codesGoDownToItems = inEveryTable(["not_itemised"], (table) => {
  const codes = [...table.filled.keys()].filter((key) => hasCode(table, key));
  const parents = new Set(codes.map(parentCode));
  return {
    tested: codes.length,
    faults: codes
      .filter((code) => code.length < 7 && !parents.has(code))
      .map((code): Fault => ({ kind: "not_itemised", cells: [rowAddress(table, code)] })),
  };
});

const yearOf = ({ report }: CheckContext): number => report.identity.year;

/** Codes that the classification of the year does not have any more, or not yet. */
const codesAreOfTheYear = inEveryTable(["code_of_other_years"], (table, context) => {
  const codes = [...table.filled.keys()].filter((key) => hasCode(table, key));
  return {
    tested: codes.length,
    faults: codes.flatMap((row): Fault[] => {
      const period = outOfYear(row, yearOf(context));
      if (period === undefined) return [];
      const { name, from, to, now } = period;
      const kind = "code_of_other_years";
      return [
        {
          kind,
          cells: [rowAddress(table, row)],
          code: { name, ...omitUndefined({ from, to, now }) },
        },
      ];
    }),
  };
});

/** Codes under the name that an earlier classification gave them. */
const namesAreOfTheYear = inEveryTable(["name_of_other_years"], (table, context) => {
  const named = table.data.rows.filter(
    ({ key, name }) => name !== undefined && hasCode(table, key),
  );
  return {
    tested: named.length,
    faults: named.flatMap(({ key, name = "" }): Fault[] => {
      const former = formerNameOf(key, comparableName(name));
      const now = context.report.edition.functionCodes.get(key);
      if (former === undefined || now === undefined || yearOf(context) <= former.to) return [];
      const code = { name: former.name, to: former.to, now };
      return [{ kind: "name_of_other_years", cells: [rowAddress(table, key)], code }];
    }),
  };
});

/** Codes and names that the rules on years report with more detail. */
function isOfOtherYears(fault: TableFault, context: CheckContext): boolean {
  const { row } = fault.at;
  switch (fault.kind) {
    case "name_mismatch":
      return formerNameOf(row, comparableName(fault.actual)) !== undefined;
    case "unknown_code":
    case "unlisted_code":
      return outOfYear(row, yearOf(context)) !== undefined;
    default:
      return false;
  }
}

/** Printed tables whose names do not fit their codes are reported under it, too. */
export const codeNameRule: Rule = {
  id: "F007",
  statement: "支出功能分类科目名称与编码相符",
  basis: "政府收支分类科目",
  severity: "warning",
  cells: none(["name_mismatch"], hasCode),
};

/** What makes a table no such table, before any arithmetic. */
export const formFaultRules: readonly Rule[] = [
  {
    id: "F001",
    statement: "表内每个项目、每个科目只列一行",
    severity: "error",
    cells: none(["duplicate_row"]),
  },
  {
    id: "F002",
    statement: "各行、各栏均为本表所有，金额和数量均为整数",
    severity: "error",
    cells: none(["unknown_row", "unknown_column", "bad_code", "not_whole"]),
  },
  {
    id: "F003",
    statement: "支出功能分类科目编码见于当年政府收支分类科目",
    basis: "政府收支分类科目",
    severity: "warning",
    cells: none(["unknown_code", "unlisted_code"], hasCode),
  },
  {
    id: "F004",
    statement: "列示款、项的，其上级类、款同时列示",
    severity: "error",
    cells: none(["missing_parent"], hasCode),
  },
  {
    id: "F005",
    statement: "支出按功能分类公开到项",
    basis: "《预算法实施条例》第六条",
    severity: "warning",
    cells: codesGoDownToItems,
  },
  {
    id: "F006",
    statement: "公开01表：本年收入合计、本年支出合计和收支总计必须填列",
    severity: "error",
    cells: filled(
      cells("t01", ["income_total", "income_sum", "expense_total", "expense_sum"], "final"),
    ),
  },
  codeNameRule,
  {
    id: "F008",
    statement: "支出功能分类科目使用当年的名称，不用以前年度已改的名称",
    basis: "政府收支分类科目",
    severity: "warning",
    cells: namesAreOfTheYear,
  },
  {
    id: "F009",
    statement: "不列当年尚未设立或已经取消的支出功能分类科目",
    basis: "政府收支分类科目",
    severity: "warning",
    cells: codesAreOfTheYear,
  },
  {
    id: "R089",
    statement: "表中印有“────”的单元格不填列",
    basis: "“三公”经费支出决算表的印制格式",
    severity: "error",
    cells: none(["dash_cell"], (table, row) => table.rows.get(row)?.dashes !== undefined),
  },
];
