import { parseCellAddress } from "../../shared/forms/cell.ts";
import type { Edition, TableId } from "../../shared/forms/form.ts";
import { tableSchema, type TableData } from "../../shared/report/sections.ts";

/** 0.01 万元 in 分. */
export const digit = 10_000;

export const ownIncomes = ["superior", "business", "operating", "affiliate", "other"] as const;
export const expenses = ["basic", "project", "to_superior", "operating", "to_affiliate"] as const;

/** The money of one 项 from one source in one year: all tables of a report follow from these. */
export interface Flow {
  readonly code: string;
  readonly source: "general" | "fund" | "capital" | "own";
  readonly opening: number;
  readonly income: { readonly [Kind in "fiscal" | (typeof ownIncomes)[number]]?: number };
  readonly spent: { readonly [Kind in (typeof expenses)[number]]?: number };
}

export const total = (amounts: Flow["income"] | Flow["spent"]): number =>
  Object.values(amounts).reduce((sum, amount) => sum + amount, 0);

export const closingOf = ({ opening, income, spent }: Flow): number =>
  opening + total(income) - total(spent);

/** Cells by address in exact 分; nothing is kept for nothing, so that cells stay empty. */
export type Ledger = Map<string, number>;

export const at = (ledger: Ledger, address: string): number => ledger.get(address) ?? 0;

export function add(ledger: Ledger, address: string, amount: number): void {
  if (amount !== 0) ledger.set(address, at(ledger, address) + amount);
}

/** 公开01表 to 公开05表, 公开07表 and 公开08表 of flows, and of surplus used and distributed. */
export function ledgerOf(
  flows: readonly Flow[],
  edition: Edition,
  { used, distributed }: { readonly used: number; readonly distributed: number },
): Ledger {
  const ledger: Ledger = new Map();
  for (const flow of flows) enter(ledger, flow, edition);
  add(ledger, "t01/surplus_used/final", used);
  add(ledger, "t01/distribution/final", distributed);
  add(ledger, "t01/closing/final", used - distributed);
  const sums = [
    [
      "t01/income_sum/final",
      "t01/income_total/final",
      "t01/surplus_used/final",
      "t01/opening/final",
    ],
    [
      "t01/expense_sum/final",
      "t01/expense_total/final",
      "t01/distribution/final",
      "t01/closing/final",
    ],
    ["t04/income_sum/final", "t04/income_total/final", "t04/opening/final"],
  ] as const;
  for (const [sum, ...parts] of sums) {
    for (const part of parts) add(ledger, sum, at(ledger, part));
  }
  return ledger;
}

function enter(ledger: Ledger, flow: Flow, edition: Edition): void {
  const { code, source, opening, income, spent } = flow;
  const kindOfClass = code.slice(0, 3);
  const byCode = (table: TableId, column: string, amount: number): void => {
    for (const row of ["total", kindOfClass, code.slice(0, 5), code]) {
      add(ledger, `${table}/${row}/${column}`, amount);
    }
  };
  const received = total(income);
  const paid = total(spent);
  const left = closingOf(flow);
  for (const [kind, amount] of Object.entries(income)) {
    byCode("t02", kind, amount);
    byCode("t02", "total", amount);
    add(ledger, `t01/${kind === "fiscal" ? source : kind}/final`, amount);
  }
  for (const [kind, amount] of Object.entries(spent)) {
    byCode("t03", kind, amount);
    byCode("t03", "total", amount);
  }
  for (const row of [kindOfClass, "expense_total"]) add(ledger, `t01/${row}/final`, paid);
  add(ledger, "t01/income_total/final", received);
  add(ledger, "t01/opening/final", opening);
  add(ledger, "t01/closing/final", left);
  if (source === "own") return;

  add(ledger, `t04/${source}/final`, received);
  add(ledger, "t04/income_total/final", received);
  for (const row of ["opening", `opening_${source}`]) add(ledger, `t04/${row}/final`, opening);
  for (const column of ["total", source]) {
    for (const row of [kindOfClass, "expense_total"]) add(ledger, `t04/${row}/${column}`, paid);
    add(ledger, `t04/closing/${column}`, left);
    add(ledger, `t04/expense_sum/${column}`, paid + left);
  }
  const table = ({ general: "t05", fund: "t07", capital: "t08" } as const)[source];
  byCode(table, "total", paid);
  for (const [kind, amount] of Object.entries(spent)) byCode(table, kind, amount);
  const tellsBalances = table === "t07" || (table === "t08" && edition.id.startsWith("shanghai"));
  if (!tellsBalances) return;
  byCode(table, "opening", opening);
  byCode(table, "income", received);
  byCode(table, "closing", left);
}

const countRow = /^(?:abroad_|vehicles_|domestic_|overseas_)/u;

export const isCountCell = (address: string): boolean =>
  address.startsWith("t10/") || (address.startsWith("t09/") && countRow.test(address.slice(4)));

/** Hundredths of 万元, half away from zero, of an amount in 分. */
export const toDigit = (fen: number): number =>
  Math.sign(fen) * Math.floor(Math.abs(fen) / digit + 0.5) * digit;

export function tablesOf(ledger: Ledger, edition: Edition): Partial<Record<TableId, TableData>> {
  const tables = new Map<TableId, Map<string, Record<string, number>>>();
  for (const [address, amount] of ledger) {
    const ref = parseCellAddress(address);
    if (ref === undefined) throw new Error(`No cell address: ${address}`);
    const rows = tables.get(ref.table) ?? new Map<string, Record<string, number>>();
    tables.set(ref.table, rows);
    const cells = rows.get(ref.row) ?? {};
    rows.set(ref.row, cells);
    cells[ref.column] = amount;
  }
  return Object.fromEntries(
    edition.forms.map(({ id, codeNames }) => [
      id,
      tableSchema.parse({
        rows: [...(tables.get(id) ?? [])]
          .toSorted(([a], [b]) => (codeNames === undefined ? 0 : a < b ? -1 : 1))
          .map(([key, cells]) => {
            const name = codeNames?.get(key);
            return { key, ...(name === undefined ? {} : { name }), cells };
          }),
      }),
    ]),
  );
}
