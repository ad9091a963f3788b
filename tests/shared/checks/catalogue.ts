import type { Edition, TableId } from "../../../shared/forms/form.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import type { Report } from "../../../shared/report/report.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import {
  createContext,
  type CheckContext,
  type Reference,
} from "../../../shared/checks/context.ts";
import { findingPatterns } from "../../../shared/checks/finding-patterns.ts";
import type { FindingKind, Severity } from "../../../shared/checks/finding.ts";
import type { CellCheck, Rule, Tolerance } from "../../../shared/checks/rule.ts";
import { isBeyondTheList, rulesInLedgerOrder } from "../../../shared/checks/ledger-order.ts";

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

/** A rule as the document of rules shows it. */
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

/** Every rule in the order of the ledger, as editions have it. */
export const catalogueOf = (editions: readonly Edition[]): readonly CatalogueEntry[] =>
  rulesInLedgerOrder.map((rule) => entryOf(rule, editions));

export function entryOf(rule: Rule, editions: readonly Edition[]): CatalogueEntry {
  const { id, statement, basis, severity, years, cells } = rule;
  return {
    ...{ id, statement, severity },
    ...omitUndefined({ basis, years }),
    scopes: [...new Set(scopesOf(rule))],
    tables: cells === undefined ? [] : [...new Set(cells.reads.map(({ table }) => table))],
    tolerance: rule.cells === undefined ? rule.tolerance : toleranceOf(rule.cells, editions),
    messages: messagesOf(rule),
    editions: editions.filter((edition) => hasRule(edition, rule)).map((edition) => edition.id),
  };
}

/** A rule over nothing but cells needs an edition with what it reads. */
function hasRule(edition: Edition, { cells, years, ...others }: Rule): boolean {
  const { text, rewording, gaps, sections, units, printedTables } = others;
  const isOverCellsAlone =
    (text ?? rewording ?? gaps ?? sections ?? units ?? printedTables) === undefined;
  if (cells === undefined || !isOverCellsAlone) return true;
  const { from = edition.year, to = edition.year } = years ?? {};
  if (edition.year < from || edition.year > to) return false;
  // Run over a report without figures, the check itself finds out what the edition lacks.
  return cells.run(contextOf(edition)).notApplicable !== "not_in_edition";
}

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
function toleranceOf({ finds, reads }: CellCheck, editions: readonly Edition[]): Tolerance {
  const found = new Set(finds.map((kind) => toleranceOfKind[kind]));
  if (found.has("rounding")) {
    return reads.every((reference) => isCounted(reference, editions)) ? "exact" : "rounding";
  }
  if (found.has("exact")) return "exact";
  return found.has("ratio") ? "ratio" : "none";
}

/** Vehicles, groups, persons: nothing to round in any edition that has them. */
const isCounted = ({ table, row }: Reference, editions: readonly Edition[]): boolean =>
  editions.every((edition) => {
    const form = formsOf(edition).get(table);
    if (form === undefined) return true;
    if (form.byCode) return false;
    const read = typeof row === "string" ? [form.rows.get(row)] : [...form.rows.values()];
    return read.every((fixed) => fixed?.kind === "count");
  });

/** The forms of an edition as rules see them. */
export const formsOf = (edition: Edition): CheckContext["tables"] => contextOf(edition).tables;

const contexts = new WeakMap<Edition, CheckContext>();

function contextOf(edition: Edition): CheckContext {
  const known = contexts.get(edition) ?? createContext(emptyReport(edition));
  contexts.set(edition, known);
  return known;
}

const emptyReport = (edition: Edition): Report => ({
  identity: { region: "", year: edition.year, orgCode: "", orgName: "", kind: "unit" },
  edition,
  sections: emptySections,
});
