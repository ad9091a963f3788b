/** One who may sign in at the embedded issuer. */
export type Person = {
  /** The `sub` of their tokens; memberships refer to it. */
  readonly subject: string;
  readonly username: string;
  readonly name: string;
  readonly email?: string;
  /** The organisation they are listed under, as shown. */
  readonly organisation: string;
  /** What they are there, as shown, such as 编制人. */
  readonly role: string;
  /** As `hashPassword` made it. */
  readonly passwordHash: string;
};
