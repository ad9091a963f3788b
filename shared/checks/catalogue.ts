import { shippedEditions } from "../editions/shipped-editions.ts";
import type { Edition, TableId } from "../forms/form.ts";
import { wordingRules } from "./narrative-findings.ts";
import { given } from "../given.ts";
import type { Report } from "../report/report.ts";
import { emptySections } from "../report/sections.ts";
import { createContext, indexEdition, type Reference } from "./context.ts";
import { findingPatterns } from "./finding-patterns.ts";
import type { FindingKind, Severity } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { ruleBook } from "./rule-book.ts";
import { sectionRuleBook } from "./sections/section-rule-book.ts";
import { outdatedUnitsRule } from "./consolidation/outdated-units.ts";
import { textRuleBook } from "./text/text-rule-book.ts";

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

/** By how much figures may differ. */
export type Tolerance =
  /** By what rounding to 0.01 万元 explains; not at all where 元 were typed. */
  | "rounding"
  /** Percentages and averages, by 0.01 of what is printed. */
  | "ratio"
  | "exact"
  /** Nothing is reckoned: something is there or it is not. */
  | "none";

/** A rule of whatever book, as the document of rules and the screens tell it. */
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

/** What every rule of every book says about itself. */
type Told = Pick<Rule, "id" | "statement" | "basis" | "severity" | "years">;

interface Book {
  readonly name: string;
  readonly rules: readonly Told[];
  readonly describe: (
    rule: Told,
  ) => Pick<CatalogueEntry, "scopes" | "tables" | "tolerance" | "messages" | "editions">;
}

/**
 * One catalogue over all books. An id in two of them is one rule read from two places: it throws where they do not
 * say the same of it.
 */
export function catalogueOf(books: readonly Book[]): readonly CatalogueEntry[] {
  const entries = new Map<string, CatalogueEntry & { readonly book: string }>();
  for (const { name: book, rules, describe } of books) {
    for (const rule of rules) {
      const { id, statement, basis, severity, years } = rule;
      const before = entries.get(id);
      const told = { id, statement, severity, ...given({ basis, years }) };
      const described = describe(rule);
      if (before === undefined) {
        entries.set(id, { ...told, ...described, book });
        continue;
      }
      if (before.statement !== statement || before.severity !== severity) {
        throw new Error(
          `Rule ${id} is “${before.statement}” (${before.severity}) in the book of ${before.book} and “${statement}” (${severity}) in that of ${book}.`,
        );
      }
      entries.set(id, {
        ...told,
        ...before,
        ...joined(before, described),
      });
    }
  }
  return [...entries.values()];
}

const joined = (one: CatalogueEntry, other: ReturnType<Book["describe"]>) => ({
  scopes: union(one.scopes, other.scopes),
  tables: union(one.tables, other.tables),
  messages: union(one.messages, other.messages),
  editions: union(one.editions, other.editions),
});

const union = <T>(one: readonly T[], other: readonly T[]): T[] => [...new Set([...one, ...other])];

const everywhere = shippedEditions.all.map(({ id }) => id);

const tables: Book = {
  name: "tables",
  rules: ruleBook,
  describe: (told) => {
    const rule = told as Rule;
    return {
      scopes: [scopeOf(rule)],
      tables: [...new Set(rule.check.reads.map(({ table }) => table))],
      tolerance: toleranceOf(rule),
      messages: (rule.check.finds ?? []).map((kind) => findingPatterns[kind]),
      editions: shippedEditions.all
        .filter((edition) => appliesTo(rule, edition))
        .map(({ id }) => id),
    };
  },
};

function scopeOf({ check: { reads, readsUnits } }: Rule): Scope {
  if (readsUnits) return "units";
  if (reads.length === 0) return "form";
  if (reads.some(({ prior }) => prior)) return "years";
  return new Set(reads.map(({ table }) => table)).size === 1 ? "table" : "between_tables";
}

