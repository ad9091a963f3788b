import { err, ok, type Result } from "../result.ts";
import {
  invalid,
  isNoAdministrator,
  isSamePerson,
  type RegistryCase,
  type RegistryRejection,
  secondAdministrators,
  stale,
  stampOf,
} from "./decide-registry.ts";
import type { Member, RegistryEvent } from "./registry.ts";

/** Lets an administrator give a person a code for a new password: never oneself, nor a person of two regions. */
export function decidePasswordReset(
  circumstances: RegistryCase,
  {
    member,
    elsewhere,
  }: { readonly member: Member | undefined; readonly elsewhere: readonly Member[] },
): Result<readonly RegistryEvent[], RegistryRejection> {
  const { state, by } = circumstances;
  if (isNoAdministrator(circumstances)) return stale;
  if (member === undefined) return err({ code: "not_found" });
  const { subject, name } = member;
  if (isSamePerson(by.id, subject)) {
    return err({
      code: "own_membership",
      administrators: secondAdministrators(state, by.id, subject),
    });
  }
  if (elsewhere.some(({ memberships }) => memberships.length > 0)) {
    return invalid(`${name}在其他地区也有岗位，口令须由系统运维人员重置。`);
  }
  return ok([{ ...stampOf(circumstances), type: "password_reset", subject, name }]);
}
