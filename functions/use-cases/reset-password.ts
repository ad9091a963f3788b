import { decidePasswordReset } from "../../shared/registry/decide-password-reset.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Administrator, explained, type RegistryRefusal } from "./registry.ts";
import { changeRegistry, type RegistryDeps } from "./registry-chain.ts";

/** A one-time code for a new password, shown once. */
export interface PasswordReset {
  readonly code: string;
  /** ISO 8601 in UTC. */
  readonly expiresAt: string;
}

/** The accounts of the embedded issuer; where people sign in elsewhere there are none. */
export interface Accounts {
  /** Voids the password and ends the sessions of an account; undefined where there is none of the subject. */
  resetPassword(subject: string): Promise<PasswordReset | undefined>;
}

/**
 * Gives out a code by which a person of the region sets a new password. It is recorded before it is done,
 * for whoever holds the code can sign in as that person.
 */
export async function resetPassword(
  deps: RegistryDeps & { readonly accounts: Accounts },
  by: Administrator,
  { region, subject }: { readonly region: string; readonly subject: string },
): Promise<Result<PasswordReset, RegistryRefusal>> {
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const everywhere = await deps.registry.membersBySubject(subject);
    const member = everywhere.find((one) => one.region === region);
    const elsewhere = everywhere.filter((one) => one.region !== region);
    return decidePasswordReset({ state, by, now: deps.now() }, { member, elsewhere });
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  const reset = await deps.accounts.resetPassword(subject);
  return reset === undefined ? err({ code: "not_found" }) : ok(reset);
}
