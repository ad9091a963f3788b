import { columnsOf, isByCode } from "../forms/canonical-table.ts";
import { cellAddress, type CellRef } from "../forms/cell.ts";
import { parentCode } from "../forms/codes/code-table.ts";
import type { Edition, Form } from "../forms/form.ts";
import { fixedRows } from "../forms/layout.ts";
import { cellName } from "../forms/place-name.ts";
import { comparedCells, every, type ComparedCells } from "../forms/relation.ts";
import { partsOf } from "../forms/sums.ts";
import type { EditionFault } from "./load-edition.ts";

/**
 * Circles among what a cell is reckoned from: the figure that a relation says it equals, the parts that its form adds it
 * up from, the codes under its code. In a circle no cell can be reckoned first, and the workbook's formulas would refer
 * to themselves. `notAbove` reckons nothing. The relations must be sound otherwise (`relationFaults`).
 */
export function relationCircles(edition: Edition): EditionFault[] {
  const { equations, partsAt } = reckoningOf(edition);
  const state = new Map<string, "open" | "done">();
  const circles = new Map<string, Circle>();
  for (const { cells } of equations) for (const cell of cells) search(cell);
  return [...circles.values()].map((circle) => faultOf(circle, edition));

  /** Depth first with a path of its own: a chain of relations may be longer than the stack is deep. */
  function search(start: CellRef): void {
    if (state.has(cellAddress(start))) return;
    const path: Step[] = [open({ cell: start })];
    for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
      const part = step.parts[step.next];
      step.next += 1;
      if (part === undefined) {
        state.set(cellAddress(step.cell), "done");
        path.pop();
        continue;
      }
      const found = state.get(cellAddress(part.cell));
      if (found === undefined) path.push(open(part));
      else if (found === "open") keep(circleAt(path, part));
    }
  }

  function open(part: SummedCell): Step {
    state.set(cellAddress(part.cell), "open");
    return { ...part, parts: partsAt(part.cell), next: 0 };
  }

  /** One circle a set of relations: `*` makes the same circle in every row or column. */
  function keep(circle: Circle): void {
    const key = circle.relations.join();
    if (!circles.has(key)) circles.set(key, circle);
  }
}

/** A cell that another is reckoned from, and the index of the relation that says so; none of a form's own sum. */
interface SummedCell {
  readonly cell: CellRef;
  readonly relation?: number;
}

interface Step extends SummedCell {
  readonly parts: readonly SummedCell[];
  next: number;
}

interface Circle {
  /** From a cell to the cell before it again. */
  readonly cells: readonly CellRef[];
  /** Indices, ascending. */
  readonly relations: readonly number[];
  /** Whether a sum of a form itself closes it. */
  readonly withSums: boolean;
}

function circleAt(path: readonly Step[], last: SummedCell): Circle {
  const address = cellAddress(last.cell);
  const steps = path.slice(path.findIndex(({ cell }) => cellAddress(cell) === address));
  const parts = [...steps.slice(1), last];
  const relations = parts.flatMap(({ relation = [] }) => relation);
  return {
    withSums: parts.some(({ relation }) => relation === undefined),
    cells: steps.map(({ cell }) => cell),
    relations: [...new Set(relations)].toSorted((a, b) => a - b),
  };
}

/** More cells are not named. */
const mostNamed = 6;

function faultOf({ cells, relations, withSums }: Circle, edition: Edition): EditionFault {
  const ids = relations.flatMap((index) => edition.relations?.[index]?.id ?? []);
  const names = [...cells, ...cells.slice(0, 1)].map((cell) =>
    cellName(cellAddress(cell), edition),
  );
  const shown =
    names.length > mostNamed + 1
      ? [
          ...names.slice(0, mostNamed),
          `……（共${String(cells.length)}个单元格）`,
          ...names.slice(-1),
        ]
      : names;
  const together = withSums ? "与表内合计互为因果" : ids.length > 1 ? "互为因果" : "以自身为依据";
  const subject = `勾稽关系 ${ids.join("、")} ${together}`;
  return {
    path: `relations[${String(relations.at(-1) ?? 0)}]`,
    message: `${subject}，循环计算：${shown.join(" → ")}。请改或删其中一条，使每个数都由别的数算得。`,
  };
}

