import type { CellAddress } from "../../forms/cell.ts";
import type { Facts } from "../../report/sections.ts";
import type { Report } from "../../report/report.ts";
import { valueAt } from "../sections/amounts.ts";
import {
  mentionWords,
  type FactsReaders,
  type FigureWords,
  type PrintedFacts,
} from "../sections/fact-figures.ts";
import type { NotApplicableReason } from "../finding.ts";
import type { TextContext } from "../text/text-context.ts";

const publicTotal: CellAddress = "t06/public_total/final";

/** 机关运行经费 beside the 公用经费 that it is part of, in 分. */
export interface CostWithinPublic {
  readonly cost: number;
  readonly publicCost: {
    readonly amount: number;
    /** How many amounts it was added up from. */
    readonly terms: number;
    readonly cells?: readonly CellAddress[];
  };
}

/** 机关运行经费 beside the 公用经费 of the units that it is the sum of, in 分. */
export interface CostOfUnits {
  readonly cost: number;
  readonly spent: readonly { readonly name: string; readonly amount: number }[];
  readonly cells?: readonly CellAddress[];
  /**
   * Print gives one 公用经费 for all units. It may hold that of units that do not count, so only a cost below it is
   * judged, the more severely the surer it is that there is one unit alone.
   */
  readonly mayIncludeOthers?: { readonly severity: "warning" | "hint" };
}

/** 机关运行经费 of a report that says which of its units are 行政单位 or managed like them. */
export interface CostAndOffices {
  readonly cost: number;
  readonly hasOffice: boolean;
}

const costPath = "operatingCost.current";

/** The sentence that states the cost, with what else it is compared with. */
function printedCost<Figures>(
  context: TextContext,
  read: (cost: FigureWords) => Figures | undefined,
): PrintedFacts<Figures>[] {
  const words = mentionWords(context.firstMention("operating_cost"));
  const figures = words && read(words);
  if (figures === undefined) return [];
  return [{ figures, wordsOf: (path) => (path === costPath ? words : undefined) }];
}

/** 公用经费合计 of the tables that came with the text. */
const tabled = ({ tables }: TextContext): number | undefined =>
  tables?.has(publicTotal) === true ? tables.value(publicTotal) : undefined;

export const withinPublicReaders: FactsReaders<CostWithinPublic> = {
  typed: (report) => {
    const cost = report.sections.facts.operatingCost?.current;
    const amount = valueAt(report, publicTotal);
    if (cost === undefined || amount === undefined) return "all_empty";
    return { cost, publicCost: { amount, terms: 1, cells: [publicTotal] } };
  },
  printed: (context) =>
    printedCost(context, ({ value: cost }) => {
      const publicCost = printedPublicCost(context);
      return publicCost && { cost, publicCost };
    }),
};

/** 公用经费 of the tables, else as stated, else the 款 that make it up, else the basic expenditure that it is part of. */
function printedPublicCost(context: TextContext): CostWithinPublic["publicCost"] | undefined {
  const stated = (concept: string) => context.firstMention(concept)?.figure.value;
  const cell = tabled(context);
  if (cell !== undefined) return { amount: cell, terms: 1, cells: [publicTotal] };
  const kinds = ["basic.302", "basic.310"].flatMap((concept) => stated(concept) ?? []);
  const amount =
    stated("basic.public_total") ??
    (kinds.length > 0 ? kinds.reduce((sum, value) => sum + value, 0) : stated("general_basic"));
  return amount === undefined ? undefined : { amount, terms: Math.max(1, kinds.length) };
}

export const ofUnitsReaders: FactsReaders<CostOfUnits> = {
  typed: typedCostOfUnits,
  printed: (context) =>
    printedCost(context, ({ value: cost, block }) => {
      if (!/公用经费(?:之和|合计|支出)?(?:相)?一致/u.test(block.text)) return undefined;
      const isTabled = context.tables?.has(publicTotal) === true;
      const amount = isTabled
        ? (tabled(context) ?? 0)
        : context.firstMention("basic.public_total")?.figure.value;
      if (amount === undefined) return undefined;
      return {
        cost,
        spent: [{ name: "公用经费", amount }],
        ...(isTabled ? { cells: [publicTotal] } : {}),
        mayIncludeOthers: { severity: hasOneUnit(context) ? "warning" : "hint" },
      };
    }),
};

const hasOneUnit = ({ text }: TextContext): boolean =>
  text.blocks.some(({ block: { text: words } }) =>
    /无所属(?:预算)?单位|没有(?:下属|所属)|仅[^，。；]{2,40}(?:本身|本级)|单位(?:共|为)+1个/u.test(
      words,
    ),
  );

function typedCostOfUnits(report: Report): CostOfUnits | NotApplicableReason {
  const { operatingCost, units } = report.sections.facts;
  const isUnit = report.identity.kind === "unit";
  if (operatingCost === undefined) return "all_empty";
  const spent = publicCosts(report);
  if (spent === undefined) return "condition_not_met";
  if (units.length === 0 && !isUnit) return "all_empty";
  return { cost: operatingCost.current, spent, ...(isUnit ? { cells: [publicTotal] } : {}) };
}

/** 公用经费 by unit that counts as 机关运行经费; undefined where the report does not say which do. */
function publicCosts(report: Report): CostOfUnits["spent"] | undefined {
  const own = report.sections.facts.units;
  const isAdministrative = (facts: Facts) => facts.units.some((unit) => unit.administrative);
  if (report.identity.kind === "unit") {
    const amount = valueAt(report, publicTotal) ?? 0;
    const counts = own.length > 0 && own.every((unit) => unit.administrative);
    return counts ? [{ name: report.identity.orgName, amount }] : undefined;
  }
  return report.units
    ?.filter(({ sections }) => isAdministrative(sections.facts))
    .map((unit) => ({ name: unit.orgName, amount: valueAt(unit, publicTotal) ?? 0 }));
}

export const officeReader: Pick<FactsReaders<CostAndOffices>, "typed"> = {
  typed: ({ sections: { facts } }) => {
    const { operatingCost, units } = facts;
    if (operatingCost === undefined || units.length === 0) return "all_empty";
    const hasOffice = units.some(({ administrative }) => administrative);
    return { cost: operatingCost.current, hasOffice };
  },
};
