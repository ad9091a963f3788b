import { cellAddress } from "../../forms/cell.ts";
import { parentCode } from "../../forms/codes/code-table.ts";
import type { TableFault } from "../../forms/canonical-table.ts";
import { functionCode, type IndexedTable } from "../context.ts";
import { cells, filled, rowAddress } from "../relations.ts";
import { evaluated, type Check, type Fault, type Rule } from "../rule.ts";

/** Looks at every table of the report; what is wrong with one cannot stop it. */
const inEveryTable = (
  look: (table: IndexedTable) => { tested: number; faults: readonly Fault[] },
): Check => ({
  reads: [],
  run: (context) => {
    const looks = [...context.tables.values()].map(look);
    return evaluated(
      looks.reduce((sum, { tested }) => sum + tested, 0),
      looks.flatMap(({ faults }) => faults),
    );
  },
});

/** What `validateTable` refuses on the way in must not stand in a report either. */
const none = (
  kinds: readonly TableFault["kind"][],
  concerns: (table: IndexedTable, row: string) => boolean = () => true,
): Check =>
  inEveryTable((table) => ({
    tested: table.data.rows.filter(({ key }) => concerns(table, key)).length,
    faults: table.formFaults
      .filter(({ kind }) => kinds.includes(kind))
      .map((fault) => ({
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

const codesGoDownToItems = inEveryTable((table) => {
  const codes = [...table.filled.keys()].filter((key) => hasCode(table, key));
  const parents = new Set(codes.map(parentCode));
  return {
    tested: codes.length,
    faults: codes
      .filter((code) => code.length < 7 && !parents.has(code))
      .map((code) => ({ kind: "not_itemised", cells: [rowAddress(table, code)] })),
  };
});

/** What makes a table no such table, before any arithmetic. */
export const formFaultRules: readonly Rule[] = [
  {
    id: "F001",
    statement: "表内每个项目、每个科目只列一行",
    severity: "error",
    check: none(["duplicate_row"]),
  },
  {
    id: "F002",
    statement: "各行、各栏均为本表所有，金额和数量均为整数",
    severity: "error",
    check: none(["unknown_row", "unknown_column", "bad_code", "not_whole"]),
  },
  {
    id: "F003",
    statement: "支出功能分类科目编码见于当年政府收支分类科目",
    severity: "warning",
    check: none(["unknown_code", "unlisted_code"], hasCode),
  },
  {
    id: "F004",
    statement: "列示款、项的，其上级类、款同时列示",
    severity: "error",
    check: none(["missing_parent"], hasCode),
  },
  {
    id: "F005",
    statement: "支出按功能分类公开到项",
    basis: "《预算法实施条例》第六条",
    severity: "warning",
    check: codesGoDownToItems,
  },
  {
    id: "F006",
    statement: "公开01表：本年收入合计、本年支出合计和收支总计必须填列",
    severity: "error",
    check: filled(
      cells("t01", ["income_total", "income_sum", "expense_total", "expense_sum"], "final"),
    ),
  },
  {
    id: "F007",
    statement: "支出功能分类科目名称与编码相符",
    severity: "warning",
    check: none(["name_mismatch"], hasCode),
  },
  {
    id: "R089",
    statement: "表中印有“────”的单元格不填列",
    severity: "error",
    check: none(["dash_cell"], (table, row) => table.rows.get(row)?.dashes !== undefined),
  },
];
