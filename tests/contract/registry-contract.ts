import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/platform/ids.ts";
import { chainStart, verifyLinks } from "../../functions/storage/chain.ts";
import type { UnsentNote } from "../../shared/report/unsent-changes.ts";
import type { Look } from "../../shared/workflow/look.ts";
import type {
  EffectLog,
  LookStore,
  RegistryHead,
  RegistryStore,
  UnsentStore,
} from "../../functions/storage/ports.ts";
import { noRegistry, settleRegistry } from "../../functions/use-cases/registry-chain.ts";
import type { Invitation } from "../../shared/registry/invitation.ts";
import { evolveRegistry } from "../../shared/registry/evolve-registry.ts";
import type {
  ChainedRegistryEvent,
  RegistryEvent,
  FiscalYear,
  Member,
  OrgNode,
} from "../../shared/registry/registry.ts";
import { at } from "./fixtures.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

const stale = { ok: false, error: { code: "stale_version" } };

export function unsentStoreContract(open: () => Promise<UnsentStore>): void {
  let unsent: UnsentStore;
  beforeAll(async () => {
    unsent = await open();
  });
  const note = (reportId: string, subject = "zhou"): UnsentNote => ({
    reportId,
    subject,
    name: "周敏",
    devices: [{ device: "a1", sections: ["t01", "facts"], at }],
    version: 0,
  });

  describe("unsent changes", () => {
    it("are read back by person, and with those of their report alone", async () => {
      const stored = { ...note("360200-2022-U01"), version: 1 };
      const other = { ...note("360200-2022-U01", "wu"), version: 1 };
      expect(await unsent.put(note("360200-2022-U01"))).toEqual({ ok: true, value: stored });
      await unsent.put(note("360200-2022-U01", "wu"));
      await unsent.put(note("360200-2022-U02"));
      expect(await unsent.load("360200-2022-U01", "zhou")).toEqual(stored);
      expect(await unsent.list("360200-2022-U01")).toEqual([other, stored]);
      expect(await unsent.load("360200-2022-U09", "zhou")).toBeUndefined();
    });

    it("are written over the version that was read, by one of ten at once", async () => {
      await unsent.put(note("360200-2022-U03"));
      const written = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          unsent.put({
            ...note("360200-2022-U03"),
            devices: [{ device: `b${n}`, sections: ["t02"], at }],
            version: 1,
          }),
        ),
      );
      expect(written.filter((one) => one.ok)).toHaveLength(1);
      expect(written).toContainEqual(stale);
    });

    it("are taken away by a note that names no browser", async () => {
      await unsent.put(note("360200-2022-U04"));
      await unsent.put({ ...note("360200-2022-U04"), devices: [], version: 1 });
      expect((await unsent.load("360200-2022-U04", "zhou"))?.devices).toEqual([]);
    });
  });
}

export function lookStoreContract(open: () => Promise<LookStore>): void {
  let looks: LookStore;
  beforeAll(async () => {
    looks = await open();
  });
  const look = (reportId: string, subject = "zhou"): Look => ({
    ...{ reportId, subject, viewed: {}, version: 0 },
    latest: { editionHash: "a".repeat(64), at, sections: { t01: "0123456789abcdef" } },
  });

  describe("what was looked at", () => {
    it("is read back by report and person alone", async () => {
      const stored = { ...look("360200-2022-L01"), version: 1 };
      expect(await looks.put(look("360200-2022-L01"))).toEqual({ ok: true, value: stored });
      expect(await looks.load("360200-2022-L01", "zhou")).toEqual(stored);
      expect(await looks.load("360200-2022-L01", "wu")).toBeUndefined();
      expect(await looks.load("360200-2022-L02", "zhou")).toBeUndefined();
    });

    it("is written over the version that was read, by one of ten at once", async () => {
      await looks.put(look("360200-2022-L03"));
      const before = { editionHash: "b".repeat(64), at };
      const viewed = { t01: "0123456789abcdef", narrative: "fedcba9876543210" };
      const written = await Promise.all(
        Array.from({ length: 10 }, () =>
          looks.put({ ...look("360200-2022-L03"), before, viewed, version: 1 }),
        ),
      );
      expect(written.filter((one) => one.ok)).toHaveLength(1);
      expect(written).toContainEqual(stale);
      const stored = await looks.load("360200-2022-L03", "zhou");
      expect(stored).toMatchObject({ before, viewed, version: 2 });
    });
  });
}

