import { shippedEditions } from "../editions/shipped-editions.ts";
import type { Edition, TableId } from "../forms/form.ts";
import type { Report } from "../report/report.ts";
import { emptySections } from "../report/sections.ts";
import { createContext, indexEdition, type Reference } from "./context.ts";
import { findingPatterns } from "./finding-patterns.ts";
import type { FindingKind, Severity } from "./finding.ts";
import type { CellCheck, Rule, Tolerance } from "./rule.ts";
import { ruleBook } from "./rule-book.ts";

/** What a rule looks at. */
export type Scope =
  /** Rows, columns, codes and names. */
  | "form"
  /** Figures of one table. */
  | "table"
  | "between_tables"
  /** Last year's figures as well. */
  | "years"
  /** The units of a department. */
  | "units"
  /** Words and figures of a text. */
  | "text"
  /** Facts, performance and attachments. */
  | "sections";

/** A rule as the document of rules and the screens show it. */
export interface CatalogueEntry {
  readonly id: string;
  readonly statement: string;
  readonly basis?: string;
  readonly severity: Severity;
  readonly scopes: readonly Scope[];
  /** The tables it names. */
  readonly tables: readonly TableId[];
  readonly tolerance: Tolerance;
  /** What its findings say, with the figures left open in braces. */
  readonly messages: readonly string[];
  readonly years?: NonNullable<Rule["years"]>;
  /** Ids of the editions that have what it reads. */
  readonly editions: readonly string[];
}

export function entryOf(rule: Rule): CatalogueEntry {
  const { id, statement, basis, severity, years, cells } = rule;
  const isOfCellsAlone = Object.keys(carrierOrder).every(
    (carrier) => carrier === "cells" || rule[carrier as keyof typeof carrierOrder] === undefined,
  );
  return {
    ...{ id, statement, severity },
    ...(basis === undefined ? {} : { basis }),
    ...(years === undefined ? {} : { years }),
    scopes: [...new Set(scopesOf(rule))],
    tables: cells === undefined ? [] : [...new Set(cells.reads.map(({ table }) => table))],
    tolerance: rule.cells === undefined ? rule.tolerance : toleranceOf(rule.cells),
    messages: messagesOf(rule),
    editions: shippedEditions.all
      .filter(
        (edition) => !isOfCellsAlone || cells === undefined || appliesTo(rule, cells, edition),
      )
      .map((edition) => edition.id),
  };
}

/**
 * The ledger lists rules by the first thing they judge, then in the order of the book; those beyond the
 * trade's list (S…) with the sections.
 */
const carrierOrder = {
  cells: 0,
  text: 1,
  rewording: 2,
  gaps: 2,
  sections: 3,
  units: 4,
  printedTables: 5,
} as const;

const isBeyondTheList = ({ id }: Rule): boolean => id.startsWith("S");

const placeOf = (rule: Rule): number =>
  isBeyondTheList(rule)
    ? carrierOrder.sections
    : Math.min(
        ...Object.entries(carrierOrder).map(([carrier, place]) =>
          rule[carrier as keyof typeof carrierOrder] === undefined ? Infinity : place,
        ),
      );

function scopesOf(rule: Rule): Scope[] {
  const { cells, text, rewording, gaps, sections, units, printedTables } = rule;
  const scopes: Scope[] = [
    ...(printedTables === undefined ? [] : ["form" as const]),
    ...(cells === undefined ? [] : [scopeOf(cells)]),
    ...((text ?? rewording ?? gaps) === undefined ? [] : ["text" as const]),
    ...(sections === undefined ? [] : [sections.scope]),
    ...(units === undefined ? [] : ["units" as const]),
  ];
  return isBeyondTheList(rule) ? scopes.toReversed() : scopes;
}

function scopeOf({ reads, readsUnits }: CellCheck): Scope {
  if (readsUnits) return "units";
  if (reads.length === 0) return "form";
  if (reads.some(({ prior }) => prior)) return "years";
  return new Set(reads.map(({ table }) => table)).size === 1 ? "table" : "between_tables";
}

function messagesOf(rule: Rule): string[] {
  const { cells, text, rewording, gaps, sections, units, printedTables } = rule;
  return [
    ...(printedTables === undefined ? [] : ["《{表}》：{问题}。{改法}"]),
    ...(cells?.finds ?? []).map((kind) => findingPatterns[kind]),
    ...(text === undefined ? [] : ["{第几行}“{引文}”：{问题}。{改法}"]),
    ...((rewording ?? gaps) === undefined ? [] : ["“{引文}”：{问题}。{改法}"]),
    ...((sections ?? units) === undefined ? [] : ["{所在}：{问题}。{改法}"]),
  ];
}

/** What a finding of a kind says about the figures: calculated with rounding, exactly, as a ratio, or not at all. */
const toleranceOfKind = {
  not_equal: "rounding",
  above: "rounding",
  not_sum_of_units: "exact",
  taken_off_one_side: "exact",
  unusual_average: "ratio",
  unit_slip: "ratio",
  rounding: "none",
  deviates: "none",
  negative: "none",
  missing: "none",
  unexpected: "none",
  missing_row: "none",
  form_fault: "none",
  not_itemised: "none",
  other_budget: "none",
  code_of_other_years: "none",
  name_of_other_years: "none",
  wrong_column: "none",
  not_of_such_units: "none",
} as const satisfies Record<FindingKind, Tolerance>;

/** Follows from what the check finds, and from whether it compares money or counts. */
function toleranceOf({ finds, reads }: CellCheck): Tolerance {
  const found = new Set(finds.map((kind) => toleranceOfKind[kind]));
  if (found.has("rounding")) return reads.every(isCounted) ? "exact" : "rounding";
  if (found.has("exact")) return "exact";
  return found.has("ratio") ? "ratio" : "none";
}

const forms = shippedEditions.all.map(indexEdition);

/** Vehicles, groups, persons: nothing to round in any edition that has them. */
const isCounted = ({ table, row }: Reference): boolean =>
  forms.every((edition) => {
    const form = edition.get(table);
    if (form === undefined) return true;
    if (form.byCode) return false;
    const read = typeof row === "string" ? [form.rows.get(row)] : [...form.rows.values()];
    return read.every((fixed) => fixed?.kind === "count");
  });

/** A report without figures tells which editions lack what the rule reads. */
function appliesTo({ years }: Rule, cells: CellCheck, edition: Edition): boolean {
  const { from = edition.year, to = edition.year } = years ?? {};
  if (edition.year < from || edition.year > to) return false;
  return cells.run(createContext(emptyReport(edition))).notApplicable !== "not_in_edition";
}

const emptyReport = (edition: Edition): Report => ({
  identity: { region: "", year: edition.year, orgCode: "", orgName: "", kind: "unit" },
  edition,
  sections: emptySections,
});

/** Every rule of the book, in the order of the ledger. */
export const catalogue: readonly CatalogueEntry[] = ruleBook
  .toSorted((a, b) => placeOf(a) - placeOf(b))
  .map(entryOf);

const byId: ReadonlyMap<string, CatalogueEntry> = new Map(
  catalogue.map((entry) => [entry.id, entry]),
);

export const entryById = (id: string): CatalogueEntry | undefined => byId.get(id);
