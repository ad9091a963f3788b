import type { HeadCell } from "../forms/form.ts";
import type { LeadCell, PrintedCell, PrintedTable } from "../forms/layout.ts";
import { markup, type Markup } from "./markup.ts";

/** The grid of a statutory table as an HTML table: the same on paper and on the portal. */
export function tableHtml(printed: PrintedTable): Markup {
  const numbers = printed.columnNumbers;
  return markup`<table class="statutory" aria-label="${printed.title}"><thead>${printed.head.map(
    (row) => markup`<tr>${row.map(headCell)}</tr>`,
  )}${numbers && markup`<tr class="numbers">${numbers.map(headCell)}</tr>`}</thead>
<tbody>${printed.body.map(
    (row) => markup`<tr${row.some(isTotal) && markup` class="total"`}>${row.map(bodyCell)}</tr>
`,
  )}</tbody></table>`;
}

const span = (name: "colspan" | "rowspan", cells: number | undefined): Markup | undefined =>
  cells === undefined || cells < 2 ? undefined : markup` ${name}="${cells}"`;

const headCell = ({ text, colspan, rowspan }: HeadCell): Markup =>
  text.trim() === ""
    ? markup`<td${span("colspan", colspan)}${span("rowspan", rowspan)}></td>`
    : markup`<th scope="${(colspan ?? 1) > 1 ? "colgroup" : "col"}"${span("colspan", colspan)}${span("rowspan", rowspan)}>${text}</th>`;

const isTotal = (cell: PrintedCell): boolean => cell.kind !== "dash" && cell.total === true;

function bodyCell(cell: PrintedCell): Markup {
  switch (cell.kind) {
    case "name":
      return markup`<th scope="row" class="name${nameClass(cell)}"${span("colspan", cell.colspan)}>${cell.text}</th>`;
    case "code":
    case "line":
    case "blank":
      return markup`<td class="${cell.kind}"${span("colspan", cell.colspan)}>${cell.text}</td>`;
    case "dash":
      return markup`<td class="dash">${cell.text}</td>`;
    case "value":
      return markup`<td class="${cell.valueKind}${isTotal(cell) && " sum"}">${cell.text}</td>`;
  }
}

const nameClass = ({ indent, total }: LeadCell): string =>
  `${indent === undefined || indent === 0 ? "" : ` in${String(Math.min(indent, 4))}`}${total === true ? " sum" : ""}`;