/** A relation that makes a cell equal to others, with all the cells that it is of. */
interface Equation {
  readonly index: number;
  readonly compared: ComparedCells;
  readonly cells: readonly CellRef[];
}

function reckoningOf(edition: Edition) {
  const forms = new Map(edition.forms.map((form) => [form.id, form]));
  const { relations = [] } = edition;
  const compared = relations.flatMap((relation, index) => {
    const found = "equals" in relation ? comparedCells(relation) : undefined;
    return found === undefined ? [] : [{ index, compared: found }];
  });
  const rows = new Map(
    edition.forms.map((form) => [
      form.id,
      rowsOf(
        form,
        edition,
        compared.map((one) => one.compared),
      ),
    ]),
  );
  const equations = compared.map((one): Equation => ({
    ...one,
    cells: cellsOf(one.compared, forms, rows),
  }));
  const byCell = new Map<string, Equation[]>();
  for (const equation of equations) {
    for (const cell of equation.cells) {
      const address = cellAddress(cell);
      byCell.set(address, [...(byCell.get(address) ?? []), equation]);
    }
  }
  const byCodeRelation = new Map(
    relations.flatMap((relation, index) =>
      "sumsByCode" in relation ? [[relation.sumsByCode, index] as const] : [],
    ),
  );
  const partsAt = (cell: CellRef): SummedCell[] => {
    const form = forms.get(cell.table);
    if (form === undefined) return [];
    const stated = (byCell.get(cellAddress(cell)) ?? []).flatMap(({ index, compared: { terms } }) =>
      terms.map((term): SummedCell => ({ cell: placed(term, cell), relation: index })),
    );
    const summed = partsOf(form, cell).map((part): SummedCell => ({ cell: part }));
    const relation = byCodeRelation.get(cell.table);
    const children = isByCode(form)
      ? (rows.get(cell.table) ?? []).filter((row) => (parentCode(row) ?? "total") === cell.row)
      : [];
    const under = children
      .filter((row) => row !== "total")
      .map((row): SummedCell => ({
        cell: { ...cell, row },
        ...(relation !== undefined && { relation }),
      }));
    return [...stated, ...under, ...summed];
  };
  return { equations, partsAt };
}

const placed = ({ table, row, column }: CellRef, of: CellRef): CellRef => ({
  table,
  row: row === every ? of.row : row,
  column: column === every ? of.column : column,
});

/** Rows of a form; of one by code 合计, the codes that relations name, and one chain that they do not. */
function rowsOf(
  form: Form,
  { functionCodes }: Edition,
  compared: readonly ComparedCells[],
): string[] {
  if (!isByCode(form)) return fixedRows(form).map(({ key }) => key);
  const named = compared
    .flatMap(({ cell, terms }) => [cell, ...terms])
    .filter(({ table, row }) => table === form.id && /^\d/u.test(row))
    .map(({ row }) => row);
  const [other] = [...functionCodes.keys()].filter(
    (code) => code.length === 7 && !named.includes(code),
  );
  const codes = new Set<string>();
  for (const code of [...named, ...(other === undefined ? [] : [other])]) {
    for (let at: string | undefined = code; at !== undefined; at = parentCode(at)) codes.add(at);
  }
  return ["total", ...codes];
}

function cellsOf(
  { cell: { table, row, column } }: ComparedCells,
  forms: ReadonlyMap<string, Form>,
  rows: ReadonlyMap<string, readonly string[]>,
): CellRef[] {
  const form = forms.get(table);
  if (form === undefined) return [];
  const ofRow = (key: string): CellRef[] => {
    const columns = columnsOf(form, key).map((one) => one.key);
    const own = column === every ? columns : columns.filter((one) => one === column);
    return own.map((one) => ({ table, row: key, column: one }));
  };
  return (row === every ? (rows.get(table) ?? []) : [row]).flatMap(ofRow);
}
