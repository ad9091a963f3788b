import type { UnitSubmission } from "../report/report.ts";
import type { Facts } from "../report/sections.ts";

/** The figures of a department that no table holds, as its units add up to them. */
export type AddedFacts = Pick<
  Facts,
  "enteredIn" | "people" | "prior" | "initialBudget" | "operatingCost" | "procurement"
>;

/** Adds the units' facts; what no unit gave stays ungiven. */
export function addedFacts(units: readonly UnitSubmission[]): AddedFacts {
  const facts = units.map(({ sections }) => sections.facts);
  return {
    // One unit that rounded to 0.01 万元 makes the sums carry roundings.
    enteredIn: facts.every(({ enteredIn }) => enteredIn === "yuan") ? "yuan" : "wan",
    prior: sumOf(facts.map(({ prior }) => prior)) ?? {},
    ...given("people", sumOf(facts.map(({ people }) => people))),
    ...given("initialBudget", addedBudget(facts)),
    ...given("operatingCost", addedOperatingCost(facts)),
    ...given("procurement", addedProcurement(facts)),
  };
}

/**
 * The department's facts with the units' sums put in. Last year's figures are taken over where the department has none
 * or still has what `before` (the last 汇总) put there: what the department published or typed itself is kept.
 */
export function withAddedFacts(own: Facts, added: AddedFacts, before?: AddedFacts): Facts {
  const { prior, ...others } = added;
  const kept = Object.entries(own.prior).filter(([cell, value]) => before?.prior[cell] !== value);
  return { ...own, ...others, prior: { ...prior, ...Object.fromEntries(kept) } };
}

function addedBudget(facts: readonly Facts[]): Facts["initialBudget"] {
  const budgets = facts.flatMap(({ initialBudget }) => initialBudget ?? []);
  if (budgets.length === 0) return undefined;
  const totals = budgets.flatMap(({ total }) => total ?? []);
  return {
    ...(totals.length === 0 ? {} : { total: totals.reduce(plus, 0) }),
    byCode: sumOf(budgets.map(({ byCode }) => byCode)) ?? {},
  };
}

/** 机关运行经费 is spent by 行政单位 and 参照公务员法管理 ones alone. */
function addedOperatingCost(facts: readonly Facts[]): Facts["operatingCost"] {
  const costs = facts
    .filter(({ units }) => units.some(({ administrative }) => administrative))
    .flatMap(({ operatingCost }) => operatingCost ?? []);
  if (costs.length === 0) return undefined;
  const priors = costs.flatMap(({ prior }) => prior ?? []);
  return {
    current: costs.map(({ current }) => current).reduce(plus, 0),
    ...(priors.length === 0 ? {} : { prior: priors.reduce(plus, 0) }),
  };
}

function addedProcurement(facts: readonly Facts[]): Facts["procurement"] {
  const all = facts.flatMap(({ procurement }) => procurement ?? []);
  const reserved = sumOf(all.map((procurement) => procurement.reserved));
  const sum = sumOf(all.map((procurement) => amountsOf(procurement)));
  return sum === undefined ? undefined : { ...sum, ...given("reserved", reserved) };
}

function amountsOf(procurement: NonNullable<Facts["procurement"]>) {
  const { goods, works, services, sme, micro, smeGoods, smeWorks, smeServices } = procurement;
  return { goods, works, services, sme, micro, smeGoods, smeWorks, smeServices };
}

/** Member by member; undefined where nobody gave anything. */
function sumOf<Amounts extends Readonly<Record<string, number>>>(
  all: readonly (Amounts | undefined)[],
): Amounts | undefined {
  const givens = all.filter((amounts) => amounts !== undefined);
  if (givens.length === 0) return undefined;
  const sum: Record<string, number> = {};
  for (const [key, value] of givens.flatMap((amounts) => Object.entries(amounts))) {
    sum[key] = (sum[key] ?? 0) + value;
  }
  return sum as Amounts;
}

const given = <Key extends string, Value>(key: Key, value: Value | undefined) =>
  (value === undefined ? {} : { [key]: value }) as { [K in Key]?: Value };

const plus = (a: number, b: number): number => a + b;
