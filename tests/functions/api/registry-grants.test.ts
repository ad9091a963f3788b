import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  registryVerificationResponse,
  type GrantView,
} from "../../../shared/contract/responses.ts";
import type { ChainedRegistryEvent, Membership } from "../../../shared/registry/registry.ts";
import { enterMember, everyMember } from "../enter.ts";
import { type Answer, region, startService, type Service } from "./service.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const inRegion = (path: string) => `/api/regions/${region}${path}`;
const admin: Membership = { role: "bureau_admin", orgCode: "000" };
const twoLevels: Membership[] = [
  { role: "preparer", orgCode: "137002" },
  { role: "department_reviewer", orgCode: "137" },
];

async function put(by: string, subject: string, change: object): Promise<Answer> {
  const stored = await service.deps.registry.member(region, subject);
  return service.call(by, "PUT", inRegion(`/members/${subject}`), {
    name: stored?.name ?? subject,
    memberships: stored?.memberships ?? [],
    version: stored?.version ?? 0,
    ...change,
  });
}
const rolesOf = async (subject: string) =>
  (await service.deps.registry.member(region, subject))?.memberships;
const events = async (limit = 20) =>
  (
    (await service.call("shenbo", "GET", inRegion(`/registry/events?limit=${String(limit)}`)))
      .body as { items: ChainedRegistryEvent[] }
  ).items;
const verification = async () =>
  registryVerificationResponse.parse(
    (await service.call("shenbo", "GET", inRegion("/registry/verification"))).body,
  );
const messageOf = ({ body }: Answer) => (body as { error: { message: string } }).error.message;
const act = (by: string, { id }: Pick<GrantView, "id">, type: string) =>
  service.call(by, "POST", inRegion(`/grants/${id}/${type}`), {});
async function pending(by: string, subject: string, memberships = twoLevels): Promise<GrantView> {
  const answer = await put(by, subject, { memberships });
  expect(answer.status).toBe(202);
  return (answer.body as { pending: GrantView }).pending;
}

describe("the only administrator of a region", () => {
  it("gives themselves neither name nor role (an administrator approved under another's name)", async () => {
    const before = await service.deps.registry.member(region, "xuning");
    const raised = await put("xuning", "xuning", {
      name: "冯远",
      memberships: [admin, { role: "bureau_reviewer", orgCode: "000" }],
    });
    expect(raised.status).toBe(403);
    expect(raised.body).toMatchObject({ error: { code: "own_membership" } });
    expect(messageOf(raised)).toContain("请先任命第二名财政管理员");
    expect((await put("xuning", "xuning", { memberships: [] })).status).toBe(403);
    expect(await service.deps.registry.member(region, "xuning")).toEqual(before);
  });

  it("is sent for a second one before two levels are granted, and may appoint one alone", async () => {
    const refused = await put("xuning", "newcomer", { memberships: twoLevels });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatchObject({ error: { code: "second_administrator_needed" } });
    expect(await rolesOf("newcomer")).toBeUndefined();
    const mixed = await put("xuning", "guyun", {
      memberships: [admin, { role: "bureau_reviewer", orgCode: "000" }],
    });
    expect(mixed.status).toBe(422);
    expect((await put("xuning", "guyun", { name: "顾云", memberships: [admin] })).status).toBe(200);
    const own = await put("xuning", "xuning", { memberships: [] });
    expect(messageOf(own)).toContain("顾云");
  });
});

