import type { CompiledQuantity } from "./book.ts";
import { allEntries, numbered } from "./lists.ts";
import { within, type List, type Quantity, type Scope } from "./scope.ts";

/** Names of the edition in one report. That they are known was shown when the edition was compiled. */

export function quantityNamed(scope: Scope, name: string): Quantity {
  const { quantities } = scope.ofReport;
  const actual = name === "本项" ? (scope.entry?.quantity ?? "") : name;
  const kept = quantities.get(actual) ?? scope.ofEntry.get(actual);
  if (kept !== undefined) return kept;
  const found = scope.book.quantities.get(actual);
  if (found === undefined) throw new Error(`No quantity ${actual}.`);
  const quantity = quantityIn(scope, found);
  (found.extent === "entry" ? scope.ofEntry : quantities).set(actual, quantity);
  return quantity;
}

function quantityIn(
  scope: Scope,
  { definition, label, source, prior }: CompiledQuantity,
): Quantity {
  const { unit } = definition;
  return {
    source: source.in(scope),
    label: label(scope),
    ...(unit === undefined ? {} : { unit }),
    ...(prior === undefined ? {} : { prior: prior.in(scope) }),
  };
}

export function listNamed(scope: Scope, name: string): List {
  const { lists } = scope.ofReport;
  const kept = lists.get(name);
  if (kept !== undefined) return kept;
  const found = scope.book.lists.get(name);
  if (found === undefined) throw new Error(`No list ${name}.`);
  const { definition, when } = found;
  const all = allEntries(definition, (quantity) => quantityNamed(scope, quantity).label, scope);
  const entries =
    when === undefined
      ? all
      : numbered(all.filter((entry) => entry.always || when(within(scope, entry))));
  const list = { entries, ...("entries" in definition ? { path: definition.entries } : {}) };
  lists.set(name, list);
  return list;
}
