import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { freeRelationId, relationText, type Relation } from "./relation-text.ts";

/** Edits of an edition's data; each gives new data and leaves the old as it is. */

export type FormData = EditionData["forms"][number];

export const withForm = (data: EditionData, id: string, form: FormData): EditionData => ({
  ...data,
  forms: data.forms.map((one) => (one.id === id ? form : one)),
});

export const withoutForm = (data: EditionData, id: string): EditionData => ({
  ...data,
  forms: data.forms.filter((one) => one.id !== id),
});

/** The edition with a table more, and the table's id. */
export interface AddedForm {
  readonly data: EditionData;
  readonly id: string;
}

/** A table like another one, with the next free id, after it. */
export const withCopyOf = (data: EditionData, form: FormData): AddedForm =>
  withAdded(data, { ...form, title: `${form.title}（副本）` }, data.forms.indexOf(form) + 1);

/** A table with a row and a column to begin with, at the end. */
export const withNewForm = (data: EditionData): AddedForm =>
  withAdded(data, {
    ...{ id: "t01", title: "新的报表", unitLabel: data.forms[0]?.unitLabel ?? "金额单位：万元" },
    ...{ orientation: "portrait", notes: [] },
    head: [[{ text: "项目" }, { text: "金额" }]],
    blocks: [
      {
        lead: ["name"],
        columns: [{ key: "final", name: "金额" }],
        rows: [{ key: "total", name: "合计", total: true }],
      },
    ],
  });

/**
 * A table as another edition has it, at the end, with what that edition states of it alone: relations that name tables which
 * are here, too. It keeps its id where that is free, so that a table is the same one everywhere.
 */
export function withTaken(data: EditionData, from: EditionData, form: FormData): AddedForm {
  const isFree = data.forms.every(({ id }) => id !== form.id);
  const added = withAdded(data, form, data.forms.length, isFree ? form.id : undefined);
  const relations = isFree ? relationsOf(from, form.id, added.data) : [];
  if (relations.length === 0) return added;
  const own = data.relations ?? [];
  const numbered = relations.reduce<readonly Relation[]>(
    (all, relation) => [...all, { ...relation, id: freeRelationId(all) }],
    own,
  );
  return { ...added, data: { ...added.data, relations: numbered } };
}

/** Relations of an edition's own that a table takes part in, if all tables they name are in the other edition. */
function relationsOf(from: EditionData, table: string, to: EditionData): readonly Relation[] {
  const here = new Set<string>(to.forms.map(({ id }) => id));
  return (from.relations ?? []).filter((relation) => {
    const tables: readonly string[] = relationText(relation).match(/\bt\d\d\b/gu) ?? [];
    return tables.includes(table) && tables.every((one) => here.has(one));
  });
}

function withAdded(
  data: EditionData,
  form: FormData,
  at = data.forms.length,
  id: string | undefined = freeTableId(data),
): AddedForm {
  const added = { ...form, id: id as FormData["id"] };
  return { data: { ...data, forms: data.forms.toSpliced(at, 0, added) }, id: added.id };
}

function freeTableId({ forms }: EditionData): string {
  const ids = new Set<string>(forms.map(({ id }) => id));
  const free = Array.from({ length: 99 }, (_, index) => tableId(index + 1)).find(
    (id) => !ids.has(id),
  );
  return free ?? tableId(99);
}

const tableId = (number: number): string => `t${String(number).padStart(2, "0")}`;

/** An entry one place up (−1) or down (1); the list as it is where there is no such place. */
export function moved<Item>(list: readonly Item[], index: number, by: -1 | 1): readonly Item[] {
  const [item] = list.slice(index, index + 1);
  const to = index + by;
  if (item === undefined || to < 0 || to >= list.length) return list;
  return list.toSpliced(index, 1).toSpliced(to, 0, item);
}

export const replaced = <Item>(list: readonly Item[], index: number, item: Item): readonly Item[] =>
  list.map((one, at) => (at === index ? item : one));

export const without = <Item>(list: readonly Item[], index: number): readonly Item[] =>
  list.filter((_, at) => at !== index);

/** `column_2`: a key that no other entry has. */
export function freeKey(entries: readonly { readonly key: string }[], start: string): string {
  const keys = new Set(entries.map(({ key }) => key));
  for (let number = entries.length + 1; ; number += 1) {
    const key = `${start}_${String(number)}`;
    if (!keys.has(key)) return key;
  }
}
