import { a1, type GridPlace } from "../../forms/a1.ts";
import { mergedInto, openFormulaAt, textAt, type SheetGrid } from "../../forms/workbook-grid.ts";

/** Finding what a sheet says by what is written beside and above it, never by where it usually is. */

/** What cannot be taken over, at its cell as spreadsheets name it. */
export interface SheetFault {
  readonly where: string;
  readonly message: string;
}

export interface SheetText extends GridPlace {
  readonly text: string;
}

/** Without what is typed one way here and another there: spaces, colons, numbering marks, notes in brackets. */
export const bareHead = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/[\s:*“”"]/gu, "")
    .replace(/\((?!万?元)[^)]*\)/gu, "");

export const whereOf = (grid: SheetGrid, place: GridPlace): string => `${grid.name}!${a1(place)}`;

/** Every text of some rows in reading order. */
export function textsOf(grid: SheetGrid, from = 0, to = grid.rows.length): SheetText[] {
  return grid.rows.slice(from, to).flatMap((cells, index) =>
    cells.flatMap((_, column) => {
      const place = { row: from + index, column };
      const text = textAt(grid, place);
      return text === "" ? [] : [{ ...place, text }];
    }),
  );
}

export const findText = (texts: readonly SheetText[], head: RegExp): SheetText | undefined =>
  texts.find(({ text }) => head.test(bareHead(text)));

/** The first row at or below `from` in which all the heads stand, with their columns. */
export function findRow<Name extends string>(
  grid: SheetGrid,
  heads: Readonly<Record<Name, RegExp>>,
  required: readonly Name[],
  from = 0,
): { readonly row: number; readonly columns: ReadonlyMap<Name, number> } | undefined {
  const names = Object.keys(heads) as Name[];
  for (let row = from; row < grid.rows.length; row += 1) {
    const columns = new Map<Name, number>();
    for (const { column, text } of textsOf(grid, row, row + 1)) {
      const bare = bareHead(text);
      const name = names.find((one) => !columns.has(one) && heads[one].test(bare));
      if (name !== undefined) columns.set(name, column);
    }
    if (required.every((name) => columns.has(name))) return { row, columns };
  }
  return undefined;
}

/** What is written to the right of a label, past the columns that it is merged over; none before another label. */
export function valueBeside(
  grid: SheetGrid,
  label: GridPlace,
  isLabel: (bare: string) => boolean,
): SheetText | undefined {
  const anchorOf = mergedInto(grid);
  const cells = grid.rows[label.row] ?? [];
  for (let column = label.column + 1; column < cells.length; column += 1) {
    const place = { row: label.row, column };
    const anchor = anchorOf(place);
    if (anchor.row === label.row && anchor.column === label.column) continue;
    const text = textAt(grid, place);
    if (text !== "") return isLabel(bareHead(text)) ? undefined : { ...place, text };
  }
  return undefined;
}

/** Reads cells one by one, and keeps what is wrong with them. */
export interface CellReader {
  readonly faults: SheetFault[];
  /** The text of a cell, no longer than its box. */
  readonly text: (place: GridPlace | undefined, name: string, most: number) => string;
  /** What a cell holds by `read`; undefined where it is empty, and where it cannot be read, which is a fault. */
  readonly figure: (
    place: GridPlace | undefined,
    name: string,
    read: (text: string) => { ok: true; value: number | undefined } | { ok: false },
    wanted: string,
  ) => number | undefined;
}

export function cellReader(grid: SheetGrid): CellReader {
  const faults: SheetFault[] = [];
  const fault = (place: GridPlace, message: string) =>
    faults.push({ where: whereOf(grid, place), message });
  const plain = (place: GridPlace, name: string): string => {
    if (openFormulaAt(grid, place) !== undefined) {
      fault(place, `“${name}”是公式，文件里没有它的结果。请用表格软件打开、保存后再导入。`);
    }
    return textAt(grid, place);
  };
  return {
    faults,
    text: (place, name, most) => {
      const text = place === undefined ? "" : plain(place, name);
      if (place === undefined || text.length <= most) return text;
      fault(place, `“${name}”有${String(text.length)}字，超过${String(most)}字。请缩短后再导入。`);
      return "";
    },
    figure: (place, name, read, wanted) => {
      const text = place === undefined ? "" : plain(place, name);
      if (place === undefined || text === "") return undefined;
      const figure = read(text);
      if (figure.ok) return figure.value;
      fault(place, `“${name}”写的是“${text.slice(0, 40)}”，应为${wanted}。请改正后再导入。`);
      return undefined;
    },
  };
}
