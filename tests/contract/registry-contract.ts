import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../functions/platform/ids.ts";
import { chainStart, verifyLinks } from "../../functions/storage/chain.ts";
import type {
  EffectLog,
  FiscalYear,
  Member,
  OrgNode,
  RegistryHead,
  RegistryStore,
  ThreadEntry,
  ThreadStore,
} from "../../functions/storage/ports.ts";
import { noRegistry, settleRegistry } from "../../functions/use-cases/registry-chain.ts";
import { evolveRegistry } from "../../shared/registry/evolve-registry.ts";
import type { ChainedRegistryEvent, RegistryEvent } from "../../shared/registry/registry.ts";
import { at, newThread } from "./fixtures.ts";

const stale = { ok: false, error: { code: "stale_version" } };

export function threadStoreContract(open: () => Promise<ThreadStore>): void {
  let threads: ThreadStore;
  beforeAll(async () => {
    threads = await open();
  });
  const answer: ThreadEntry = {
    id: "answer-1",
    by: "wu",
    byName: "吴刚",
    at,
    text: "已核对，附批复文件",
    act: "answer",
  };

  describe("a review thread", () => {
    it("is read back whole, alone and among its report's, and among no other's", async () => {
      const first = newThread("360200-2022-T01", "01");
      const second = newThread("360200-2022-T01", "02");
      await threads.create(second);
      await threads.create(first);
      await threads.create(newThread("360200-2022-T02", "03"));
      expect(await threads.load(first.reportId, "01")).toEqual(first);
      expect(await threads.list(first.reportId)).toEqual([first, second]);
      expect(await threads.load("360200-2022-T02", "01")).toBeUndefined();
      expect(await threads.list("360200-2022-T09")).toEqual([]);
    });

    it("is opened once", async () => {
      const thread = newThread("360200-2022-T03", "01");
      await threads.create(thread);
      expect(await threads.create({ ...thread, blocking: false })).toEqual(stale);
      expect(await threads.load(thread.reportId, "01")).toEqual(thread);
    });

    it("grows by an entry, with its status and version", async () => {
      const thread = newThread("360200-2022-T04", "01");
      await threads.create(thread);
      const grown = {
        ...thread,
        status: "answered",
        version: 2,
        entries: [...thread.entries, answer],
      };
      expect(await threads.append(thread, answer, "answered")).toEqual({ ok: true, value: grown });
      expect(await threads.load(thread.reportId, "01")).toEqual(grown);
    });

    it("takes one of ten entries written on the same version at once", async () => {
      const thread = newThread("360200-2022-T05", "01");
      await threads.create(thread);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          threads.append(thread, { ...answer, id: `answer-${n}` }, "answered"),
        ),
      );
      expect(answers.filter((one) => one.ok)).toHaveLength(1);
      expect((await threads.load(thread.reportId, "01"))?.entries).toHaveLength(2);
    });

    it("takes no entry where there is no thread", async () => {
      const thread = newThread("360200-2022-T06", "01");
      expect(await threads.append(thread, answer, "answered")).toEqual(stale);
      expect(await threads.load(thread.reportId, "01")).toBeUndefined();
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
      const codes = (await registry.orgs("360200")).map(({ code }) => code);
      expect(codes).toEqual(["137001", "137002"]);
      expect(await registry.orgs("360300")).toEqual([]);
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
      const subjects = (await registry.members("360200")).map(({ subject }) => subject);
      expect(subjects).toEqual(["wu", "zhou"]);
      expect(await registry.member("360200", "zhou")).toEqual(member);
      expect(await registry.member("360200", "nobody")).toBeUndefined();
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
      const asked: RegistryEvent = { ...stamp, type: "grant_asked", grant: "g1", after: member };
      const first = await committed(noRegistry(region), renamed("甲", 1), asked);
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

    it("is read for verification with all that stands beside it", async () => {
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
    it("knows what was done, and may be told twice", async () => {
      const effects = await open();
      const id = "360200-2022-137/7/notify";
      expect(await effects.done(id)).toBe(false);
      await effects.markDone(id, at);
      await effects.markDone(id, "2030-01-01T00:00:00.000Z");
      expect(await effects.done(id)).toBe(true);
      expect(await effects.done("360200-2022-137/8/notify")).toBe(false);
    });
  });
}
