import { fixedRows } from "../../shared/forms/layout.ts";
import type { Edition, TableId } from "../../shared/forms/form.ts";
import type { Report } from "../../shared/report/report.ts";
import { digit } from "../shared/checks/sound-report.ts";
import { expenses, isCountCell, ownIncomes } from "./ledger.ts";
import { tableIn } from "../../shared/report/section-ids.ts";

/**
 * What must hold between the cells of a report, stated a second time and apart from the rule book:
 * a fault put into a table is one only if it breaks one of these by more than rounding can.
 */
export interface Equation {
  readonly whole: readonly string[];
  readonly parts: readonly string[];
  /** whole ≥ parts, where both need not be equal. */
  readonly atMost?: true;
}

const funds = ["general", "fund", "capital"] as const;
const codeTables = ["t02", "t03", "t05", "t07", "t08"] as const;

export function equationsOf(report: Report): Equation[] {
  const { edition, sections } = report;
  const all: Equation[] = [];
  const equal = (whole: string | readonly string[], parts: readonly string[]) => {
    all.push({ whole: typeof whole === "string" ? [whole] : whole, parts });
  };
  const atMost = (whole: string, ...parts: readonly string[]) => {
    all.push({ whole: [whole], parts, atMost: true });
  };
  const classes = rowsOf(edition, "t01").filter((key) => /^\d{3}$/u.test(key));
  const t01 = (row: string) => `t01/${row}/final`;
  const t04 = (row: string, column = "final") => `t04/${row}/${column}`;
  equal(t01("income_total"), [...funds, ...ownIncomes].map(t01));
  equal(t01("income_sum"), ["income_total", "surplus_used", "opening"].map(t01));
  equal(t01("expense_total"), classes.map(t01));
  equal(t01("expense_sum"), ["expense_total", "distribution", "closing"].map(t01));
  equal(t01("income_sum"), [t01("expense_sum")]);
  equal(
    ["closing", "expense_total", "distribution"].map(t01),
    ["opening", "income_total", "surplus_used"].map(t01),
  );
  equal(
    t04("income_total"),
    funds.map((fund) => t04(fund)),
  );
  equal(
    t04("opening"),
    funds.map((fund) => t04(`opening_${fund}`)),
  );
  equal(t04("income_sum"), [t04("income_total"), t04("opening")]);
  equal(t04("income_sum"), [t04("expense_sum", "total")]);
  for (const row of [...classes, "expense_total", "closing", "expense_sum"]) {
    equal(
      t04(row, "total"),
      funds.map((fund) => t04(row, fund)),
    );
  }
  for (const column of ["total", ...funds]) {
    equal(
      t04("expense_total", column),
      classes.map((row) => t04(row, column)),
    );
    equal(t04("expense_sum", column), [t04("expense_total", column), t04("closing", column)]);
  }
  for (const fund of funds) {
    equal([t04("expense_total", fund), t04("closing", fund)], [t04(fund), t04(`opening_${fund}`)]);
    equal(t04(fund), [t01(fund)]);
  }
  byCode(report, equal);
  acrossTables(report, classes, equal, atMost);
  economic(edition, equal);
  travel(edition, equal, atMost);
  const formIds = new Set<string>(edition.forms.map(({ id }) => id));
  return all
    .filter(({ whole, parts }) =>
      [...whole, ...parts].every((address) => formIds.has(address.split("/")[0] ?? "")),
    )
    .filter(({ parts }) => parts.length > 0 || tableIn(sections, "t01").rows.length > 0);
}

type Equal = (whole: string | readonly string[], parts: readonly string[]) => void;
type AtMost = (whole: string, ...parts: readonly string[]) => void;

const columnsOf: { readonly [Id in (typeof codeTables)[number]]: readonly string[] } = {
  t02: ["fiscal", ...ownIncomes],
  t03: expenses,
  t05: ["basic", "project"],
  t07: ["basic", "project"],
  t08: ["basic", "project"],
};

function byCode({ edition, sections }: Report, equal: Equal): void {
  for (const table of codeTables) {
    const codes = tableIn(sections, table)
      .rows.map(({ key }) => key)
      .filter((key) => key !== "total");
    const hasBalances = table === "t07" || (table === "t08" && edition.id.startsWith("shanghai"));
    const columns = [
      ...columnsOf[table],
      "total",
      ...(hasBalances ? ["opening", "income", "closing"] : []),
    ];
    for (const row of ["total", ...codes]) {
      const cell = (column: string) => `${table}/${row}/${column}`;
      equal(cell("total"), columnsOf[table].map(cell));
      if (hasBalances) {
        equal([cell("total"), cell("closing")], [cell("opening"), cell("income")]);
      }
    }
    for (const column of columns) {
      for (const [parent, length] of [
        ["total", 3],
        ...codes.map((code) => [code, code.length + 2]),
      ] as [string, number][]) {
        const children = codes.filter(
          (code) => code.length === length && (parent === "total" || code.startsWith(parent)),
        );
        if (children.length > 0) {
          equal(
            `${table}/${parent}/${column}`,
            children.map((code) => `${table}/${code}/${column}`),
          );
        }
      }
    }
  }
}

