import { omitUndefined } from "../../omit-undefined.ts";
import { assertNever } from "../../result.ts";
import { roleIds, roleName, type Role } from "../../workflow/roles.ts";
import { plainEmail, plainMobile } from "../contact.ts";
import { decideInvite } from "../decide-invitation.ts";
import { neededRoles } from "../org-tree.ts";
import {
  decideMember,
  isSameRole,
  withoutRepeats,
  type RegistryCase,
  type RegistryRejection,
} from "../decide-registry.ts";
import { evolveRegistry } from "../evolve-registry.ts";
import { contactKeys, type Invitation } from "../invitation.ts";
import type { Member, Membership, OrgNode, RegistryEvent } from "../registry.ts";
import type { RegistrySheets, SheetFault } from "./registry-sheets.ts";

type PeopleRow = RegistrySheets["people"][number];

/** A person to be invited before their first sign-in. */
export interface PlannedInvitee {
  readonly name: string;
  readonly email?: string;
  readonly mobile?: string;
  readonly memberships: readonly Membership[];
}

export interface PlannedPeople {
  readonly changes: readonly { readonly before?: Member; readonly after: Member }[];
  /** Two levels of one line: they wait for a second administrator. */
  readonly grants: readonly Extract<RegistryEvent, { readonly type: "grant_asked" }>[];
  readonly invitees: readonly PlannedInvitee[];
  /** Needed roles that nobody would hold, nor be invited to, at nodes where a role ends (缺岗). */
  readonly vacancies: readonly Membership[];
  readonly faults: readonly SheetFault[];
}

export interface PeopleFacts {
  readonly region: string;
  /** People whom the rows name by their account. */
  readonly members: ReadonlyMap<string, Member>;
  /** Nodes as they would be after the import, by code. */
  readonly orgs: ReadonlyMap<string, OrgNode>;
  /** Invitations that the rows' addresses name. */
  readonly invitations: readonly Invitation[];
  /** Those who hold a role at a node where the rows end one. */
  readonly holders: readonly Member[];
  readonly newId: () => string;
}

/** What the rows of an import change of people: roles are added to those they have, and those end that a row says so of. */
export function planPeople(
  circumstances: RegistryCase,
  rows: readonly PeopleRow[],
  facts: PeopleFacts,
): PlannedPeople {
  const faults: SheetFault[] = [];
  const people = personsOf(rows, facts, faults);
  if (faults.length > 0) return { changes: [], grants: [], invitees: [], vacancies: [], faults };
  const changes: { before?: Member; after: Member }[] = [];
  const grants: Extract<RegistryEvent, { readonly type: "grant_asked" }>[] = [];
  const invitees: PlannedInvitee[] = [];
  const invited = new Map<string, readonly Invitation[]>();
  const remember = (one: Invitation) => {
    for (const key of contactKeys(one)) invited.set(key, [...(invited.get(key) ?? []), one]);
  };
  facts.invitations.forEach(remember);
  let { state } = circumstances;
  for (const { subject, row, ...person } of people) {
    const refuse = (rejection: RegistryRejection) =>
      faults.push({
        where: row.at(subject === undefined ? "姓名" : "账号"),
        message: rejectionText(rejection, person.name),
      });
    const so = { ...circumstances, state };
    const before = subject === undefined ? undefined : facts.members.get(subject);
    const decided =
      subject === undefined
        ? decideInvite(
            so,
            {
              ...{ region: facts.region, id: facts.newId(), name: person.name },
              ...{ memberships: person.memberships, codeHash: "0".repeat(64) },
              ...omitUndefined({ email: person.email, mobile: person.mobile }),
            },
            {
              orgs: facts.orgs,
              others: contactKeys(person).flatMap((key) => invited.get(key) ?? []),
            },
          )
        : decideMember(so, wantedMember(subject, person, { before, region: facts.region }), {
            ...{ before, orgs: facts.orgs, newId: facts.newId() },
          });
    if (!decided.ok) {
      refuse(decided.error);
      continue;
    }
    for (const event of decided.value) {
      state = evolveRegistry(state, event);
      if (event.type === "member_changed") {
        changes.push({ ...omitUndefined({ before: event.before }), after: event.after });
      } else if (event.type === "grant_asked") grants.push(event);
      else if (event.type === "person_invited") {
        remember(event.after);
        const { name, email, mobile, memberships } = person;
        invitees.push({ name, memberships, ...omitUndefined({ email, mobile }) });
      }
    }
  }
  const vacancies = vacanciesAfter(people, { changes, invitees, facts });
  return { changes, grants, invitees, vacancies, faults };
}

