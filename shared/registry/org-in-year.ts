import { omit } from "../omit.ts";
import { omitUndefined } from "../omit-undefined.ts";
import type { Exemption, OrgNode, OrgPeriod } from "./registry.ts";

/**
 * The organisation as it was in a year: reports, lists, sums and public pages of a year use that, whatever was
 * renamed, moved, merged or dissolved since.
 */

/** A node as it was in a year; undefined where it was not there yet, or no longer. */
export function orgIn<Org extends PlainOrg>(
  org: Org,
  year: number,
): (Org & Pick<OrgNode, "exempt">) | undefined {
  if (year < (org.since ?? year) || year >= (org.dissolved?.from ?? Infinity)) return undefined;
  const { name, parent } = periodOf(org, year) ?? org;
  const exempt = exemptionOf(org, year);
  const then = { ...omit(org, "exempt", "parent"), name, ...omitUndefined({ parent, exempt }) };
  // The members put in are those of every node, so it is of the type it was of.
  return then as unknown as Org;
}

/** A node as it is also shown to people: without what only finding it needs. */
export type PlainOrg = Omit<OrgNode, "region" | "formerParents">;

const periodOf = ({ earlier = [] }: PlainOrg, year: number): OrgPeriod | undefined =>
  earlier.find(({ through }) => year <= through);

export const exemptionOf = (org: PlainOrg, year: number): Exemption | undefined =>
  exemptionsOf(org).find((one) => one.year === year);

/** By year, those kept in the older way among them. */
export const exemptionsOf = ({
  exempt,
  exemptions = [],
}: Pick<OrgNode, "exempt" | "exemptions">): readonly Exemption[] =>
  [
    ...exemptions,
    ...(exempt === undefined || exemptions.some(({ year }) => year === exempt.year)
      ? []
      : [exempt]),
  ].toSorted((a, b) => a.year - b.year);

/** Whether a node was ever there: one whose entry was taken back is not, and its code may be used again. */
export const isEver = ({ since, dissolved }: OrgNode): boolean =>
  dissolved === undefined || since === undefined || since < dissolved.from;

/** Whose reports of the year before a node's figures of last year come from. */
export interface PriorSources {
  /** One is its own; several are added up, and none is there for a node that was split off or newly founded. */
  readonly codes: readonly string[];
  /** Figures of several nodes are proposed, and nothing is judged by them. */
  readonly isMerged: boolean;
}

export function priorSourcesOf(org: OrgNode, year: number): PriorSources {
  const merged = (org.predecessors ?? []).flatMap(({ from, by, codes }) =>
    from === year && by === "merge" ? codes : [],
  );
  const own = orgIn(org, year - 1) === undefined ? [] : [org.code];
  return { codes: [...own, ...merged], isMerged: merged.length > 0 };
}