describe("a grant of two levels of one line", () => {
  it("changes nothing until another administrator confirms it, and says who did what", async () => {
    const grant = await pending("xuning", "newcomer");
    expect(await rolesOf("newcomer")).toBeUndefined();
    expect((await service.call("newcomer", "GET", "/api/me")).status).toBe(404);
    const { body } = await service.call("guyun", "GET", inRegion("/grants"));
    expect(body).toMatchObject({ items: [{ id: grant.id, asked: { by: "xuning" } }] });
    await service.relay();
    const noticed = (await service.call("guyun", "GET", inRegion("/notices"))).body as {
      items: object[];
    };
    expect(noticed.items).toMatchObject([
      { kind: "second", about: "请确认授权", title: "newcomer", path: `/registry/${region}` },
    ]);
    const asker = await service.call("xuning", "GET", inRegion("/notices"));
    expect(asker.body).toMatchObject({ items: [] });

    const own = await act("xuning", grant, "confirm");
    expect(own.status).toBe(403);
    expect(messageOf(own)).toContain("顾云");
    expect((await act("xuning", grant, "decline")).status).toBe(403);
    expect((await act("fengyuan", grant, "confirm")).status).toBe(403);
    expect((await act("guyun", grant, "withdraw")).status).toBe(400);

    expect((await act("guyun", grant, "confirm")).body).toEqual({
      grant: grant.id,
      outcome: "confirmed",
    });
    expect(await rolesOf("newcomer")).toEqual(twoLevels);
    expect((await act("guyun", grant, "confirm")).status).toBe(404);
    const [confirmed, asked] = await events(2);
    expect(asked?.event).toMatchObject({
      type: "grant_asked",
      by: "xuning",
      byRole: "bureau_admin",
    });
    expect(confirmed?.event).toMatchObject({
      type: "grant_confirmed",
      by: "guyun",
      byName: "顾云",
      askedBy: "xuning",
      after: { subject: "newcomer", memberships: twoLevels },
    });
  });

  it("is declined by another administrator or taken back by who asked, and is gone", async () => {
    const declined = await pending("xuning", "one");
    expect((await act("guyun", declined, "decline")).status).toBe(200);
    const withdrawn = await pending("xuning", "one");
    expect((await put("guyun", "one", { memberships: twoLevels })).status).toBe(400);
    expect((await act("xuning", withdrawn, "withdraw")).status).toBe(200);
    expect(await rolesOf("one")).toBeUndefined();
    expect((await service.call("guyun", "GET", inRegion("/grants"))).body).toEqual({ items: [] });
  });

  it("is not confirmed by the person it is for", async () => {
    const both: Membership[] = [admin, { role: "bureau_reviewer", orgCode: "000" }];
    await enterMember(service.deps.registry, {
      ...{ region, subject: "third", name: "第三", memberships: [admin], version: 0 },
    });
    const grant = await pending("xuning", "third", both);
    expect((await act("third", grant, "confirm")).status).toBe(403);
    expect((await act("third", grant, "decline")).status).toBe(403);
    expect(await rolesOf("third")).toEqual([admin]);
    expect((await act("xuning", grant, "withdraw")).status).toBe(200);
  });

  it("is weighed anew when it is confirmed: the person, and the word of who asked", async () => {
    await put("xuning", "moving", { memberships: [{ role: "preparer", orgCode: "137002" }] });
    const outdated = await pending("xuning", "moving");
    await put("guyun", "moving", { name: "改了名" });
    const refused = await act("guyun", outdated, "confirm");
    expect(refused.status).toBe(409);
    expect(messageOf(refused)).toContain("已有变动");
    expect(await rolesOf("moving")).toEqual([{ role: "preparer", orgCode: "137002" }]);
    expect((await act("guyun", outdated, "decline")).status).toBe(200);

    const orphan = await pending("third", "moving");
    await put("guyun", "third", { memberships: [] });
    const gone = await act("guyun", orphan, "confirm");
    expect(gone.status).toBe(409);
    expect(messageOf(gone)).toContain("第三已不再是财政管理员");
    expect((await act("xuning", orphan, "decline")).status).toBe(200);
  });

  it("asks nothing of who keeps or gives up what they hold", async () => {
    const address = { email: "newcomer@example.org" };
    expect((await put("xuning", "newcomer", address)).status).toBe(200);
    expect((await put("xuning", "newcomer", { memberships: twoLevels.slice(1) })).status).toBe(200);
    expect(await rolesOf("newcomer")).toEqual(twoLevels.slice(1));
  });
});