function vacanciesAfter(
  people: readonly Person[],
  {
    changes,
    invitees,
    facts: { holders, orgs },
  }: Pick<PlannedPeople, "changes" | "invitees"> & { readonly facts: PeopleFacts },
): readonly Membership[] {
  const after = new Map(holders.map((one) => [one.subject, one.memberships]));
  for (const change of changes) after.set(change.after.subject, change.after.memberships);
  const held = [...after.values(), ...invitees.map(({ memberships }) => memberships)].flat();
  const ended = people.flatMap((person) => person.ended);
  return withoutRepeats(ended).filter(
    (one) =>
      neededRoles(orgs.get(one.orgCode)?.kind ?? "unit").includes(one.role) &&
      !held.some((other) => isSameRole(one, other)),
  );
}

interface Person {
  readonly subject: string | undefined;
  readonly name: string;
  readonly email: string | undefined;
  readonly mobile: string | undefined;
  readonly memberships: readonly Membership[];
  /** Roles of theirs that end. */
  readonly ended: readonly Membership[];
  /** The first row about them. */
  readonly row: PeopleRow;
}

function wantedMember(
  subject: string,
  { name, email, memberships, ended }: Omit<Person, "subject" | "row">,
  { before, region }: { readonly before: Member | undefined; readonly region: string },
): Member {
  const kept = (before?.memberships ?? []).filter(
    (one) => !ended.some((other) => isSameRole(one, other)),
  );
  const added = memberships.filter((one) => !kept.some((other) => isSameRole(one, other)));
  return {
    ...{ region, subject, name: before?.name ?? name, memberships: [...kept, ...added] },
    ...omitUndefined({ email: before?.email ?? email }),
    version: before?.version ?? 0,
  };
}

const roleByName: ReadonlyMap<string, Role> = new Map(
  roleIds.map((role) => [roleName[role], role]),
);

