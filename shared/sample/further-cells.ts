import { columnsOf, isByCode } from "../forms/canonical-table.ts";
import { cellAddress, type CellAddress, type CellRef } from "../forms/cell.ts";
import { parentCode } from "../forms/codes/code-table.ts";
import type { Edition, Form, TableId } from "../forms/form.ts";
import { fixedRows } from "../forms/layout.ts";
import { comparedCells, every, type ComparedCells, type RelationTerm } from "../forms/relation.ts";
import { digit, type Random } from "./random.ts";
import type { Cells } from "./statutory-cells.ts";

/**
 * The tables and rows that only this edition has, filled in so that its own relations hold as far as they can: a cell is
 * reckoned from the others of its relation, what is known is spread over its parts, the rest is drawn within what
 * `notAbove` allows. Relations that contradict one another leave one of them unfulfilled, which the checks then name.
 */
export function withFurtherCells(edition: Edition, known: Cells, random: Random): Cells {
  const cells: Cells = new Map(known);
  const { equations, bounds, wanted } = relationsOf(edition, known);
  const open = new Set(wanted.filter((cell) => !cells.has(cell)));
  const set = (cell: CellAddress, value: number): void => {
    cells.set(cell, value);
    open.delete(cell);
  };
  for (;;) {
    if (equations.some((equation) => reckon(equation, { cells, open, set, random }))) continue;
    const next = nextToDraw(open, equations, bounds, cells);
    if (next === undefined) return summedByCode(edition, cells, known);
    set(next, drawn(next, { edition, equations, bounds, cells, random }));
  }
}

/** One cell equals the plus terms less the minus terms. */
interface Equation {
  readonly cell: CellAddress;
  readonly plus: readonly CellAddress[];
  readonly minus: readonly CellAddress[];
}

interface Progress {
  readonly cells: Cells;
  readonly open: ReadonlySet<CellAddress>;
  readonly set: (cell: CellAddress, value: number) => void;
  readonly random: Random;
}

/** Whether the equation made a cell known. */
function reckon({ cell, plus, minus }: Equation, { cells, open, set, random }: Progress): boolean {
  const value = (one: CellAddress) => cells.get(one) ?? 0;
  const sum = (all: readonly CellAddress[]) => all.reduce((total, one) => total + value(one), 0);
  const unknown = plus.filter((one) => open.has(one));
  const lessUnknown = minus.filter((one) => open.has(one));
  const [less] = lessUnknown;
  if (open.has(cell)) {
    if (unknown.length + lessUnknown.length > 0) return false;
    set(cell, sum(plus) - sum(minus));
    return true;
  }
  if (unknown.length > 0 && lessUnknown.length === 0) {
    let left = value(cell) + sum(minus) - sum(plus.filter((one) => !open.has(one)));
    for (const [index, part] of unknown.entries()) {
      const isLast = index === unknown.length - 1;
      const share = isLast ? left : Math.floor((left * random.next()) / digit / 2) * digit;
      set(part, share);
      left -= share;
    }
    return true;
  }
  if (unknown.length === 0 && lessUnknown.length === 1 && less !== undefined) {
    set(less, sum(plus) - sum(minus.filter((one) => one !== less)) - value(cell));
    return true;
  }
  return false;
}

interface Bound {
  readonly cell: CellAddress;
  /** At most what these add up to, less those. */
  readonly plus: readonly CellAddress[];
  readonly minus: readonly CellAddress[];
}

/** First what no equation reckons and whose bounds are known, else anything that is left. */
function nextToDraw(
  open: ReadonlySet<CellAddress>,
  equations: readonly Equation[],
  bounds: readonly Bound[],
  cells: Cells,
): CellAddress | undefined {
  const reckoned = new Set(equations.map(({ cell }) => cell));
  const isBounded = (cell: CellAddress) =>
    bounds.every(
      (bound) =>
        bound.cell !== cell || [...bound.plus, ...bound.minus].every((at) => cells.has(at)),
    );
  const all = [...open];
  const leaves = all.filter((cell) => !reckoned.has(cell));
  return leaves.find(isBounded) ?? leaves[0] ?? all[0];
}

