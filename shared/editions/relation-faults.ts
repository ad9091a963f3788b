import { columnsOf, isByCode } from "../forms/canonical-table.ts";
import type { Edition, Form } from "../forms/form.ts";
import { fixedRows } from "../forms/layout.ts";
import { comparedCells, every, type Relation, type RelationTerm } from "../forms/relation.ts";
import type { EditionFault } from "./load-edition.ts";

/** What the schema of relations cannot say: cells that the forms have not, and `*` that stands for nothing. */
export function relationFaults({ forms, relations = [] }: Edition): EditionFault[] {
  const ids = relations.map(({ id }) => id);
  return relations.flatMap((relation, index) =>
    [
      ...(ids.indexOf(relation.id) === index
        ? []
        : [`编号“${relation.id}”出现了两次。请改其中一条的编号，或删去一条。`]),
      ...faultsOf(relation, forms),
    ].map((message) => ({ path: `relations[${String(index)}]`, message })),
  );
}

function faultsOf(relation: Relation, forms: readonly Form[]): string[] {
  const formOf = (table: string) => forms.find(({ id }) => id === table);
  const compared = comparedCells(relation);
  if (compared === undefined) {
    const table = "sumsByCode" in relation ? relation.sumsByCode : "";
    const form = formOf(table);
    if (form === undefined)
      return [`没有编号为“${table}”的表。请改为本版式有的表，或删去这条关系。`];
    return isByCode(form)
      ? []
      : [`“${form.title}”不是按支出功能分类科目填列的，不能按科目逐级相加。`];
  }
  const { cell, terms } = compared;
  const unknown = [cell, ...terms].flatMap((term) => {
    const form = formOf(term.table);
    return form !== undefined && hasCell(form, term)
      ? []
      : [
          `本版式的报表中没有单元格 ${nameOf(term)}。请改为有的单元格（表/行/列），或删去这条关系。`,
        ];
  });
  if (unknown.length > 0) return unknown;
  return starFaults(cell, terms, new Map(forms.map((form) => [form.id, form])));
}

function hasCell(form: Form, { row, column }: RelationTerm): boolean {
  if (row === every && column === every) return false;
  const rows = isByCode(form) ? undefined : fixedRows(form).map(({ key }) => key);
  if (row === every) {
    return form.blocks.some(({ columns }) => columns.some(({ key }) => key === column));
  }
  const isRow = rows?.includes(row) ?? (row === "total" || /^\d{3}(?:\d{2}){0,2}$/u.test(row));
  return isRow && (column === every || columnsOf(form, row).some(({ key }) => key === column));
}

/** `*` is in one place on both sides; rows of different tables are the same only where they are codes. */
function starFaults(
  cell: RelationTerm,
  terms: readonly RelationTerm[],
  forms: ReadonlyMap<string, Form>,
): string[] {
  const all = [cell, ...terms];
  for (const place of ["row", "column"] as const) {
    const starred = all.filter((term) => term[place] === every);
    if (starred.length !== 0 && starred.length !== all.length) {
      return [`${place === "row" ? "行" : "栏"}写作 * 的，两边每个单元格都应写作 *。`];
    }
  }
  const isByRowOfTables = cell.row === every && all.some(({ table }) => table !== cell.table);
  const uncoded = all.map(({ table }) => forms.get(table)).find((form) => form && !isByCode(form));
  return isByRowOfTables && uncoded !== undefined
    ? [`“${uncoded.title}”不是按支出功能分类科目填列的，不能与别的表逐行比较。`]
    : cell.column === every
      ? columnFaults(cell, terms, forms)
      : [];
}

function columnFaults(
  cell: RelationTerm,
  terms: readonly RelationTerm[],
  forms: ReadonlyMap<string, Form>,
): string[] {
  const columnsIn = ({ table, row }: RelationTerm): string[] => {
    const form = forms.get(table);
    return form === undefined ? [] : columnsOf(form, row).map(({ key }) => key);
  };
  return terms.flatMap((term) => {
    const has = columnsIn(term);
    return columnsIn(cell)
      .filter((column) => !has.includes(column))
      .map((column) => `${nameOf(term)} 没有“${column}”栏。`);
  });
}

const nameOf = ({ table, row, column }: RelationTerm): string => `${table}/${row}/${column}`;
