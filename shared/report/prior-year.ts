import { cellAddress, parseCellAddress, type CellAddress, type CellRef } from "../forms/cell.ts";
import { columnsOf, isByCode } from "../forms/canonical-table.ts";
import { outOfYear } from "../forms/codes/code-history.ts";
import { lineageOfCode } from "../forms/codes/code-table.ts";
import type { Edition, TableId } from "../forms/form.ts";
import type { Facts } from "./sections.ts";
import { tableIn } from "./section-ids.ts";
import { cellValue, type PriorReport } from "./report.ts";

/** 上年数 taken from the stored report of the year before, for cells that the forms of both years have. */

interface Figures {
  readonly row: RegExp;
  readonly column: RegExp;
}

const final = /^final$/u;

/** Figures of last year that a report states or is checked with, of the tables that every edition has. */
const kept: { readonly [table: TableId]: readonly Figures[] } = {
  t01: [
    {
      row: /^(?:income_total|income_sum|surplus_used|opening|expense_total|expense_sum|distribution|closing)$/u,
      column: final,
    },
  ],
  t02: [],
  t03: [],
  t04: [
    { row: /^(?:income_total|income_sum)$/u, column: final },
    { row: /^closing$/u, column: /^(?:total|general|fund|capital)$/u },
  ],
  t05: [{ row: /^total$/u, column: /^total$/u }],
  t06: [{ row: /^(?:\d{3}|personnel_total|public_total)$/u, column: final }],
  // By 项, for those that are carried over code by code.
  t07: [{ row: /^\d{7}$/u, column: /^closing$/u }],
  t08: [{ row: /^\d{7}$/u, column: /^closing$/u }],
  t09: [
    {
      row: /^(?:total|abroad|vehicles|vehicle_purchase|vehicle_running|reception|vehicles_kept)$/u,
      column: final,
    },
  ],
  t10: [{ row: /^vehicles_total$/u, column: final }],
};

/** A table that only some editions have: all it states but by code, as their sentences may compare any of it. */
const allButCodes: readonly Figures[] = [{ row: /^(?!\d)/u, column: /^/u }];

const isKept = ({ table, row, column }: CellRef): boolean =>
  (kept[table] ?? allButCodes).some((one) => one.row.test(row) && one.column.test(column));

/** Whether an edition has a cell, rows by code included. */
export function hasCell(edition: Edition, address: string): boolean {
  const ref = parseCellAddress(address);
  const form = edition.forms.find(({ id }) => id === ref?.table);
  if (ref === undefined || form === undefined) return false;
  const isRow = form.blocks.some(({ rows }) =>
    rows === "by-function-code"
      ? ref.row === "total" || /^\d{3}(?:\d{2}){0,2}$/u.test(ref.row)
      : rows.some((row) => "key" in row && row.key === ref.row),
  );
  return isRow && columnsOf(form, ref.row).some(({ key }) => key === ref.column);
}

/**
 * What last year's report had in a cell: an empty cell of a filled table is 0; of a cell that its forms lack or a table
 * that nobody filled nothing is known.
 */
export function priorFigure(prior: PriorReport, address: string): number | undefined {
  const ref = parseCellAddress(address);
  if (ref === undefined || !hasCell(prior.edition, address)) return undefined;
  if (tableIn(prior.sections, ref.table).rows.length === 0) return undefined;
  return cellValue(prior.sections, ref) ?? 0;
}

/** Every figure of last year that a report in `edition` may need; tables that nobody filled give none. */
export function priorFigures(
  prior: PriorReport,
  edition: Edition,
): Readonly<Record<CellAddress, number>> {
  const found = edition.forms.flatMap((form) =>
    form.blocks.flatMap(({ rows, columns }) => {
      const keys =
        rows === "by-function-code"
          ? tableIn(prior.sections, form.id).rows.map(({ key }) => key)
          : rows.flatMap((row) => ("key" in row ? [row.key] : []));
      return keys.flatMap((row) =>
        columns.flatMap(({ key: column }) => {
          const ref = { table: form.id, row, column };
          const address = cellAddress(ref);
          const value = isKept(ref) ? priorFigure(prior, address) : undefined;
          return value === undefined ? [] : [[address, value] as const];
        }),
      );
    }),
  );
  return Object.fromEntries(found);
}

