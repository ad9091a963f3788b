import type { Explanation, Explanations, Sections } from "../report/sections.ts";
import type { Finding } from "./finding.ts";
import { findingFingerprint } from "./fingerprint.ts";
import { bareText } from "./stock-phrases.ts";

/** What was said about a finding: it stands for these very figures, or a figure changed and it is void. */
export interface Said {
  readonly standing?: Explanation;
  readonly voided?: Explanation;
}

export function saidOf(finding: Finding, sections: Sections): Said {
  const said = sections.explanations.entries.filter((entry) => isOfMatter(entry, finding));
  const last = said.at(-1);
  if (last === undefined) return {};
  const fingerprint = findingFingerprint(finding, sections);
  const standing = said.find((entry) => entry.finding === fingerprint);
  return standing === undefined ? { voided: last } : { standing };
}

/** The same rule at the same place; which other cells a relation involves may change with the figures. */
const isOfMatter = (entry: Pick<Explanation, "rule" | "cells" | "slot">, finding: Finding) =>
  entry.rule === finding.rule && entry.cells[0] === finding.cells[0] && entry.slot === finding.slot;

/** The section with a new explanation in the place of the old ones of its matter. */
export const withExplanation = (
  { entries }: Explanations,
  finding: Finding,
  entry: Explanation,
): Explanations => ({
  entries: [...entries.filter((old) => !isOfMatter(old, finding)), entry],
});

/** Findings one reason may stand for; about the same money in several tables it may stand for all. */
const mostUses = 2;

/**
 * Whether these very words explain too many things to explain any. Findings of one difference are one matter: the same
 * money stands in several tables.
 */
export function isReused(
  reason: string,
  finding: Finding,
  others: readonly { readonly finding: Finding; readonly reason: string }[],
): boolean {
  const said = bareText(reason);
  const matterOf = ({ difference, cells, rule, slot = "" }: Finding) =>
    difference === undefined ? [rule, slot, ...cells].join() : Math.abs(difference);
  const own = matterOf(finding);
  const matters = new Set(
    others
      .filter((other) => bareText(other.reason) === said)
      .map((other) => matterOf(other.finding)),
  );
  matters.delete(own);
  return matters.size >= mostUses;
}
