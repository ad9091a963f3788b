import type { Invited } from "../use-cases/invitations.ts";
import type { ApiDeps } from "./deps.ts";

/** Mails an invitation's code where the person has an address and the installation a mail server. */
export async function handOverCode(
  deps: Pick<ApiDeps, "canMail" | "notifyQueue">,
  { invitation, code }: Invited,
): Promise<{ readonly code: string; readonly mailed: boolean }> {
  const { region, id, email, version } = invitation;
  const mailed = email !== undefined && deps.canMail && invitation.status === "waiting";
  if (mailed) {
    await deps.notifyQueue.send({
      id: `${region}.invitation.${id}.${String(version)}`,
      body: JSON.stringify({ type: "invite", region, invitation: id, code }),
    });
  }
  return { code, mailed };
}