function acrossTables(
  { sections }: Report,
  classes: readonly string[],
  equal: Equal,
  atMost: AtMost,
) {
  equal("t01/income_total/final", ["t02/total/total"]);
  equal(
    "t02/total/fiscal",
    funds.map((fund) => `t01/${fund}/final`),
  );
  for (const kind of ownIncomes) equal(`t01/${kind}/final`, [`t02/total/${kind}`]);
  equal("t01/expense_total/final", ["t03/total/total"]);
  equal("t04/income_total/final", ["t02/total/fiscal"]);
  for (const [fund, table] of [
    ["general", "t05"],
    ["fund", "t07"],
    ["capital", "t08"],
  ] as const) {
    equal(`t04/expense_total/${fund}`, [`${table}/total/total`]);
    for (const row of classes) equal(`t04/${row}/${fund}`, [`${table}/${row}/total`]);
    for (const { key } of tableIn(sections, table).rows) {
      for (const column of ["total", "basic", "project"]) {
        atMost(`t03/${key}/${column}`, `${table}/${key}/${column}`);
      }
    }
  }
  for (const row of classes) {
    equal(`t01/${row}/final`, [`t03/${row}/total`]);
    atMost(`t03/${row}/total`, `t04/${row}/total`);
  }
  for (const row of ["income", "opening", "closing"]) {
    const cell =
      row === "closing"
        ? "t04/closing/fund"
        : row === "income"
          ? "t04/fund/final"
          : "t04/opening_fund/final";
    equal(cell, [`t07/total/${row}`]);
  }
  equal("t05/total/basic", ["t06/personnel_total/final", "t06/public_total/final"]);
  atMost("t01/opening/final", "t04/opening/final");
  atMost("t01/closing/final", "t04/closing/total");
}

function economic(edition: Edition, equal: Equal): void {
  const rows = rowsOf(edition, "t06");
  const cell = (row: string) => `t06/${row}/final`;
  for (const parent of rows.filter((key) => /^\d{3}$/u.test(key))) {
    const children = rows.filter((key) => key.length === 5 && key.startsWith(parent));
    equal(cell(parent), children.map(cell));
  }
  equal(cell("personnel_total"), ["301", "303"].map(cell));
  equal(
    cell("public_total"),
    ["302", "307", "310", "312", "399"].filter((key) => rows.includes(key)).map(cell),
  );
}

function travel(edition: Edition, equal: Equal, atMost: AtMost): void {
  const columns = edition.id.startsWith("shanghai")
    ? ["initial", "final"]
    : ["initial", "full", "final"];
  for (const column of columns) {
    const cell = (row: string) => `t09/${row}/${column}`;
    equal(cell("total"), ["abroad", "vehicles", "reception"].map(cell));
    equal(cell("vehicles"), ["vehicle_purchase", "vehicle_running"].map(cell));
  }
  const final = (row: string) => `t09/${row}/final`;
  equal(final("reception"), ["reception_domestic", "reception_overseas"].map(final));
  atMost(final("reception_domestic"), final("reception_domestic_foreign"));
  atMost(final("domestic_batches"), final("domestic_batches_foreign"));
  atMost(final("domestic_persons"), final("domestic_persons_foreign"));
  atMost(final("domestic_persons"), final("domestic_batches"));
  atMost(final("abroad_persons"), final("abroad_groups"));
  atMost("t10/vehicles_total/final", final("vehicles_kept"));
  equal(
    "t10/vehicles_total/final",
    rowsOf(edition, "t10")
      .filter((key) => key.endsWith("_cars"))
      .map((row) => `t10/${row}/final`),
  );
  const planned = edition.id.startsWith("shanghai") ? "initial" : "full";
  for (const row of [
    "total",
    "abroad",
    "vehicles",
    "vehicle_purchase",
    "vehicle_running",
    "reception",
  ]) {
    atMost(`t09/${row}/${planned}`, final(row));
  }
}

function rowsOf(edition: Edition, id: TableId): string[] {
  const form = edition.forms.find((one) => one.id === id);
  return form === undefined ? [] : fixedRows(form).map(({ key }) => key);
}

type Read = (address: string) => number | undefined;

/** Broken by more than rounding each cell to 0.01 万元 can break it; counts are exact. */
export function isBroken({ whole, parts, atMost }: Equation, read: Read): boolean {
  const cells = [...whole, ...parts];
  const filled = cells.filter((address) => read(address) !== undefined).length;
  if (filled === 0) return false;
  const sum = (addresses: readonly string[]) =>
    addresses.reduce((all, address) => all + (read(address) ?? 0), 0);
  const gap = sum(parts) - sum(whole);
  const isCounted = whole.every(isCountCell);
  const envelope = isCounted ? 0 : Math.max(1, Math.ceil(filled / 2)) * digit;
  return (atMost ? gap : Math.abs(gap)) > envelope;
}

export function reader({ sections }: Pick<Report, "sections">): Read {
  const tables = new Map<string, ReadonlyMap<string, Readonly<Record<string, number>>>>();
  const rowsOfTable = (id: TableId) => {
    const known = tables.get(id);
    if (known !== undefined) return known;
    const rows = new Map(tableIn(sections, id).rows.map(({ key, cells }) => [key, cells] as const));
    tables.set(id, rows);
    return rows;
  };
  return (address) => {
    const slash = address.lastIndexOf("/");
    const row = address.slice(4, slash);
    return rowsOfTable(address.slice(0, 3) as TableId).get(row)?.[address.slice(slash + 1)];
  };
}

/** Equations by the cells that are in them. */
export type ByCell = ReadonlyMap<string, readonly Equation[]>;

export function indexed(equations: readonly Equation[]): ByCell {
  const index = new Map<string, Equation[]>();
  for (const equation of equations) {
    for (const address of [...equation.whole, ...equation.parts]) {
      const known = index.get(address);
      if (known) known.push(equation);
      else index.set(address, [equation]);
    }
  }
  return index;
}

/** Cells that share an equation with any of these: where their fault is felt. */
export const chainOf = (equations: ByCell, cells: ReadonlySet<string>): Set<string> =>
  new Set(
    [...cells].flatMap((cell) => [
      cell,
      ...(equations.get(cell) ?? []).flatMap(({ whole, parts }) => [...whole, ...parts]),
    ]),
  );
