import { dash, type PrintedCell } from "../../../shared/forms/layout.ts";
import { columnsOfRow, type Position, type Range } from "./positions.ts";

/** Clipboard text from Excel, WPS or LibreOffice → rows of cell texts; quoted cells may hold breaks. */
export function parseClipboard(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  const source = text.replace(/\r\n?/gu, "\n").replace(/\n$/u, "");
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (source.charAt(at + 1) === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && cell === "") quoted = true;
    else if (char === "\t") {
      row.push(cell);
      cell = "";
    } else if (char === "\n") {
      rows.push([...row, cell]);
      row = [];
      cell = "";
    } else cell += char;
  }
  rows.push([...row, cell]);
  return rows;
}

/** Rows of cell texts → clipboard text that Excel, WPS and `parseClipboard` read alike. */
export const printClipboard = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) =>
      row
        .map((text) => (/[\t\n\r"]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
        .join("\t"),
    )
    .join("\n");

/** Whether anything but figures is in a block, so that it may name rows. */
export const mayNameRows = (block: readonly (readonly string[])[]): boolean =>
  block.some((row) =>
    row.some((text) => {
      const plain = text.normalize("NFKC").replace(/\s/gu, "");
      return /^\d{5}(?:\d{2})?$/u.test(plain) || /[\p{Script=Han}A-Za-z]{2}/u.test(plain);
    }),
  );

export interface Pasted {
  readonly cells: readonly { readonly position: Position; readonly text: string }[];
  /** Texts that fell on names, dashes or outside of the table. */
  readonly skipped: number;
}

/**
 * Lays a pasted block over the printed table from a cell on, place by place as in a spreadsheet:
 * what falls on a name, a dash or beyond the edge is left out and counted, unless it is blank or a dash.
 */
export function layOver(
  rows: readonly (readonly Position[])[],
  at: Pick<Position, "row" | "column">,
  block: readonly (readonly string[])[],
): Pasted {
  const cells: { position: Position; text: string }[] = [];
  let skipped = 0;
  for (const [down, texts] of block.entries()) {
    const row = rows[at.row + down] ?? [];
    for (const [right, text] of texts.entries()) {
      const position = row.find(({ column }) => column === at.column + right);
      if (position !== undefined) cells.push({ position, text });
      else if (!/^[\s─—–-]*$/u.test(text)) skipped += 1;
    }
  }
  return { cells, skipped };
}

/** The texts of a range as they are copied: amounts exact, names and dashes as printed. */
export function copyRange(
  body: readonly (readonly PrintedCell[])[],
  range: Range,
  textOf: (cell: Extract<PrintedCell, { kind: "value" }>) => string,
): string[][] {
  return body.slice(range.top, range.bottom + 1).map((cells) => {
    const columns = columnsOfRow(cells);
    return Array.from({ length: range.right - range.left + 1 }, (_, offset) => {
      const cell = cells[columns.indexOf(range.left + offset)];
      if (cell === undefined) return "";
      if (cell.kind === "value") return textOf(cell);
      return cell.kind === "dash" ? dash : cell.text;
    });
  });
}
