/** A sheet has no more; what claims more is no sheet. */
const most = { span: 1_000, cells: 400_000 } as const;

/**
 * The cells of the table that Excel, WPS and other programs leave on the clipboard as HTML, as they are seen; undefined
 * where there is none. Merged cells hold their text at the first of their places. It is read in a document of its own, in
 * which no script runs and nothing is loaded, and only text comes out of it.
 */
export function tableInHtml(html: string): string[][] | undefined {
  if (!/<table[\s>]/iu.test(html)) return undefined;
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (table === null) return undefined;
  const block: (string | undefined)[][] = [];
  let cells = 0;
  const rows = [...table.rows];
  for (const [down, row] of rows.entries()) {
    const line = (block[down] ??= []);
    let column = 0;
    for (const cell of row.cells) {
      while (line[column] !== undefined) column += 1;
      const width = Math.min(cell.colSpan, most.span);
      const height = Math.min(Math.max(cell.rowSpan, 1), rows.length - down);
      cells += width * height;
      if (cells > most.cells) return undefined;
      for (let below = 0; below < height; below += 1) {
        const spanned = (block[down + below] ??= []);
        for (let right = 0; right < width; right += 1) spanned[column + right] = "";
      }
      line[column] = textOf(cell);
      column += width;
    }
  }
  // Places that no cell of the row takes are empty, not absent.
  return block.map((line) => Array.from(line, (text) => text ?? ""));
}

function textOf(cell: HTMLTableCellElement): string {
  for (const code of cell.querySelectorAll("script, style")) code.remove();
  for (const lineEnd of cell.querySelectorAll("br")) lineEnd.replaceWith(" ");
  return cell.textContent.replace(/[\s\u00a0]+/gu, " ").trim();
}
