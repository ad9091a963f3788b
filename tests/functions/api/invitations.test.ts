import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../functions/api/app.ts";
import { codeHashOf, invitePeople } from "../../../functions/use-cases/invitations.ts";
import { mailInvitation } from "../../../functions/notify/mail-invitation.ts";
import type { Mail } from "../../../functions/platform/mail/mailer.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import {
  acceptedResponse,
  type InvitationView,
  invitedResponse,
  invitationsResponse,
  meResponse,
  registryVerificationResponse,
} from "../../../shared/contract/responses.ts";
import type { Membership } from "../../../shared/registry/registry.ts";
import { enterMember } from "../enter.ts";
import { type Answer, region, start, startService, type Service } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
  await enterMember(service.deps.registry, {
    ...{ region, subject: "guyun", name: "顾云", version: 0 },
    memberships: [{ role: "bureau_admin", orgCode: "000" }],
  });
});
afterAll(() => service.close());

const inRegion = (path: string) => `/api/regions/${region}${path}`;
const preparer: Membership[] = [{ role: "preparer", orgCode: "137002" }];
const twoLevels: Membership[] = [...preparer, { role: "department_reviewer", orgCode: "137" }];
const messageOf = ({ body }: Answer) => (body as { error: { message: string } }).error.message;

const invite = (change: object, by = "xuning") =>
  service.call(by, "POST", inRegion("/invitations"), {
    ...{ name: "新人", mobile: "13800000001", memberships: preparer },
    ...change,
  });
async function invited(change: object, by?: string) {
  const answer = await invite(change, by);
  expect([answer.status, answer.status === 200 ? "" : messageOf(answer)]).toEqual([200, ""]);
  return invitedResponse.parse(answer.body);
}
const act = (type: string, { id }: InvitationView, by = "xuning") =>
  service.call(by, "POST", inRegion(`/invitations/${id}/${type}`), {});
const accept = (who: string, code: string) =>
  service.call(who, "POST", "/api/invitations/accept", { code });
async function acceptByClaims(who: string, claims: Readonly<Record<string, unknown>>) {
  const token = await service.token(who, { claims });
  const response = await service.app.request("/api/invitations/accept", {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: "{}",
  });
  return response.status;
}
const list = async () =>
  invitationsResponse.parse(
    (await service.call("shenbo", "GET", inRegion("/invitations?limit=100"))).body,
  ).items;
const isIntact = async () => {
  const { body } = await service.call("shenbo", "GET", inRegion("/registry/verification"));
  return registryVerificationResponse.parse(body).faults;
};

