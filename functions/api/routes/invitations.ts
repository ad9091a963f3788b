import { createRoute } from "@hono/zod-openapi";
import {
  invitationParams,
  inviteBody,
  memberParams,
  pageQuery,
  regionParams,
} from "../../../shared/contract/requests.ts";
import {
  invitationResponse,
  invitationsResponse,
  invitedResponse,
  passwordResetResponse,
} from "../../../shared/contract/responses.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { plainEmail, plainMobile } from "../../../shared/registry/contact.ts";
import { type Invitation, isExpired, isOpen } from "../../../shared/registry/invitation.ts";
import {
  actOnInvitation,
  type Invited,
  invitePeople,
  renewInvitation,
} from "../../use-cases/invitations.ts";
import { resetPassword } from "../../use-cases/reset-password.ts";
import { answer, answers, body, noBody } from "../answers.ts";
import type { ApiApp, ApiDeps, Person } from "../deps.ts";
import { ApiError, notFound } from "../errors.ts";
import { handOverCode } from "../invitation-code.ts";
import { pageOf } from "../page.ts";
import { memberOf, requireBureauRole } from "../people.ts";
import { orRefuse } from "../refusals.ts";

const list = createRoute({
  method: "get",
  path: "/api/regions/{region}/invitations",
  summary: "Invitations, latest first (bureau administrator, auditor)",
  request: { params: regionParams, query: pageQuery },
  responses: answers("A page of invitations", invitationsResponse),
});
const invite = createRoute({
  method: "post",
  path: "/api/regions/{region}/invitations",
  summary: "Invite a person before their first sign-in (bureau administrator)",
  request: { params: regionParams, body: body(inviteBody) },
  responses: answers("The invitation, and its code, which is shown this once", invitedResponse),
});
const invitationAct = <Act extends "withdraw" | "confirm">(act: Act, summary: string) =>
  createRoute({
    method: "post",
    path: `/api/regions/{region}/invitations/{invitation}/${act}`,
    summary,
    request: { params: invitationParams, body: noBody },
    responses: answers("The invitation as stored", invitationResponse),
  });
const withdraw = invitationAct("withdraw", "Take an invitation back (bureau administrator)");
const confirm = invitationAct("confirm", "Confirm an invitation to two levels of one line");
const renew = createRoute({
  method: "post",
  path: "/api/regions/{region}/invitations/{invitation}/renew",
  summary: "Give an invitation a new code (bureau administrator)",
  request: { params: invitationParams, body: noBody },
  responses: answers("The invitation, and its code, which is shown this once", invitedResponse),
});
const reset = createRoute({
  method: "post",
  path: "/api/regions/{region}/members/{subject}/password-reset",
  summary: "Give a person a code for a new password, where accounts are kept here",
  request: { params: memberParams, body: noBody },
  responses: answers("The code, which is shown this once", passwordResetResponse),
});

/** Inviting people, and helping those who forgot their password. */
export function addInvitationRoutes(app: ApiApp, deps: ApiDeps): void {
  const { registry } = deps;
  const administrator = async (person: Person, region: string) => {
    const member = memberOf(person, region);
    await requireBureauRole(deps, member, (role) => role.registry === "keeps");
    return { id: member.subject, name: member.name };
  };
  const view = (invitation: Invitation) => invitationView(invitation, deps.now());
  const handOver = async (invited: Invited) => ({
    invitation: view(invited.invitation),
    ...(await handOverCode(deps, invited)),
  });

  app.openapi(list, async (c) => {
    const { region } = c.req.valid("param");
    const member = memberOf(c.var.person, region);
    await requireBureauRole(deps, member, (role) => role.registry !== "none");
    const page = await registry.invitations(region, pageOf(c.req.valid("query")));
    return answer(c, invitationsResponse, { ...page, items: page.items.map(view) });
  });

  app.openapi(invite, async (c) => {
    const { region } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const { name, email, mobile, memberships } = c.req.valid("json");
    const invitee = {
      name,
      memberships,
      ...omitUndefined({ email: readEmail(email), mobile: readMobile(mobile) }),
    };
    const [invited] = orRefuse(await invitePeople(deps, by, region, [invitee]));
    if (invited === undefined) throw new Error("Nobody was invited, and nothing was refused.");
    c.var.log.info("A person was invited.", { region, invitation: invited.invitation.id });
    return answer(c, invitedResponse, await handOver(invited));
  });

  app.openapi(renew, async (c) => {
    const { region, invitation: id } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const renewed = orRefuse(await renewInvitation(deps, by, { region, id }));
    c.var.log.info("An invitation has a new code.", { region, invitation: id });
    return answer(c, invitedResponse, await handOver(renewed));
  });

  const act = async (
    person: Person,
    { region, invitation: id }: { region: string; invitation: string },
    type: "withdraw" | "confirm",
  ) => {
    const by = await administrator(person, region);
    return view(orRefuse(await actOnInvitation(deps, by, { region, id, type })));
  };
  app.openapi(withdraw, async (c) =>
    answer(c, invitationResponse, await act(c.var.person, c.req.valid("param"), "withdraw")),
  );
  app.openapi(confirm, async (c) =>
    answer(c, invitationResponse, await act(c.var.person, c.req.valid("param"), "confirm")),
  );

  app.openapi(reset, async (c) => {
    const { region, subject } = c.req.valid("param");
    const by = await administrator(c.var.person, region);
    const { accounts } = deps;
    if (accounts === undefined) throw notFound();
    const done = orRefuse(await resetPassword({ ...deps, accounts }, by, { region, subject }));
    c.var.log.info("A password was reset.", { region, changed: subject });
    return answer(c, passwordResetResponse, done);
  });
}

const invitationView = (invitation: Invitation, now: string) => ({
  ...invitation,
  status:
    isOpen(invitation) && isExpired(invitation, now) ? ("expired" as const) : invitation.status,
});

function readEmail(email: string | undefined): string | undefined {
  if (email === undefined) return undefined;
  const plain = plainEmail(email);
  if (plain !== undefined) return plain;
  throw new ApiError("invalid_request", `“${email}”不是完整的邮箱地址，请核对后重填。`);
}

function readMobile(mobile: string | undefined): string | undefined {
  if (mobile === undefined) return undefined;
  const plain = plainMobile(mobile);
  if (plain !== undefined) return plain;
  throw new ApiError(
    "invalid_request",
    `“${mobile}”不是手机号：须为 11 位数字，以 1 开头，请核对后重填。`,
  );
}
