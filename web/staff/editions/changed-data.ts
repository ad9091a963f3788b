import type { EditionData } from "../../../shared/editions/edition-data.ts";

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

/** A table like another one, with the next free id, after it. */
export function withCopyOf(data: EditionData, form: FormData): { data: EditionData; id: string } {
  const ids = new Set(data.forms.map(({ id }) => id));
  const free = Array.from({ length: 99 }, (_, index) => tableId(index + 1)).find(
    (id) => !ids.has(id as FormData["id"]),
  );
  const id = (free ?? form.id) as FormData["id"];
  const copy = { ...form, id, title: `${form.title}（副本）` };
  const at = data.forms.indexOf(form) + 1;
  return { data: { ...data, forms: data.forms.toSpliced(at, 0, copy) }, id };
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
