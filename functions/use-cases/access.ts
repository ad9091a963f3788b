import { reachOf } from "../../shared/workflow/levels.ts";
import type { Actor, Role } from "../../shared/workflow/report-state.ts";
import type { Member, OrgNode } from "../storage/ports.ts";

/** Where a report or node belongs, from itself up to the bureau. */
export interface Lineage {
  readonly region: string;
  readonly orgCode: string;
  readonly departmentCode: string;
  readonly bureauCode: string;
}

/** The lineage of a node in its region's tree; undefined when the tree is broken above it. */
export function lineageOf(orgs: readonly OrgNode[], orgCode: string): Lineage | undefined {
  const byCode = new Map(orgs.map((org) => [org.code, org]));
  const node = byCode.get(orgCode);
  const bureau = orgs.find((org) => org.kind === "bureau");
  if (node === undefined || bureau === undefined) return undefined;
  const department = node.kind === "unit" ? byCode.get(node.parent ?? "") : node;
  if (department === undefined) return undefined;
  return {
    region: node.region,
    orgCode,
    departmentCode: department.code,
    bureauCode: bureau.code,
  };
}

/** The roles a person holds towards a node's report; none means it does not exist for them. */
export function rolesTowards(member: Member | undefined, lineage: Lineage): Role[] {
  if (member === undefined || member.region !== lineage.region) return [];
  const held = member.memberships.filter(({ role, orgCode }) => {
    switch (reachOf[role]) {
      case "region":
        return orgCode === lineage.bureauCode;
      case "department":
        return orgCode === lineage.departmentCode || orgCode === lineage.orgCode;
      case "node":
        return orgCode === lineage.orgCode;
    }
  });
  const own = held.map(({ role }) => role);
  // Who draws up or reviews the department's account reads its units' too.
  const reads =
    own.length === 0 &&
    member.memberships.some(
      ({ role, orgCode }) => role === "preparer" && orgCode === lineage.departmentCode,
    );
  return reads ? ["auditor"] : [...new Set(own)];
}

export const actorTowards = (member: Member, lineage: Lineage): Actor => ({
  id: member.subject,
  name: member.name,
  roles: rolesTowards(member, lineage),
});
