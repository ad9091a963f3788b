import {
  decideGrant,
  decideMember,
  type RegistryRejection,
} from "../../shared/registry/decide-registry.ts";
import type {
  Member,
  OrgNode,
  PendingGrant,
  RegistryEvent,
} from "../../shared/registry/registry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { CommitRefusal, RegistryStore } from "../storage/ports.ts";
import { changeRegistry, type RegistryCommitRefusal, type RegistryDeps } from "./registry-chain.ts";

type Explained = "own_membership" | "own_grant";

export type RegistryRefusal =
  | Exclude<RegistryRejection, { readonly code: Explained }>
  | RegistryCommitRefusal
  /** With the names of those who may do it instead. */
  | { readonly code: Explained; readonly others: readonly string[] };

/** The administrator who changes the registry. */
export interface Administrator {
  readonly id: string;
  readonly name: string;
}

export type MemberOutcome =
  | { readonly outcome: "stored"; readonly member: Member }
  /** Two levels of one line: nothing is changed until a second administrator confirms. */
  | { readonly outcome: "pending"; readonly grant: PendingGrant };

/** Adds or changes a person, or proposes the change to a second administrator where it needs one. */
export async function putMember(
  deps: RegistryDeps & { readonly newId: () => string },
  by: Administrator,
  wanted: Member,
): Promise<Result<MemberOutcome, RegistryRefusal>> {
  const { registry } = deps;
  const { region, subject } = wanted;
  const newId = deps.newId();
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const before = await registry.member(region, subject);
    const orgs = await orgsNamed(deps, region, [before, wanted]);
    return decideMember({ state, by, now: deps.now() }, wanted, { before, orgs, newId });
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  const [event] = changed.value;
  if (event?.type === "grant_asked") {
    const { at, by: proposer, byName, grant: id, after } = event;
    return ok({ outcome: "pending", grant: { id, asked: { at, by: proposer, byName }, after } });
  }
  const stored = storedOr(await registry.member(region, subject));
  return stored.ok ? ok({ outcome: "stored", member: stored.value }) : stored;
}

/** Confirms, declines or takes back a grant that waits; answers what it was. */
export async function actOnGrant(
  deps: RegistryDeps,
  by: Administrator,
  request: {
    readonly region: string;
    readonly grant: string;
    readonly type: "confirm" | "decline" | "withdraw";
  },
): Promise<Result<RegistryEvent, RegistryRefusal>> {
  const { region } = request;
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const grant = state.grants.find(({ id }) => id === request.grant);
    const before = grant && (await deps.registry.member(region, grant.after.subject));
    const orgs = await orgsNamed(deps, region, [before, grant?.after]);
    return decideGrant({ state, by, now: deps.now() }, request, { before, orgs });
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  const [event] = changed.value;
  return event === undefined ? err({ code: "not_found" }) : ok(event);
}

export interface GrantView extends PendingGrant {
  /** The person as stored now; absent for one who is still to be entered. */
  readonly before?: Member;
}

/** Grants that wait for a second administrator, oldest first. */
export async function pendingGrants(
  { registry }: { readonly registry: Pick<RegistryStore, "head" | "member"> },
  region: string,
): Promise<readonly GrantView[]> {
  const head = await registry.head(region);
  return Promise.all(
    (head?.state.grants ?? []).map(async (grant) => {
      const before = await registry.member(region, grant.after.subject);
      return { ...grant, ...(before && { before }) };
    }),
  );
}

/** The nodes that people's roles name: at most as many as two lists of roles. */
export async function orgsNamed(
  { registry }: RegistryDeps,
  region: string,
  people: readonly (Pick<Member, "memberships"> | undefined)[],
): Promise<ReadonlyMap<string, OrgNode>> {
  const codes = new Set(
    people.flatMap((one) => one?.memberships.map(({ orgCode }) => orgCode) ?? []),
  );
  const orgs = await Promise.all([...codes].map((code) => registry.org(region, code)));
  return new Map(orgs.flatMap((org) => (org === undefined ? [] : [[org.code, org] as const])));
}

/** Names that a refusal sends the person to; more would not help. */
const maxNamed = 5;

/** A refusal, with the names of those who may do what this person may not. */
export async function explained(
  { registry }: RegistryDeps,
  region: string,
  refusal: RegistryRejection | RegistryCommitRefusal,
): Promise<Result<never, RegistryRefusal>> {
  if (!("administrators" in refusal)) return err(refusal);
  const members = await Promise.all(
    refusal.administrators.slice(0, maxNamed).map((subject) => registry.member(region, subject)),
  );
  const others = members.flatMap((member) => (member === undefined ? [] : [member.name]));
  return err({ code: refusal.code, others });
}

export const storedOr = <T>(stored: T | undefined): Result<T, CommitRefusal> =>
  stored === undefined ? err({ code: "stale_version" }) : ok(stored);
