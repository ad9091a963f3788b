import { canonicalJson } from "../canonical-json.ts";
import type { Edition } from "../forms/form.ts";
import { omitUndefined } from "../omit-undefined.ts";
import { err, ok, type Result } from "../result.ts";
import { publicationDays, publishByDay } from "../workflow/deadlines.ts";
import { administratorRole, roleName, roleOf } from "../workflow/roles.ts";
import { addedPairs, type LevelPair, twoLevels } from "../workflow/levels.ts";
import { isAdministrator } from "./evolve-registry.ts";
import {
  type FiscalYear,
  maxAdministrators,
  maxPendingGrants,
  type Member,
  type Membership,
  type OrgNode,
  type RegistryEvent,
  type RegistryState,
} from "./registry.ts";

export type RegistryRejection =
  | { readonly code: "not_found" }
  /** What the change was decided on has moved: the record, or who is an administrator. */
  | { readonly code: "stale_version" }
  | { readonly code: "invalid_registry"; readonly message: string }
  /**
   * Nobody changes their own roles or name (own_membership), nor decides on a grant they proposed or that
   * is for themselves (own_grant); with the subjects of the administrators who may.
   */
  | {
      readonly code: "own_membership" | "own_grant";
      readonly administrators: readonly string[];
    }
  /** Two levels of one line are granted by two administrators, and the region has no second one. */
  | { readonly code: "second_administrator_needed"; readonly levels: string }
  | { readonly code: "grant_outdated"; readonly message: string };

export type Decided = Result<readonly RegistryEvent[], RegistryRejection>;

/** What every decision is made on: the head's state, the acting administrator, the instant (ISO UTC). */
export interface RegistryCase {
  readonly state: RegistryState;
  readonly by: { readonly id: string; readonly name: string };
  readonly now: string;
}

interface YearFacts {
  readonly before: FiscalYear | undefined;
  readonly edition: Pick<Edition, "name" | "year"> | undefined;
  readonly hasReports: boolean;
  /** The edition wanted is a later version of the one before: what is in review stays in its own. */
  readonly isNewVersion: boolean;
  /** Why the year is ended or opened again. */
  readonly reason?: string;
  /** Reports of the year that somebody must still act on, though they were handed in. */
  readonly underWay: { readonly inReview: number; readonly unpublished: number };
}

/** Opens or changes a year, or ends it (结束年度); the forms of a year in use stay what they are. */
export function decideYear(
  circumstances: RegistryCase,
  wanted: FiscalYear,
  facts: YearFacts,
): Decided {
  const { before, edition } = facts;
  if (isNoAdministrator(circumstances)) return stale;
  if (edition === undefined) return invalid(`没有“${wanted.edition}”这个报表版式。`);
  if (edition.year !== wanted.year) {
    return invalid(`版式“${edition.name}”用于 ${String(edition.year)} 年度。`);
  }
  if (wanted.unitDue > wanted.departmentDue || wanted.departmentDue > wanted.bureauDue) {
    return invalid("期限应依次为单位、主管部门、财政部门，后一级不能早于前一级。");
  }
  const { bureauDue, publishDue = bureauDue } = wanted;
  if (publishDue < bureauDue || publishDue > publishByDay(bureauDue)) {
    return invalid(
      `公开期限须在批复期限（${bureauDue}）到其后 ${String(publicationDays)} 日（${publishByDay(bureauDue)}）之间：批复后 ${String(publicationDays)} 日内必须公开。不另定的，不填。`,
    );
  }
  const isOther = before !== undefined && before.edition !== wanted.edition && !facts.isNewVersion;
  if (isOther && facts.hasReports) {
    return invalid("本年度已有报告，不能再更换报表版式；只能换用同一版式的新版本。");
  }
  if (hasMoved(before, wanted)) return stale;
  const fault = endingFault(wanted, facts);
  if (fault !== undefined) return invalid(fault);
  const after = { ...wanted, version: wanted.version + 1 };
  if (before !== undefined && isSame(before, after)) return ok([]);
  const reason = before?.status === after.status ? undefined : facts.reason;
  return ok([
    {
      ...{ ...stampOf(circumstances), type: "year_changed", ...(before && { before }), after },
      ...omitUndefined({ reason }),
    },
  ]);
}

