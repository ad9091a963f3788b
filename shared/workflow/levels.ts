import type { OrgKind } from "../report/report.ts";
import { actingLevel, roles, type Role } from "./roles.ts";

export interface HeldRole {
  readonly role: Role;
  readonly orgCode: string;
}

export interface PlacedNode {
  readonly code: string;
  readonly kind: OrgKind;
  readonly parent?: string;
}

/** Two roles of one person that act at different levels of one line. */
export type LevelPair = readonly [HeldRole, HeldRole];

/**
 * Pairs among a person's roles that act at two levels of one line: towards some report both would count.
 * The four eyes refuse acting twice on one submission; this names who could, before anything is submitted.
 */
export function twoLevels(
  held: readonly HeldRole[],
  nodes: ReadonlyMap<string, PlacedNode>,
): readonly LevelPair[] {
  return held.flatMap((one, index) =>
    held
      .slice(index + 1)
      .filter((other) => areTwoLevels(one, other) && meet(one, other, nodes))
      .map((other): LevelPair => [one, other]),
  );
}

/** Pairs that a change of roles, or of the tree, brings and that were not there before. */
export function addedPairs(
  before: readonly LevelPair[],
  after: readonly LevelPair[],
): readonly LevelPair[] {
  const known = new Set(before.map(nameOfPair));
  return after.filter((pair) => !known.has(nameOfPair(pair)));
}

const nameOfPair = (pair: LevelPair): string =>
  pair
    .map(({ role, orgCode }) => `${role}@${orgCode}`)
    .sort()
    .join(" ");

function areTwoLevels(one: HeldRole, other: HeldRole): boolean {
  const [left, right] = [actingLevel(one.role), actingLevel(other.role)];
  return left !== undefined && right !== undefined && left !== right;
}

/** Whether some node's reports are within the reach of both. */
function meet(one: HeldRole, other: HeldRole, nodes: ReadonlyMap<string, PlacedNode>): boolean {
  if (roles[one.role].reach === "region" || roles[other.role].reach === "region") return true;
  return one.orgCode === other.orgCode || isBelow(one, other, nodes) || isBelow(other, one, nodes);
}

const isBelow = (
  lower: HeldRole,
  upper: HeldRole,
  nodes: ReadonlyMap<string, PlacedNode>,
): boolean =>
  roles[upper.role].reach === "department" && nodes.get(lower.orgCode)?.parent === upper.orgCode;
