import { columnsOf, isByCode } from "../canonical-table.ts";
import type { CellRef } from "../cell.ts";
import { budgetOfCode } from "../codes/budget-of-code.ts";
import { parentCode } from "../codes/code-table.ts";
import type { Edition, Form, TableId } from "../form.ts";
import { fixedRows } from "../layout.ts";
import { partsOf } from "../sums.ts";
import type { TableData } from "../table-data.ts";
import { derivedTerms, presetTerms, type FormulaTerm } from "./derived-cells.ts";

/** Tables of a report by id; one that is absent was never filled in. */
export type FiguresByTable = { readonly [id: TableId]: TableData };

/** What a cell is computed from. */
export interface Formula {
  /** All added up, those with `minus` taken away. */
  readonly terms: readonly FormulaTerm[];
  /** Likely, and for people to change: the cell is filled in by it and not locked. */
  readonly isPreset: boolean;
}

/** Finds the formulas of an edition's cells; the codes that have rows decide which cells add up others. */
export interface FormulaBook {
  /** Undefined of a cell that people type. */
  readonly formulaOf: (ref: CellRef) => Formula | undefined;
}

/** What of a report's figures decides which cells are computed. */
export interface FormulaFacts {
  /** Rows by code that a table has, each with those above it. */
  readonly rowsByCode: (table: TableId) => ReadonlySet<string>;
  /** How sure it is that what was spent under a code is 财政拨款 alone; undefined where other money may be in it. */
  readonly fiscalAlone: (code: string) => "surely" | "likely" | undefined;
}

export function formulaBook(
  edition: Edition,
  { rowsByCode, fiscalAlone }: FormulaFacts,
): FormulaBook {
  const forms = new Map(edition.forms.map((form) => [form.id, placesOf(form)]));
  const below = new Map<TableId, ReadonlyMap<string, readonly string[]>>();
  const childrenOf = (table: TableId, row: string): readonly string[] => {
    const known = below.get(table) ?? childrenByParent(rowsByCode(table));
    below.set(table, known);
    return known.get(row) ?? [];
  };
  const isPlace = ({ table, row, column }: CellRef) => forms.get(table)?.has(row, column) === true;
  /** 合计 of the 类, a 类 of its 款, a 款 of its 项; a 项 by the columns of its row. */
  const byCode = (form: Form, ref: CellRef): Formula => {
    const parts = childrenOf(form.id, ref.row).map((row) => ({ ...ref, row }));
    if (parts.length > 0 || ref.row === "total") return sumOf(parts);
    const sure = isSpentByBudget(ref, edition.year) ? fiscalAlone(ref.row) : undefined;
    if (sure !== undefined) {
      return { ...sumOf([{ ...ref, table: "t03" }]), isPreset: sure === "likely" };
    }
    return ref.column === "closing" ? balanceOf(ref) : sumOf(partsOf(form, ref));
  };
  return {
    formulaOf: (ref) => {
      const place = forms.get(ref.table);
      if (place === undefined || !place.has(ref.row, ref.column)) return undefined;
      const derived = derivedTerms(ref);
      if (derived?.every(isPlace) === true) return { terms: derived, isPreset: false };
      const { form } = place;
      const { terms, isPreset } = isByCode(form) ? byCode(form, ref) : sumOf(partsOf(form, ref));
      const known = terms.filter(isPlace);
      if (known.length > 0) return { terms: known, isPreset };
      const preset = presetTerms(ref);
      return preset?.every(isPlace) === true ? { terms: preset, isPreset: true } : undefined;
    },
  };
}

interface Places {
  readonly form: Form;
  /** Whether a figure can be in a row and column. */
  readonly has: (row: string, column: string) => boolean;
}

function placesOf(form: Form): Places {
  const fixed = new Map(fixedRows(form).map((row) => [row.key, row]));
  const columns = new Map<string, ReadonlySet<string>>();
  const columnsIn = (row: string): ReadonlySet<string> => {
    const known = columns.get(row) ?? new Set(columnsOf(form, row).map(({ key }) => key));
    columns.set(row, known);
    return known;
  };
  return {
    form,
    has: (row, column) =>
      (isByCode(form) || fixed.has(row)) &&
      fixed.get(row)?.dashes?.includes(column) !== true &&
      columnsIn(isByCode(form) ? "total" : row).has(column),
  };
}

const sumOf = (refs: readonly CellRef[]): Formula => ({
  terms: refs.map((ref) => ({ ...ref, minus: false })),
  isPreset: false,
});

/** Digits of a 项. */
export const itemLength = 7;

/** Each of the three fiscal budgets has a table of its expenditure by code. */
export const tableOfBudget = { general: "t05", fund: "t07", capital: "t08" } as const;

/** The table in which a code's fiscal expenditure is entered. */
export const budgetTableOf = (code: string, year: number): TableId =>
  tableOfBudget[budgetOfCode(code, year) ?? "general"];

const isSpentByBudget = ({ table, row, column }: CellRef, year: number): boolean =>
  row.length === itemLength &&
  (column === "basic" || column === "project") &&
  Object.values<TableId>(tableOfBudget).includes(table) &&
  budgetTableOf(row, year) === table;

/** 年末结转和结余 of a code: what it began with and received, less what it spent. */
const balanceOf = ({ table, row }: CellRef): Formula => ({
  terms: ["opening", "income", "total"].map((column) => ({
    ...{ table, row, column },
    minus: column === "total",
  })),
  isPreset: false,
});

/** Codes by the one that they are summed up in; 类 by `total`. */
function childrenByParent(codes: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const code of codes) {
    const parent = parentCode(code) ?? "total";
    const children = found.get(parent);
    if (children === undefined) found.set(parent, [code]);
    else children.push(code);
  }
  return found;
}
