import type { CellAddress } from "../../forms/cell.ts";
import { assertNever } from "../../result.ts";
import { isGrade } from "../figures.ts";
import type { FigureSource } from "../../report/figure-source.ts";
import { cell, fact, factAt, prior } from "../sources.ts";
import { budgetOf, generalBudget } from "./codes.ts";
import type { QuantityDefinition } from "../../forms/sentences-schema.ts";
import { entryOf, fillIn, type Scope } from "./scope.ts";

export type Definition = Exclude<QuantityDefinition, string>;

/** `"t01/…"` alone is `{ "of": "t01/…" }`. */
export const definitionOf = (quantity: QuantityDefinition): Definition =>
  typeof quantity === "string" ? { of: quantity } : quantity;

/** What a source depends on: the edition alone, one report, or the entry of a list. */
export type Extent = "edition" | "report" | "entry";

/** Where a quantity comes from, as far as the edition alone can tell. */
export interface SourceTemplate {
  readonly extent: Extent;
  readonly in: (scope: Scope) => FigureSource;
}

const always = (source: FigureSource): SourceTemplate => ({ extent: "edition", in: () => source });

/** `terms` finds the sources of a sum by their names. */
export function sourceTemplate(
  { of }: Definition,
  terms: (name: string) => SourceTemplate,
): SourceTemplate {
  if (typeof of === "string") return placeTemplate(of);
  if ("prior" in of) {
    const address = of.prior as CellAddress;
    return address.includes("*")
      ? { extent: "entry", in: (scope) => prior(fillIn(address, scope) as CellAddress) }
      : always(prior(address));
  }
  if ("sum" in of) return sumTemplate(of.sum.map(terms), of.less?.map(terms));
  if ("count" in of) return countTemplate(of);
  if ("mean" in of) return always({ kind: "mean", path: of.mean });
  if ("initialBudget" in of) {
    return of.initialBudget === "general"
      ? { extent: "report", in: ({ figures }) => generalBudget(figures.report) }
      : {
          extent: "entry",
          in: (scope) => budgetOf(scope.figures.report, entryOf(scope).key),
        };
  }
  if ("stated" in of) return { extent: "report", in: (scope) => statedOrSum(of, scope) };
  return assertNever(of);
}

/** Last year's figure: as the edition states it, else the same cell of last year. */
export function priorTemplate({ of, prior: stated }: Definition): SourceTemplate | undefined {
  if (stated !== undefined) return placeTemplate(stated);
  return typeof of === "string" && of.includes("/")
    ? sourceTemplate({ of: { prior: of } }, placeTemplate)
    : undefined;
}

/** A cell or fact, with `*` in the place of the entry's key. */
export function placeTemplate(place: string): SourceTemplate {
  const sourceAt = (address: string): FigureSource =>
    place.includes("/") ? cell(address as CellAddress) : fact(address);
  return place.includes("*")
    ? { extent: "entry", in: (scope) => sourceAt(fillIn(place, scope)) }
    : always(sourceAt(place));
}

function sumTemplate(
  of: readonly SourceTemplate[],
  less: readonly SourceTemplate[] | undefined,
): SourceTemplate {
  const all = [...of, ...(less ?? [])];
  const sumIn = (scope: Scope): FigureSource => ({
    kind: "sum",
    of: of.map((term) => term.in(scope)),
    ...(less === undefined ? {} : { less: less.map((term) => term.in(scope)) }),
  });
  const extents = all.map(({ extent }) => extent);
  const widest = extents.includes("entry") ? "entry" : "report";
  return { extent: extents.every((one) => one === "edition") ? "edition" : widest, in: sumIn };
}

function countTemplate({ count: path, grade }: { count: string; grade?: string | undefined }) {
  const countOf = (text: string): FigureSource => ({
    ...{ kind: "count", path },
    ...(isGrade(text) ? { grade: text } : {}),
  });
  return grade === "*"
    ? { extent: "entry" as const, in: (scope: Scope) => countOf(entryOf(scope).key) }
    : always(countOf(grade ?? ""));
}

function statedOrSum(
  { stated, otherwiseSum }: { readonly stated: string; readonly otherwiseSum: string },
  { figures: { report } }: Scope,
): FigureSource {
  const [list = "", member = ""] = otherwiseSum.split(".*.");
  const entries = factAt(report, list);
  const paths = Array.isArray(entries)
    ? entries.map((_, index) => `${list}.${index}.${member}`)
    : [];
  const isWhole = paths.length > 0 && paths.every((path) => factAt(report, path) !== undefined);
  return factAt(report, stated) === undefined && isWhole
    ? { kind: "sum", of: paths.map(fact) }
    : fact(stated);
}
