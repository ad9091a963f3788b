import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { sweep } from "../../../functions/relay/relay.ts";
import type { Member, OrgNode } from "../../../shared/registry/registry.ts";
import type { Stores } from "../../../functions/storage/ports.ts";
import { putMember } from "../../../functions/use-cases/registry.ts";
import { openRegistry } from "../../../functions/use-cases/registry-chain.ts";
import { verifyRegistry } from "../../../functions/use-cases/registry-history.ts";
import { registryFaultText } from "../../../shared/registry/registry-words.ts";
import { type Item, type OpenSqlite, openTemporarySqlite } from "../../contract/open-sqlite.ts";
import { memoryQueue } from "../effects/bureau.ts";
import { Killed, mortal } from "../effects/mortal.ts";
import { enter } from "../enter.ts";
import { memoryFiles } from "../publish/memory-files.ts";

let opened: OpenSqlite;
let stores: Stores;
beforeAll(async () => {
  opened = await openTemporarySqlite();
  stores = opened.stores;
});
afterAll(() => opened.close());

const now = () => "2023-08-01T02:00:00.000Z";
const log = { info: () => undefined, warn: () => undefined };
const xu = { id: "xu", name: "许宁" };
const bureau = (region: string): OrgNode => ({
  ...{ region, code: "000", name: "财政局", kind: "bureau", version: 0 },
});
const person = (region: string, subject: string, isAdmin = false): Member => ({
  ...{ region, subject, name: subject, version: 0 },
  memberships: isAdmin ? [{ role: "bureau_admin", orgCode: "000" }] : [],
});
const newId = () => "g";
/** Where the relay leaves its anchors. */
const files = memoryFiles();
const verify = (region: string) => verifyRegistry({ ...stores, sha256 }, region);

let regions = 360_000;
/** A region with a bureau and two people, one of them changed since. */
async function entered(): Promise<string> {
  const region = String((regions += 1));
  await enter(stores.registry, region, {
    orgs: [bureau(region)],
    members: [person(region, "xu", true), person(region, "li")],
  });
  const wanted = { ...person(region, "li"), name: "李敏", version: 1 };
  const done = await putMember({ ...stores, now, newId }, xu, wanted);
  if (!done.ok) throw new Error(done.error.code);
  return region;
}
const put = (item: Item) => opened.put(item);
const remove = (pk: string, sk: string) => opened.remove({ pk, sk });

describe("verification of a registry", () => {
  it("holds where nobody tampered", async () => {
    const region = await entered();
    const { tip, ...verdict } = await verify(region);
    expect(verdict).toEqual({ begun: true, intact: true, events: 2, faults: [] });
    expect(tip).toBe((await stores.registry.head(region))?.chain.hash);
  });

  it.each([
    [
      "a person whose roles another hand changed",
      (region: string) =>
        put({
          ...{ pk: `${region}#member`, sk: "li", region, subject: "li", name: "李敏", version: 2 },
          memberships: [{ role: "bureau_reviewer", orgCode: "000" }],
        }),
      ["人员 li", "未经登记被改动"],
    ],
    [
      "a person whom another hand added",
      (region: string) =>
        put({ pk: `${region}#member`, sk: "fremd", ...person(region, "fremd", true), version: 1 }),
      ["人员 fremd", "未经登记增加"],
    ],
    [
      "an office that is gone",
      (region: string) => remove(`${region}#org`, "000"),
      ["机构 000", "已被删去"],
    ],
    [
      "a person's record put back to an earlier version",
      (region: string) =>
        put({ pk: `${region}#member`, sk: "li", ...person(region, "li"), version: 1 }),
      ["人员 li", "未经登记被改动"],
    ],
    [
      "a record that cannot be read",
      (region: string) => put({ pk: `${region}#member`, sk: "li", subject: "li", name: 7 }),
      ["人员 li", "无法读取"],
    ],
    [
      "an event that is gone",
      (region: string) => remove(`${region}#registry`, "event#000000001"),
      ["变更记录第 1 条", "序号不连续"],
    ],
    [
      "an event that cannot be read",
      (region: string) => put({ pk: `${region}#registry`, sk: "event#000000002", seq: 2 }),
      ["变更记录第 2 条", "无法读取"],
    ],
    [
      "a head that is gone",
      (region: string) => remove(`${region}#registry`, "head"),
      ["登记总账", "缺失"],
    ],
  ])("names %s", async (_, tamper, [where, what]) => {
    const region = await entered();
    await tamper(region);
    const verdict = await verify(region);
    expect(verdict.intact).toBe(false);
    expect(verdict.faults.map(registryFaultText)).toContainEqual({
      where,
      what: expect.stringContaining(what ?? "") as string,
    });
  });

  it("names an event that was rewritten, and what it made", async () => {
    const region = await entered();
    const [changed] = (await stores.registry.events(region, { limit: 1 })).items;
    if (changed?.event.type !== "member_changed") throw new Error("no change");
    const event = { ...changed.event, by: "fremd" };
    await put({ pk: `${region}#registry`, sk: "event#000000002", ...changed, event });
    expect(await verify(region)).toMatchObject({
      intact: false,
      brokenAt: 2,
      faults: [{ at: "event", seq: 2, fault: "wrong_hash" }],
    });
  });

  it("knows a head that was put back with its events cut off", async () => {
    const region = await entered();
    const head = await stores.registry.head(region);
    if (head === undefined) throw new Error("no head");
    await remove(`${region}#registry`, "event#000000002");
    expect((await verify(region)).faults).toContainEqual({ at: "head", fault: "other_tip" });
  });
});

