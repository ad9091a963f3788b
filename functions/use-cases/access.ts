import { reachOf } from "../../shared/workflow/levels.ts";
import type { Actor, Role } from "../../shared/workflow/report-state.ts";
import { reviewerOf } from "../../shared/workflow/transitions.ts";
import type { Member, OrgNode, RegistryView, ReportHead } from "../storage/ports.ts";

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
export async function lineageOf(view: RegistryView, orgCode: string): Promise<Lineage | undefined> {
  const [node, bureau] = await Promise.all([view.org(orgCode), view.bureau()]);
  if (node === undefined || bureau === undefined) return undefined;
  const department = node.kind === "unit" ? await view.org(node.parent ?? "") : node;
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
export async function lineageOfReport(
  view: RegistryView,
  { region, orgCode, departmentCode: handedInTo, state }: ReportPlace,
): Promise<Lineage | undefined> {
  const [bureau, place] = await Promise.all([view.bureau(), lineageOf(view, orgCode)]);
  if (bureau === undefined) return undefined;
  const inTree = place?.departmentCode;
  const departmentCode = state.status === "draft" ? (inTree ?? handedInTo) : handedInTo;
  const isGone = (await view.org(departmentCode)) === undefined;
  return {
    ...{ region, orgCode, departmentCode, bureauCode: bureau.code },
    ...(inTree === undefined || inTree === departmentCode ? {} : { movedTo: inTree }),
    ...(isGone ? { departmentGone: true } : {}),
  };
}
type ReportPlace = Pick<ReportHead, "region" | "orgCode" | "departmentCode" | "state">;

/** Whether a person has any role towards a report. */
export async function seesReport(
  member: Member,
  view: RegistryView,
  head: ReportPlace,
): Promise<boolean> {
  const lineage = await lineageOfReport(view, head);
  return lineage !== undefined && rolesTowards(member, lineage).length > 0;
}

/** Those of some reports that a person has any role towards. */
export async function seenReports<Head extends ReportPlace>(
  member: Member,
  view: RegistryView,
  heads: readonly Head[],
): Promise<readonly Head[]> {
  const isSeen = await Promise.all(heads.map((head) => seesReport(member, view, head)));
  return heads.filter((_, index) => isSeen[index]);
}

/**
 * Codes of the nodes whose reports a person below the bureau may see: their own, and the units that are
 * or once were a department's of theirs.
 */
export async function nodesOf(member: Member, view: RegistryView): Promise<readonly string[]> {
  const own = await ownNodes(member, view);
  const units = await Promise.all(own.map(({ code }) => view.unitsOf(code)));
  return [...new Set([...own, ...units.flat()].map(({ code }) => code))].sort();
}

/** Whether a person's role at a department reaches its units, if only to read them. */
export const seesUnitsOf = (member: Member, department: string): boolean =>
  member.memberships.some(
    ({ role, orgCode }) =>
      orgCode === department && (reachOf[role] === "department" || role === "preparer"),
  );

/** Nodes below the bureau that a person has a role towards of their own, by code. */
export async function ownNodes(member: Member, view: RegistryView): Promise<readonly OrgNode[]> {
  const codes = [...new Set(member.memberships.map(({ orgCode }) => orgCode))].sort();
  const nodes = await Promise.all(
    codes.map(async (code) => {
      const [org, lineage] = await Promise.all([view.org(code), lineageOf(view, code)]);
      if (org === undefined || lineage === undefined || org.kind === "bureau") return [];
      return rolesTowards(member, lineage).length > 0 ? [org] : [];
    }),
  );
  return nodes.flat();
}

/** Whether a person sees the whole region: those do whose role at the bureau reaches that far. */
export async function seesRegion(member: Member, view: RegistryView): Promise<boolean> {
  const bureau = await view.bureau();
  return member.memberships.some(
    ({ role, orgCode }) => orgCode === bureau?.code && reachOf[role] === "region",
  );
}

/** The roles a person holds towards a node's report; none means it does not exist for them. */
export function rolesTowards(member: Member | undefined, lineage: Lineage): Role[] {
  if (member === undefined || member.region !== lineage.region) return [];
  const memberships = member.memberships.filter(({ role, orgCode }) => {
    switch (reachOf[role]) {
      case "region":
        return orgCode === lineage.bureauCode;
      case "department":
        return orgCode === lineage.departmentCode || orgCode === lineage.orgCode;
      case "node":
        return orgCode === lineage.orgCode;
    }
  });
  const own = memberships.flatMap(({ role }): Role[] =>
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
