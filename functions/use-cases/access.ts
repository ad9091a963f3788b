import { reachOf } from "../../shared/workflow/levels.ts";
import type { Actor, Role } from "../../shared/workflow/report-state.ts";
import { reviewerOf } from "../../shared/workflow/transitions.ts";
import type { Member, OrgNode, ReportHead } from "../storage/ports.ts";

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

/**
 * The lineage of a report. A draft follows the tree; from submit on a report stays with the department it
 * was handed in to, so that a unit that moves in mid-review neither changes its reviewers nor loses them.
 * Undefined only where the region has no bureau.
 */
export function lineageOfReport(
  orgs: readonly OrgNode[],
  { region, orgCode, departmentCode: handedInTo, state }: ReportPlace,
): Lineage | undefined {
  const bureau = orgs.find((org) => org.kind === "bureau");
  if (bureau === undefined) return undefined;
  const inTree = lineageOf(orgs, orgCode)?.departmentCode;
  const departmentCode = state.status === "draft" ? (inTree ?? handedInTo) : handedInTo;
  return {
    ...{ region, orgCode, departmentCode, bureauCode: bureau.code },
    ...(inTree === undefined || inTree === departmentCode ? {} : { movedTo: inTree }),
    ...(orgs.some(({ code }) => code === departmentCode) ? {} : { departmentGone: true as const }),
  };
}
type ReportPlace = Pick<ReportHead, "region" | "orgCode" | "departmentCode" | "state">;

/** Whether a person has any role towards a report. */
export function seesReport(member: Member, orgs: readonly OrgNode[], head: ReportPlace): boolean {
  const lineage = lineageOfReport(orgs, head);
  return lineage !== undefined && rolesTowards(member, lineage).length > 0;
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
        (role === "preparer" && orgCode === lineage.departmentCode) || orgCode === lineage.movedTo,
    );
  return reads ? ["auditor"] : [...new Set(own)];
}

export const actorTowards = (member: Member, lineage: Lineage): Actor => ({
  id: member.subject,
  name: member.name,
  roles: rolesTowards(member, lineage),
});
