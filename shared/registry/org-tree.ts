import type { OrgKind } from "../report/report.ts";
import { rolesWhere, type Role } from "../workflow/roles.ts";
import { orgIn, type PlainOrg } from "./org-in-year.ts";
import type { Membership } from "./registry.ts";

/** The tree of a year with who holds which role, and which roles nobody holds (缺岗). */

/** Roles without which the reports of a node come to a halt. */
export const neededRoles = (kind: OrgKind): readonly Role[] =>
  rolesWhere(({ neededAt }) => neededAt.includes(kind));

export interface Holder {
  readonly name: string;
  /** Absent of who was invited and has not accepted yet. */
  readonly subject?: string;
  readonly isInvited: boolean;
}

export interface TreeNode {
  /** As it was in the year. */
  readonly org: PlainOrg;
  readonly holders: Readonly<Partial<Record<Role, readonly Holder[]>>>;
  /** Needed roles that nobody holds or is invited to; none of a node that draws up no report in the year. */
  readonly vacant: readonly Role[];
  readonly units: readonly TreeNode[];
}

interface Person {
  /** Absent before the first sign-in. */
  readonly subject?: string;
  readonly name: string;
  readonly memberships: readonly Membership[];
}

export interface Tree {
  readonly bureau?: TreeNode;
  readonly departments: readonly TreeNode[];
}

/** The nodes of a year, by code, departments with their units. */
export function treeIn(orgs: readonly PlainOrg[], people: readonly Person[], year: number): Tree {
  const held = holdersOf(people);
  const there = orgs.flatMap((org) => orgIn(org, year) ?? []);
  const byParent = new Map<string, PlainOrg[]>();
  for (const org of there.toSorted(byCode)) {
    const parent = org.parent ?? "";
    byParent.set(parent, [...(byParent.get(parent) ?? []), org]);
  }
  const nodeOf = (org: PlainOrg): TreeNode => {
    const holders = held.get(org.code) ?? {};
    const isFree = org.exempt !== undefined;
    return {
      org,
      holders,
      vacant: isFree ? [] : neededRoles(org.kind).filter((role) => holders[role] === undefined),
      units: org.kind === "department" ? (byParent.get(org.code) ?? []).map(nodeOf) : [],
    };
  };
  const bureau = there.find(({ kind }) => kind === "bureau");
  return {
    ...(bureau === undefined ? {} : { bureau: nodeOf(bureau) }),
    departments: there
      .filter(({ kind }) => kind === "department")
      .toSorted(byCode)
      .map(nodeOf),
  };
}

const byCode = (a: PlainOrg, b: PlainOrg): number => (a.code < b.code ? -1 : 1);

function holdersOf(people: readonly Person[]) {
  const held = new Map<string, Partial<Record<Role, Holder[]>>>();
  for (const { subject, name, memberships } of people) {
    for (const { role, orgCode } of memberships) {
      const at = held.get(orgCode) ?? {};
      (at[role] ??= []).push({
        ...{ name, isInvited: subject === undefined },
        ...(subject === undefined ? {} : { subject }),
      });
      held.set(orgCode, at);
    }
  }
  return held;
}

/** Roles that the tree shows in one column, whatever the kind of node. */
export const treeColumns = [
  { title: "编制人", roles: rolesWhere(({ duty }) => duty.kind === "prepares") },
  { title: "审核人", roles: rolesWhere(({ duty }) => duty.kind === "reviews") },
  {
    title: "保密审查人",
    roles: rolesWhere(({ duty }) => duty.kind === "signs" && duty.signOff === "secrecy"),
  },
  {
    title: "负责人",
    roles: rolesWhere(({ duty }) => duty.kind === "signs" && duty.signOff === "principal"),
  },
] as const;
