import type { Sha256 } from "../../shared/canonical-json.ts";
import type { InviteMessage } from "../../shared/contract/messages.ts";
import { chineseDate } from "../../shared/document/titles.ts";
import { type Invitation, isExpired } from "../../shared/registry/invitation.ts";
import { rolesText } from "../../shared/registry/registry-words.ts";
import { shanghaiDay } from "../../shared/workflow/deadlines.ts";
import type { Letter, MailCounts, MailDeps } from "../platform/mail/send-once.ts";
import { sendOnce } from "../platform/mail/send-once.ts";
import type { RegistryStore } from "../storage/ports.ts";
import { codeHashOf } from "../use-cases/invitations.ts";
import { letterText } from "./letters.ts";

export interface InviteDeps extends MailDeps {
  readonly registry: Pick<RegistryStore, "invitation" | "view">;
  readonly staffUrl: string;
  readonly sha256: Sha256;
}

/** Mails an invited person their code; nothing where it is used, withdrawn, renewed or expired by now. */
export async function mailInvitation(
  deps: InviteDeps,
  { region, invitation: id, code }: InviteMessage,
): Promise<MailCounts> {
  const invitation = await deps.registry.invitation(region, id);
  const isCurrent =
    invitation?.status === "waiting" &&
    !isExpired(invitation, deps.now()) &&
    invitation.codeHash === codeHashOf(deps.sha256, code);
  if (!isCurrent || invitation.email === undefined) {
    return { sent: 0, sentBefore: 0, unreachable: 0 };
  }
  const view = await deps.registry.view(region);
  const names = await Promise.all(
    invitation.memberships.map(async ({ orgCode }): Promise<[string, string]> => [
      orgCode,
      (await view.org(orgCode))?.name ?? orgCode,
    ]),
  );
  const bureau = (await view.bureau())?.name ?? "财政部门";
  return sendOnce(deps, [
    letterOn(invitation, { code, bureau, staffUrl: deps.staffUrl, names: new Map(names) }),
  ]);
}

function letterOn(
  { region, id, name, email = "", memberships, expiresAt, version }: Invitation,
  {
    code,
    bureau,
    staffUrl,
    names,
  }: {
    readonly code: string;
    readonly bureau: string;
    readonly staffUrl: string;
    readonly names: ReadonlyMap<string, string>;
  },
): Letter {
  const roles = rolesText(memberships, (orgCode) => names.get(orgCode) ?? orgCode);
  return {
    occasion: `${region}.invitation.${id}.${String(version)}`,
    to: { subject: id, name, email },
    subject: "【决算】邀请您使用部门决算编报与公开系统",
    text: letterText(name, [
      `${bureau}邀请您使用部门决算编报与公开系统，岗位：${roles}。`,
      `请打开 ${staffUrl} ，首次登录时输入一次性验证码：\n${code}`,
      `验证码有效期至${chineseDate(shanghaiDay(expiresAt))}，只能使用一次，请勿转告他人。如果您不认识发件单位，请不必理会。`,
    ]),
  };
}
