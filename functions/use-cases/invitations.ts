import type { Sha256 } from "../../shared/canonical-json.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import type { Contact } from "../../shared/registry/contact.ts";
import {
  type AcceptanceRejection,
  decideAcceptance,
  decideConfirmation,
  decideInvite,
  decideRenewal,
  decideWithdrawal,
} from "../../shared/registry/decide-invitation.ts";
import { evolveRegistry } from "../../shared/registry/evolve-registry.ts";
import {
  codeKey,
  contactKeys,
  type Invitation,
  invitationKeys,
  isExpired,
  isOpen,
} from "../../shared/registry/invitation.ts";
import { plainCode } from "../../shared/registry/one-time-code.ts";
import type {
  Member,
  Membership,
  RegistryEvent,
  RegistryState,
} from "../../shared/registry/registry.ts";
import { assertNever, err, ok, type Result } from "../../shared/result.ts";
import { type Administrator, explained, orgsNamed, type RegistryRefusal } from "./registry.ts";
import {
  changeRegistry,
  openRegistry,
  type RegistryCommitRefusal,
  type RegistryDeps,
} from "./registry-chain.ts";

export interface InvitationDeps extends RegistryDeps {
  readonly newId: () => string;
  /** A one-time code (`codeOf`) that nobody can guess. */
  readonly newCode: () => string;
  readonly sha256: Sha256;
}

/** Whom to invite: at least one address, in the spelling of `contact.ts`. */
export interface Invitee extends Contact {
  readonly name: string;
  readonly memberships: readonly Membership[];
}

/** The code is shown or mailed once; only its hash is stored. */
export interface Invited {
  readonly invitation: Invitation;
  readonly code: string;
}

/** Which of the people it is that cannot be invited, from 0. */
export type InviteRefusal = RegistryRefusal & { readonly index: number };

/** Invitations of one write: fifty of the largest stay below 200 KB. */
const partSize = 50;

export const codeHashOf = (sha256: Sha256, code: string): string => sha256(plainCode(code) ?? code);

/**
 * Invites people of a region. All are weighed before the first is stored; then they are stored fifty at a
 * time, each fifty whole or not at all.
 */
export async function invitePeople(
  deps: InvitationDeps,
  by: Administrator,
  region: string,
  people: readonly Invitee[],
): Promise<Result<readonly Invited[], InviteRefusal>> {
  const wanted = people.map((person) => {
    const code = deps.newCode();
    return { ...person, region, id: deps.newId(), code, codeHash: codeHashOf(deps.sha256, code) };
  });
  const { state } = await openRegistry(deps, region);
  const weighed = await decideInvites(deps, by, { state, wanted });
  if (!weighed.ok) return refused(deps, region, weighed.error);
  const invited: Invited[] = [];
  for (let start = 0; start < wanted.length; start += partSize) {
    const part = wanted.slice(start, start + partSize);
    const changed = await changeRegistry(deps, region, ({ state: current }) =>
      decideInvites(deps, by, { state: current, wanted: part }),
    );
    if (!changed.ok) {
      const index = "index" in changed.error ? changed.error.index : 0;
      return refused(deps, region, { ...changed.error, index: start + index });
    }
    changed.value.forEach((event, index) => {
      const code = part[index]?.code;
      if (event.type === "person_invited" && code !== undefined) {
        invited.push({ invitation: event.after, code });
      }
    });
  }
  return ok(invited);
}

type Wanted = Invitee & { readonly region: string; readonly id: string; readonly codeHash: string };
type Rejection = Extract<ReturnType<typeof decideInvite>, { ok: false }>["error"];

async function decideInvites(
  deps: InvitationDeps,
  by: Administrator,
  { state, wanted }: { readonly state: RegistryState; readonly wanted: readonly Wanted[] },
): Promise<Result<readonly RegistryEvent[], Rejection & { readonly index: number }>> {
  const events: RegistryEvent[] = [];
  const earlier: Invitation[] = [];
  let so = state;
  for (const [
    index,
    { region, id, name, email, mobile, memberships, codeHash },
  ] of wanted.entries()) {
    const invitee = {
      region,
      id,
      name,
      memberships,
      codeHash,
      ...omitUndefined({ email, mobile }),
    };
    const keys = contactKeys(invitee);
    const stored = await Promise.all(keys.map((key) => deps.registry.invitationsNamedBy(key)));
    const others = [...stored.flat(), ...earlier].filter(
      (one) => one.region === region && contactKeys(one).some((key) => keys.includes(key)),
    );
    const orgs = await orgsNamed(deps, region, [invitee]);
    const decided = decideInvite({ state: so, by, now: deps.now() }, invitee, { orgs, others });
    if (!decided.ok) return err({ ...decided.error, index });
    for (const event of decided.value) {
      if (event.type === "person_invited") earlier.push(event.after);
      so = evolveRegistry(so, event);
      events.push(event);
    }
  }
  return ok(events);
}

