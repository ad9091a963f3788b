import type { Sha256 } from "../../../../shared/canonical-json.ts";
import type { Invitation } from "../../../../shared/registry/invitation.ts";
import { plainContact } from "../../../../shared/registry/contact.ts";
import { plainCode } from "../../../../shared/registry/one-time-code.ts";
import { assertNever, err, ok, type Result } from "../../../../shared/result.ts";
import type { AcceptanceRefusal } from "../../../../functions/use-cases/invitations.ts";
import type { PasswordReset } from "../../../../functions/use-cases/reset-password.ts";
import { hashPassword, isPassword } from "../password.ts";
import type { Account, AccountStore } from "./accounts.ts";
import { isSecret, matchingCounter } from "./one-time-password.ts";
import { passwordFault } from "./password-rules.ts";

/** What the registry lends: who was invited by a code, and to make a member of them. */
export interface Invitations {
  readonly byCode: (code: string) => Promise<Invitation | undefined>;
  readonly accept: (subject: string, code: string) => Promise<Result<unknown, AcceptanceRefusal>>;
}

export interface AccountDeps {
  readonly store: AccountStore;
  readonly invitations: Invitations;
  readonly endSessions: (subject: string) => Promise<void>;
  readonly newSubject: () => string;
  readonly newCode: () => string;
  readonly sha256: Sha256;
  readonly now: () => string;
}

/**
 * Why an attempt failed, in one sentence; `wrong`: nothing that was typed is confirmed, `one_time_password`:
 * it needs one besides.
 */
export interface AccountFault {
  readonly code: "wrong" | "refused" | "one_time_password";
  readonly message: string;
}
type Attempt = Promise<Result<Account, AccountFault>>;

const wrong = (message: string) => err({ code: "wrong" as const, message });
const refused = (message: string) => err({ code: "refused" as const, message });
const wrongPassword = "账号或口令不正确，请重新输入。";
const wrongCode = "账号或验证码不正确，或验证码已用过、已过期。请核对，或请财政部门的管理员重发。";
export const wrongOneTimePassword = "动态口令不正确或已用过，请输入认证应用中现在显示的 6 位数字。";

/** Judged for an account nobody has, so that it takes as long as for one somebody has. */
const nobody = hashPassword("nobody");

/** Whether login and password belong together; a one-time password is asked for afterwards. */
export async function checkPassword(
  { store }: Pick<AccountDeps, "store">,
  { login, password }: { readonly login: string; readonly password: string },
): Attempt {
  const account = store.byLogin(login);
  const isRight = await isPassword(password, account?.passwordHash ?? (await nobody));
  return account?.passwordHash !== undefined && isRight ? ok(account) : wrong(wrongPassword);
}

/** Takes a one-time password once; true for an account that asks for none. */
export async function takeOneTimePassword(
  { store, now }: Pick<AccountDeps, "store" | "now">,
  { subject, oneTimePassword }: Account,
  given: string,
): Promise<boolean> {
  if (oneTimePassword === undefined) return true;
  let isTaken = false;
  await store.change(subject, (account) => {
    const kept = account.oneTimePassword;
    if (kept === undefined) return account;
    const counter = matchingCounter(kept.secret, given, { now: now(), after: kept.lastCounter });
    isTaken = counter !== undefined;
    return counter === undefined
      ? account
      : { ...account, oneTimePassword: { ...kept, lastCounter: counter } };
  });
  return isTaken;
}

export interface NewPassword {
  readonly password: string;
  readonly repeated: string;
}

/**
 * First sign-in, or a password that was reset: the code proves who it is, once, and the password is set.
 * An invited person has an account and is a member afterwards.
 */
export async function setPasswordByCode(
  deps: AccountDeps,
  { login, code: typed, ...next }: NewPassword & { readonly login: string; readonly code: string },
): Attempt {
  const contact = plainContact(login);
  const code = plainCode(typed);
  if (contact === undefined || code === undefined) return wrong(wrongCode);
  const codeHash = deps.sha256(code);
  const known = deps.store.byLogin(contact);
  if (known?.reset?.codeHash === codeHash && known.reset.expiresAt > deps.now()) {
    return resetTo(deps, known, codeHash, next);
  }
  const invitation = await deps.invitations.byCode(code);
  const isTheirs =
    invitation !== undefined && (invitation.mobile === contact || invitation.email === contact);
  if (!isTheirs) return wrong(wrongCode);
  if (known !== undefined) {
    return refused("这个手机号或邮箱已有账号，请用原来的口令登录，登录后再输入验证码。");
  }
  return createAccount(deps, invitation, code, next);
}

async function resetTo(
  { store, endSessions }: AccountDeps,
  account: Account,
  codeHash: string,
  next: NewPassword,
): Attempt {
  const fault = faultOf(next, account);
  if (fault !== undefined) return refused(fault);
  const passwordHash = await hashPassword(next.password);
  // Of two who bring one code, one sets the password.
  const changed = await store.change(account.subject, (current) =>
    current.reset?.codeHash === codeHash ? { ...current, reset: undefined, passwordHash } : current,
  );
  if (changed?.passwordHash !== passwordHash) return wrong(wrongCode);
  await endSessions(changed.subject);
  return ok(changed);
}

