import { assertNever } from "../../result.ts";
import { factAt } from "../sources.ts";
import {
  budgetCodes,
  budgetPaying,
  codeName,
  economicName,
  fullCodeName,
  leaves,
  rowsOf,
} from "./codes.ts";
import type { ListDefinition } from "../../forms/sentences-schema.ts";
import type { Entry, Scope } from "./scope.ts";
import { isList } from "../../read-only.ts";

type Keyed = Pick<Entry, "key" | "name" | "quantity">;

/** Every entry of a list in one report, before its condition; numbered as they come. */
export function allEntries(
  definition: ListDefinition,
  labelOf: (quantity: string) => string,
  scope: Scope,
): Entry[] {
  const always = new Set(definition.always);
  return numbered(
    keyedEntries(definition, labelOf, scope).map((one) => ({
      ...one,
      always: always.has(one.quantity ?? one.key),
    })),
  );
}

/** Entries numbered from 1. */
export const numbered = (entries: readonly Omit<Entry, "number" | "isLast">[]): Entry[] =>
  entries.map((entry, index) => ({
    ...entry,
    number: index + 1,
    isLast: index === entries.length - 1,
  }));

function keyedEntries(
  definition: ListDefinition,
  labelOf: (quantity: string) => string,
  scope: Scope,
): readonly Keyed[] {
  const { report } = scope.figures;
  if ("quantities" in definition) {
    const { quantities } = definition;
    return isList(quantities)
      ? quantities.map((quantity) => ({
          ...{ key: quantity, quantity, name: labelOf(quantity) },
        }))
      : Object.entries(quantities).map(([quantity, name]) => ({ key: quantity, quantity, name }));
  }
  if ("keys" in definition) {
    return Object.entries(definition.keys).map(([key, name]) => ({ key, name }));
  }
  if ("economicCodes" in definition) {
    return definition.economicCodes.map((key) => ({ key, name: economicName(report, key) }));
  }
  if ("economicRows" in definition) {
    const { classes } = definition;
    return rowsOf(report, definition.economicRows)
      .filter(({ key }) => /^\d{5}$/u.test(key) && classes.includes(key.slice(0, 3)))
      .map(({ key }) => ({ key, name: economicName(report, key) }));
  }
  if ("functionCodes" in definition) {
    const name = definition.levelNames === true ? fullCodeName : codeName;
    return functionCodes(definition, scope).map((key) => ({ key, name: name(report, key) }));
  }
  if ("entries" in definition) {
    const { where = {} } = definition;
    return entriesAt(scope, definition.entries).flatMap((entry, index) =>
      Object.entries(where).every(([member, value]) => entry[member] === value)
        ? [{ key: `${index}`, name: "" }]
        : [],
    );
  }
  return assertNever(definition);
}

/** Codes of a table and of a budget, ascending: every 类, or of each code the lowest level given (项). */
function functionCodes(
  { functionCodes: table, level, budget }: Extract<ListDefinition, { level: unknown }>,
  { figures: { report } }: Scope,
): string[] {
  const inTable = rowsOf(report, table)
    .map(({ key }) => key)
    .filter((key) => (level === "class" ? /^\d{3}$/u : /^\d{3,7}$/u).test(key));
  const budgeted = budgetCodes(report).filter(
    (code) => budget === "all" || budgetPaying(report, code) === budget,
  );
  const both = (codes: readonly string[]) => [...new Set([...inTable, ...codes])];
  if (budget === undefined) return inTable.toSorted();
  return level === "class"
    ? both(budgeted.map((code) => code.slice(0, 3))).toSorted()
    : leaves(both(budgeted));
}

function entriesAt(
  { figures: { report } }: Scope,
  path: string,
): readonly { readonly [member: string]: unknown }[] {
  const entries = factAt(report, path);
  // A list of plain texts has no members to select by.
  return Array.isArray(entries)
    ? entries.map((entry) => Object(entry) as Record<string, unknown>)
    : [];
}
