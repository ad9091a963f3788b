import { parseCellAddress } from "../../../shared/forms/cell.ts";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import type { Edition, TableId } from "../../../shared/forms/form.ts";
import type { Report } from "../../../shared/report/report.ts";
import { tableSchema, type TableData } from "../../../shared/forms/table-data.ts";
import { factsSchema, type Sections } from "../../../shared/report/sections.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";

/** 0.01 万元 in 分. */
export const digit = 10_000;

const ownIncomes = ["superior", "business", "operating", "affiliate", "other"] as const;
type Source = "general" | "fund" | "capital" | "own";

/** The money of one 项 from one source: from these all tables of a sound report follow. */
export interface Flow {
  readonly code: string;
  readonly source: Source;
  readonly opening: number;
  readonly income: Partial<Record<"fiscal" | (typeof ownIncomes)[number], number>>;
  readonly spent: Partial<
    Record<"basic" | "project" | "to_superior" | "operating" | "to_affiliate", number>
  >;
}

/** A unit with money of every kind, so that every rule has something to compare. */
const flowsOfEveryKind: readonly Flow[] = [
  {
    code: "2010301",
    source: "general",
    opening: 1_200_0000,
    income: { fiscal: 52_340_0000 },
    spent: { basic: 48_110_0000, project: 3_330_0000 },
  },
  {
    code: "2010306",
    source: "general",
    opening: 0,
    income: { fiscal: 17_010_0000 },
    spent: { basic: 1_000_0000, project: 16_310_0000 },
  },
  {
    code: "2080505",
    source: "general",
    opening: 300_0000,
    income: { fiscal: 6_120_0000 },
    spent: { basic: 6_050_0000 },
  },
  {
    code: "2210201",
    source: "general",
    opening: 0,
    income: { fiscal: 3_712_0000 },
    spent: { basic: 3_712_0000 },
  },
  {
    code: "2120803",
    source: "fund",
    opening: 550_0000,
    income: { fiscal: 9_000_0000 },
    spent: { basic: 1_500_0000, project: 7_250_0000 },
  },
  {
    code: "2239999",
    source: "capital",
    opening: 80_0000,
    income: { fiscal: 2_000_0000 },
    spent: { basic: 400_0000, project: 1_600_0000 },
  },
  {
    code: "2010399",
    source: "own",
    opening: 900_0000,
    income: {
      superior: 410_0000,
      business: 5_230_0000,
      operating: 720_0000,
      affiliate: 130_0000,
      other: 47_0000,
    },
    spent: {
      basic: 1_110_0000,
      project: 4_970_0000,
      to_superior: 150_0000,
      operating: 640_0000,
      to_affiliate: 260_0000,
    },
  },
];

export const fiscalFlows: readonly Flow[] = flowsOfEveryKind.filter(
  ({ source }) => source !== "own",
);

interface Wishes {
  readonly edition?: Edition;
  readonly flows?: readonly Flow[];
  readonly enteredIn?: "yuan" | "wan";
  /** Amounts as a person types them who rounds each to 0.01 万元. */
  readonly rounded?: boolean;
}

export function soundReport({
  edition = jiangxi2022,
  flows = flowsOfEveryKind,
  enteredIn = "wan",
  rounded = false,
}: Wishes = {}): Report {
  const ledger: Ledger = new Map();
  for (const flow of flows) enter(ledger, flow, edition);
  balance(ledger);
  detailBasicExpenses(ledger, edition);
  fillTravelCarsAndReceptions(ledger, edition);
  const prior = priorOf(ledger);
  return {
    identity: {
      region: "jdz",
      year: edition.year,
      orgCode: "137001",
      orgName: "某市某局",
      kind: "unit",
    },
    edition,
    sections: {
      ...emptySections,
      ...tablesOf(ledger, edition, rounded),
      facts: factsSchema.parse({
        ...emptySections.facts,
        enteredIn,
        prior: rounded ? mapValues(prior, toDigit) : prior,
      }),
    },
  };
}

export const soundShanghaiReport = (wishes: Wishes = {}): Report =>
  soundReport({ ...wishes, edition: shanghai2024 });

/** By how much cells change; `null` empties a cell. */
export type Change = Readonly<Record<string, number | null>>;

/** The report with cells moved by so much. */
export const shifted = (report: Report, change: Change): Report =>
  edited(report, change, (now, by) => now + by);