async function refused(
  deps: InvitationDeps,
  region: string,
  { index, ...rejection }: (Rejection | RegistryCommitRefusal) & { readonly index: number },
): Promise<Result<never, InviteRefusal>> {
  const refusal = await explained(deps, region, rejection);
  return refusal.ok ? refusal : err({ ...refusal.error, index });
}

export interface InvitationAct {
  readonly region: string;
  readonly id: string;
}

/** A new code for an invitation that nobody has accepted; the one before is void. */
export async function renewInvitation(
  deps: InvitationDeps,
  by: Administrator,
  { region, id }: InvitationAct,
): Promise<Result<Invited, RegistryRefusal>> {
  const code = deps.newCode();
  const codeHash = codeHashOf(deps.sha256, code);
  const changed = await changeRegistry(deps, region, async ({ state }) =>
    decideRenewal(
      { state, by, now: deps.now() },
      { codeHash },
      await deps.registry.invitation(region, id),
    ),
  );
  if (!changed.ok) return explained(deps, region, changed.error);
  const [event] = changed.value;
  return event?.type === "invitation_renewed"
    ? ok({ invitation: event.after, code })
    : err({ code: "not_found" });
}

/** Takes an invitation back, or confirms one that needs a second administrator. */
export async function actOnInvitation(
  deps: RegistryDeps,
  by: Administrator,
  { region, id, type }: InvitationAct & { readonly type: "withdraw" | "confirm" },
): Promise<Result<Invitation, RegistryRefusal>> {
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const before = await deps.registry.invitation(region, id);
    const circumstances = { state, by, now: deps.now() };
    switch (type) {
      case "withdraw":
        return decideWithdrawal(circumstances, before);
      case "confirm":
        return decideConfirmation(circumstances, before, {
          orgs: await orgsNamed(deps, region, [before]),
        });
      default:
        return assertNever(type);
    }
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  const stored = await deps.registry.invitation(region, id);
  return stored === undefined ? err({ code: "not_found" }) : ok(stored);
}

export type AcceptanceRefusal = AcceptanceRejection | RegistryCommitRefusal;

/**
 * Makes a signed-in person the member that a one-time code, or an address that their issuer has verified,
 * was invited as; by address in every region that invited it.
 */
export async function acceptInvitation(
  deps: RegistryDeps & { readonly sha256: Sha256 },
  subject: string,
  brought: { readonly code: string } | Contact,
): Promise<Result<readonly Member[], AcceptanceRefusal>> {
  const keys =
    "code" in brought ? [codeKey(codeHashOf(deps.sha256, brought.code))] : contactKeys(brought);
  const members: Member[] = [];
  let refusal: AcceptanceRefusal = { code: "invitation_void" };
  for (const key of keys) {
    for (const { region, id } of await deps.registry.invitationsNamedBy(key)) {
      const accepted = await accept(deps, subject, { region, id, key });
      if (accepted.ok) members.push(accepted.value);
      else if (accepted.error.code !== "invitation_void") refusal = accepted.error;
    }
  }
  return members.length > 0 ? ok(members) : err(refusal);
}

async function accept(
  deps: RegistryDeps,
  subject: string,
  { region, id, key }: InvitationAct & { readonly key: string },
): Promise<Result<Member, AcceptanceRefusal>> {
  const { registry, now } = deps;
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const [before, member] = await Promise.all([
      registry.invitation(region, id),
      registry.member(region, subject),
    ]);
    // A code that was renewed meanwhile is void.
    const named = before !== undefined && invitationKeys(before).includes(key) ? before : undefined;
    const orgs = await orgsNamed(deps, region, [named]);
    return decideAcceptance({ state, now: now(), subject }, named, { orgs, member });
  });
  if (!changed.ok) return changed;
  const [event] = changed.value;
  return event?.type === "invitation_accepted"
    ? ok(event.member)
    : err({ code: "invitation_void" });
}

/** The invitation that a code opens now, for who has to make an account before accepting it. */
export async function invitationByCode(
  { registry, now, sha256 }: Pick<RegistryDeps, "registry" | "now"> & { readonly sha256: Sha256 },
  code: string,
): Promise<Invitation | undefined> {
  const found = await registry.invitationsNamedBy(codeKey(codeHashOf(sha256, code)));
  return found.find((one) => isOpen(one) && !isExpired(one, now()));
}
