import { omitUndefined } from "../omit-undefined.ts";
import { err, ok, type Result } from "../result.ts";
import { twoLevels } from "../workflow/levels.ts";
import type { Contact } from "./contact.ts";
import {
  invalid,
  isNoAdministrator,
  isSamePerson,
  levelsText,
  misplacedRole,
  type RegistryCase,
  type RegistryRejection,
  secondAdministrators,
  stale,
  stampOf,
  tooManyAdministrators,
  withoutRepeats,
} from "./decide-registry.ts";
import { expiryFrom, type Invitation, isExpired, isOpen } from "./invitation.ts";
import type { Membership, Member, OrgNode, RegistryEvent } from "./registry.ts";

type Decided = Result<readonly RegistryEvent[], RegistryRejection>;
type Orgs = ReadonlyMap<string, OrgNode>;

/** A code's hash, and the id of the record it belongs to. */
export interface NewCode {
  readonly codeHash: string;
}

/**
 * Invites a person. What would let them act at two levels of one line waits for a second administrator, as
 * a grant does; the code lets in only after that.
 */
export function decideInvite(
  circumstances: RegistryCase,
  wanted: Contact &
    NewCode & {
      readonly region: string;
      readonly id: string;
      readonly name: string;
      readonly memberships: readonly Membership[];
    },
  facts: {
    readonly orgs: Orgs;
    /** Invitations of the region that name the same address. */
    readonly others: readonly Invitation[];
  },
): Decided {
  const { state, by, now } = circumstances;
  if (isNoAdministrator(circumstances)) return stale;
  const { region, id, name, email, mobile, codeHash } = wanted;
  if (email === undefined && mobile === undefined) {
    return invalid(`请填写${name}的手机号或邮箱，二者至少一项。`);
  }
  const memberships = withoutRepeats(wanted.memberships);
  if (memberships.length === 0) return invalid(`请至少给予${name}一个岗位。`);
  const member = { region, subject: "", name, memberships, version: 0 };
  const misplaced = misplacedRole(member, facts.orgs) ?? tooManyAdministrators(state, member);
  if (misplaced !== undefined) return invalid(misplaced);
  const other = facts.others.find((one) => isOpen(one));
  if (other !== undefined) {
    return invalid(
      `${other.name}（${other.mobile ?? other.email ?? ""}）已有一份未接受的邀请，请在该邀请上重发验证码，或撤回后再邀请。`,
    );
  }
  const pairs = twoLevels(memberships, facts.orgs);
  if (pairs.length > 0 && secondAdministrators(state, by.id, "").length === 0) {
    return err({ code: "second_administrator_needed", levels: levelsText(pairs, facts.orgs) });
  }
  const after: Invitation = {
    ...{ region, id, name, ...omitUndefined({ email, mobile }), memberships },
    ...{ invitedBy: by.id, status: pairs.length > 0 ? "unconfirmed" : "waiting" },
    ...{ codeHash, expiresAt: expiryFrom(now), version: 1 },
  };
  return ok([{ ...stampOf(circumstances), type: "person_invited", after }]);
}

/** A new code with its own time; the one before lets nobody in from now on. */
export function decideRenewal(
  circumstances: RegistryCase,
  { codeHash }: NewCode,
  before: Invitation | undefined,
): Decided {
  if (isNoAdministrator(circumstances)) return stale;
  if (before === undefined) return err({ code: "not_found" });
  if (!isOpen(before)) return closed(before);
  const after = next(before, { codeHash, expiresAt: expiryFrom(circumstances.now) });
  return ok([{ ...stampOf(circumstances), type: "invitation_renewed", before, after }]);
}

/** Takes an invitation back; any administrator may, so a second one declines by it. */
export function decideWithdrawal(
  circumstances: RegistryCase,
  before: Invitation | undefined,
): Decided {
  if (isNoAdministrator(circumstances)) return stale;
  if (before === undefined) return err({ code: "not_found" });
  if (!isOpen(before)) return closed(before);
  const after = next(before, { status: "withdrawn" });
  return ok([{ ...stampOf(circumstances), type: "invitation_withdrawn", before, after }]);
}

