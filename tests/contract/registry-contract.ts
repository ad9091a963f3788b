import { beforeAll, describe, expect, it } from "vitest";
import type {
  EffectLog,
  FiscalYear,
  Member,
  OrgNode,
  RegistryStore,
  UnsentNote,
  UnsentStore,
} from "../../functions/storage/ports.ts";
import { at } from "./fixtures.ts";

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

const node: OrgNode = {
  region: "360200",
  code: "137001",
  name: "市接待服务中心",
  kind: "unit",
  parent: "137",
  exempt: { year: 2022, reason: "当年新设" },
  version: 0,
};
const year: FiscalYear = {
  region: "360200",
  year: 2022,
  edition: "jiangxi-2022",
  status: "open",
  unitDue: "2023-04-01",
  departmentDue: "2023-05-01",
  bureauDue: "2023-06-01",
  version: 0,
};
const member: Member = {
  region: "360200",
  subject: "zhou",
  name: "周敏",
  email: "zhou@example.org",
  memberships: [{ role: "preparer", orgCode: "137001" }],
  version: 0,
};

export function registryContract(open: () => Promise<RegistryStore>): void {
  let registry: RegistryStore;
  beforeAll(async () => {
    registry = await open();
  });

  describe("the registry of a region", () => {
    it("keeps org nodes by code", async () => {
      await registry.putOrg({ ...node, code: "137002", name: "二" });
      expect(await registry.putOrg(node)).toEqual({ ok: true, value: { ...node, version: 1 } });
      expect(await registry.org("360200", "137001")).toEqual({ ...node, version: 1 });
      expect(await registry.org("360300", "137001")).toBeUndefined();
      const codes = (await registry.orgs("360200")).map(({ code }) => code);
      expect(codes).toEqual(["137001", "137002"]);
      expect(await registry.orgs("360300")).toEqual([]);
    });

    it("keeps years in order", async () => {
      await registry.putYear({ ...year, year: 2023 });
      await registry.putYear(year);
      expect(await registry.year("360200", 2022)).toEqual({ ...year, version: 1 });
      expect(await registry.year("360200", 2020)).toBeUndefined();
      expect((await registry.years("360200")).map((one) => one.year)).toEqual([2022, 2023]);
    });

    it("finds a person in every region they belong to, and no one else", async () => {
      await registry.putMember(member);
      await registry.putMember({ ...member, region: "360300" });
      await registry.putMember({ ...member, subject: "wu", name: "吴刚" });
      const regions = (await registry.membersBySubject("zhou")).map(({ region }) => region);
      expect(regions).toEqual(["360200", "360300"]);
      expect(await registry.membersBySubject("nobody")).toEqual([]);
      const subjects = (await registry.members("360200")).map(({ subject }) => subject);
      expect(subjects).toEqual(["wu", "zhou"]);
    });

    it("refuses to put over what exists, or over a version that moved", async () => {
      const code = "137003";
      const first = await registry.putOrg({ ...node, code });
      expect(await registry.putOrg({ ...node, code })).toEqual(stale);
      expect(first.ok && (await registry.putOrg({ ...first.value, name: "改名" })).ok).toBe(true);
      expect(await registry.putOrg({ ...node, code, version: 1 })).toEqual(stale);
      expect(await registry.org("360200", code)).toMatchObject({ name: "改名", version: 2 });
    });

    it("refuses to put over a version of what never was", async () => {
      expect(await registry.putOrg({ ...node, code: "137009", version: 3 })).toEqual(stale);
      expect(await registry.org("360200", "137009")).toBeUndefined();
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
