import { newCode, newId, sha256 } from "../../../functions/platform/ids.ts";
import { codeHashOf } from "../../../functions/use-cases/invitations.ts";
import type { Contact } from "../../../shared/registry/contact.ts";
import { expiryFrom, type Invitation } from "../../../shared/registry/invitation.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { administratorRole } from "../../../shared/workflow/roles.ts";

/** A code that was given out, and until when it holds. */
export interface GivenCode {
  readonly code: string;
  /** ISO 8601 in UTC. */
  readonly expiresAt: string;
}

/**
 * The invitation of an administrator whom no administrator invites: the first of an installation, or one in
 * place of those who have all left. To be entered by the system.
 */
export function invitationOfAdministrator(
  {
    region,
    bureauCode,
    name,
    email,
    mobile,
  }: Contact & { readonly region: string; readonly bureauCode: string; readonly name: string },
  now: string,
): GivenCode & { readonly invitation: Invitation } {
  const code = newCode();
  const expiresAt = expiryFrom(now);
  return {
    ...{ code, expiresAt },
    invitation: {
      ...{ region, id: newId(), name, ...omitUndefined({ email, mobile }) },
      memberships: [{ role: administratorRole, orgCode: bureauCode }],
      ...{ invitedBy: "system", status: "waiting" },
      ...{ codeHash: codeHashOf(sha256, code), expiresAt, version: 0 },
    },
  };
}
