import { parseCellAddress } from "../../forms/cell.ts";
import type { Edition, Form } from "../../forms/form.ts";
import { fixedRows } from "../../forms/layout.ts";
import { hasCell } from "../../report/prior-year.ts";
import type { FactKind } from "./fact-paths.ts";
import type { ListDefinition } from "../../forms/sentences-schema.ts";

/** Whether what an edition's quantities and lists name is in its forms and in the sections of a report. */

/** What the sections of a report have at a path, `undefined` where there is nothing (`factKind`). */
export type FactLookup = (path: string) => FactKind | undefined;

/** What places are compared with. An edition that was loaded has been compared before and needs no lookup. */
export interface Places {
  readonly edition: Edition;
  readonly facts?: FactLookup | undefined;
}

/** Keys that stand for every entry of a list; none of a list of quantities, which `*` cannot stand for. */
export function sampleKeys(definition: ListDefinition, edition: Edition): readonly string[] {
  if ("quantities" in definition) return [];
  if ("keys" in definition) return Object.keys(definition.keys);
  if ("economicCodes" in definition) return definition.economicCodes;
  if ("economicRows" in definition) {
    const form = formOf(edition, definition.economicRows);
    return (form === undefined ? [] : fixedRows(form))
      .map(({ key }) => key)
      .filter((key) => key.length === 5 && definition.classes.includes(key.slice(0, 3)));
  }
  if ("functionCodes" in definition) {
    const form = formOf(edition, definition.functionCodes);
    const row = form && fixedRows(form).find(({ key }) => /^\d{3}$/u.test(key));
    return [row?.key ?? "201"];
  }
  return ["0"];
}

/** What is wrong with a cell or path; `keys` are put in the place of its `*`. */
export function placeFault(
  places: Places,
  place: string,
  keys: readonly string[],
): string | undefined {
  const filled = place.includes("*") ? keys.map((key) => place.replaceAll("*", key)) : [place];
  const unknown = filled.find((one) => !isPlace(places, one));
  if (unknown === undefined) return undefined;
  return parseCellAddress(unknown) === undefined
    ? `补充数据中没有 ${unknown}。`
    : `本版式的报表中没有单元格 ${unknown}。`;
}

const isPlace = ({ edition, facts }: Places, place: string): boolean =>
  parseCellAddress(place) === undefined
    ? facts === undefined || facts(place) !== undefined
    : hasCell(edition, place);

export const isFact = ({ facts }: Places, place: string, kind: FactKind): boolean =>
  facts === undefined || facts(place) === kind;

/** What is wrong with where the entries of a list are taken from. */
export function listFault(definition: ListDefinition, places: Places): string | undefined {
  const { edition } = places;
  if ("entries" in definition) {
    return isFact(places, definition.entries, "list")
      ? undefined
      : `${definition.entries} 不是补充数据中的列表。`;
  }
  const table =
    "functionCodes" in definition
      ? definition.functionCodes
      : "economicRows" in definition
        ? definition.economicRows
        : undefined;
  return table !== undefined && formOf(edition, table) === undefined
    ? `本版式没有报表 ${table}。`
    : undefined;
}

const formOf = (edition: Edition, table: string): Form | undefined =>
  edition.forms.find(({ id }) => id === table);