/** A second administrator's word on an invitation to two levels of one line; all is weighed anew. */
export function decideConfirmation(
  circumstances: RegistryCase,
  before: Invitation | undefined,
  { orgs }: { readonly orgs: Orgs },
): Decided {
  const { state, by } = circumstances;
  if (isNoAdministrator(circumstances)) return stale;
  if (before === undefined) return err({ code: "not_found" });
  if (before.status !== "unconfirmed") return closed(before);
  const { invitedBy, memberships, name, region } = before;
  if (isSamePerson(by.id, invitedBy)) {
    return err({
      code: "own_grant",
      administrators: secondAdministrators(state, invitedBy, ""),
    });
  }
  if (!state.administrators.includes(invitedBy)) {
    return err({
      code: "grant_outdated",
      message: "发出邀请的人已不再是财政管理员，这份邀请不能再确认，请撤回，需要时重新邀请。",
    });
  }
  const member = { region, subject: "", name, memberships, version: 0 };
  const misplaced = misplacedRole(member, orgs) ?? tooManyAdministrators(state, member);
  if (misplaced !== undefined) return err({ code: "grant_outdated", message: misplaced });
  const after = next(before, { status: "waiting", confirmedBy: by.id });
  return ok([{ ...stampOf(circumstances), type: "invitation_confirmed", before, after }]);
}

export type AcceptanceRejection =
  /** Used, taken back, expired, or none at all: who brings it learns no more than that. */
  | { readonly code: "invitation_void" }
  | { readonly code: "invitation_unconfirmed" }
  /** The region knows this account already; its roles are changed there. */
  | { readonly code: "already_registered" }
  | { readonly code: "invalid_registry"; readonly message: string };

/** Makes the signed-in person the member they were invited as. */
export function decideAcceptance(
  { state, now, subject }: Pick<RegistryCase, "state" | "now"> & { readonly subject: string },
  before: Invitation | undefined,
  { orgs, member: stored }: { readonly orgs: Orgs; readonly member: Member | undefined },
): Result<readonly RegistryEvent[], AcceptanceRejection> {
  if (before === undefined || !isOpen(before) || isExpired(before, now)) {
    return err({ code: "invitation_void" });
  }
  if (before.status === "unconfirmed") return err({ code: "invitation_unconfirmed" });
  if (stored !== undefined) return err({ code: "already_registered" });
  const { region, name, email, memberships } = before;
  const member: Member = {
    ...{ region, subject, name, ...omitUndefined({ email }), memberships, version: 1 },
  };
  const isOutdated =
    (misplacedRole(member, orgs) ?? tooManyAdministrators(state, member)) !== undefined ||
    (twoLevels(memberships, orgs).length > 0 && before.confirmedBy === undefined);
  if (isOutdated) {
    return invalid("邀请中的单位或岗位已有变动，请联系本地区财政部门的管理员重新邀请。");
  }
  const after = next(before, { status: "accepted", acceptedBy: subject });
  const byRole = memberships[0]?.role ?? ("system" as const);
  const stamp = { at: now, by: subject, byName: name, byRole };
  return ok([{ ...stamp, type: "invitation_accepted", before, after, member }]);
}

const next = (before: Invitation, change: Partial<Invitation>): Invitation => ({
  ...before,
  ...change,
  version: before.version + 1,
});

const closedWords = {
  accepted: "这份邀请已被接受，本人已登记为工作人员，请刷新后查看。",
  withdrawn: "这份邀请已经撤回，请刷新后查看。",
  waiting: "这份邀请已经确认，请刷新后查看。",
  unconfirmed: "这份邀请尚待确认，请刷新后查看。",
} as const satisfies Record<Invitation["status"], string>;
const closed = ({ status }: Invitation) => invalid(closedWords[status]);
