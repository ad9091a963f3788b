import { writeXlsx, type Cell, type CellStyle, type WriteSheet } from "hucre";
import { a1 } from "../../../shared/forms/a1.ts";
import {
  wraps,
  type Look,
  type SheetCell,
  type WorkbookSheet,
} from "../../../shared/forms/workbook-sheet.ts";
import { writableText } from "../../../shared/text/characters.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** Planned sheets as the bytes of an .xlsx file. */
export const writeWorkbook = (
  sheets: readonly WorkbookSheet[],
  title: string,
): Promise<Uint8Array> =>
  writeXlsx({
    sheets: sheets.map(asWritten),
    properties: { title: writableText(title) },
    defaultFont: { name: "宋体", size: 11 },
  });

/**
 * Locked cells are locked against slips, not against people: without a password anybody may lift the
 * protection. Rows may be added and set, columns widened.
 */
const protection = {
  sheet: true,
  formatCells: true,
  formatColumns: true,
  formatRows: true,
  insertRows: true,
  deleteRows: true,
} as const;

function asWritten(sheet: WorkbookSheet): WriteSheet {
  const styles = new Map<string, CellStyle>();
  const styled = (look: Look): CellStyle => {
    const { kind, align = "", indent = 0, total, input, differs } = look;
    const key = [kind, align, indent, total, input, differs].join();
    const known = styles.get(key);
    if (known !== undefined) return known;
    const style = styleOf(look);
    styles.set(key, style);
    return style;
  };
  const lastHead = sheet.headRows;
  return {
    name: sheet.name,
    columns: sheet.widths.map((width) => ({ width })),
    cells: new Map(
      sheet.cells.map((cell) => [
        `${String(cell.row)},${String(cell.column)}`,
        contentOf(cell, styled(cell.look)),
      ]),
    ),
    merges: sheet.merges.map(({ from, to }) => ({
      startRow: from.row,
      startCol: from.column,
      endRow: to.row,
      endCol: to.column,
    })),
    rowDefs: new Map([
      [0, { height: 30 }],
      ...[...sheet.tallRows].map(([row, lines]) => [row, { height: 15 * lines + 3 }] as const),
    ]),
    freezePane: { rows: lastHead },
    protection,
    pageSetup: {
      paperSize: "a4",
      orientation: sheet.orientation,
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: sheet.isOnePage ? 1 : 0,
      horizontalCentered: true,
      printArea: absolute(sheet.printArea),
      printTitlesRow: `$1:$${String(lastHead)}`,
    },
    headerFooter: { oddFooter: "&C第 &P 页 共 &N 页" },
  };
}

const absolute = (range: string) => range.replace(/([A-Z]+)(\d+)/gu, "$$$1$$$2");

/** Text goes in as text: only our own formulas are written as formulas. */
function contentOf({ content, row, column }: SheetCell, style: CellStyle): Partial<Cell> {
  if (content === undefined) return { value: null, style };
  if ("formula" in content) {
    return { formula: content.formula, formulaResult: content.result, style };
  }
  if ("number" in content) {
    if (!Number.isFinite(content.number)) throw new Error(`No number at ${a1({ row, column })}.`);
    return { value: content.number, style };
  }
  return { value: writableText(content.text).replaceAll(escapeLike, "_x005F_"), style };
}

/** In this format `_x000D_` means a carriage return; written so, the underscore stays one. */
const escapeLike = /_(?=x[0-9A-Fa-f]{4}_)/gu;

const thin = { style: "thin", color: { rgb: "808080" } } as const;
const border = { top: thin, right: thin, bottom: thin, left: thin };
const plain = { kind: "none" } as const;
const fills = {
  head: "E8EEF4",
  /** What people type. */
  input: "FFFFFF",
  /** What they may not. */
  locked: "F5F5F5",
  differs: "FFF2CC",
} as const;

function styleOf(look: Look): CellStyle {
  const { kind, indent, total, input, differs } = look;
  const isFramed = kind !== "title" && kind !== "line" && kind !== "note";
  const fill = fillOf(look);
  return {
    ...(kind === "title" ? { font: { name: "宋体", bold: true, size: 16 } } : {}),
    ...(kind === "head" || total === true ? { font: { name: "宋体", bold: true, size: 11 } } : {}),
    ...(fill.kind === "none" ? {} : { fill: solid(fills[fill.kind]) }),
    ...(isFramed ? { border } : {}),
    alignment: {
      horizontal: look.align ?? alignments[kind],
      vertical: "center",
      ...(wraps.has(kind) ? { wrapText: true } : {}),
      ...omitUndefined({ indent }),
    },
    numFmt: formats[kind],
    protection: { locked: input !== true && differs !== true },
  };
}

function fillOf({ kind, input, differs }: Look): { readonly kind: keyof typeof fills | "none" } {
  if (differs === true) return { kind: "differs" };
  if (input === true) return { kind: "input" };
  if (kind === "head") return { kind: "head" };
  return kind === "money" || kind === "count" ? { kind: "locked" } : plain;
}

const solid = (rgb: string) => ({ type: "pattern", pattern: "solid", fgColor: { rgb } }) as const;

const alignments = {
  title: "center",
  line: "left",
  head: "center",
  name: "left",
  code: "left",
  note: "left",
  money: "right",
  count: "right",
} as const satisfies Record<Look["kind"], string>;

/**
 * Codes, names and whatever else is typed as text stay text, so 0201 keeps its zero. `_ ` keeps a figure
 * a little off the next column's name.
 */
const formats = {
  title: "@",
  line: "@",
  head: "@",
  name: "@",
  code: "@",
  note: "@",
  money: "#,##0.00_ ",
  count: "0_ ",
} as const satisfies Record<Look["kind"], string>;
