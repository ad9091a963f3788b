import type { Actor } from "../workflow/report-state.ts";
import { preparerRole, readerRole, reviewerOf, roles, type Role } from "../workflow/roles.ts";
import type { Member } from "./registry.ts";

/** Who may see what: a person's roles towards a report follow from where they are held in the tree. */

/** Where a report or node belongs, from itself up to the bureau. */
export interface Lineage {
  readonly region: string;
  readonly orgCode: string;
  readonly departmentCode: string;
  readonly bureauCode: string;
  /** The department a unit belongs to by now, where its report is still with the one before. */
  readonly movedTo?: string;
  /** The department is no node of the tree any more: the bureau's reviewers act in its place. */
  readonly departmentGone?: true;
}

/** Whether a person's role at a department reaches its units, if only to read them. */
export const seesUnitsOf = (member: Member, department: string): boolean =>
  member.memberships.some(
    ({ role, orgCode }) =>
      orgCode === department && (roles[role].reach === "department" || role === preparerRole),
  );

/** The roles a person holds towards a node's report; none means it does not exist for them. */
export function rolesTowards(member: Member | undefined, lineage: Lineage): Role[] {
  if (member === undefined || member.region !== lineage.region) return [];
  const held = member.memberships.filter(({ role, orgCode }) => {
    switch (roles[role].reach) {
      case "region":
        return orgCode === lineage.bureauCode;
      case "department":
        return orgCode === lineage.departmentCode || orgCode === lineage.orgCode;
      case "node":
        return orgCode === lineage.orgCode;
    }
  });
  const own = held.flatMap(({ role }): Role[] =>
    lineage.departmentGone === true && role === reviewerOf.bureau
      ? [role, reviewerOf.department]
      : [role],
  );
  // Who draws up the department's account reads its units' too, and the department that a unit has come
  // to reads what is still with the one before.
  const reads =
    own.length === 0 &&
    member.memberships.some(
      ({ role, orgCode }) =>
        (role === preparerRole && orgCode === lineage.departmentCode) ||
        orgCode === lineage.movedTo,
    );
  return reads ? [readerRole] : [...new Set(own)];
}

export const actorTowards = (member: Member, lineage: Lineage): Actor => ({
  id: member.subject,
  name: member.name,
  roles: rolesTowards(member, lineage),
});
