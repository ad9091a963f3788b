import { omit } from "../omit.ts";
import type {
  BlankRow,
  Block,
  FixedRow,
  Form,
  HeadCell,
  LeadColumn,
  TableId,
} from "../forms/form.ts";
import { comparedCells, type ComparedCells, type Relation } from "../forms/relation.ts";
import type { EditionData } from "./edition-data.ts";

/** A form as it is written in an edition's data. */
type FormData = EditionData["forms"][number];
type BlockData = FormData["blocks"][number];
type RowData = Exclude<BlockData["rows"], string>[number];

/**
 * The form with what follows from the rest of an edition's data: 行次 down the form, 栏次 across it (both from block to
 * block), every empty line as a row, and the sums that are to be computed while it is filled in.
 */
export function countedForm(
  { columnNumbers, ...form }: FormData,
  functionCodes: ReadonlyMap<string, string>,
  relations: readonly Relation[] = [],
): Form {
  const count = { line: 0, column: 0 };
  const blocks = form.blocks.map((block) => countedBlock(block, columnNumbers === true, count));
  const isByCode = blocks.some(({ rows }) => rows === "by-function-code");
  const sums = sumsWithin(form.id, relations);
  return {
    ...form,
    blocks,
    ...(sums.length > 0 && { sums }),
    ...(columnNumbers === true && { columnNumbers: blocks.flatMap(numbersOf) }),
    ...(isByCode && { codeNames: functionCodes }),
  };
}

function countedBlock(
  block: BlockData,
  hasColumnNumbers: boolean,
  count: { line: number; column: number },
): Block {
  const hasLines = block.lead.includes("line");
  const next = () => (hasLines ? { line: (count.line += 1) } : {});
  const countedRow = ({ blankLines = 0, ...row }: RowData): (FixedRow | BlankRow)[] => [
    { ...row, ...next() },
    ...Array.from({ length: blankLines }, (): BlankRow => ({ blank: true, ...next() })),
  ];
  return {
    ...block,
    columns: hasColumnNumbers
      ? block.columns.map((column) => ({ ...column, number: (count.column += 1) }))
      : block.columns,
    rows: block.rows === "by-function-code" ? block.rows : block.rows.flatMap(countedRow),
  };
}

/** Relations that make a cell the sum of others of its form. */
const sumsWithin = (table: TableId, relations: readonly Relation[]): ComparedCells[] =>
  relations.flatMap((relation) => {
    const compared = "equals" in relation ? comparedCells(relation) : undefined;
    if (compared === undefined || compared.cell.table !== table) return [];
    const isSum = compared.terms.every((term) => term.table === table && !term.minus);
    return isSum && compared.terms.length > 1 ? [compared] : [];
  });

/** The cells of a block in the line of 栏次. */
function numbersOf({ lead, columns, rows }: Block): HeadCell[] {
  const leadTexts: Readonly<Record<LeadColumn, string>> = {
    name: "栏次",
    line: "",
    code: rows === "by-function-code" ? "类 款 项" : "",
  };
  return [
    ...lead.map((column) => ({ text: leadTexts[column] })),
    ...columns.map(({ number }) => ({ text: String(number) })),
  ];
}

/** The data that `countedForm` makes the form of. */
export function formData({ columnNumbers, blocks, ...form }: Form): FormData {
  return {
    ...omit(form, "codeNames", "sums"),
    ...(columnNumbers !== undefined && { columnNumbers: true }),
    blocks: blocks.map(({ lead, columns, rows }) => ({
      lead,
      columns: columns.map(({ key, name }) => ({ key, name })),
      rows: rows === "by-function-code" ? rows : rowsData(rows),
    })),
  };
}

function rowsData(rows: readonly (FixedRow | BlankRow)[]): RowData[] {
  const data: RowData[] = [];
  for (const row of rows) {
    if ("blank" in row) {
      const last = data.pop();
      if (last === undefined) throw new Error("A form begins with an empty line.");
      data.push({ ...last, blankLines: (last.blankLines ?? 0) + 1 });
    } else {
      data.push(omit(row, "line"));
    }
  }
  return data;
}
