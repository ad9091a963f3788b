import type { Contact } from "./contact.ts";
import type { Membership } from "./registry.ts";

/**
 * 邀请: a person entered before their first sign-in, by whom nobody knows the issuer's subject yet. They
 * become a member when they bring the one-time code, or a token whose address the issuer has verified.
 */
export type Invitation = {
  readonly region: string;
  readonly id: string;
  readonly name: string;
  /** At least one of the two, each as `contact.ts` spells it. */
  readonly email?: string;
  readonly mobile?: string;
  readonly memberships: readonly Membership[];
  /** Subject of the administrator who invited, `system` for the first person of an installation. */
  readonly invitedBy: string;
  /** `unconfirmed`: grants two levels of one line, and a second administrator has not confirmed that yet. */
  readonly status: "unconfirmed" | "waiting" | "accepted" | "withdrawn";
  /** The second administrator of an invitation that needed one. */
  readonly confirmedBy?: string;
  /** SHA-256 of the one-time code as `plainCode` spells it. */
  readonly codeHash: string;
  /** ISO 8601 in UTC; from then on neither code nor address lets in. */
  readonly expiresAt: string;
  /** Subject of whom it made a member. */
  readonly acceptedBy?: string;
  readonly version: number;
};

/** A fortnight: a letter, a holiday, a reminder. */
const invitationDays = 14;

/** Until when what is given out now can be used. */
export const expiryFrom = (now: string): string =>
  new Date(Date.parse(now) + invitationDays * 86_400_000).toISOString();

export const isExpired = ({ expiresAt }: Pick<Invitation, "expiresAt">, now: string): boolean =>
  expiresAt <= now;

/** Whether it may still become a membership. */
export const isOpen = ({ status }: Pick<Invitation, "status">): boolean =>
  status === "waiting" || status === "unconfirmed";

export const codeKey = (codeHash: string): string => `code:${codeHash}`;
export const contactKeys = ({ email, mobile }: Contact): string[] => [
  ...(email === undefined ? [] : [`email:${email}`]),
  ...(mobile === undefined ? [] : [`mobile:${mobile}`]),
];

/** What an invitation is found by, whoever brings it. */
export const invitationKeys = (invitation: Invitation): string[] => [
  codeKey(invitation.codeHash),
  ...contactKeys(invitation),
];
