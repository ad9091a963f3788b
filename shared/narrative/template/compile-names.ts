import type { CompiledList, CompiledQuantity } from "./book.ts";
import { placesOf } from "./check-names.ts";
import { isFact, listFault, placeFault } from "./check-places.ts";
import {
  compileCondition,
  compileTemplate,
  reportUnknown,
  type Compiler,
  type Spot,
} from "./compiler.ts";
import { linkText } from "./link.ts";
import { operators } from "./operators/all.ts";
import { parseTemplate } from "./parse.ts";
import { placeTemplate, priorTemplate, sourceTemplate, type Definition } from "./quantities.ts";
import type { ListDefinition } from "../../forms/sentences-schema.ts";
import { isList } from "../../read-only.ts";

/** Named quantities and lists, compared with the edition's forms and the sections of a report. */

export function compileQuantity(
  compiler: Compiler,
  name: string,
  definition: Definition,
): CompiledQuantity {
  const spot: Spot = { path: ["quantities", name], where: `数字“${name}”` };
  reportPlaces(compiler, definition, spot);
  reportTerms(compiler, definition, spot);
  const { quantities } = compiler.names;
  // A sum within a sum was refused: a term is read as a place at the deepest.
  const source = sourceTemplate(definition, (term) =>
    sourceTemplate(quantities.get(term) ?? { of: term }, placeTemplate),
  );
  const prior = priorTemplate(definition);
  const label = definition.label ?? name;
  // Its words may name the entry of whichever list it is used in.
  const inAnyList: Compiler = { ...compiler, list: { keys: {} }, wordsOnly: true };
  return {
    definition,
    label: compileTemplate(inAnyList, label, spot, linkText),
    source,
    ...(prior === undefined ? {} : { prior }),
    extent: namesEntry(label) ? "entry" : source.extent,
  };
}

/** Cells and paths that are in no form and no section. */
function reportPlaces(compiler: Compiler, definition: Definition, spot: Spot): void {
  for (const place of placesOf(definition)) {
    // What stands for an entry is compared where the list is known.
    const fault = place.includes("*") ? undefined : placeFault(compiler, place, []);
    if (fault !== undefined) compiler.report(spot, fault);
  }
  const { of } = definition;
  if (typeof of === "string") return;
  const list = "count" in of ? of.count : "mean" in of ? of.mean : undefined;
  if (list !== undefined && !isFact(compiler, list, "list")) {
    compiler.report(spot, `${list} 不是补充数据中的列表。`);
  }
}

function reportTerms(compiler: Compiler, { of }: Definition, spot: Spot): void {
  if (typeof of === "string" || !("sum" in of)) return;
  const { quantities } = compiler.names;
  for (const term of [...of.sum, ...(of.less ?? [])]) {
    const found = quantities.get(term)?.of;
    if (found === undefined) {
      reportUnknown(compiler, spot, { kind: "数字", name: term }, quantities.keys());
    } else if (typeof found !== "string" && "sum" in found) {
      compiler.report(spot, `合计中的“${term}”本身也是合计。请直接写它的各项。`);
    }
  }
}

function namesEntry(label: string): boolean {
  const parsed = parseTemplate(label);
  return (
    parsed.ok &&
    parsed.value.some(
      (node) => node.kind === "call" && operators.get(node.operator.text)?.inside === "list",
    )
  );
}

export function compileList(
  compiler: Compiler,
  name: string,
  definition: ListDefinition,
): CompiledList {
  const spot: Spot = { path: ["lists", name], where: `列表“${name}”` };
  const { names } = compiler;
  const fault = listFault(definition, compiler);
  if (fault !== undefined) compiler.report(spot, fault);
  const named = "quantities" in definition ? definition.quantities : [];
  for (const quantity of isList(named) ? named : Object.keys(named)) {
    if (names.quantities.has(quantity)) continue;
    reportUnknown(compiler, spot, { kind: "数字", name: quantity }, names.quantities.keys());
  }
  if (definition.when === undefined) return { definition };
  const inList: Compiler = { ...compiler, list: definition, ofEntries: true };
  return { definition, when: compileCondition(inList, definition.when, spot) };
}
