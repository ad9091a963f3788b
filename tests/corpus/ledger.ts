import { parseCellAddress } from "../../shared/forms/cell.ts";
import type { Edition, TableId } from "../../shared/forms/form.ts";
import { tableSchema, type TableData } from "../../shared/forms/table-data.ts";
import { add, at, enter, type Flow, type Ledger } from "../shared/checks/sound-report.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

export const ownIncomes = ["superior", "business", "operating", "affiliate", "other"] as const;
export const expenses = ["basic", "project", "to_superior", "operating", "to_affiliate"] as const;

export const total = (amounts: Flow["income"] | Flow["spent"]): number =>
  Object.values(amounts).reduce((sum, amount) => sum + amount, 0);

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

const countRow = /^(?:abroad_|vehicles_|domestic_|overseas_)/u;

export const isCountCell = (address: string): boolean =>
  address.startsWith("t10/") || (address.startsWith("t09/") && countRow.test(address.slice(4)));

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
            return { key, ...omitUndefined({ name }), cells };
          }),
      }),
    ]),
  );
}