/** A year ends once nothing that was handed in is left half done, and then stays as it is until it is opened again. */
function endingFault(wanted: FiscalYear, facts: YearFacts): string | undefined {
  const { before, reason, underWay } = facts;
  const year = `${String(wanted.year)} 年度`;
  if (before === undefined) {
    return wanted.status === "closed" ? `${year}还没有开启，不能结束。请先开启。` : undefined;
  }
  if (before.status === wanted.status) {
    return before.status === "closed" && !isSame(before, wanted)
      ? `${year}已经结束，不能修改。需要修改的，请先重新开启。`
      : undefined;
  }
  if (reason === undefined) {
    const act = wanted.status === "closed" ? "结束" : "重新开启";
    return `没有写明为什么${act} ${year}，以后无从查考。请填写原因。`;
  }
  const { inReview, unpublished } = underWay;
  if (wanted.status === "open" || inReview + unpublished === 0) return undefined;
  const left = [
    ...(inReview > 0 ? [`${String(inReview)} 份决算还在审核`] : []),
    ...(unpublished > 0 ? [`${String(unpublished)} 份已批复的还没有公开`] : []),
  ];
  return `${year}有${left.join("，")}，不能结束。请先办结或退回。`;
}

interface MemberFacts {
  readonly before: Member | undefined;
  /** Nodes that the person's roles name, before or after. */
  readonly orgs: ReadonlyMap<string, OrgNode>;
}

/**
 * Adds or changes a person. What would let one person hold two levels of one line waits for a second
 * administrator; nobody changes their own roles or name. So a region never loses its last administrator:
 * whoever acts is one when the head is written, and remains one.
 */
export function decideMember(
  circumstances: RegistryCase,
  wanted: Member,
  facts: MemberFacts & { readonly newId: string },
): Decided {
  const { state, by } = circumstances;
  const { before, orgs, newId } = facts;
  if (isNoAdministrator(circumstances)) return stale;
  const memberships = withoutRepeats(wanted.memberships);
  const after = { ...wanted, memberships, version: wanted.version + 1 };
  if (isSamePerson(by.id, wanted.subject) && !(before && changesEmailOnly(before, after))) {
    const administrators = secondAdministrators(state, by.id, wanted.subject);
    return err({ code: "own_membership", administrators });
  }
  const misplaced = misplacedRole(after, orgs) ?? tooManyAdministrators(state, after);
  if (misplaced !== undefined) return invalid(misplaced);
  if (hasMoved(before, wanted)) return stale;
  if (before !== undefined && isSame(before, after)) return ok([]);

  const stamp = stampOf(circumstances);
  const change = { ...(before && { before }), after };
  const added = addedPairs(
    twoLevels(before?.memberships ?? [], orgs),
    twoLevels(memberships, orgs),
  );
  if (added.length === 0) return ok([{ ...stamp, type: "member_changed", ...change }]);

  if (secondAdministrators(state, by.id, wanted.subject).length === 0) {
    return err({ code: "second_administrator_needed", levels: levelsText(added, orgs) });
  }
  if (state.grants.some(({ after: { subject } }) => subject === wanted.subject)) {
    return invalid(`${wanted.name}已有一项授权等待确认，请先撤回或等待办理。`);
  }
  if (state.grants.length >= maxPendingGrants) {
    return invalid(`已有 ${String(maxPendingGrants)} 项授权等待确认，请先办理这些授权再提出新的。`);
  }
  return ok([{ ...stamp, type: "grant_asked", grant: newId, ...change }]);
}

