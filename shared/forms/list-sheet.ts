import { a1 } from "./a1.ts";
import type { SheetCell, WorkbookSheet } from "./workbook-sheet.ts";

/** A column of a plain list; width in characters. */
export interface ListColumn<Row> {
  readonly title: string;
  readonly width: number;
  readonly cell: (row: Row) => string | number | undefined;
}

/** A plain list as a sheet: its title, one row of heads, and a row each; nothing is left out of it. */
export function listSheet<Row>(
  {
    name,
    title,
    columns,
  }: {
    readonly name: string;
    readonly title: string;
    readonly columns: readonly ListColumn<Row>[];
  },
  rows: readonly Row[],
): WorkbookSheet {
  const body = rows.flatMap((row, index) =>
    columns.flatMap(({ cell }, column): SheetCell[] => {
      const value = cell(row);
      if (value === undefined) return [];
      const at = { row: index + 2, column };
      return typeof value === "number"
        ? [{ ...at, look: { kind: "count", align: "right" }, content: { number: value } }]
        : [{ ...at, look: { kind: "name", align: "left" }, content: { text: value } }];
    }),
  );
  return {
    name,
    cells: [
      { row: 0, column: 0, look: { kind: "title" }, content: { text: title } },
      ...columns.map(({ title: head }, column): SheetCell => ({
        ...{ row: 1, column },
        look: { kind: "head" },
        content: { text: head },
      })),
      ...body,
    ],
    merges: [{ from: { row: 0, column: 0 }, to: { row: 0, column: columns.length - 1 } }],
    widths: columns.map(({ width }) => width),
    headRows: 2,
    orientation: "landscape",
    printArea: `A1:${a1({ row: rows.length + 1, column: columns.length - 1 })}`,
    tallRows: new Map(),
    isOnePage: false,
  };
}
