import { editionById } from "../../shared/forms/editions.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { OrgKind } from "../../shared/report/report.ts";
import type { Role } from "../../shared/workflow/report-state.ts";
import type {
  CommitRefusal,
  FiscalYear,
  Member,
  OrgNode,
  RegistryStore,
  ReportStore,
} from "../storage/ports.ts";

export type RegistryRefusal =
  CommitRefusal | { readonly code: "invalid_registry"; readonly message: string };

/** Where each role is held; a role elsewhere would reach nothing or too much. */
const kindsOfRole: Record<Role, readonly OrgKind[]> = {
  preparer: ["unit", "department"],
  unit_reviewer: ["unit"],
  department_reviewer: ["department"],
  bureau_reviewer: ["bureau"],
  secrecy_officer: ["unit", "department"],
  principal: ["unit", "department"],
  bureau_admin: ["bureau"],
  auditor: ["bureau"],
};

/** The kind of node that stands above one of a kind; nothing above the bureau. */
const kindAbove: Record<OrgKind, OrgKind | undefined> = {
  unit: "department",
  department: "bureau",
  bureau: undefined,
};

/** Adds or changes a node; the tree stays a tree of one bureau, its departments and their units. */
export async function putOrg(
  { registry }: { readonly registry: Pick<RegistryStore, "orgs" | "putOrg"> },
  node: OrgNode,
): Promise<Result<OrgNode, RegistryRefusal>> {
  const orgs = await registry.orgs(node.region);
  const standing = orgs.find(({ code }) => code === node.code);
  if (standing !== undefined && standing.kind !== node.kind) {
    return invalid("机构的类别建立后不能更改；请停用后另建机构代码。");
  }
  const wanted = kindAbove[node.kind];
  const parent = orgs.find(({ code }) => code === node.parent);
  if (parent?.kind !== wanted) {
    return invalid(
      wanted === undefined
        ? "财政部门没有上级机构。"
        : `上级机构代码“${node.parent ?? ""}”不是本地区的${wanted === "bureau" ? "财政部门" : "主管部门"}。`,
    );
  }
  if (node.kind === "bureau" && standing === undefined) {
    return invalid("每个地区只有一个财政部门，不能再建立。");
  }
  return registry.putOrg(node);
}

/** Adds or changes a person's roles; a region never loses its last administrator. */
export async function putMember(
  { registry }: { readonly registry: Pick<RegistryStore, "orgs" | "members" | "putMember"> },
  member: Member,
): Promise<Result<Member, RegistryRefusal>> {
  const orgs = new Map((await registry.orgs(member.region)).map((org) => [org.code, org]));
  for (const { role, orgCode } of member.memberships) {
    const org = orgs.get(orgCode);
    if (org === undefined) return invalid(`机构代码“${orgCode}”不在本地区。`);
    if (!kindsOfRole[role].includes(org.kind)) {
      return invalid(`“${org.name}”没有这个岗位（${role}）。`);
    }
  }
  const others = (await registry.members(member.region)).filter(
    ({ subject }) => subject !== member.subject,
  );
  const administers = ({ memberships }: Member) =>
    memberships.some(({ role }) => role === "bureau_admin");
  if (![member, ...others].some(administers)) {
    return invalid("地区至少要有一名财政管理员，不能去掉最后一名。");
  }
  return registry.putMember(member);
}

/** Opens or changes a year; the forms of a year in use stay what they are. */
export async function putYear(
  deps: {
    readonly registry: Pick<RegistryStore, "year" | "putYear">;
    readonly reports: Pick<ReportStore, "byYear">;
  },
  year: FiscalYear,
): Promise<Result<FiscalYear, RegistryRefusal>> {
  const edition = editionById(year.edition);
  if (edition === undefined) return invalid(`没有“${year.edition}”这个报表版式。`);
  if (edition.year !== year.year) {
    return invalid(`版式“${edition.name}”用于 ${String(edition.year)} 年度。`);
  }
  if (year.unitDue > year.departmentDue || year.departmentDue > year.bureauDue) {
    return invalid("期限应依次为单位、主管部门、财政部门，后一级不能早于前一级。");
  }
  const standing = await deps.registry.year(year.region, year.year);
  if (standing !== undefined && standing.edition !== year.edition) {
    const { items } = await deps.reports.byYear(year.region, year.year, { limit: 1 });
    if (items.length > 0) return invalid("本年度已有报告，不能再更换报表版式。");
  }
  const stored = await deps.registry.putYear(year);
  return stored.ok ? ok(stored.value) : stored;
}

const invalid = (message: string) => err({ code: "invalid_registry" as const, message });
