import { canonicalJson, type Json } from "../../../shared/canonical-json.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";

/** How much somebody changed, for "3 格未保存": cells of a table, else members of a record, a list entry each. */
export function countChanges(before: unknown, after: unknown): number {
  return isTable(before) && isTable(after)
    ? countLeaves(cellsByRow(before), cellsByRow(after))
    : countLeaves(before as Json, after as Json);
}

/** Whether two values of a section hold the same, in whatever order a table's rows came. */
export const isEqualContent = (one: unknown, other: unknown): boolean =>
  countChanges(one, other) === 0;

const isTable = (value: unknown): value is TableData =>
  typeof value === "object" && value !== null && "rows" in value;

const cellsByRow = ({ rows }: TableData): Json =>
  Object.fromEntries(rows.map(({ key, cells }) => [key, cells]));

function countLeaves(before: Json | undefined, after: Json | undefined): number {
  if (before === after) return 0;
  if (isRecord(before) || isRecord(after)) {
    const [was, is] = [isRecord(before) ? before : {}, isRecord(after) ? after : {}];
    const keys = new Set([...Object.keys(was), ...Object.keys(is)]);
    return [...keys].reduce((sum, key) => sum + countLeaves(was[key], is[key]), 0);
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const length = Math.max(before.length, after.length);
    return Array.from({ length }, (_, index) =>
      Number(textOf(before[index] as Json) !== textOf(after[index] as Json)),
    ).reduce((sum, one) => sum + one, 0);
  }
  return Number(textOf(before) !== textOf(after));
}

const textOf = (value: Json | undefined): string =>
  value === undefined ? "" : canonicalJson(value);

const isRecord = (value: Json | undefined): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value);