/** The facts with last year's figures put in; what the stored report does not have stays as typed. */
export function withPriorFigures(facts: Facts, prior: PriorReport, edition: Edition): Facts {
  const { operatingCost } = facts;
  const lastCost = prior.sections.facts.operatingCost?.current;
  const typed = Object.keys(facts.prior).flatMap((cell) => {
    const value = priorFigure(prior, cell);
    return value === undefined ? [] : [[cell, value] as const];
  });
  return {
    ...facts,
    prior: { ...facts.prior, ...Object.fromEntries(typed), ...priorFigures(prior, edition) },
    ...(operatingCost === undefined || lastCost === undefined
      ? {}
      : { operatingCost: { ...operatingCost, prior: lastCost } }),
  };
}

/**
 * What a report begins with where the node's report of the year before is approved (结转): duties, units, the unit that
 * amounts are typed in and last year's figures. Nothing of it is a figure of this year.
 */
export const rolledForward = (empty: Facts, prior: PriorReport, edition: Edition): Facts => {
  const { enteredIn, duties, units } = prior.sections.facts;
  return withPriorFigures({ ...empty, enteredIn, duties, units }, prior, edition);
};

/** A row by 支出功能分类 code that last year's table has. */
export interface PriorCode {
  readonly code: string;
  /** As it was typed, where the code list of this year has no name for it. */
  readonly name?: string;
}

/**
 * Rows by code of last year's tables, with the 类 and 款 above them, by the table of `edition` that has them: where an
 * accountant looks for her rows. A code that ended, or that last year's list had and this year's has not, is left out.
 */
export function priorCodes(
  prior: PriorReport,
  edition: Edition,
): Readonly<Record<TableId, readonly PriorCode[]>> {
  const { functionCodes } = edition;
  const typed = new Map(
    prior.edition.forms.flatMap(({ id }) =>
      tableIn(prior.sections, id).rows.flatMap(({ key, name }) =>
        name === undefined ? [] : [[key, name] as const],
      ),
    ),
  );
  const offered = (code: string): PriorCode[] => {
    if (outOfYear(code, edition.year) !== undefined) return [];
    if (functionCodes.has(code)) return [{ code }];
    const name = typed.get(code);
    const isKept = functionCodes.has(code.slice(0, 3)) && !prior.edition.functionCodes.has(code);
    return isKept && name !== undefined ? [{ code, name }] : [];
  };
  return Object.fromEntries(
    edition.forms.filter(isByCode).flatMap(({ id }) => {
      const own = tableIn(prior.sections, id).rows.filter(({ key }) => /^\d+$/u.test(key));
      const codes = new Set(own.flatMap(({ key }) => lineageOfCode(key)));
      const rows = [...codes].toSorted().flatMap(offered);
      return rows.length === 0 ? [] : [[id, rows]];
    }),
  );
}

/** People, budgets and purchases of last year as its report stated them, by path in the facts: to be compared with. */
export function priorFacts({ sections: { facts } }: PriorReport): Record<string, number> {
  const { people, initialBudget, procurement } = facts;
  const figures: Record<string, number> = {};
  const look = (path: string, value: unknown): void => {
    if (typeof value === "number") figures[path] = value;
    else if (typeof value === "object" && value !== null) {
      for (const [key, member] of Object.entries(value)) look(`${path}.${key}`, member);
    }
  };
  for (const [name, group] of Object.entries({ people, initialBudget, procurement })) {
    look(name, group);
  }
  return figures;
}
