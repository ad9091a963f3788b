import { rolesTowards, type Lineage } from "../../shared/registry/access.ts";
import { orgIn } from "../../shared/registry/org-in-year.ts";
import type { Member, OrgNode } from "../../shared/registry/registry.ts";
import { roles } from "../../shared/workflow/roles.ts";
import type { RegistryView, ReportHead } from "../storage/ports.ts";

/**
 * The lineage of a node in its region's tree, as that is or as it was in a year; undefined when the node was not there
 * in that year, or the tree is broken above it.
 */
export async function lineageOf(
  view: RegistryView,
  orgCode: string,
  year?: number,
): Promise<Lineage | undefined> {
  const [stored, bureau] = await Promise.all([view.org(orgCode), view.bureau()]);
  const node = stored && year !== undefined ? orgIn(stored, year) : stored;
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
 * The lineage of a report. A draft follows the tree of its year; from submit on a report stays with the department it
 * was handed in to, so that a unit that moves in mid-review neither changes its reviewers nor loses them.
 * Undefined only where the region has no bureau.
 */
export async function lineageOfReport(
  view: RegistryView,
  { region, year, orgCode, departmentCode: handedInTo, state }: ReportPlace,
): Promise<Lineage | undefined> {
  const [bureau, place] = await Promise.all([view.bureau(), lineageOf(view, orgCode, year)]);
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
type ReportPlace = Pick<ReportHead, "region" | "year" | "orgCode" | "departmentCode" | "state">;

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
    ({ role, orgCode }) => orgCode === bureau?.code && roles[role].reach === "region",
  );
}