/** The report with cells holding exactly that. */
export const replaced = (report: Report, change: Change): Report =>
  edited(report, change, (_, value) => value);

function edited(
  report: Report,
  change: Change,
  next: (now: number, value: number) => number,
): Report {
  const sections: Sections = structuredClone(report.sections);
  for (const [address, value] of Object.entries(change)) {
    const ref = parseCellAddress(address);
    if (ref === undefined) throw new Error(`No cell address: ${address}`);
    const { rows } = (sections[ref.table] ??= { rows: [] });
    let row = rows.find(({ key }) => key === ref.row);
    if (row === undefined) {
      row = { key: ref.row, cells: {} };
      rows.push(row);
    }
    const { [ref.column]: now = 0, ...others } = row.cells;
    row.cells = value === null ? others : { ...others, [ref.column]: next(now, value) };
  }
  return { ...report, sections };
}

/** Hundredths of 万元, half away from zero, of an amount in 分. */
export const toDigit = (fen: number): number =>
  Math.sign(fen) * Math.floor(Math.abs(fen) / digit + 0.5) * digit;

/** Cells by address, all sums exact; rounding comes last, cell by cell. */
export type Ledger = Map<string, number>;

export const at = (ledger: Ledger, address: string): number => ledger.get(address) ?? 0;

const sumAt = (ledger: Ledger, addresses: readonly string[]): number =>
  addresses.reduce((sum, address) => sum + at(ledger, address), 0);

/** Adds to a cell; nothing is added for nothing, so that cells stay empty. */
export function add(ledger: Ledger, address: string, amount: number): void {
  if (amount !== 0) ledger.set(address, at(ledger, address) + amount);
}

/** What one flow adds to 公开01表 to 公开05表, 公开07表 and 公开08表. */
export function enter(
  ledger: Ledger,
  { code, source, opening, income, spent }: Flow,
  edition: Edition,
) {
  const kindOfClass = code.slice(0, 3);
  const levels = ["total", kindOfClass, code.slice(0, 5), code];
  const byCode = (table: TableId, column: string, amount: number): void => {
    for (const row of levels) add(ledger, `${table}/${row}/${column}`, amount);
  };
  const received = Object.values(income).reduce((sum, amount) => sum + amount, 0);
  const paid = Object.values(spent).reduce((sum, amount) => sum + amount, 0);
  const left = opening + received - paid;

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
  if (columnsIn(edition, table).includes("opening")) {
    byCode(table, "opening", opening);
    byCode(table, "income", received);
    byCode(table, "closing", left);
  }
}

const columnsIn = (edition: Edition, table: TableId): readonly string[] =>
  edition.forms
    .filter(({ id }) => id === table)
    .flatMap(({ blocks }) => blocks.flatMap(({ columns }) => columns.map(({ key }) => key)));

/** 总计 of 公开01表 and 公开04表; some surplus is used and some distributed. */
function balance(ledger: Ledger): void {
  const surplusUsed = 310_0000;
  const distribution = 120_0000;
  if (
    sumAt(
      ledger,
      ownIncomes.map((kind) => `t01/${kind}/final`),
    ) > 0
  ) {
    add(ledger, "t01/surplus_used/final", surplusUsed);
    add(ledger, "t01/distribution/final", distribution);
    add(ledger, "t01/closing/final", surplusUsed - distribution);
  }
  const t01 = (rows: readonly string[]) =>
    sumAt(
      ledger,
      rows.map((row) => `t01/${row}/final`),
    );
  for (const row of ["income_total", "expense_total"]) {
    ledger.set(`t01/${row}/final`, at(ledger, `t01/${row}/final`));
  }
  add(ledger, "t01/income_sum/final", t01(["income_total", "surplus_used", "opening"]));
  add(ledger, "t01/expense_sum/final", t01(["expense_total", "distribution", "closing"]));
  add(
    ledger,
    "t04/income_sum/final",
    sumAt(ledger, ["t04/income_total/final", "t04/opening/final"]),
  );
}

/** 款 of 公开06表 that pay one 项 of 公开05表. */
const contributions = [
  ["30108", "2080505"],
  ["30109", "2080506"],
  ["30113", "2210201"],
] as const;