const node: OrgNode = {
  region: "360200",
  code: "137001",
  name: "市接待服务中心",
  kind: "unit",
  parent: "137",
  exempt: { year: 2022, reason: "当年新设" },
  formerParents: ["200"],
  version: 1,
};
const bureau: OrgNode = {
  region: "360200",
  code: "000",
  name: "市财政局",
  kind: "bureau",
  version: 1,
};
const year: FiscalYear = {
  region: "360200",
  year: 2022,
  edition: "jiangxi-2022",
  status: "open",
  unitDue: "2023-04-01",
  departmentDue: "2023-05-01",
  bureauDue: "2023-06-01",
  version: 1,
};
const member: Member = {
  region: "360200",
  subject: "zhou",
  name: "周敏",
  email: "zhou@example.org",
  memberships: [{ role: "preparer", orgCode: "137001" }],
  version: 1,
};
const stamp = { at, by: "xuning", byName: "许宁", byRole: "bureau_admin" as const };

export function registryContract(open: () => Promise<RegistryStore>): void {
  let registry: RegistryStore;
  beforeAll(async () => {
    registry = await open();
  });

  const org = (value: OrgNode) => registry.project({ kind: "org", value });
  const person = (value: Member) => registry.project({ kind: "member", value });
  const renamed = (name: string, version: number): RegistryEvent => ({
    ...stamp,
    type: "org_changed",
    after: { ...node, name, version },
  });
  const commit = async (head: RegistryHead, events: readonly RegistryEvent[]) =>
    registry.commit(head, events, { state: events.reduce(evolveRegistry, head.state) });
  const committed = async (head: RegistryHead, ...events: readonly RegistryEvent[]) => {
    const done = await commit(head, events);
    if (!done.ok) throw new Error(done.error.code);
    return done.value;
  };

  describe("the records of a region", () => {
    it("are org nodes by code", async () => {
      await org({ ...node, code: "137002", name: "二" });
      await org(node);
      expect(await registry.org("360200", "137001")).toEqual(node);
      expect(await registry.org("360300", "137001")).toBeUndefined();
      const first = await registry.orgs("360200", { limit: 1 });
      expect(first.items).toEqual([node]);
      const second = await registry.orgs("360200", { limit: 1, after: first.next ?? "" });
      expect(second.items.map(({ code }) => code)).toEqual(["137002"]);
      expect(second.next).toBeUndefined();
      expect(await registry.orgs("360300", { limit: 1 })).toEqual({ items: [] });
    });

    it("are nodes under a node, those that once were there too, page by page", async () => {
      const inRegion = { ...node, region: "360400" };
      await org({ ...bureau, region: "360400" });
      await org(inRegion);
      await org({ ...inRegion, code: "137002", formerParents: [] });
      await org({ ...inRegion, code: "200001", parent: "200", formerParents: [] });
      const under = async (parent: string | undefined, limit = 10, after?: string) => {
        const page = { limit, ...omitUndefined({ after }) };
        const found = await registry.orgsUnder("360400", parent, page);
        return { codes: found.items.map(({ code }) => code), next: found.next };
      };
      expect(await under(undefined)).toEqual({ codes: ["000"], next: undefined });
      expect((await under("200")).codes).toEqual(["137001", "200001"]);
      const first = await under("137", 1);
      expect(first.codes).toEqual(["137001"]);
      expect(await under("137", 1, first.next)).toEqual({ codes: ["137002"], next: undefined });
      expect((await under("999")).codes).toEqual([]);
      // Away from 137 for good, and under 200 as ever.
      await org({ ...inRegion, formerParents: [], parent: "200", version: 2 });
      expect((await under("137")).codes).toEqual(["137002"]);
      expect((await under("200")).codes).toEqual(["137001", "200001"]);
    });

    it("are years in order", async () => {
      await registry.project({ kind: "year", value: { ...year, year: 2023 } });
      await registry.project({ kind: "year", value: year });
      expect(await registry.year("360200", 2022)).toEqual(year);
      expect(await registry.year("360200", 2020)).toBeUndefined();
      expect((await registry.years("360200")).map((one) => one.year)).toEqual([2022, 2023]);
    });

    it("are people, found in every region they belong to, and no one else", async () => {
      await person(member);
      await person({ ...member, region: "360300" });
      await person({ ...member, subject: "wu", name: "吴刚" });
      const regions = (await registry.membersBySubject("zhou")).map(({ region }) => region);
      expect(regions).toEqual(["360200", "360300"]);
      expect(await registry.membersBySubject("nobody")).toEqual([]);
      const { items } = await registry.members("360200", { limit: 10 });
      expect(items.map(({ subject }) => subject)).toEqual(["wu", "zhou"]);
      expect(await registry.member("360200", "zhou")).toEqual(member);
      expect(await registry.member("360200", "nobody")).toBeUndefined();
    });

    it("are people at a node, as long as they hold a role there", async () => {
      const region = "360400";
      const at137002 = { role: "preparer" as const, orgCode: "137002" };
      await person({ ...member, region });
      await person({ ...member, region, subject: "wu", memberships: [at137002] });
      const here = async (code: string) =>
        (await registry.membersAt(region, code)).map(({ subject }) => subject);
      expect(await here("137001")).toEqual(["zhou"]);
      await person({ ...member, region, memberships: [at137002], version: 2 });
      expect(await here("137001")).toEqual([]);
      expect(await here("137002")).toEqual(["wu", "zhou"]);
    });

    it("are invitations, latest first, found by what they name as long as they name it", async () => {
      const first: Invitation = {
        ...{ region: "360200", id: "i1", name: "周敏", mobile: "13800000001", version: 1 },
        ...{ memberships: member.memberships, invitedBy: "xuning", status: "waiting" },
        ...{ codeHash: "a".repeat(64), expiresAt: at },
      };
      const second: Invitation = { ...first, region: "360300", id: "i2" };
      const invite = (value: Invitation) => registry.project({ kind: "invitation", value });
      for (const one of [first, { ...first, id: "i3", mobile: "13800000003" }, second]) {
        await invite(one);
      }
      expect(await registry.invitation("360200", "i1")).toEqual(first);
      expect(await registry.invitation("360200", "i2")).toBeUndefined();
      const page = await registry.invitations("360200", { limit: 1 });
      expect(page.items.map(({ id }) => id)).toEqual(["i3"]);
      const rest = await registry.invitations("360200", { limit: 9, after: page.next ?? "" });
      expect(rest.items).toEqual([first]);
      const named = async (key: string) =>
        (await registry.invitationsNamedBy(key)).map(({ id }) => id).sort();
      expect(await named("mobile:13800000001")).toEqual(["i1", "i2"]);
      expect(await named("mobile:13800000002")).toEqual([]);
      expect(await named(`code:${"a".repeat(64)}`)).toEqual(["i1", "i2", "i3"]);
      await invite({ ...first, codeHash: "b".repeat(64), version: 2 });
      expect(await named(`code:${"a".repeat(64)}`)).toEqual(["i2", "i3"]);
      expect(await named(`code:${"b".repeat(64)}`)).toEqual(["i1"]);
    });

    it("are remembered by a view until the registry's tip moves", async () => {
      const region = "360500";
      const named = async () => (await (await registry.view(region)).org("137001"))?.name;
      await org({ ...node, region });
      await registry.markWritten(region, 1);
      expect(await named()).toBe(node.name);
      await org({ ...node, region, name: "新名", version: 2 });
      expect(await named()).toBe(node.name);
      await registry.markWritten(region, 2);
      expect(await named()).toBe("新名");
      await registry.markWritten(region, 1);
      expect(await registry.written(region)).toBe(2);
    });

    it("are found by a view also where a version without pointers stored them", async () => {
      const region = "360600";
      await org({ ...bureau, region });
      await org({ ...node, region });
      expect(await registry.written(region)).toBeUndefined();
      const view = await registry.view(region);
      expect((await view.bureau())?.code).toBe("000");
      expect((await view.unitsOf("137")).map(({ code }) => code)).toEqual(["137001"]);
      expect((await view.unitsOf("200")).map(({ code }) => code)).toEqual(["137001"]);
    });

    it("are written once a version: again is harmless, an older one writes nothing", async () => {
      const code = "137003";
      const second = { ...node, code, name: "第二版", version: 2 };
      await org({ ...node, code });
      await org(second);
      await org(second);
      await org({ ...node, code, name: "晚到的第一版" });
      expect(await registry.org("360200", code)).toEqual(second);
    });
  });

  describe("the head of a registry", () => {
    it("keeps what was decided, chained, until it is written out", async () => {
      const region = "361000";
      expect(await registry.head(region)).toBeUndefined();
      const proposed: RegistryEvent = { ...stamp, type: "grant_asked", grant: "g1", after: member };
      const first = await committed(noRegistry(region), renamed("甲", 1), proposed);
      expect(first).toMatchObject({
        version: 1,
        chain: { seq: 2 },
        state: { administrators: [], grants: [{ id: "g1", after: member }] },
      });
      const second = await committed(first, renamed("乙", 2));
      expect(second.outbox.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(second.outbox[0]?.previous).toBe(chainStart.hash);
      expect(second.outbox[2]?.previous).toBe(first.chain.hash);
      expect(await registry.head(region)).toEqual(second);
      expect(verifyLinks({ region }, second.outbox, sha256)).toEqual({
        ok: true,
        value: second.chain,
      });
    });

    it("takes no commit on a version that moved, nor a first one where one is", async () => {
      const first = await committed(noRegistry("361100"), renamed("甲", 1));
      const second = await committed(first, renamed("乙", 2));
      expect(await commit(first, [renamed("丙", 2)])).toEqual(stale);
      expect(await commit(noRegistry("361100"), [renamed("丙", 1)])).toEqual(stale);
      expect(await commit({ ...second, version: 9 }, [renamed("丙", 3)])).toEqual(stale);
      expect(await registry.head("361100")).toEqual(second);
    });

    it("takes one of ten commits made on the same version at once", async () => {
      const first = await committed(noRegistry("361200"), renamed("甲", 1));
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => commit(first, [renamed(`第${String(n)}`, 2)])),
      );
      expect(answers.filter((one) => one.ok)).toHaveLength(1);
      expect((await registry.head("361200"))?.chain.seq).toBe(2);
    });

    it("records each event once, and no other in its place", async () => {
      const region = "361300";
      const head = await committed(noRegistry(region), renamed("甲", 1), renamed("乙", 2));
      await registry.recordEvents(head.outbox);
      await registry.recordEvents(head.outbox);
      const latestFirst = head.outbox.toReversed();
      expect((await registry.events(region, { limit: 10 })).items).toEqual(latestFirst);
      const page = await registry.events(region, { limit: 1 });
      expect(page.items).toEqual([latestFirst[0]]);
      const rest = await registry.events(region, { limit: 5, after: page.next ?? "" });
      expect(rest.items).toEqual([latestFirst[1]]);
      const forged = { ...head.outbox[0], hash: sha256("another") } as ChainedRegistryEvent;
      await expect(registry.recordEvents([forged])).rejects.toMatchObject({
        name: "ForkedChainError",
      });
    });

    it("waits for the sweep while its outbox holds anything, even what came while it was trimmed", async () => {
      const region = "361400";
      const waiting = async () =>
        (await registry.withOutbox({ limit: 100 })).items.includes(region);
      const first = await committed(noRegistry(region), renamed("甲", 1));
      expect(await waiting()).toBe(true);
      const second = await committed(first, renamed("乙", 2));
      await registry.trimOutbox(region, first.chain.seq);
      expect((await registry.head(region))?.outbox.map(({ seq }) => seq)).toEqual([2]);
      expect(await waiting()).toBe(true);
      await registry.trimOutbox(region, second.chain.seq);
      await registry.trimOutbox(region, second.chain.seq);
      expect((await registry.head(region))?.outbox).toEqual([]);
      expect(await waiting()).toBe(false);
    });

    it("killed between commit and records is written out by whoever comes next, once", async () => {
      const region = "361500";
      const values = [1, 2].map((version) => ({
        ...node,
        region,
        name: `第${version}版`,
        version,
      }));
      const events = values.map((after): RegistryEvent => ({
        ...stamp,
        type: "org_changed",
        after,
      }));
      const head = await committed(noRegistry(region), ...events);
      expect(await registry.org(region, node.code)).toBeUndefined();
      // One comes as far as the first record, another settles all of it, the first goes on.
      await registry.project({ kind: "org", value: values[0] ?? node });
      expect(await settleRegistry({ registry }, region)).toBe(2);
      await registry.project({ kind: "org", value: values[0] ?? node });
      await registry.recordEvents(head.outbox);
      await registry.trimOutbox(region, head.chain.seq);
      expect(await settleRegistry({ registry }, region)).toBe(0);
      expect(await registry.org(region, node.code)).toEqual(values[1]);
      expect((await registry.events(region, { limit: 10 })).items).toHaveLength(2);
    });

    it("is read for verification with all that is stored beside it", async () => {
      const region = "361600";
      const head = await committed(noRegistry(region), renamed("甲", 1));
      await registry.recordEvents(head.outbox);
      const value = { ...node, region };
      await registry.project({ kind: "org", value });
      expect(await registry.inventory(region)).toEqual({
        head: { name: "head", value: head },
        events: [{ name: "event#000000001", value: head.outbox[0] }],
        records: [{ name: "org#137001", value: { kind: "org", value } }],
      });
      expect(await registry.inventory("369999")).toEqual({
        head: undefined,
        events: [],
        records: [],
      });
    });
  });
}

export function effectLogContract(open: () => Promise<EffectLog>): void {
  describe("the log of effects", () => {
    it("knows for whom something was done on an occasion, and may be noted twice", async () => {
      const effects = await open();
      const occasion = "360200-2022-137.7.notify";
      expect(await effects.done(occasion)).toEqual(new Set());
      for (const name of ["zhou", "何平", "zhou"]) await effects.markDone(occasion, name, at);
      expect(await effects.done(occasion)).toEqual(new Set(["zhou", "何平"]));
      expect(await effects.done("360200-2022-137.8.notify")).toEqual(new Set());
      expect(await effects.done("360200-2022-137.7")).toEqual(new Set());
    });
  });
}
