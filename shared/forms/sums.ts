import type { TableRow } from "./table-data.ts";
import type { CellRef } from "./cell.ts";
import type { Form, TableId } from "./form.ts";
import { fixedRows } from "./layout.ts";
import { every } from "./relation.ts";

/** What a table adds up in itself: the totals that a workbook computes while people type. */
interface TableSums {
  /** A row is the sum of rows, in every column that has them. */
  readonly rows?: { readonly [row: string]: readonly string[] | RegExp };
  /** In every row, a column is the sum of columns. */
  readonly columns?: { readonly [column: string]: readonly string[] };
}

const classes = /^\d{3}$/u;
const basicAndProject = { total: ["basic", "project"] } as const;

/** The additive relations R001–R004, R010, R020, R030–R035, R040, R050–R057, R061, R070, R080–R082, R090. */
const sums: { readonly [id: TableId]: TableSums } = {
  t01: {
    rows: {
      income_total: [
        ...["general", "fund", "capital", "superior"],
        ...["business", "operating", "affiliate", "other"],
      ],
      income_sum: ["income_total", "surplus_used", "opening"],
      expense_total: classes,
      expense_sum: ["expense_total", "distribution", "closing"],
    },
  },
  t02: {
    columns: { total: ["fiscal", "superior", "business", "operating", "affiliate", "other"] },
  },
  t03: { columns: { total: ["basic", "project", "to_superior", "operating", "to_affiliate"] } },
  t04: {
    columns: { total: ["general", "fund", "capital"] },
    rows: {
      income_total: ["general", "fund", "capital"],
      opening: ["opening_general", "opening_fund", "opening_capital"],
      income_sum: ["income_total", "opening"],
      expense_total: classes,
      expense_sum: ["expense_total", "closing"],
    },
  },
  t05: { columns: basicAndProject },
  t06: {
    rows: {
      ...Object.fromEntries(
        ["301", "302", "303", "307", "310", "312", "399"].map((code) => [
          code,
          new RegExp(`^${code}\\d\\d$`, "u"),
        ]),
      ),
      personnel_total: ["301", "303"],
      public_total: ["302", "307", "310", "312", "399"],
    },
  },
  t07: { columns: basicAndProject },
  t08: { columns: basicAndProject },
  t09: {
    rows: {
      total: ["abroad", "vehicles", "reception"],
      vehicles: ["vehicle_purchase", "vehicle_running"],
      reception: ["reception_domestic", "reception_overseas"],
    },
  },
  t10: {
    rows: {
      vehicles_total: [
        ...["minister_cars", "leader_cars", "confidential_cars", "emergency_cars"],
        ...["enforcement_cars", "special_cars", "retired_cars", "other_cars"],
      ],
    },
  },
};

/** The cells a cell is the sum of, within its row or its column; none for a cell that is typed. */
export function partsOf(form: Form, { table, row, column }: CellRef): readonly CellRef[] {
  const own = form.sums?.find(
    ({ cell }) =>
      (cell.row === row || cell.row === every) && (cell.column === column || cell.column === every),
  );
  if (own !== undefined) {
    return own.terms.map((term) => ({
      table,
      row: term.row === every ? row : term.row,
      column: term.column === every ? column : term.column,
    }));
  }
  const { rows = {}, columns = {} } = sums[table] ?? {};
  const across = columns[column];
  if (across !== undefined) return across.map((part) => ({ table, row, column: part }));
  const down = rows[row];
  if (down === undefined) return [];
  const keys =
    down instanceof RegExp
      ? fixedRows(form).flatMap(({ key }) => (down.test(key) ? [key] : []))
      : down;
  return keys.map((part) => ({ table, row: part, column }));
}

/**
 * Codes of the rows that a row by code is the sum of, as a pattern of spreadsheets (`?` is one digit):
 * 合计 of the 类, a 类 of its 款, a 款 of its 项; none for a 项.
 */
export const childPattern = (rowKey: string): string | undefined =>
  rowKey === "total" ? "???" : rowKey.length < 7 ? `${rowKey}??` : undefined;

/** Rows whose code fits the pattern. */
export const rowsFitting = (rows: readonly TableRow[], pattern: string): TableRow[] => {
  const prefix = pattern.replaceAll("?", "");
  return rows.filter(
    ({ key }) => key !== "total" && key.length === pattern.length && key.startsWith(prefix),
  );
};