function drawn(
  cell: CellAddress,
  of: {
    readonly edition: Edition;
    readonly equations: readonly Equation[];
    readonly bounds: readonly Bound[];
    readonly cells: Cells;
    readonly random: Random;
  },
): number {
  const { edition, bounds, cells, random } = of;
  const most = mostOf(cell, of, 0);
  const least = Math.max(0, ...bounds.map((bound) => leastOf(cell, bound, cells)));
  if (isCount(edition, cell)) {
    return Math.max(least, random.int(0, Math.min(12, Math.max(0, Math.floor(most)))));
  }
  const value = Number.isFinite(most)
    ? Math.floor((Math.max(0, most) * (0.2 + 0.6 * random.next())) / digit) * digit
    : random.amount(1, 40);
  return Math.max(least, value);
}

/** What another cell that may not be above it asks of a cell, where all else in the bound is known. */
function leastOf(cell: CellAddress, bound: Bound, cells: Cells): number {
  const others = bound.plus.filter((one) => one !== cell);
  const isLast = bound.plus.includes(cell) && others.every((one) => cells.has(one));
  if (!isLast || !cells.has(bound.cell)) return 0;
  return valueOf([bound.cell], cells) + valueOf(bound.minus, cells) - valueOf(others, cells);
}

/** What `notAbove` leaves to a cell, and what it leaves to the cells that it is a part of. */
function mostOf(
  cell: CellAddress,
  of: {
    readonly equations: readonly Equation[];
    readonly bounds: readonly Bound[];
    readonly cells: Cells;
  },
  depth: number,
): number {
  const { equations, bounds, cells } = of;
  const own = bounds
    .filter((bound) => bound.cell === cell && bound.plus.every((at) => cells.has(at)))
    .map(({ plus, minus }) => valueOf(plus, cells) - valueOf(minus, cells));
  // A part of a part of a bounded sum; deeper ones are left to the checks.
  if (depth > 1) return Math.min(...own);
  const asPart = equations
    .filter(({ plus }) => plus.includes(cell))
    .map(({ cell: whole, plus }) => mostOf(whole, of, depth + 1) / plus.length);
  return Math.min(...own, ...asPart);
}

const valueOf = (all: readonly CellAddress[], cells: Cells): number =>
  all.reduce((total, one) => total + (cells.get(one) ?? 0), 0);

function isCount({ forms }: Edition, cell: CellAddress): boolean {
  const [table, row] = cell.split("/");
  const form = forms.find(({ id }) => id === table);
  return form !== undefined && fixedRows(form).find(({ key }) => key === row)?.kind === "count";
}

/** Tables that the rules of the book know; their rows by code are those of the flows. */
const isStatutory = (table: TableId): boolean => table <= "t10";

function relationsOf(edition: Edition, known: Cells) {
  const forms = new Map(edition.forms.map((form) => [form.id, form]));
  const items = itemsByTable(edition, known);
  const equations: Equation[] = [];
  const bounds: Bound[] = [];
  for (const relation of edition.relations ?? []) {
    const compared = comparedCells(relation);
    if (compared === undefined) continue;
    const into = "equals" in relation ? equations : bounds;
    for (const at of placesOf(compared, forms, items)) {
      const addresses = (terms: readonly RelationTerm[]) => terms.map((term) => placed(term, at));
      into.push({
        cell: placed(compared.cell, at),
        plus: addresses(compared.terms.filter(({ minus }) => !minus)),
        minus: addresses(compared.terms.filter(({ minus }) => minus)),
      });
    }
  }
  for (const form of edition.forms.filter((one) => isByCode(one) && !isStatutory(one.id))) {
    const rows = items.get(form.id) ?? [];
    for (const { key: column } of columnsOf(form, "total")) {
      const cell = (row: string) => cellAddress({ table: form.id, row, column });
      equations.push({ cell: cell("total"), plus: rows.map(cell), minus: [] });
    }
  }
  const wanted = wantedCells(edition, items, [...equations, ...bounds]);
  return { equations, bounds: [...bounds, ...equations.flatMap(nothingBelowZero)], wanted };
}

/** What is taken off may not be more than what it is taken off from. */
const nothingBelowZero = ({ plus, minus }: Equation): Bound[] =>
  minus.map((cell) => ({ cell, plus, minus: minus.filter((one) => one !== cell) }));

