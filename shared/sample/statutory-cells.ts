import { columnsOf } from "../forms/canonical-table.ts";
import type { CellAddress } from "../forms/cell.ts";
import type { Edition, TableId } from "../forms/form.ts";
import { fixedRows } from "../forms/layout.ts";
import type { Flow } from "./flows.ts";
import { digit, type Random } from "./random.ts";

/** 分 and counts by cell. */
export type Cells = Map<CellAddress, number>;

const add = (cells: Cells, address: string, amount: number): void => {
  const cell = address as CellAddress;
  cells.set(cell, (cells.get(cell) ?? 0) + amount);
};

export const at = (cells: Cells, address: string): number => cells.get(address as CellAddress) ?? 0;

/** 公开01表 to 公开10表 as far as the edition has them and their rows, right in every sum. */
export function statutoryCells(edition: Edition, flows: readonly Flow[], random: Random): Cells {
  const cells: Cells = new Map();
  for (const flow of flows) enter(cells, flow);
  balance(cells, random);
  const [travel, bounds] = travelAndCars(random);
  for (const [address, amount] of travel) add(cells, address, amount);
  basicByKind(cells, edition, bounds);
  return new Map([...cells].filter(([address]) => hasCell(edition, address)));
}

function hasCell(edition: Edition, address: CellAddress): boolean {
  const [table = "", row = "", column = ""] = address.split("/");
  const form = edition.forms.find(({ id }) => id === table);
  if (form === undefined || !columnsOf(form, row).some(({ key }) => key === column)) return false;
  const isByCode = form.blocks.some(({ rows }) => rows === "by-function-code");
  const fixed = fixedRows(form).find(({ key }) => key === row);
  return isByCode || (fixed !== undefined && fixed.dashes?.includes(column) !== true);
}

const sum = (amounts: Flow["income"]): number =>
  Object.values(amounts).reduce((total, amount) => total + amount, 0);

/** What one flow adds to the tables that show it. */
function enter(cells: Cells, { code, source, opening, income, spent }: Flow): void {
  const kind = code.slice(0, 3);
  const received = sum(income);
  const paid = sum(spent);
  const left = opening + received - paid;
  const byCode = (table: TableId, column: string, amount: number): void => {
    for (const row of ["total", kind, code.slice(0, 5), code]) {
      add(cells, `${table}/${row}/${column}`, amount);
    }
  };
  for (const [column, amount] of Object.entries(income)) {
    byCode("t02", column, amount);
    add(cells, `t01/${column === "fiscal" ? source : column}/final`, amount);
  }
  for (const [column, amount] of Object.entries(spent)) byCode("t03", column, amount);
  byCode("t02", "total", received);
  byCode("t03", "total", paid);
  for (const row of [kind, "expense_total"]) add(cells, `t01/${row}/final`, paid);
  add(cells, "t01/income_total/final", received);
  add(cells, "t01/opening/final", opening);
  add(cells, "t01/closing/final", left);
  if (source === "own") return;
  for (const row of [source, "income_total"]) add(cells, `t04/${row}/final`, received);
  for (const row of ["opening", `opening_${source}`]) add(cells, `t04/${row}/final`, opening);
  for (const column of ["total", source]) {
    for (const row of [kind, "expense_total"]) add(cells, `t04/${row}/${column}`, paid);
    add(cells, `t04/closing/${column}`, left);
    add(cells, `t04/expense_sum/${column}`, paid + left);
  }
  const table = ({ general: "t05", fund: "t07", capital: "t08" } as const)[source];
  for (const [column, amount] of Object.entries(spent)) byCode(table, column, amount);
  byCode(table, "total", paid);
  byCode(table, "opening", opening);
  byCode(table, "income", received);
  byCode(table, "closing", left);
}

/** Some surplus is used and some distributed; then 总计. */
function balance(cells: Cells, random: Random): void {
  const used = random.amount(5, 20);
  const distributed = random.amount(1, 4);
  add(cells, "t01/surplus_used/final", used);
  add(cells, "t01/distribution/final", distributed);
  add(cells, "t01/closing/final", used - distributed);
  const sums = {
    "t01/income_sum/final": ["income_total", "surplus_used", "opening"],
    "t01/expense_sum/final": ["expense_total", "distribution", "closing"],
    "t04/income_sum/final": ["income_total", "opening"],
  };
  for (const [address, rows] of Object.entries(sums)) {
    for (const row of rows) add(cells, address, at(cells, `${address.slice(0, 3)}/${row}/final`));
  }
}