async function createAccount(
  { store, invitations, newSubject }: AccountDeps,
  { name, email, mobile, status }: Invitation,
  code: string,
  next: NewPassword,
): Attempt {
  if (status === "unconfirmed") return refused(acceptanceText("invitation_unconfirmed"));
  const fault = faultOf(next, { name, email, mobile });
  if (fault !== undefined) return refused(fault);
  const passwordHash = await hashPassword(next.password);
  const account: Account = { subject: newSubject(), name, email, mobile, passwordHash };
  if (!(await store.create(account))) {
    return refused("这个手机号或邮箱已有账号，请用原来的口令登录，登录后再输入验证码。");
  }
  // Killed in between, the person signs in with the password and brings the code again.
  const accepted = await invitations.accept(account.subject, code);
  return accepted.ok ? ok(account) : refused(acceptanceText(accepted.error.code));
}

function acceptanceText(code: AcceptanceRefusal["code"]): string {
  switch (code) {
    case "invitation_void":
      return wrongCode;
    case "invitation_unconfirmed":
      return "这份邀请尚待另一名财政管理员确认，确认后请再次输入验证码。";
    case "already_registered":
      return "您的账号已在本地区登记，请直接登录。";
    case "invalid_registry":
      return "邀请中的单位或岗位已有变动，请联系本地区财政部门的管理员重新邀请。";
    case "stale_version":
    case "import_under_way":
      return "登记正忙，请稍后再试。";
    default:
      return assertNever(code);
  }
}

function faultOf(
  { password, repeated }: NewPassword,
  owner: Pick<Account, "name" | "email" | "mobile">,
): string | undefined {
  if (password !== repeated) return "两次输入的新口令不一致，请重新输入。";
  return passwordFault(password, owner);
}

/** Changes a password whose old one is known; every session ends, also those of somebody else who knew it. */
export async function changePassword(
  deps: AccountDeps,
  {
    login,
    old,
    oneTimePassword,
    ...next
  }: NewPassword & {
    readonly login: string;
    readonly old: string;
    readonly oneTimePassword: string;
  },
): Attempt {
  const checked = await checkPassword(deps, { login, password: old });
  if (!checked.ok) return checked;
  const account = checked.value;
  const fault = next.password === old ? "新口令与原口令相同，请换一个。" : faultOf(next, account);
  if (fault !== undefined) return refused(fault);
  if (account.oneTimePassword !== undefined && oneTimePassword === "") {
    const message = "这个账号启用了动态口令，请重新填写，并输入动态口令。";
    return err({ code: "one_time_password", message });
  }
  if (!(await takeOneTimePassword(deps, account, oneTimePassword))) {
    return wrong(wrongOneTimePassword);
  }
  const passwordHash = await hashPassword(next.password);
  const changed = await deps.store.change(account.subject, (current) => ({
    ...current,
    passwordHash,
  }));
  if (changed === undefined) return wrong(wrongPassword);
  await deps.endSessions(changed.subject);
  return ok(changed);
}

/** One-time passwords are asked for from now on, of a secret that the person's device has proved to know. */
export async function beginOneTimePasswords(
  { store, now }: Pick<AccountDeps, "store" | "now">,
  account: Account,
  { secret, given }: { readonly secret: string; readonly given: string },
): Attempt {
  if (!isSecret(secret)) return refused("密钥不完整，请重新开始。");
  const lastCounter = matchingCounter(secret, given, { now: now() });
  if (lastCounter === undefined) return wrong(wrongOneTimePassword);
  const changed = await store.change(account.subject, (current) => ({
    ...current,
    oneTimePassword: { secret, lastCounter },
  }));
  return changed === undefined ? wrong(wrongPassword) : ok(changed);
}

export async function endOneTimePasswords(
  { store }: Pick<AccountDeps, "store">,
  { subject }: Account,
): Promise<void> {
  await store.change(subject, (account) => ({
    ...account,
    oneTimePassword: undefined,
  }));
}

const resetHours = 72;

/**
 * A code for a new password. The old one is void at once, with every session and the one-time passwords,
 * whose device may be lost as well.
 */
export async function resetPassword(
  { store, endSessions, newCode, sha256, now }: Omit<AccountDeps, "invitations" | "newSubject">,
  subject: string,
): Promise<PasswordReset | undefined> {
  const code = newCode();
  const expiresAt = new Date(Date.parse(now()) + resetHours * 3_600_000).toISOString();
  const reset = { codeHash: sha256(plainCode(code) ?? code), expiresAt };
  const changed = await store.change(subject, (account) => ({
    ...account,
    passwordHash: undefined,
    oneTimePassword: undefined,
    reset,
  }));
  if (changed === undefined) return undefined;
  await endSessions(subject);
  return { code, expiresAt };
}

/** What an account is counted under by the limit of attempts: its mobile number, its address, or what was typed. */
export const limitedName = ({ store }: Pick<AccountDeps, "store">, login: string): string =>
  store.byLogin(login)?.subject ?? plainContact(login) ?? login.slice(0, 254);
