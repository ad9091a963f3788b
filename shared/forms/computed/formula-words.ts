import { cellAddress, type CellRef } from "../cell.ts";
import type { Edition } from "../form.ts";
import { columnsOf } from "../canonical-table.ts";
import { cellName, rowName } from "../place-name.ts";
import type { Formula } from "./formula.ts";

/** Terms that are named one by one; more are counted. */
const mostNamed = 6;

/** A formula as the trade says it: 基本支出 ＋ 项目支出, of codes 各类之和 or 所属各款之和, of many rows 12项之和. */
export function formulaWords(edition: Edition, cell: CellRef, { terms }: Formula): string {
  const below = codesBelow(cell, terms);
  if (below !== undefined) return `${below}之和`;
  if (terms.length > mostNamed) return `${String(terms.length)}项之和`;
  return terms
    .map((term, index) => {
      const sign = term.minus ? "－ " : index === 0 ? "" : "＋ ";
      return `${sign}${termName(edition, cell, term)}`;
    })
    .join(" ");
}

/** What the codes are called that a code, or 合计, adds up. */
function codesBelow({ table, row }: CellRef, terms: Formula["terms"]): string | undefined {
  const isCode = (text: string) => /^\d{3,7}$/u.test(text);
  if (!terms.every((term) => term.table === table && term.row !== row && isCode(term.row))) {
    return undefined;
  }
  if (row === "total") return "各类";
  return isCode(row) ? (row.length === 3 ? "所属各款" : "所属各项") : undefined;
}

/** As short as it is clear: the column of the same row, the row of the same column, else the whole address. */
function termName(edition: Edition, cell: CellRef, term: CellRef): string {
  const form = edition.forms.find(({ id }) => id === term.table);
  if (form === undefined || term.table !== cell.table) return cellName(cellAddress(term), edition);
  if (term.row === cell.row) {
    const column = columnsOf(form, term.row).find(({ key }) => key === term.column);
    return column?.name ?? term.column;
  }
  const name = term.column === cell.column ? rowName : cellName;
  return name(cellAddress(term), edition).replace(/^\S+ /u, "");
}