/** 公开09表 and 公开10表, and what of “三公” basic expenditure may hold at most, by 款. */
function travelAndCars(random: Random): [ReadonlyMap<string, number>, ReadonlyMap<string, number>] {
  const cells = new Map<string, number>();
  const finals: Record<string, number> = {
    abroad: random.amount(5, 20),
    vehicle_purchase: random.amount(15, 30),
    vehicle_running: random.amount(5, 20),
    reception: random.amount(5, 20),
  };
  for (const [column, more] of [
    ["final", 0],
    ["full", random.amount(1, 3)],
    ["initial", random.amount(1, 3)],
  ] as const) {
    const of = (row: string) => (finals[row] ?? 0) + more;
    for (const row of Object.keys(finals)) cells.set(`t09/${row}/${column}`, of(row));
    const vehicles = of("vehicle_purchase") + of("vehicle_running");
    cells.set(`t09/vehicles/${column}`, vehicles);
    cells.set(`t09/total/${column}`, of("abroad") + vehicles + of("reception"));
  }
  const overseas = 100 * digit;
  const counts = {
    ...{ reception_domestic: (finals["reception"] ?? 0) - overseas, reception_overseas: overseas },
    ...{ reception_domestic_foreign: 50 * digit, abroad_groups: 2, abroad_persons: 5 },
    ...{ vehicles_bought: 1, vehicles_kept: 6, domestic_batches: 12, domestic_persons: 96 },
    ...{ domestic_batches_foreign: 2, domestic_persons_foreign: 9 },
    ...{ overseas_batches: 1, overseas_persons: 4 },
  };
  for (const [row, value] of Object.entries(counts)) cells.set(`t09/${row}/final`, value);
  const cars = {
    ...{ minister_cars: 1, leader_cars: 1, confidential_cars: 1, emergency_cars: 1 },
    ...{ enforcement_cars: 1, special_cars: 1, retired_cars: 1, other_cars: 2 },
  };
  for (const [row, value] of Object.entries(cars)) cells.set(`t10/${row}/final`, value);
  cells.set("t10/vehicles_total/final", sum(cars));
  cells.set("t10/equipment/final", 3);
  const bounds = new Map([
    ["30212", finals["abroad"] ?? 0],
    ["30217", finals["reception"] ?? 0],
    ["30231", finals["vehicle_running"] ?? 0],
    ["31013", finals["vehicle_purchase"] ?? 0],
  ]);
  return [cells, bounds];
}

/** 款 of 公开06表 that pay one 项 of 公开05表. */
const contributions = new Map([
  ["30108", "2080505"],
  ["30109", "2080506"],
  ["30113", "2210201"],
]);

/** 公开06表: the basic expenditure of 公开05表, spread over the 款 that the edition prints. */
function basicByKind(cells: Cells, edition: Edition, bounds: ReadonlyMap<string, number>): void {
  const form = edition.forms.find(({ id }) => id === "t06");
  const kinds = (form === undefined ? [] : fixedRows(form))
    .map(({ key }) => key)
    .filter((key) => /^\d{5}$/u.test(key));
  const enterKind = (code: string, amount: number): void => {
    const group = code.slice(0, 3);
    const total = group === "301" || group === "303" ? "personnel_total" : "public_total";
    for (const row of [code, group, total]) add(cells, `t06/${row}/final`, amount);
  };
  let left = at(cells, "t05/total/basic");
  const paid = new Map<string, number>();
  for (const code of kinds) {
    const item = contributions.get(code);
    const amount = item === undefined ? 0 : at(cells, `t05/${item}/basic`);
    if (item !== undefined) paid.set(code, amount);
    left -= amount;
  }
  const free = kinds.filter((code) => !paid.has(code));
  const share = Math.floor(left / Math.max(1, free.length) / digit) * digit;
  for (const code of free.slice(1)) {
    const amount = Math.min(share, bounds.get(code) ?? share);
    paid.set(code, amount);
    left -= amount;
  }
  const [first] = free;
  if (first !== undefined) paid.set(first, left);
  for (const [code, amount] of paid) if (amount !== 0) enterKind(code, amount);
}