const reckoned: ReadonlySet<FindingKind> = new Set(["not_equal", "above"]);
const exact: ReadonlySet<FindingKind> = new Set(["not_sum_of_units", "taken_off_one_side"]);
const rated: ReadonlySet<FindingKind> = new Set(["unusual_average", "unit_slip"]);

/** Follows from what the check finds, and from whether it compares money or counts. */
function toleranceOf({ check: { finds = [], reads } }: Rule): Tolerance {
  if (finds.some((kind) => reckoned.has(kind))) {
    return reads.every(isCounted) ? "exact" : "rounding";
  }
  if (finds.some((kind) => exact.has(kind))) return "exact";
  return finds.some((kind) => rated.has(kind)) ? "ratio" : "none";
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
function appliesTo({ years, check }: Rule, edition: Edition): boolean {
  const { from = edition.year, to = edition.year } = years ?? {};
  if (edition.year < from || edition.year > to) return false;
  return check.run(createContext(emptyReport(edition))).idle !== "not_in_edition";
}

const emptyReport = (edition: Edition): Report => ({
  identity: { region: "", year: edition.year, orgCode: "", orgName: "", kind: "unit" },
  edition,
  sections: emptySections,
});

const texts: Book = {
  name: "texts",
  rules: textRuleBook,
  describe: ({ id }) => ({
    scopes: ["text"],
    tables: [],
    tolerance: tolerancesOfWords[id] ?? "none",
    messages: ["{第几行}“{引文}”：{问题}。{改法}"],
    editions: everywhere,
  }),
};

/** What is asked of the sentences that people reworded in our own narrative. */
const narrative: Book = {
  name: "the narrative",
  rules: wordingRules.map(({ rule: id, title: statement, severity }) => ({
    id,
    statement,
    severity,
  })),
  describe: () => ({
    scopes: ["text"],
    tables: [],
    tolerance: "none",
    messages: ["“{引文}”：{问题}。{改法}"],
    editions: everywhere,
  }),
};

/** Last year's figures, units and departments have families of their own. */
const sectionScopes: readonly (readonly [RegExp, Scope])[] = [
  [/^R30/u, "units"],
  [/^(?:S212|S213|S216|S217|R19)/u, "years"],
];

const sections: Book = {
  name: "sections",
  rules: [...sectionRuleBook, outdatedUnitsRule],
  describe: ({ id }) => ({
    scopes: [sectionScopes.find(([ids]) => ids.test(id))?.[1] ?? "sections"],
    tables: [],
    tolerance: tolerancesOfWords[id] ?? "none",
    messages: ["{所在}：{问题}。{改法}"],
    editions: everywhere,
  }),
};

/** What rules over words and facts reckon; the others look whether something is said. */
const tolerancesOfWords: Readonly<Record<string, Tolerance>> = {
  ...rulesWith("rounding", "R005", "R190", "R201", "R202", "R208", "R209", "R210", "R211"),
  ...rulesWith("rounding", "R405", "R409", "S205", "S209", "S210", "S211", "S212", "S216"),
  ...rulesWith("rounding", "S217", "S401", "S410", "S411", "S412"),
  ...rulesWith("ratio", "R203", "R204", "R206", "R207", "R212", "R215", "R404", "S403", "S406"),
  ...rulesWith("exact", "R213", "R214", "R401", "R402", "R403", "S408", "S414", "S415", "S419"),
};

function rulesWith(tolerance: Tolerance, ...ids: readonly string[]) {
  return Object.fromEntries(ids.map((id) => [id, tolerance]));
}

/** Every rule a report is checked by, tables first. */
export const catalogue: readonly CatalogueEntry[] = catalogueOf([
  tables,
  texts,
  narrative,
  sections,
]);

const byId: ReadonlyMap<string, CatalogueEntry> = new Map(
  catalogue.map((entry) => [entry.id, entry]),
);

export const entryById = (id: string): CatalogueEntry | undefined => byId.get(id);