/** People with all of their rows; what cannot be read is added to the faults. */
function personsOf(
  rows: readonly PeopleRow[],
  { orgs, members }: PeopleFacts,
  faults: SheetFault[],
): readonly Person[] {
  const people = new Map<string, PersonRead>();
  const seen = new Map<string, string>();
  for (const row of rows) {
    const say = (head: Parameters<PeopleRow["at"]>[0], message: string) =>
      faults.push({ where: row.at(head), message });
    const { 姓名: name, 账号: account, 手机, 邮箱, 机构代码: orgCode, 岗位: roleText } = row.text;
    const ends = row.text.结束 === "是";
    const mobile = 手机 === "" ? undefined : plainMobile(手机);
    const email = 邮箱 === "" ? undefined : plainEmail(邮箱);
    if (name === "") say("姓名", "没有填姓名。请填写姓名。");
    if (name.length > 120 || account.length > 200) say("姓名", "姓名或账号过长。请核对这一行。");
    if (手机 !== "" && mobile === undefined) {
      say("手机", `手机号“${手机}”不合规。应为 11 位号码。请改正。`);
    }
    if (邮箱 !== "" && email === undefined) {
      say("邮箱", `邮箱“${邮箱}”不合规。应如 name@example.cn。请改正。`);
    }
    const role = roleByName.get(roleText);
    if (role === undefined) {
      say("岗位", `岗位“${roleText}”不认识。岗位有${[...roleByName.keys()].join("、")}。请改正。`);
    }
    if (!orgs.has(orgCode)) {
      say("机构代码", `机构代码“${orgCode}”没有登记，“机构”表里也没有。请先增加机构，或核对代码。`);
    }
    const key = account === "" ? (mobile ?? email) : account;
    if (key === undefined) {
      if (手机 === "" && 邮箱 === "") {
        say("账号", `${name}没有账号，也没有手机和邮箱，不知道是谁。请至少填一项。`);
      }
      continue;
    }
    if (role === undefined) continue;
    const fault = ends ? endingFault({ role, orgCode }, { name, account, members }) : undefined;
    if (row.text.结束 !== "" && !ends) {
      say("结束", `“结束”填了“${row.text.结束}”。只能填“是”或不填。请改正。`);
    }
    if (fault !== undefined) {
      say(fault.head, fault.message);
      continue;
    }
    const duty = `${key}\n${orgCode}\n${role}`;
    const before = seen.get(duty);
    if (before !== undefined) {
      say("姓名", `${name}的这个岗位与 ${before} 重复。同一人的同一岗位只能有一行。请删去一行。`);
      continue;
    }
    seen.set(duty, row.at("姓名"));
    const known = people.get(key);
    const knownName = known?.name ?? (account === "" ? undefined : members.get(account)?.name);
    if (knownName !== undefined && knownName !== name) {
      say(
        "姓名",
        `“${key}”${known === undefined ? "登记的姓名" : `在 ${known.row.at("姓名")} 的姓名`}是${knownName}，这一行是${name}。一个账号、手机或邮箱只能是一个人。请核对。`,
      );
      continue;
    }
    const person = known ?? {
      ...{ subject: account === "" ? undefined : account, name, email, mobile, row },
      ...{ memberships: [], ended: [] },
    };
    (ends ? person.ended : person.memberships).push({ role, orgCode });
    people.set(key, person);
  }
  return [...people.values()];
}

type PersonRead = Omit<Person, "memberships" | "ended"> & {
  memberships: Membership[];
  ended: Membership[];
};

/** Why a role cannot be ended by a row; undefined where it can. */
function endingFault(
  duty: Membership,
  {
    name,
    account,
    members,
  }: Pick<PeopleFacts, "members"> & { readonly name: string; readonly account: string },
): { readonly head: "账号" | "结束"; readonly message: string } | undefined {
  if (account === "") {
    return {
      head: "账号",
      message: `要结束${name}的岗位，没有填账号，不知道是谁。请填登记的账号；还没有接受的邀请在“待接受的邀请”中撤回。`,
    };
  }
  const member = members.get(account);
  if (member?.memberships.some((one) => isSameRole(one, duty)) === true) return undefined;
  const message =
    member === undefined
      ? `账号“${account}”没有登记，没有岗位可以结束。请核对账号。`
      : `${member.name}在“${duty.orgCode}”没有${roleName[duty.role]}这个岗位，不能结束。请核对机构代码和岗位。`;
  return { head: member === undefined ? "账号" : "结束", message };
}

function rejectionText(rejection: RegistryRejection, name: string): string {
  switch (rejection.code) {
    case "own_membership":
    case "own_grant":
      return "不能更改自己的姓名和岗位。请由其他财政管理员办理，并从表中删去您自己的行。";
    case "second_administrator_needed":
      return `${name}将在同一条线上同时担任${rejection.levels}，须由另一名财政管理员确认，而本地区没有第二名。请先任命第二名财政管理员，或改由他人担任。`;
    case "invalid_registry":
    case "grant_outdated":
      return rejection.message;
    case "stale_version":
    case "not_found":
      return "登记已有变动。请重新上传文件。";
    default:
      return assertNever(rejection);
  }
}