describe("a person invited before their first sign-in", () => {
  it("is nobody until they bring the code, and then the member they were invited as, once", async () => {
    const { invitation, code, mailed } = await invited({ mobile: "+86 138-0000-0002" });
    expect([invitation.mobile, invitation.status, mailed]).toEqual([
      "13800000002",
      "waiting",
      false,
    ]);
    expect((await service.call("first", "GET", "/api/me")).status).toBe(404);
    const accepted = await accept("first", ` ${code.toLowerCase().replaceAll("-", " ")}`);
    expect(acceptedResponse.parse(accepted.body)).toEqual({ regions: [region] });
    const me = meResponse.parse((await service.call("first", "GET", "/api/me")).body);
    expect([me.name, me.regions[0]?.memberships[0]?.role]).toEqual(["新人", "preparer"]);

    const again = await accept("second", code);
    expect([again.status, messageOf(again)]).toEqual([404, expect.stringContaining("已用过")]);
    expect((await service.call("second", "GET", "/api/me")).status).toBe(404);
    const stored = (await list()).find(({ id }) => id === invitation.id);
    expect(stored).toMatchObject({ status: "accepted", acceptedBy: "first" });
    expect(await isIntact()).toEqual([]);
  });

  it("is stored and recorded by the hash of the code alone, and it is in no log line", async () => {
    const { invitation, code } = await invited({ mobile: "13800000003" });
    const stored = await service.deps.registry.invitation(region, invitation.id);
    expect(stored?.codeHash).toBe(codeHashOf(sha256, code));
    const events = await service.call("shenbo", "GET", inRegion("/registry/events?limit=100"));
    for (const text of [
      JSON.stringify(events.body),
      service.lines.join(),
      JSON.stringify(stored),
    ]) {
      expect(text).not.toContain(code);
      expect(text).not.toContain(code.replaceAll("-", ""));
    }
  });

  it("is let in by an address only where the issuer has verified it", async () => {
    await invited({ name: "邮箱人", mobile: undefined, email: "Li.Na@Example.CN" });
    const email = "li.na@example.cn";
    expect(await acceptByClaims("lina", { email })).toBe(404);
    expect(await acceptByClaims("lina", { email, email_verified: "true" })).toBe(404);
    expect(await acceptByClaims("lina", { email: "other@example.cn", email_verified: true })).toBe(
      404,
    );
    expect(await acceptByClaims("lina", { email, email_verified: true })).toBe(200);
    expect((await service.call("lina", "GET", "/api/me")).status).toBe(200);
    await invited({ name: "手机人", mobile: "13800000004" });
    const phone = { phone_number: "+8613800000004", phone_number_verified: true };
    expect(await acceptByClaims("phone", phone)).toBe(200);
  });

  it("is mailed the code where they have an address; whoever has only a mobile number is not", async () => {
    const before = service.letters.length;
    const { mailed, invitation, code } = await invited({
      email: "mail@example.cn",
      mobile: undefined,
    });
    expect(mailed).toBe(true);
    const letters = service.letters.slice(before);
    expect(letters.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { type: "invite", region, invitation: invitation.id, code },
    ]);
  });

  it("reads in the mail who invites them, as what, where to go and the code, once", async () => {
    const { code, invitation } = await invited({ email: "new@example.cn", mobile: undefined });
    const message = { type: "invite" as const, region, invitation: invitation.id, code };
    const mails: Mail[] = [];
    const done = new Set<string>();
    const deps = {
      ...{ registry: service.deps.registry, now: service.deps.now, sha256 },
      mailer: {
        send: (mail: Mail) => {
          mails.push(mail);
          return Promise.resolve();
        },
      },
      effects: {
        done: () => Promise.resolve(done),
        markDone: (_: string, name: string) => Promise.resolve(void done.add(name)),
      },
      addressOf: ({ email }: { readonly email?: string }) => email,
      staffUrl: "https://juesuan.example.cn",
    };
    expect(await mailInvitation(deps, message)).toMatchObject({ sent: 1 });
    expect(await mailInvitation(deps, message)).toMatchObject({ sent: 0, sentBefore: 1 });
    const [mail] = mails;
    expect(mail?.to).toBe("new@example.cn");
    for (const words of [
      "景德镇市财政局邀请您",
      "编制人（景德镇市公共资源交易中心）",
      code,
      deps.staffUrl,
    ]) {
      expect(mail?.text).toContain(words);
    }
    await act("renew", invitation);
    done.clear();
    expect(await mailInvitation(deps, message)).toMatchObject({ sent: 0, sentBefore: 0 });
  });

  it("cannot use a code that was renewed, withdrawn or let lapse", async () => {
    const first = await invited({ mobile: "13800000005" });
    const renewed = invitedResponse.parse((await act("renew", first.invitation)).body);
    expect((await accept("late", first.code)).status).toBe(404);
    await act("withdraw", first.invitation);
    expect((await accept("late", renewed.code)).status).toBe(404);
    expect((await act("renew", first.invitation)).status).toBe(400);

    const lapsed = await invited({ mobile: "13800000006" });
    service.at("2023-08-15T02:00:00.000Z");
    expect((await accept("late", lapsed.code)).status).toBe(404);
    expect((await list()).find(({ id }) => id === lapsed.invitation.id)?.status).toBe("expired");
    const anew = invitedResponse.parse((await act("renew", lapsed.invitation)).body);
    expect((await accept("late", anew.code)).status).toBe(200);
    service.at(start);
    expect(await isIntact()).toEqual([]);
  });

  it("who is a member already keeps the roles they have", async () => {
    const { code } = await invited({
      mobile: "13800000007",
      memberships: [{ role: "bureau_admin", orgCode: "000" }],
    });
    const refused = await accept("limin", code);
    expect([refused.status, messageOf(refused)]).toEqual([
      409,
      expect.stringContaining("已在本地区登记"),
    ]);
    const stored = await service.deps.registry.member(region, "limin");
    expect(stored?.memberships).toEqual([{ role: "preparer", orgCode: "137001" }]);
  });
});

