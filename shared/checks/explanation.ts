import type { CellAddress } from "../forms/cell.ts";
import type { Explanation, Explanations, Sections } from "../report/sections.ts";
import { boundedId } from "./bounded-id.ts";
import { bareText } from "./stock-phrases.ts";

/** The explanation of a finding: it is valid for exactly these figures and void when one changes. */
export interface FoundExplanation {
  readonly valid?: Explanation;
  readonly voided?: Explanation;
}

/** What is explained: the same rule at the same place, whatever its figures. */
export type ExplainedPlace = Pick<Explanation, "rule" | "slot" | "place"> & {
  readonly cells: readonly CellAddress[];
};

/** `id` names the finding with its figures. */
export function explanationOf(
  finding: ExplainedPlace & { readonly id: string },
  sections: Sections,
): FoundExplanation {
  const given = (entriesByRule(sections.explanations).get(finding.rule) ?? []).filter((entry) =>
    isAtPlace(entry, finding),
  );
  const last = given.at(-1);
  if (last === undefined) return {};
  const valid = given.find((entry) => boundedId(entry.finding) === finding.id);
  return valid === undefined ? { voided: last } : { valid };
}

/** Every warning of a check looks its own up: the entries are grouped once. */
const grouped = new WeakMap<Explanations, ReadonlyMap<string, readonly Explanation[]>>();

function entriesByRule(explanations: Explanations): ReadonlyMap<string, readonly Explanation[]> {
  const known = grouped.get(explanations);
  if (known !== undefined) return known;
  const byRule = new Map<string, Explanation[]>();
  for (const entry of explanations.entries) {
    const others = byRule.get(entry.rule);
    if (others) others.push(entry);
    else byRule.set(entry.rule, [entry]);
  }
  grouped.set(explanations, byRule);
  return byRule;
}

/** Which other cells a relation involves may change with the figures. */
const isAtPlace = (entry: ExplainedPlace, finding: ExplainedPlace) =>
  entry.rule === finding.rule &&
  entry.cells[0] === finding.cells[0] &&
  entry.place === finding.place &&
  entry.slot === finding.slot;

/** The section with a new explanation in the place of the old ones of its matter. */
export const withExplanation = (
  { entries }: Explanations,
  finding: ExplainedPlace,
  entry: Explanation,
): Explanations => ({
  entries: [...entries.filter((old) => !isAtPlace(old, finding)), entry],
});

/** `difference` in 分: the same money in several tables is one matter. */
type Explained = ExplainedPlace & { readonly difference?: number };

/** Findings that one reason may explain; about the same money in several tables it may explain all. */
const mostUses = 2;

/**
 * Whether these very words explain too many things to explain any. Findings of one difference are one matter: the same
 * money is in several tables.
 */
export function isReused(
  reason: string,
  finding: Explained,
  others: readonly { readonly finding: Explained; readonly reason: string }[],
): boolean {
  const words = bareText(reason);
  const matterOf = ({ difference, cells, rule, slot = "", place = "" }: Explained) =>
    difference === undefined ? [rule, slot, place, ...cells].join() : Math.abs(difference);
  const own = matterOf(finding);
  const matters = new Set(
    others
      .filter((other) => bareText(other.reason) === words)
      .map((other) => matterOf(other.finding)),
  );
  matters.delete(own);
  return matters.size >= mostUses;
}
