import { omit } from "../omit.ts";
import { err, ok, type Result } from "../result.ts";
import type { EditionData } from "./edition-data.ts";
import type { EditionFault } from "./load-edition.ts";

/**
 * What an edition has otherwise than its base, in the shape of the edition's data. As in a JSON merge patch (RFC 7396) a
 * member replaces the base's and `null` takes it away; a list whose entries have names (`nameOfEntry`) is changed entry by
 * entry, and `$order` names all its entries where their order is not that of the base with the new ones at the end.
 * `$whole` is a value that nothing of the base's is kept of.
 */
export type ChangesOf<T> = T extends readonly (infer Item)[]
  ? T | ListChanges<Item>
  : T extends object
    ? { readonly [Key in keyof T]?: ChangesOf<T[Key]> | null } | { readonly $whole: T }
    : T;

type ListChanges<Item> = {
  readonly [name: string]: Item | ChangesOf<Item> | readonly string[] | null;
} & { readonly $order?: readonly string[] };

type Derived = Omit<EditionData, "id" | "name" | "year" | "base">;

export type EditionChanges = Pick<EditionData, "id" | "name" | "year"> & {
  readonly [Key in keyof Derived]?: ChangesOf<Derived[Key]>;
};

/**
 * The edition's data with the changes made; what it is worth only `loadEdition` says. Where the base's tables and sentences
 * were seen in print is no statement about this edition and stays behind.
 */
export function derive(
  base: EditionData,
  changes: EditionChanges,
): Result<unknown, readonly EditionFault[]> {
  const faults: EditionFault[] = [];
  const derived = merge(
    { ...asJson(omit(base, "sources")), base: base.id },
    asJson(changes),
    "",
    faults,
  );
  return faults.length === 0 ? ok(derived) : err(faults);
}

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Extract<Json, { readonly [key: string]: Json }>;

export const isJsonObject = (value: Json | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An edition and its changes are plain values by their schema, which the compiler cannot know of an interface. */
export const asJson = (value: object): JsonObject => value as JsonObject;

/** Lists that are changed entry by entry, with the member that names an entry. */
const keyedLists: { readonly [list: string]: string } = {
  forms: "id",
  blocks: "id",
  columns: "key",
  rows: "key",
  relations: "id",
  parts: "id",
  overview: "id",
  narrative: "id",
  paragraphs: "id",
  sentences: "id",
  glossary: "term",
};

export const isKeyedList = (member: string, value: Json | undefined): value is readonly Json[] =>
  member in keyedLists && Array.isArray(value);

/** The entries of such a list by name; one without a name goes by its place, from 0. */
export const entriesOf = (member: string, list: readonly Json[]): ReadonlyMap<string, Json> =>
  new Map(
    list.map((item, index) => {
      const name = isJsonObject(item) ? item[keyedLists[member] ?? ""] : undefined;
      return [typeof name === "string" ? name : String(index), item];
    }),
  );

function merge(
  old: JsonObject,
  changes: JsonObject,
  path: string,
  faults: EditionFault[],
): JsonObject {
  const members = new Map(Object.entries(old));
  changeEach(members, changes, path, faults);
  return Object.fromEntries(members);
}

function changeEach(
  members: Map<string, Json>,
  changes: JsonObject,
  path: string,
  faults: EditionFault[],
): void {
  for (const [name, change] of Object.entries(changes)) {
    const at = path === "" ? name : `${path}.${name}`;
    if (change !== null) members.set(name, changed(name, members.get(name), change, at, faults));
    else if (!members.delete(name)) {
      faults.push({
        path: at,
        message: "基础版式没有这一项，不能删去。请去掉这一处修改，或换回有它的基础版式。",
      });
    }
  }
}

function changed(
  member: string,
  old: Json | undefined,
  change: Json,
  path: string,
  faults: EditionFault[],
): Json {
  if (!isJsonObject(change)) return change;
  if (change["$whole"] !== undefined) return change["$whole"];
  if (isKeyedList(member, old)) {
    const { $order, ...changes } = change;
    const entries = new Map(entriesOf(member, old));
    changeEach(entries, changes, path, faults);
    return $order === undefined
      ? [...entries.values()]
      : ordered(entries, $order, `${path}.$order`, faults);
  }
  return isJsonObject(old) ? merge(old, change, path, faults) : change;
}

function ordered(
  entries: ReadonlyMap<string, Json>,
  order: Json,
  path: string,
  faults: EditionFault[],
): Json {
  const names = Array.isArray(order) ? order.filter((name) => typeof name === "string") : [];
  const missing = [...entries.keys()].filter((name) => !names.includes(name));
  const unknown = names.filter((name) => !entries.has(name));
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (missing.length + unknown.length + twice.length > 0) {
    const parts = [
      ...(missing.length === 0 ? [] : [`缺“${missing.join("”“")}”`]),
      ...(unknown.length === 0 ? [] : [`没有名为“${unknown.join("”“")}”的项`]),
      ...(twice.length === 0 ? [] : [`“${twice.join("”“")}”写了两次`]),
    ];
    faults.push({ path, message: `顺序须把每一项各写一次：${parts.join("，")}。` });
  }
  return names.flatMap((name) => entries.get(name) ?? []);
}