describe("an invitation to two levels of one line", () => {
  it("lets nobody in until a second administrator confirms it", async () => {
    const { invitation, code } = await invited({ mobile: "13800000008", memberships: twoLevels });
    expect(invitation.status).toBe("unconfirmed");
    expect((await accept("both", code)).status).toBe(409);
    expect((await act("confirm", invitation)).status).toBe(403);
    expect((await act("confirm", invitation, "shenbo")).status).toBe(403);
    expect((await act("confirm", invitation, "guyun")).status).toBe(200);
    expect((await accept("both", code)).status).toBe(200);
    expect((await service.deps.registry.member(region, "both"))?.memberships).toEqual(twoLevels);
  });

  it("that the tree makes one only afterwards is refused when it is accepted", async () => {
    const code200001 = "200001";
    const change = async (body: object) =>
      (
        await service.call("xuning", "POST", inRegion("/org-acts"), {
          ...{ year: 2022, reason: "机构改革", ...body },
        })
      ).status;
    const added = { code: code200001, name: "甲学校", kind: "unit", parent: "200" };
    expect(await change({ type: "add", ...added })).toBe(200);
    const { code } = await invited({
      mobile: "13800000009",
      memberships: [
        { role: "preparer", orgCode: code200001 },
        { role: "department_reviewer", orgCode: "137" },
      ],
    });
    const org = { code: code200001, version: 1 };
    expect(await change({ type: "move", org, to: "137" })).toBe(200);
    const refused = await accept("moved", code);
    expect([refused.status, messageOf(refused)]).toEqual([
      409,
      expect.stringContaining("已有变动"),
    ]);
    expect(await service.deps.registry.member(region, "moved")).toBeUndefined();
  });
});

describe("who cannot be invited", () => {
  it.each([
    ["without an address", { mobile: undefined }, "手机号或邮箱"],
    ["with a number that is none", { mobile: "12345" }, "不是手机号"],
    ["with an address that is none", { mobile: undefined, email: "a b@c" }, "不是完整的邮箱"],
    ["without a role", { memberships: [] }, "至少给予"],
    [
      "for a node that is not there",
      { memberships: [{ role: "preparer", orgCode: "999" }] },
      "999",
    ],
    [
      "for a role its node has not",
      { memberships: [{ role: "preparer", orgCode: "000" }] },
      "没有“",
    ],
  ])("is somebody %s", async (_what, change, words) => {
    const answer = await invite({ mobile: "13800000010", ...change });
    expect([answer.status, messageOf(answer)]).toEqual([400, expect.stringContaining(words)]);
  });

  it("is somebody whose invitation waits, however the number is typed", async () => {
    await invited({ mobile: "13800000011" });
    const again = await invite({ mobile: "0086 138 0000 0011" });
    expect([again.status, messageOf(again)]).toEqual([
      400,
      expect.stringContaining("已有一份未接受的邀请"),
    ]);
  });

  it("is anybody, by who is no administrator or of another region", async () => {
    expect((await invite({}, "fengyuan")).status).toBe(403);
    expect((await invite({}, "shenbo")).status).toBe(403);
    expect((await invite({}, "panyun")).status).toBe(404);
  });

  it("is none of a list of which one cannot be: nothing is stored, and that one is named", async () => {
    const before = (await list()).length;
    const person = (mobile: string) => ({ name: mobile, mobile, memberships: preparer });
    const people = [person("13900000001"), person("13900000002"), person("13900000001")];
    const by = { id: "xuning", name: "许宁" };
    const refused = await invitePeople(service.deps, by, region, people);
    expect(refused).toMatchObject({ ok: false, error: { code: "invalid_registry", index: 2 } });
    expect(await list()).toHaveLength(before);
    const many = Array.from({ length: 70 }, (_, n) => person(String(13_900_000_100 + n)));
    const done = await invitePeople(service.deps, by, region, many);
    expect(done.ok && new Set(done.value.map(({ code }) => code)).size).toBe(70);
    expect(await isIntact()).toEqual([]);
  });
});

describe("the code of an invitation", () => {
  it("cannot be tried out: a stranger's wrong ones use up the few requests they have", async () => {
    const rates = { ...service.deps.rates, anonymous: { burst: 3, perMinute: 1 } };
    const app = createApp({ ...service.deps, rates });
    const authorization = `Bearer ${await service.token("stranger")}`;
    const statuses: number[] = [];
    for (const first of ["0000", "0001", "0002", "0003"]) {
      const answer = await app.request("/api/invitations/accept", {
        method: "POST",
        headers: { authorization, "content-type": "application/json" },
        body: JSON.stringify({ code: `${first}-AAAA-BBBB-CCCC` }),
      });
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([404, 404, 404, 429]);
    const bare = await service.call(undefined, "POST", "/api/invitations/accept", { code: "x" });
    expect(bare.status).toBe(401);
  });
});
