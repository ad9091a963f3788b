import { markup, type Markup } from "./markup.ts";

interface Head {
  readonly text: string;
  readonly colspan?: number | undefined;
  readonly rowspan?: number | undefined;
}

interface Lead {
  readonly kind: "name" | "line" | "code" | "blank";
  readonly text: string;
  /** In characters. */
  readonly indent?: number | undefined;
  readonly total?: true | undefined;
  readonly colspan?: number | undefined;
}

type Cell =
  | Lead
  | { readonly kind: "dash"; readonly text: string }
  | {
      readonly kind: "value";
      readonly valueKind: "money" | "count";
      readonly text: string;
      readonly total?: true | undefined;
    };

/** What a printed table and its open-data form have in common. */
interface TableGrid {
  readonly title: string;
  readonly head: readonly (readonly Head[])[];
  readonly columnNumbers?: readonly Head[] | undefined;
  readonly body: readonly (readonly Cell[])[];
}

/** The grid of a statutory table as an HTML table: the same on paper and on the portal. */
export function tableHtml(printed: TableGrid): Markup {
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

const headCell = ({ text, colspan, rowspan }: Head): Markup =>
  text.trim() === ""
    ? markup`<td${span("colspan", colspan)}${span("rowspan", rowspan)}></td>`
    : markup`<th scope="${(colspan ?? 1) > 1 ? "colgroup" : "col"}"${span("colspan", colspan)}${span("rowspan", rowspan)}>${text}</th>`;

const isTotal = (cell: Cell): boolean => cell.kind !== "dash" && cell.total === true;

function bodyCell(cell: Cell): Markup {
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

const nameClass = ({ indent, total }: Lead): string =>
  `${indent === undefined || indent === 0 ? "" : ` in${String(Math.min(indent, 4))}`}${total === true ? " sum" : ""}`;
