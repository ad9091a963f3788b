import { err, ok } from "../result.ts";
import { addedPairs, twoLevels } from "../workflow/levels.ts";
import { roleName, type Role } from "../workflow/roles.ts";
import {
  invalid,
  isNoAdministrator,
  isSamePerson,
  levelsText,
  misplacedRole,
  secondAdministrators,
  stale,
  stampOf,
  type Decided,
  type RegistryCase,
} from "./decide-registry.ts";
import type { Member, OrgNode } from "./registry.ts";

/** 移交: one person's roles at a node go to another, in one change: there is no moment in which nobody holds them. */
export interface HandOver {
  readonly orgCode: string;
  readonly roles: readonly Role[];
  readonly reason: string;
  /** Versions as the administrator saw them. */
  readonly versions: { readonly from: number; readonly to: number };
}

export function decideHandOver(
  circumstances: RegistryCase,
  { orgCode, roles, reason, versions }: HandOver,
  facts: {
    readonly from: Member | undefined;
    readonly to: Member | undefined;
    readonly orgs: ReadonlyMap<string, OrgNode>;
  },
): Decided {
  const { state, by } = circumstances;
  const { from, to, orgs } = facts;
  if (isNoAdministrator(circumstances)) return stale;
  if (from === undefined || to === undefined) return err({ code: "not_found" });
  if (isSamePerson(from.subject, to.subject)) return invalid("不能移交给本人。请选择接手的人。");
  const own = [from, to].find(({ subject }) => isSamePerson(by.id, subject));
  if (own !== undefined) {
    const administrators = secondAdministrators(state, by.id, own.subject);
    return err({ code: "own_membership", administrators });
  }
  if (from.version !== versions.from || to.version !== versions.to) return stale;
  const isHanded = (one: { readonly role: Role; readonly orgCode: string }) =>
    one.orgCode === orgCode && roles.includes(one.role);
  const missing = roles.find(
    (role) => !from.memberships.some((one) => one.orgCode === orgCode && one.role === role),
  );
  if (missing !== undefined) {
    return invalid(`${from.name}在这个机构没有“${roleName[missing]}”这个岗位。请刷新后核对。`);
  }
  const handed = from.memberships.filter(isHanded);
  const after = {
    from: {
      ...from,
      memberships: from.memberships.filter((one) => !isHanded(one)),
      version: from.version + 1,
    },
    to: {
      ...to,
      memberships: [
        ...to.memberships,
        ...handed.filter(
          ({ role }) => !to.memberships.some((one) => one.orgCode === orgCode && one.role === role),
        ),
      ],
      version: to.version + 1,
    },
  };
  const misplaced = misplacedRole(after.to, orgs);
  if (misplaced !== undefined) return invalid(misplaced);
  const added = addedPairs(twoLevels(to.memberships, orgs), twoLevels(after.to.memberships, orgs));
  if (added.length > 0) {
    return invalid(
      `移交后，${to.name}将在同一条线上同时担任${levelsText(added, orgs)}，须由另一名财政管理员确认。请先为${to.name}增加岗位并待确认，再结束${from.name}的岗位。`,
    );
  }
  return ok([
    {
      ...{ ...stampOf(circumstances), type: "roles_handed_over", orgCode, roles, reason },
      from: { before: from, after: after.from },
      to: { before: to, after: after.to },
    },
  ]);
}