/** Every cell of the edition's own tables, and what its relations name in the statutory ones. */
function wantedCells(
  edition: Edition,
  items: ReadonlyMap<TableId, readonly string[]>,
  relations: readonly Equation[],
): CellAddress[] {
  const own = edition.forms
    .filter(({ id }) => !isStatutory(id))
    .flatMap((form) => {
      const rows = isByCode(form)
        ? ["total", ...(items.get(form.id) ?? [])].map((key) => ({ key, dashes: undefined }))
        : fixedRows(form);
      return rows.flatMap(({ key: row, dashes = [] }) =>
        columnsOf(form, row)
          .filter(({ key }) => !dashes.includes(key))
          .map(({ key: column }) => cellAddress({ table: form.id, row, column })),
      );
    });
  const named = relations.flatMap(({ cell, plus, minus }) => [cell, ...plus, ...minus]);
  const extra = named.filter((address) => {
    const [table = "", row = ""] = address.split("/");
    return isStatutory(table as TableId) && !/^(?:\d+|total)$/u.test(row);
  });
  return [...new Set([...own, ...extra])];
}

/** 项 of a table of the edition's own: those of the tables it is compared with code by code, else one that has money. */
function itemsByTable(edition: Edition, known: Cells): ReadonlyMap<TableId, readonly string[]> {
  const codesIn = (table: TableId) => [
    ...new Set(
      [...known.keys()]
        .filter((address) => address.startsWith(`${table}/`))
        .flatMap((address) => address.split("/")[1] ?? [])
        .filter((row) => /^\d{7}$/u.test(row)),
    ),
  ];
  return new Map(
    edition.forms.filter(isByCode).map((form) => {
      if (isStatutory(form.id)) return [form.id, codesIn(form.id)] as const;
      const compared = (edition.relations ?? []).flatMap((relation) => {
        const found = comparedCells(relation);
        if (found?.cell.table !== form.id || found.cell.row !== every) return [];
        return [{ isEqual: "equals" in relation, tables: found.terms.map(({ table }) => table) }];
      });
      const others = compared
        .filter(({ isEqual }) => isEqual)
        .flatMap(({ tables }) => tables)
        .filter((table) => table !== form.id);
      const bounded = compared.flatMap(({ tables }) => tables).filter((table) => table !== form.id);
      const codes =
        others.length > 0 ? others.flatMap(codesIn) : codesIn(bounded[0] ?? "t03").slice(0, 2);
      return [form.id, [...new Set(codes)]] as const;
    }),
  );
}

/** Rows and columns that `*` stands for; one empty place where a relation has none. */
function placesOf(
  { cell, terms }: ComparedCells,
  forms: ReadonlyMap<string, Form>,
  items: ReadonlyMap<TableId, readonly string[]>,
): Partial<Pick<CellRef, "row" | "column">>[] {
  const form = forms.get(cell.table);
  if (form === undefined) return [];
  if (cell.row === every) {
    const rows = isByCode(form)
      ? [cell, ...terms].flatMap(({ table }) => items.get(table) ?? [])
      : fixedRows(form).map(({ key }) => key);
    return [...new Set(rows)].map((row) => ({ row }));
  }
  if (cell.column !== every) return [{}];
  const dashes = fixedRows(form).find(({ key }) => key === cell.row)?.dashes ?? [];
  return columnsOf(form, cell.row)
    .filter(({ key }) => !dashes.includes(key))
    .map(({ key }) => ({ column: key }));
}

const placed = (
  { table, row, column }: CellRef,
  at: Partial<Pick<CellRef, "row" | "column">>,
): CellAddress =>
  cellAddress({
    table,
    row: row === every ? (at.row ?? row) : row,
    column: column === every ? (at.column ?? column) : column,
  });

/** 款 and 类 of the edition's own tables from their 项; nothing is entered for nothing. */
function summedByCode(edition: Edition, cells: Cells, known: Cells): Cells {
  const summed: Cells = new Map(cells);
  const own = new Set(
    edition.forms.filter((form) => isByCode(form) && !isStatutory(form.id)).map(({ id }) => id),
  );
  for (const [address, value] of cells) {
    const [table = "", row = "", column = ""] = address.split("/");
    if (!own.has(table as TableId) || !/^\d{7}$/u.test(row)) continue;
    for (let code = parentCode(row); code !== undefined; code = parentCode(code)) {
      const parent = cellAddress({ table: table as TableId, row: code, column });
      summed.set(parent, (summed.get(parent) ?? 0) + value);
    }
  }
  return new Map([...summed].filter(([address, value]) => value !== 0 || known.has(address)));
}