describe("a registry of a version without a chain", () => {
  it("goes on working, and begins its chain with what it finds, in parts, once", async () => {
    const region = String((regions += 1));
    await stores.registry.project({ kind: "org", value: { ...bureau(region), version: 3 } });
    for (let n = 0; n < 119; n += 1) {
      const value = { ...person(region, `p${String(n)}`, n === 0), version: 1 };
      await stores.registry.project({ kind: "member", value });
    }
    expect(await verify(region)).toMatchObject({ begun: false, intact: true, events: 0 });

    // One process is killed after its first part; two others come at once and go on.
    const dying = mortal(stores.registry, ["commit"], { at: 2, when: "before", calls: 0 });
    await expect(openRegistry({ registry: dying, now }, region)).rejects.toThrow(Killed);
    const opened = await Promise.all([
      openRegistry({ ...stores, now }, region),
      openRegistry({ ...stores, now }, region),
    ]);
    expect(opened.map(({ chain }) => chain.seq)).toEqual([3, 3]);
    const head = await openRegistry({ ...stores, now }, region);
    expect(head).toMatchObject({ chain: { seq: 3 }, state: { administrators: ["p0"] } });
    expect(head.adoptedTo).toBeUndefined();
    const wanted = { ...person(region, "p7"), name: "改名", version: 1 };
    const by = { id: "p0", name: "p0" };
    expect(await putMember({ ...stores, now, newId }, by, wanted)).toMatchObject({ ok: true });
    expect(await verify(region)).toMatchObject({ begun: true, intact: true, events: 4 });
  });

  it("is found by the sweep, in the regions it serves", async () => {
    const region = String((regions += 1));
    await stores.registry.project({ kind: "org", value: { ...bureau(region), version: 1 } });
    const queue = memoryQueue();
    const queues = { render: queue, publish: queue, notify: queue };
    await sweep({ ...stores, files, queues, now, log, regions: [region] });
    expect(await verify(region)).toMatchObject({ begun: true, intact: true, events: 1 });
  });
});

describe("a change whose process is killed", () => {
  const writes = ["commit", "project", "recordEvents", "markWritten", "trimOutbox"] as const;

  it.each(
    [1, 2, 3, 4, 5].flatMap((at) => [
      { at, when: "before" as const },
      { at, when: "after" as const },
    ]),
  )("$when write $at either never happened or is whole after the sweep", async ({ at, when }) => {
    const region = await entered();
    const wanted = { ...person(region, "li"), name: "又改", version: 2 };
    const registry = mortal(stores.registry, writes, { at, when, calls: 0 });
    await expect(putMember({ registry, now, newId }, xu, wanted)).rejects.toThrow(Killed);
    const queue = memoryQueue();
    const queues = { render: queue, publish: queue, notify: queue };
    await sweep({ ...stores, files, queues, now, log, regions: [] });
    const happened = !(at === 1 && when === "before");
    expect(await stores.registry.member(region, "li")).toMatchObject(
      happened ? { name: "又改", version: 3 } : { name: "李敏", version: 2 },
    );
    expect((await stores.registry.head(region))?.outbox).toEqual([]);
    expect(await verify(region)).toMatchObject({ intact: true, events: happened ? 3 : 2 });
  });

  it("is written out by the next change, before that is decided", async () => {
    const region = await entered();
    const removed = { ...person(region, "xu"), version: 1 };
    await enter(stores.registry, region, { members: [person(region, "sun", true)] });
    const registry = mortal(stores.registry, writes, { at: 1, when: "after", calls: 0 });
    const sun = { id: "sun", name: "孙" };
    await expect(putMember({ registry, now, newId }, sun, removed)).rejects.toThrow(Killed);
    // 许宁 is an administrator no more, though her own record does not say so yet.
    expect((await stores.registry.member(region, "xu"))?.memberships).toHaveLength(1);
    const wanted = { ...person(region, "li"), version: 2 };
    expect(await putMember({ ...stores, now, newId }, xu, wanted)).toEqual({
      ok: false,
      error: { code: "stale_version" },
    });
    expect((await stores.registry.member(region, "xu"))?.memberships).toEqual([]);
  });
});
