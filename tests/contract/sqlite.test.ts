import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Stores } from "../../functions/storage/ports.ts";
import { draft, newHead, pointer } from "./fixtures.ts";
import { type OpenSqlite, openTemporarySqlite } from "./open-sqlite.ts";
import { auditContract } from "./audit-contract.ts";
import { noticeStoreContract } from "./notice-contract.ts";
import { progressContract } from "./progress-contract.ts";
import {
  effectLogContract,
  lookStoreContract,
  registryContract,
  unsentStoreContract,
} from "./registry-contract.ts";
import { reportStoreContract } from "./report-store-contract.ts";
import { threadStoreContract } from "./thread-store-contract.ts";

describe("the embedded database", () => {
  let opened: OpenSqlite;
  let stores: Stores;
  beforeAll(async () => {
    opened = await openTemporarySqlite();
    stores = opened.stores;
  });
  afterAll(() => opened.close());

  reportStoreContract(() => Promise.resolve(stores.reports));
  threadStoreContract(() => Promise.resolve(stores));
  unsentStoreContract(() => Promise.resolve(stores.unsent));
  lookStoreContract(() => Promise.resolve(stores.looks));
  noticeStoreContract(() => Promise.resolve(stores.notices));
  registryContract(() => Promise.resolve(stores.registry));
  progressContract(() => Promise.resolve(stores.progress));
  auditContract(() => Promise.resolve(stores.audit));
  effectLogContract(() => Promise.resolve(stores.effects));

  it("reads and saves over a head whose pointers were stored member by member", async () => {
    const head = newHead("Y01", { state: draft });
    await stores.reports.create(head);
    const [item] = opened.items(head.id);
    if (item === undefined) throw new Error("No head was stored");
    await opened.put({ ...item, sections: { t01: pointer("1") } });
    const { sha256: base } = pointer("1");
    const saved = await stores.reports.saveSection(head.id, "t01", base, pointer("3"));
    expect(saved).toMatchObject({ ok: true, value: { sections: { t01: pointer("3") } } });
  });

  it("says that it is full, keeps all of before, and goes on once there is room", async () => {
    const head = newHead("F00");
    await stores.reports.create(head);
    const pages = (sql: string) =>
      opened.database.rows(sql).map((row) => Number(Object.values(row)[0]));
    const [used = 0] = pages("PRAGMA page_count");
    pages(`PRAGMA max_page_count = ${String(used + 1)}`);
    const large = (code: string) => newHead(code, { orgName: "中".repeat(9_000) });
    await expect(stores.reports.create(large("V01"))).rejects.toMatchObject({
      name: "UnavailableError",
      why: "full",
    });
    expect(await stores.reports.load(large("V01").id)).toBeUndefined();
    expect(await stores.reports.load(head.id)).toEqual(head);
    pages("PRAGMA max_page_count = 1073741823");
    expect((await stores.reports.create(large("V01"))).ok).toBe(true);
  });

  it("takes what is written at once into one transaction, each by itself", async () => {
    const { database } = opened;
    const put = (sk: string, item: string) => () =>
      database.run("INSERT INTO items VALUES ('together', ?, ?)", sk, item);
    const numbers = () => database.rows("SELECT number FROM last_write")[0]?.["number"];
    const before = Number(numbers());
    const written = await Promise.allSettled([
      database.write("first", put("a", "{}")),
      database.write("second", put("b", "{}")),
      database.write("a key that is taken", put("a", "{}")),
      database.write("half of it fails", () => {
        put("c", "{}")();
        throw new Error("A bug");
      }),
      database.write("nothing", () => "unchanged"),
      database.write("last", put("d", "{}")),
    ]);
    expect(written.map(({ status }) => status)).toEqual([
      ...["fulfilled", "fulfilled", "rejected", "rejected", "fulfilled", "fulfilled"],
    ]);
    expect(opened.items("together").map(({ sk }) => sk)).toEqual(["a", "b", "d"]);
    expect(numbers()).toBe(before + 3);
  });

  it("that is full takes back only what found no room of what is written at once", async () => {
    const small = await openTemporarySqlite();
    const { reports } = small.stores;
    const [used] = small.database.rows("PRAGMA page_count");
    small.database.rows(`PRAGMA max_page_count = ${String(Number(used?.["page_count"]) + 1)}`);
    const heads = [
      newHead("G01"),
      newHead("G02", { orgName: "中".repeat(300_000) }),
      newHead("G03"),
    ];
    const written = await Promise.allSettled(heads.map((head) => reports.create(head)));
    expect(written).toMatchObject([
      { status: "fulfilled" },
      { status: "rejected", reason: { name: "UnavailableError", why: "full" } },
      { status: "fulfilled" },
    ]);
    const found = await Promise.all(heads.map(({ id }) => reports.load(id)));
    expect(found.map((head) => head?.orgCode)).toEqual(["G01", undefined, "G03"]);
    await small.close();
  });

  describe("an item another hand spoilt", () => {
    it("is called corrupt by its key instead of being answered, and keeps no other from being listed", async () => {
      const [head, other] = [newHead("Z01"), newHead("Z00")];
      await stores.reports.create(head);
      await stores.reports.create(other);
      const stored = { yearKey: "360200#2022", orgCode: "Z01", state: { status: "lost" } };
      await opened.put({ pk: head.id, sk: "head", ...stored });
      await expect(stores.reports.load(head.id)).rejects.toMatchObject({
        name: "CorruptItemError",
        message: expect.stringContaining(head.id) as string,
      });
      const found = await stores.reports.surveyHead(head.id);
      expect(found).toMatchObject({ name: head.id, corrupt: expect.any(String) as string });
      const year = await stores.reports.byYear("360200", 2022, { limit: 100 });
      expect(year.damaged).toEqual([head.id]);
      expect(year.items.map(({ id }) => id)).toContain(other.id);
    });

    it("is called corrupt among a report's events and threads", async () => {
      const id = "360200-2022-Z02";
      await opened.put({ pk: id, sk: "event#000000001", seq: 1 });
      await opened.put({ pk: id, sk: "thread#1", seq: 1 });
      const corrupt = { name: "CorruptItemError" };
      await expect(stores.reports.events(id, { limit: 5 })).rejects.toMatchObject(corrupt);
      await expect(stores.threads.list(id)).rejects.toMatchObject(corrupt);
      expect(await stores.reports.surveyEvents(id, { limit: 5 })).toMatchObject({
        items: [{ seq: 1, corrupt: expect.stringContaining("event") as string }],
      });
      expect(await stores.threads.survey(id)).toMatchObject([
        { name: "1", corrupt: expect.stringContaining("anchor") as string },
      ]);
    });
  });
});
