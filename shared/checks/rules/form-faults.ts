import { cellAddress, type CellAddress } from "../../forms/cell.ts";
import { functionCode, parentCode, type CheckContext, type IndexedTable } from "../context.ts";
import { cells, filled, rowAddress } from "../relations.ts";
import { evaluated, type Check, type Fault, type Rule } from "../rule.ts";

/** Looks at every table of the report; what is wrong with a table cannot stop it. */
const inEveryTable = (
  look: (table: IndexedTable, context: CheckContext) => { tested: number; faults: Fault[] },
): Check => ({
  reads: [],
  run: (context) => {
    const looks = [...context.tables.values()].map((table) => look(table, context));
    return evaluated(
      looks.reduce((sum, { tested }) => sum + tested, 0),
      looks.flatMap(({ faults }) => faults),
    );
  },
});

const codesOf = (table: IndexedTable): string[] =>
  table.byCode ? [...table.filled.keys()].filter((key) => functionCode.test(key)) : [];

const noRowTwice = inEveryTable((table) => {
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const { key } of table.data.rows) {
    if (seen.has(key)) faults.push({ kind: "duplicate_row", cells: [rowAddress(table, key)] });
    seen.add(key);
  }
  return { tested: table.data.rows.length, faults };
});

const cellsBelongToForm = inEveryTable((table) => {
  const faults: Fault[] = [];
  for (const { key: row, cells: values } of table.data.rows) {
    const byCode = table.byCode && (row === "total" || functionCode.test(row));
    const columns = byCode ? table.columns : table.columnsOfRow.get(row);
    if (columns === undefined) {
      faults.push({ kind: "unknown_row", cells: [rowAddress(table, row)] });
      continue;
    }
    for (const column of Object.keys(values)) {
      if (columns.has(column)) continue;
      faults.push({
        kind: "unknown_column",
        cells: [cellAddress({ table: table.form.id, row, column })],
      });
    }
  }
  return { tested: table.data.rows.length, faults };
});

/** One finding a code, naming every table that lists it. */
const codesAreOfTheYear: Check = {
  reads: [],
  run: (context) => {
    const unknown = new Map<string, CellAddress[]>();
    let tested = 0;
    for (const table of context.tables.values()) {
      for (const code of codesOf(table)) {
        tested += 1;
        if (context.report.edition.functionCodes.has(code)) continue;
        unknown.set(code, [...(unknown.get(code) ?? []), rowAddress(table, code)]);
      }
    }
    return evaluated(
      tested,
      [...unknown.values()].map((where) => ({ kind: "unknown_code", cells: where })),
    );
  },
};

const parentsAreListed = inEveryTable((table) => {
  const orphans = [...table.children].filter(([parent]) => !table.filled.has(parent));
  return {
    tested: table.children.size,
    faults: orphans.map(([parent, children]) => ({
      kind: "missing_row",
      cells: [parent, ...children].map((code) => rowAddress(table, code)),
    })),
  };
});

const codesGoDownToItems = inEveryTable((table) => {
  const codes = codesOf(table);
  const parents = new Set(codes.map(parentCode));
  return {
    tested: codes.length,
    faults: codes
      .filter((code) => code.length < 7 && !parents.has(code))
      .map((code) => ({ kind: "not_itemised", cells: [rowAddress(table, code)] })),
  };
});

export const dashesStayEmpty = inEveryTable((table) => {
  let tested = 0;
  const faults: Fault[] = [];
  for (const { key: row, cells: values } of table.data.rows) {
    for (const column of table.rows.get(row)?.dashes ?? []) {
      tested += 1;
      const actual = values[column];
      if (actual === undefined) continue;
      faults.push({
        kind: "filled_dash",
        cells: [cellAddress({ table: table.form.id, row, column })],
        actual,
      });
    }
  }
  return { tested, faults };
});

/** What makes a table no such table, before any arithmetic. */
export const formFaultRules: readonly Rule[] = [
  {
    id: "F001",
    statement: "表内每个项目、每个科目只列一行",
    severity: "error",
    check: noRowTwice,
  },
  {
    id: "F002",
    statement: "各行、各栏均为本表所有",
    severity: "error",
    check: cellsBelongToForm,
  },
  {
    id: "F003",
    statement: "支出功能分类科目编码见于当年政府收支分类科目",
    severity: "warning",
    check: codesAreOfTheYear,
  },
  {
    id: "F004",
    statement: "列示款、项的，其上级类、款同时列示",
    severity: "error",
    check: parentsAreListed,
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
    statement: "公开01表本年收入合计、本年支出合计和收支总计必须填列",
    severity: "error",
    check: filled(
      cells("t01", ["income_total", "income_sum", "expense_total", "expense_sum"], "final"),
    ),
  },
];
