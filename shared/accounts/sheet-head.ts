import { comparableName } from "../forms/canonical-table.ts";
import { mergedInto, textAt, type SheetGrid } from "../forms/workbook-grid.ts";

/** The head of a sheet: its columns, each by the names from the top down, and where the body begins. */
export interface SheetHead {
  /** First row of the head, and of the body below it. */
  readonly first: number;
  readonly body: number;
  readonly columns: readonly HeadColumn[];
}

export interface HeadColumn {
  readonly column: number;
  /** 本年支出, 基本支出, 人员经费; without the numbers of columns (栏次). */
  readonly path: readonly string[];
  /** A 支出经济分类 code that the head prints with the name. */
  readonly code?: string;
}

/** Most rows of a sheet above its head, and of the head itself. */
const headWithin = 30;
const headRows = 8;

/** Undefined when no row names 项目 or 科目编码. */
export function sheetHead(grid: SheetGrid): SheetHead | undefined {
  const named = grid.rows
    .slice(0, headWithin)
    .findIndex((_, row) => textsIn(grid, row).some((text) => namesLead.test(text)));
  if (named < 0) return undefined;
  const above = named > 0 && textsIn(grid, named - 1).some((text) => /^(?:收入|支出)$/u.test(text));
  const first = above ? named - 1 : named;
  const body = bodyFrom(grid, named);
  const width = Math.max(
    ...Array.from({ length: body - first }, (_, index) => grid.rows[first + index]?.length ?? 0),
  );
  const names = headNames(grid, { first, body, width });
  return {
    first,
    body,
    columns: Array.from({ length: width }, (_, column) => headColumn(names, column)),
  };
}

const namesLead = /^项目(?:\(.*\))?$|科目编码$|^科目名称$/u;

/** Below the line of 栏次, else at the first row that has a code, 合计 or a 行次. */
function bodyFrom(grid: SheetGrid, named: number): number {
  const rows = Array.from({ length: headRows }, (_, index) => named + index);
  const numbers = rows.find((row) => textsIn(grid, row).some((text) => /^栏次$/u.test(text)));
  if (numbers !== undefined) return numbers + 1;
  const line = (grid.rows[named] ?? []).findIndex((_, column) =>
    /^(?:行次|序号)$/u.test(comparableName(textAt(grid, { row: named, column }))),
  );
  const begins = rows.slice(1).find((row) => {
    const [lead = ""] = textsIn(grid, row);
    const number = line < 0 ? "" : textAt(grid, { row, column: line });
    return /^(?:合计|总计|\d{3,7})$/u.test(lead) || /^\d+$/u.test(number);
  });
  return begins ?? named + 1;
}

interface Extent {
  readonly first: number;
  readonly body: number;
  readonly width: number;
}

interface HeadName {
  readonly text: string;
  /** Its cell: one that is merged over several is one name. */
  readonly from: string;
}

/** Row by row; an empty cell with a name below it belongs to the group at its left, as unmerged heads are written. */
function headNames(grid: SheetGrid, { first, body, width }: Extent): (HeadName | undefined)[][] {
  const anchor = mergedInto(grid);
  const own = Array.from({ length: body - first }, (_, index) =>
    Array.from({ length: width }, (__, column): HeadName | undefined => {
      const place = anchor({ row: first + index, column });
      const text = comparableName(textAt(grid, place));
      return text === ""
        ? undefined
        : { text, from: `${String(place.row)},${String(place.column)}` };
    }),
  );
  const isNamedBelow = (index: number, column: number) =>
    own.slice(index + 1).some((row) => {
      const text = row[column]?.text;
      return text !== undefined && !/^\d+$/u.test(text);
    });
  return own.map((row, index) => {
    const names = [...row];
    for (let column = 1; column < width; column += 1) {
      const left = names[column - 1];
      const belongs = isNamedBelow(index, column) && isNamedBelow(index, column - 1);
      if (names[column] === undefined && left !== undefined && belongs) names[column] = left;
    }
    return names;
  });
}

function headColumn(names: readonly (HeadName | undefined)[][], column: number): HeadColumn {
  const stack = names.flatMap((row) => row[column] ?? []);
  const distinct = stack.filter(({ from }, index) => stack[index - 1]?.from !== from);
  const code = distinct
    .map(({ text }) => /^(\d{3}(?:\d{2})?)(?!\d)/u.exec(text)?.[1])
    .findLast(Boolean);
  const path = distinct
    .map(({ text }) => text.replace(/^\d{3}(?:\d{2})?(?!\d)/u, ""))
    .filter((text) => text !== "" && !/^(?:\d+|栏次)$/u.test(text));
  return { column, path, ...(code === undefined ? {} : { code }) };
}

const textsIn = (grid: SheetGrid, row: number): string[] =>
  (grid.rows[row] ?? []).flatMap((_, column) => {
    const text = comparableName(textAt(grid, { row, column }));
    return text === "" ? [] : [text];
  });

/** How the names of a column are compared: a group is the same as its 小计 and 合计. */
export function comparablePath(path: readonly string[]): string {
  const names = path.map((name) => comparableName(name)).filter((name) => name !== "项目");
  const whole = names.filter((name, index) => index === 0 || !/^(?:小计|合计)$/u.test(name));
  return whole.map((name) => name.replace(/(?<=.{2})合计$/u, "")).join("/");
}
