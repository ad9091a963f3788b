import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { now } from "../../functions/platform/clock.ts";
import { newCode, sha256 } from "../../functions/platform/ids.ts";
import { everyItem } from "../../functions/storage/pages.ts";
import type { RegistryStore } from "../../functions/storage/ports.ts";
import { codeHashOf } from "../../functions/use-cases/invitations.ts";
import { changeRegistry, enterRecords, stampOf } from "../../functions/use-cases/registry-chain.ts";
import { plainContact, plainEmail, plainMobile } from "../../shared/registry/contact.ts";
import { isAdministrator } from "../../shared/registry/evolve-registry.ts";
import { expiryFrom, type Invitation, isOpen } from "../../shared/registry/invitation.ts";
import { ok } from "../../shared/result.ts";
import { shanghaiDay } from "../../shared/workflow/deadlines.ts";
import { databaseFile, openDataFolder } from "./data-folder.ts";
import { acquireDataLock } from "./data-lock.ts";
import { invitationOfAdministrator } from "./installation/first-administrator.ts";
import { loadServed } from "./installation/served.ts";
import { openAccounts } from "./oidc/accounts/accounts.ts";
import { openRecords } from "./oidc/records.ts";
import { resetPassword } from "./oidc/accounts/sign-in-with-account.ts";

/**
 * `npm run new-code -- --data DIR [--account LOGIN]`: what only who runs the machine can give, while the
 * system is stopped. A new code for an administrator whose invitation waits, for a new password of the
 * account named, or for an administrator in place of those who have all left. Each is an event of the
 * registry. Exit 0 given, 1 refused in one sentence.
 */

const usage = `用法：npm run new-code -- --data 文件夹 [--account 手机号或邮箱 | --invite 姓名 --contact 手机号或邮箱]
  只给 --data：为尚未接受邀请的财政管理员换一个验证码
  --account：作废这个账号的口令，给一个设置新口令的验证码
  --invite：财政管理员都已离岗时，邀请一名新的财政管理员`;

interface Given {
  readonly whom: string;
  readonly code: string;
  readonly expiresAt: string;
}

async function renewOf(registry: RegistryStore, region: string): Promise<Given | string> {
  const invitations = await everyItem((page) => registry.invitations(region, page));
  const before = invitations.find((one) => isOpen(one) && isAdministrator(one));
  if (before === undefined) {
    return "没有尚未接受邀请的财政管理员。管理员忘记口令的，请加 --account 手机号或邮箱。";
  }
  const code = newCode();
  const after: Invitation = {
    ...before,
    ...{ codeHash: codeHashOf(sha256, code), expiresAt: expiryFrom(now()) },
    version: before.version + 1,
  };
  const changed = await changeRegistry({ registry, now }, region, () =>
    Promise.resolve(
      ok([{ ...stampOf({ now }), type: "invitation_renewed" as const, before, after }]),
    ),
  );
  if (!changed.ok) return "登记正在被改动，请重试。";
  return { whom: `财政管理员 ${before.name}`, code, expiresAt: after.expiresAt };
}

async function inviteOf(
  registry: RegistryStore,
  region: string,
  { name, contact }: { readonly name: string; readonly contact: string },
): Promise<Given | string> {
  const [mobile, email] = [plainMobile(contact), plainEmail(contact)];
  if (mobile === undefined && email === undefined) {
    return `“${contact}”不是手机号或邮箱，请核对后重试。`;
  }
  const bureau = await (await registry.view(region)).bureau();
  if (bureau === undefined) return "登记中没有财政部门，请从备份恢复。";
  const wanted = { region, bureauCode: bureau.code, name, mobile, email };
  const { invitation, code, expiresAt } = invitationOfAdministrator(wanted, now());
  await enterRecords({ registry, now }, region, [{ kind: "invitation", value: invitation }]);
  return { whom: `财政管理员 ${name}`, code, expiresAt };
}

async function resetOf(
  registry: RegistryStore,
  region: string,
  { folder, login }: { readonly folder: string; readonly login: string },
): Promise<Given | string> {
  const store = await openAccounts(join(folder, "oidc", "accounts"));
  const account = store.byLogin(login);
  if (account === undefined) return `没有以“${plainContact(login) ?? login}”登录的账号。`;
  const { subject, name } = account;
  const changed = await changeRegistry({ registry, now }, region, () =>
    Promise.resolve(ok([{ ...stampOf({ now }), type: "password_reset" as const, subject, name }])),
  );
  if (!changed.ok) return "登记正在被改动，请重试。";
  const records = await openRecords(join(folder, "oidc", "records"), { now });
  const endSessions = records.removeAllOf;
  const reset = await resetPassword({ store, endSessions, newCode, sha256, now }, subject);
  return reset === undefined ? "账号已不存在。" : { whom: name, ...reset };
}

async function main(): Promise<string | undefined> {
  let values: Partial<Record<"data" | "account" | "invite" | "contact", string>>;
  try {
    ({ values } = parseArgs({
      options: {
        data: { type: "string" },
        account: { type: "string" },
        invite: { type: "string" },
        contact: { type: "string" },
      },
    }));
  } catch {
    return usage;
  }
  const { data: folder, account, invite: name, contact } = values;
  const isWhole = (name === undefined) === (contact === undefined);
  if (folder === undefined || !isWhole || (account !== undefined && name !== undefined))
    return usage;
  const served = await loadServed(folder);
  if (!served.ok) return served.error.message;
  const [region] = served.value.regions;
  const { installation } = served.value;
  if (installation === undefined || region === undefined || !existsSync(databaseFile(folder))) {
    return `${folder} 不是正式系统的数据文件夹，请用 --data 指明。`;
  }
  if (account !== undefined && installation.issuer.kind !== "embedded") {
    return "本系统的人员在统一登录平台登录，口令由该平台重置。";
  }
  const lock = await acquireDataLock(folder, { now });
  if (!lock.ok) return lock.error.message;
  try {
    const opened = await openDataFolder({ folder, sha256, now, secret: "-", filesUrl: "" });
    if (!opened.ok) return opened.error.message;
    const { registry } = opened.value;
    try {
      const given = await (account !== undefined
        ? resetOf(registry, region.code, { folder, login: account })
        : name !== undefined && contact !== undefined
          ? inviteOf(registry, region.code, { name, contact })
          : renewOf(registry, region.code));
      if (typeof given === "string") return given;
      process.stdout.write(
        `${given.whom}的一次性验证码，只显示这一次：\n\n    ${given.code}\n\n有效期至 ${shanghaiDay(given.expiresAt)}。\n`,
      );
      return undefined;
    } finally {
      await opened.value.close();
    }
  } finally {
    await lock.value.release();
  }
}

const refusal = await main();
if (refusal !== undefined) {
  process.stderr.write(`${refusal}\n`);
  process.exitCode = 1;
}