/** 公开06表: the basic expenditure of 公开05表 spread over the 款 of the edition. */
function detailBasicExpenses(ledger: Ledger, edition: Edition): void {
  const codes = [...rowKeys(edition, "t06")].filter((key) => /^\d{5}$/u.test(key));
  const paid = new Map<string, number>(
    contributions.map(([code, item]) => [code, at(ledger, `t05/${item}/basic`)] as const),
  );
  const fixed = [...paid.values()].reduce((sum, amount) => sum + amount, 0);
  const rest = at(ledger, "t05/total/basic") - fixed;
  const free = codes.filter((code) => (paid.get(code) ?? 0) === 0);
  const share = Math.floor(rest / free.length / digit / 4) * digit;
  for (const code of codes) {
    const left = code === free[0] ? rest - share * (free.length - 1) : share;
    const amount = free.includes(code) ? left : (paid.get(code) ?? 0);
    const group = code.slice(0, 3);
    add(ledger, `t06/${code}/final`, amount);
    add(ledger, `t06/${group}/final`, amount);
    const sum = group === "301" || group === "303" ? "personnel_total" : "public_total";
    add(ledger, `t06/${sum}/final`, amount);
  }
}

/** 公开09表 and 公开10表: everything a little more than the basic part in 公开06表. */
function fillTravelCarsAndReceptions(ledger: Ledger, edition: Edition): void {
  const most = 2 * digit + at(ledger, "t06/30212/final");
  for (const column of columnsIn(edition, "t09")) {
    const amount = column === "final" ? most : most + digit;
    const costs = {
      ...{ total: 4, abroad: 1, vehicles: 2, vehicle_purchase: 1, vehicle_running: 1 },
      reception: 1,
    };
    for (const [row, share] of Object.entries(costs)) {
      add(ledger, `t09/${row}/${column}`, share * amount);
    }
  }
  const counts = {
    ...{ reception_domestic: most - digit, reception_domestic_foreign: digit },
    ...{ reception_overseas: digit, abroad_groups: 2, abroad_persons: 5, vehicles_bought: 1 },
    ...{ vehicles_kept: 6, domestic_batches: 5, domestic_batches_foreign: 1 },
    ...{ domestic_persons: 33, domestic_persons_foreign: 4 },
    ...{ overseas_batches: 1, overseas_persons: 2 },
  };
  for (const [row, amount] of Object.entries(counts)) add(ledger, `t09/${row}/final`, amount);
  const assets = {
    ...{ vehicles_total: 8, minister_cars: 1, leader_cars: 1, confidential_cars: 1 },
    ...{ emergency_cars: 1, enforcement_cars: 1, special_cars: 1, retired_cars: 1 },
    ...{ other_cars: 1, equipment: 3 },
  };
  for (const [row, amount] of Object.entries(assets)) add(ledger, `t10/${row}/final`, amount);
}

/** Last year closed with what this year opened with. */
function priorOf(ledger: Ledger): Record<string, number> {
  return {
    "t01/closing/final": at(ledger, "t01/opening/final"),
    "t04/closing/total": at(ledger, "t04/opening/final"),
    "t04/closing/general": at(ledger, "t04/opening_general/final"),
    "t04/closing/fund": at(ledger, "t04/opening_fund/final"),
    "t04/closing/capital": at(ledger, "t04/opening_capital/final"),
  };
}

function* rowKeys(edition: Edition, id: TableId): Generator<string> {
  for (const { rows } of edition.forms.find((form) => form.id === id)?.blocks ?? []) {
    if (rows === "by-function-code") continue;
    for (const row of rows) if (!("blank" in row)) yield row.key;
  }
}

function tablesOf(
  ledger: Ledger,
  edition: Edition,
  rounded: boolean,
): Partial<Record<TableId, TableData>> {
  const tables = new Map<TableId, Map<string, Record<string, number>>>();
  for (const [address, amount] of ledger) {
    const ref = parseCellAddress(address);
    if (ref === undefined) throw new Error(`No cell address: ${address}`);
    const rows = tables.get(ref.table) ?? new Map<string, Record<string, number>>();
    tables.set(ref.table, rows);
    const cells = rows.get(ref.row) ?? {};
    rows.set(ref.row, cells);
    cells[ref.column] = rounded && Math.abs(amount) > 100 ? toDigit(amount) : amount;
  }
  return Object.fromEntries(
    edition.forms.map(({ id }) => [
      id,
      tableSchema.parse({
        rows: [...(tables.get(id) ?? [])].map(([key, cells]) => ({ key, cells })),
      }),
    ]),
  );
}

const mapValues = (
  record: Readonly<Record<string, number>>,
  change: (value: number) => number,
): Record<string, number> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