/** A second administrator's word on a grant, or the first one's taking it back; all is weighed anew. */
export function decideGrant(
  circumstances: RegistryCase,
  act: { readonly type: "confirm" | "decline" | "withdraw"; readonly grant: string },
  { before, orgs }: MemberFacts,
): Decided {
  const { state, by } = circumstances;
  if (isNoAdministrator(circumstances)) return stale;
  const grant = state.grants.find(({ id }) => id === act.grant);
  if (grant === undefined) return err({ code: "not_found" });
  const { after, asked } = grant;
  const stamp = stampOf(circumstances);
  const { subject, name } = after;
  if (act.type === "withdraw") {
    return by.id === asked.by
      ? ok([{ ...stamp, type: "grant_withdrawn", grant: grant.id, subject, name }])
      : invalid(`只有提出授权的${asked.byName}可以撤回；不同意请选择“不同意”。`);
  }
  if (isSamePerson(by.id, asked.by) || isSamePerson(by.id, subject)) {
    return err({
      code: "own_grant",
      administrators: secondAdministrators(state, asked.by, subject),
    });
  }
  if (act.type === "decline") {
    return ok([{ ...stamp, type: "grant_declined", grant: grant.id, subject, name }]);
  }
  const outdated =
    (before?.version ?? 0) + 1 !== after.version
      ? `${name}的登记在提出授权之后已有变动`
      : state.administrators.includes(asked.by)
        ? undefined
        : `提出授权的${asked.byName}已不再是财政管理员`;
  if (outdated !== undefined) {
    return err({
      code: "grant_outdated",
      message: `${outdated}，这项授权不能再确认，请选择“不同意”，需要时重新提出。`,
    });
  }
  const misplaced = misplacedRole(after, orgs) ?? tooManyAdministrators(state, after);
  if (misplaced !== undefined) return err({ code: "grant_outdated", message: misplaced });
  return ok([
    {
      ...stamp,
      type: "grant_confirmed",
      grant: grant.id,
      askedBy: asked.by,
      askedByName: asked.byName,
      ...(before && { before }),
      after,
    },
  ]);
}

/** Administrators who could confirm a grant that one of them proposes for a person. */
export const secondAdministrators = (
  { administrators }: RegistryState,
  proposer: string,
  subject: string,
): readonly string[] =>
  administrators.filter((one) => !isSamePerson(one, proposer) && !isSamePerson(one, subject));

/** Issuers differ on case and width of a subject: what differs in nothing else is one person. */
export const isSamePerson = (one: string, other: string): boolean => plain(one) === plain(other);
const plain = (subject: string): string => subject.normalize("NFKC").trim().toLowerCase();

/** Who was an administrator when the request came in and is none now was removed meanwhile. */
export const isNoAdministrator = ({ by, state }: RegistryCase): boolean =>
  !state.administrators.includes(by.id);

export const hasMoved = (
  before: { readonly version: number } | undefined,
  wanted: { readonly version: number },
): boolean => (before?.version ?? 0) !== wanted.version;

export function misplacedRole(
  { memberships }: Member,
  orgs: ReadonlyMap<string, OrgNode>,
): string | undefined {
  for (const { role, orgCode } of memberships) {
    const org = orgs.get(orgCode);
    if (org === undefined) return `机构代码“${orgCode}”不在本地区。`;
    if (!roleOf(role).heldAt.includes(org.kind)) {
      return `“${org.name}”没有“${roleName[role]}”这个岗位。`;
    }
  }
  return undefined;
}

export const tooManyAdministrators = (
  { administrators }: RegistryState,
  after: Member,
): string | undefined => {
  const others = administrators.filter((subject) => subject !== after.subject);
  return isAdministrator(after) && others.length >= maxAdministrators
    ? `财政管理员最多 ${String(maxAdministrators)} 名。`
    : undefined;
};

/** Each role at each node once. */
export const withoutRepeats = (memberships: readonly Membership[]): readonly Membership[] =>
  memberships.filter(
    (one, index, all) => all.findIndex((other) => isSameRole(one, other)) === index,
  );

export const isSameRole = (one: Membership, other: Membership): boolean =>
  one.role === other.role && one.orgCode === other.orgCode;

const changesEmailOnly = (before: Member, after: Member): boolean =>
  before.name === after.name &&
  before.memberships.length === after.memberships.length &&
  after.memberships.every((one) => before.memberships.some((other) => isSameRole(one, other)));

/** Two versions of a record with the same content. */
const isSame = <Stored extends OrgNode | FiscalYear | Member>(
  before: Stored,
  after: Stored,
): boolean => canonicalJson({ ...before, version: 0 }) === canonicalJson({ ...after, version: 0 });

/** 单位审核人（甲单位）和部门审核人（乙局） */
export function levelsText(
  pairs: readonly LevelPair[],
  orgs: ReadonlyMap<string, { readonly name: string }>,
): string {
  const [first] = pairs;
  return (first ?? [])
    .map(({ role, orgCode }) => `${roleName[role]}（${orgs.get(orgCode)?.name ?? orgCode}）`)
    .join("和");
}

export const stampOf = ({ by, now }: RegistryCase) => ({
  at: now,
  by: by.id,
  byName: by.name,
  byRole: administratorRole,
});

export const stale = err({ code: "stale_version" as const });
export const invalid = (message: string) => err({ code: "invalid_registry" as const, message });