describe("two administrators who remove each other at the same moment", () => {
  it("leave one, every time, and the other is refused", async () => {
    for (let round = 1; round <= 12; round += 1) {
      const answers = await Promise.all([
        put("xuning", "guyun", { memberships: [] }),
        put("guyun", "xuning", { memberships: [] }),
      ]);
      const statuses = answers.map(({ status }) => status).sort();
      expect(statuses[0]).toBe(200);
      expect([403, 412]).toContain(statuses[1]);
      const left = (await everyMember(service.deps.registry, region)).filter(({ memberships }) =>
        memberships.some(({ role }) => role === "bureau_admin"),
      );
      expect(left.map(({ subject }) => subject)).toHaveLength(1);
      const [one] = left;
      const other = one?.subject === "xuning" ? "guyun" : "xuning";
      // Sent again, the loser's request changes nothing.
      expect((await put(other, one?.subject ?? "", { memberships: [] })).status).toBe(403);
      expect((await put(one?.subject ?? "", other, { memberships: [admin] })).status).toBe(200);
    }
  });

  it("and others' changes made at once all arrive, each a link of the chain", async () => {
    const before = (await events(1))[0]?.seq ?? 0;
    const answers = await Promise.all(
      ["p1", "p2", "p3"].map((subject) => put("xuning", subject, { name: `新人${subject}` })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await events(1))[0]?.seq).toBe(before + 3);
  });
});

describe("the registry's chain", () => {
  it("holds before and after of offices, years and people, and nothing where nothing changed", async () => {
    const { registry } = service.deps;
    const year = await registry.year(region, 2022);
    const org = await registry.org(region, "137002");
    const save = (path: string, record: object) =>
      service.call(
        "xuning",
        "PUT",
        inRegion(path),
        Object.fromEntries(
          Object.entries(record).filter(([name]) => !["region", "code", "year"].includes(name)),
        ),
      );
    expect((await save("/years/2022", { ...year, bureauDue: "2023-09-30" })).status).toBe(200);
    const rename = (version: number | undefined) =>
      service.call("xuning", "POST", inRegion("/org-acts"), {
        ...{ type: "rename", year: 2022, reason: "机构改革", name: "改名中心" },
        org: { code: "137002", version },
      });
    expect((await rename(org?.version)).status).toBe(200);
    expect((await rename(2)).body).toEqual({ items: [] });
    const [renamed, extended] = await events(2);
    expect(renamed?.event).toMatchObject({
      ...{ type: "orgs_changed", by: "xuning", byName: "xuning名" },
      act: { type: "rename", year: 2022, reason: "机构改革" },
      changes: [
        {
          before: { name: "景德镇市公共资源交易中心", version: 1 },
          after: { name: "改名中心", version: 2 },
        },
      ],
    });
    expect(extended?.event).toMatchObject({
      type: "year_changed",
      before: { bureauDue: "2023-08-31" },
      after: { bureauDue: "2023-09-30" },
    });
    expect(renamed?.previous).toBe(extended?.hash);
    expect(await verification()).toMatchObject({ begun: true, intact: true, faults: [] });
  });

  it("is paged, latest first, to the event that entered the region", async () => {
    const seen: number[] = [];
    let after = "";
    do {
      const { body } = await service.call(
        "shenbo",
        "GET",
        inRegion(`/registry/events?limit=7${after}`),
      );
      const page = body as { items: ChainedRegistryEvent[]; next?: string };
      seen.push(...page.items.map(({ seq }) => seq));
      after = page.next === undefined ? "" : `&after=${encodeURIComponent(page.next)}`;
    } while (after !== "");
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, n) => seen.length - n));
    expect((await events(100)).at(-1)?.event).toMatchObject({
      type: "registry_entered",
      byRole: "system",
    });
  });
});
