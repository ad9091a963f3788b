import { DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createDynamoStores } from "../../../functions/storage/dynamo/stores.ts";
import { openFolderFiles } from "../../../functions/storage/folder/files.ts";
import { leaveAnchor } from "../../../functions/use-cases/audit/anchors.ts";
import { openDataFolder, type DataFolder } from "../../../infra/local/data-folder.ts";
import { startDynalite } from "../../contract/dynalite.ts";
import { at, draft, newHead, newThread, opened, pointer, zhou } from "../../contract/fixtures.ts";

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "juesuan-data-"));
});
afterEach(() => rm(path, { recursive: true, force: true }));

const openAt = (folder = path, acceptLossUpTo?: number) =>
  openDataFolder({
    ...{ folder, sha256, now: () => at, secret: "s", filesUrl: "http://127.0.0.1/files" },
    acceptLossUpTo,
  });
async function openStores(folder = path): Promise<DataFolder> {
  const data = await openAt(folder);
  if (!data.ok) throw new Error(data.error.message);
  return data.value;
}
const file = (name = "juesuan.sqlite") => join(path, "db", name);

/** A draft of each of these nodes, each saved once. */
async function drafts(stores: DataFolder, ...codes: readonly string[]): Promise<void> {
  for (const code of codes) {
    const head = newHead(code);
    await stores.reports.create(head);
    await stores.reports.commit(head, [opened], { state: draft });
    await stores.reports.saveSection(head.id, "t01", undefined, pointer(code));
  }
}

describe("the embedded database", () => {
  it("keeps everything over a restart", async () => {
    const first = await openStores();
    const head = newHead("R01");
    await first.reports.create(head);
    await first.vault.put("a/b", Buffer.from("x"), "text/plain");
    await first.close();
    const second = await openStores();
    expect(await second.reports.load(head.id)).toEqual(head);
    expect(await second.vault.stat("a/b")).toEqual({ key: "a/b", sizeBytes: 1 });
    await second.close();
  });

  it("takes a write back whole when the work of it throws", async () => {
    const stores = await openStores();
    await drafts(stores, "R02");
    const before = await stores.reports.load(newHead("R02").id);
    const broken = { status: "draft", colour: "red" } as unknown as typeof draft;
    if (before === undefined) throw new Error("The draft is not stored.");
    await expect(stores.reports.commit(before, [opened], { state: broken })).rejects.toThrow();
    expect(await stores.reports.load(before.id)).toEqual(before);
    await stores.close();
  });

  it("is refused in one sentence when a later version wrote it", async () => {
    const stores = await openStores();
    await stores.close();
    const bytes = await readFile(file());
    bytes.writeUInt32BE(99, 60); // user_version
    await writeFile(file(), bytes);
    const refused = await openAt();
    expect(refused).toMatchObject({ ok: false, error: { code: "too_new" } });
  });
});

describe("a loss of power that takes written data with it", () => {
  /** What a process leaves that had no time to close: database, log, acknowledgements. */
  async function crashed(): Promise<void> {
    const away = `${path}-crashed`;
    const stores = await openStores();
    await drafts(stores, "P01", "P02", "P03");
    await cp(path, away, { recursive: true });
    await stores.close();
    await rm(path, { recursive: true });
    await cp(away, path, { recursive: true });
    await rm(away, { recursive: true });
  }
  const walSize = async () => (await stat(file("juesuan.sqlite-wal"))).size;
  const change = async (name: string, from: number, to: number, how: (byte: number) => number) => {
    const bytes = await readFile(file(name));
    for (let at = from; at < to; at += 1) bytes[at] = how(bytes[at] ?? 0);
    await writeFile(file(name), bytes);
  };
  const zero = (name: string, from: number, to: number) => change(name, from, to, () => 0);

  it("is none where the disk kept what was synced", async () => {
    await crashed();
    const stores = await openStores();
    for (const code of ["P01", "P02", "P03"]) {
      expect((await stores.reports.load(newHead(code).id))?.sections.t01).toEqual(pointer(code));
    }
    await stores.close();
  });

  const losses: readonly (readonly [string, () => Promise<void>])[] = [
    [
      "the end of the log is cut by a byte",
      async () => truncate(file("juesuan.sqlite-wal"), (await walSize()) - 1),
    ],
    [
      "half of the log is cut",
      async () => truncate(file("juesuan.sqlite-wal"), (await walSize()) / 2),
    ],
    ["the log is emptied", () => truncate(file("juesuan.sqlite-wal"), 0)],
    ["the log is gone", () => rm(file("juesuan.sqlite-wal"))],
    [
      "the end of the log is zeros",
      async () => zero("juesuan.sqlite-wal", (await walSize()) - 4_096, await walSize()),
    ],
    ["the head of the log is zeros", () => zero("juesuan.sqlite-wal", 0, 32)],
    [
      "a byte in the midst of the log is another",
      async () => change("juesuan.sqlite-wal", 20_000, 20_001, (byte) => byte ^ 255),
    ],
  ];
  it.each(losses)("is named where %s: which writes, of when, and what to do", async (_, lose) => {
    await crashed();
    await lose();
    const before = await tree();
    const refused = await openAt();
    if (refused.ok) throw new Error("The loss was not noticed.");
    expect(refused.error.code).toMatch(/behind|damaged/u);
    expect(refused.error.message).toContain("npm run restore -- FILE");
    if (refused.error.code === "behind") {
      expect(refused.error.message).toMatch(/lacks the last \d+ writes/u);
      expect(refused.error.message).toContain("360200-2022-P03 / head");
    }
    expect(await tree()).toEqual(before);
  });

  it("is gone on from by consent to that very loss, and by no other", async () => {
    await crashed();
    await truncate(file("juesuan.sqlite-wal"), (await walSize()) / 2);
    const chain = "360200-2022-P03";
    const vault = await openFolderFiles(join(path, "vault"));
    const anchor = { chain, seq: 7, hash: "a".repeat(64), at };
    await leaveAnchor(vault, anchor);
    const refused = await openAt();
    const [, number = ""] =
      /--accept-loss (\d+)/u.exec(refused.ok ? "" : refused.error.message) ?? [];
    expect((await openAt(path, Number(number) - 1)).ok).toBe(false);
    const accepted = await openAt(path, Number(number));
    if (!accepted.ok) throw new Error(accepted.error.message);
    // The lost event's number is free for another, and what was known of it is kept.
    await leaveAnchor(vault, { ...anchor, hash: "b".repeat(64) });
    expect((await vault.list("lost-anchors/")).map(({ key }) => key)).toEqual([
      `lost-anchors/${chain}/000000007.json`,
    ]);
    await drafts(accepted.value, "P09");
    await accepted.value.close();
    const again = await openStores();
    expect((await again.reports.load(newHead("P09").id))?.version).toBe(2);
    await again.close();
  });

  it("is noticed in the pages of the database as well", async () => {
    const stores = await openStores();
    await drafts(stores, ...Array.from({ length: 30 }, (_, index) => `Q${String(index)}`));
    await stores.close();
    const { size } = await stat(file());
    await zero("juesuan.sqlite", size - 12_288, size - 4_096);
    const refused = await openAt();
    expect(refused).toMatchObject({ ok: false, error: { code: "damaged" } });
    await truncate(file(), size - 8_192);
    expect(await openAt()).toMatchObject({ ok: false, error: { code: "damaged" } });
  });

  it("of the list of acknowledged writes alone loses nothing", async () => {
    await crashed();
    await truncate(file("juesuan.sqlite.acknowledged"), 40);
    await appendFile(file("juesuan.sqlite.acknowledged"), "\0\0\0half a li");
    const stores = await openStores();
    expect((await stores.reports.load(newHead("P03").id))?.version).toBe(2);
    await drafts(stores, "P04");
    await stores.close();
    const again = await openStores();
    expect((await again.reports.load(newHead("P04").id))?.version).toBe(2);
    await again.close();
  });
});

describe("a folder that lacks its database", () => {
  it.each(["vault", "portal"])(
    "while %s holds files is refused, and nothing is touched",
    async (name) => {
      await mkdir(join(path, name, "blobs"), { recursive: true });
      await writeFile(join(path, name, "blobs/1"), "x");
      const before = await tree();
      expect(await openAt()).toMatchObject({
        ok: false,
        error: {
          code: "incomplete",
          message: expect.stringContaining(`is missing, while ${join(path, name)} hold`) as string,
        },
      });
      expect(await tree()).toEqual(before);
    },
  );
});

describe("a data folder of the version before SQLite", () => {
  /** With a report, its events, people and a remark that was on its way when the process died. */
  async function oldFolder(): Promise<void> {
    const dynamo = await startDynalite("juesuan", join(path, "db"));
    const stores = createDynamoStores({ client: dynamo.client, table: "juesuan", sha256 });
    const head = newHead("T01");
    await stores.reports.create(head);
    const committed = await stores.reports.commit(head, [opened], { state: draft });
    if (!committed.ok) throw new Error(committed.error.code);
    await stores.reports.recordEvents(committed.value.outbox);
    await stores.reports.trimOutbox(head.id, 1);
    await stores.reports.saveSection(head.id, "t01", undefined, pointer("1"));
    const thread = newThread(head.id, "018a0000-0000-7000-8000-000000000001");
    await stores.threads.create(thread);
    const entry = { id: "2", ...zhou, text: "已改", act: "answer" } as const;
    const onItsWay = { ...thread, version: 2, status: "answered", entries: [entry] };
    await DynamoDBDocumentClient.from(dynamo.client).send(
      new UpdateCommand({
        TableName: "juesuan",
        Key: { pk: head.id, sk: "head" },
        UpdateExpression: "SET remarks.#id = :remark",
        ExpressionAttributeNames: { "#id": thread.id },
        ExpressionAttributeValues: { ":remark": onItsWay },
      }),
    );
    await stores.effects.markDone("360200-2022-T01.1.notify", "zhou", at);
    await dynamo.close();
  }

  it("is taken over once, every item as it was, and the old database is kept aside", async () => {
    await oldFolder();
    const old = (await readdir(join(path, "db"))).filter(
      (name) => name !== "LOCK" && name !== "LOG",
    );
    const stores = await openStores();
    const id = newHead("T01").id;
    expect(await stores.reports.load(id)).toMatchObject({
      version: 3,
      state: draft,
      sections: { t01: pointer("1") },
      editors: ["zhou"],
      outbox: [],
    });
    expect((await stores.reports.events(id, { limit: 9 })).items).toHaveLength(1);
    const [thread] = await stores.threads.list(id);
    expect(thread?.entries.map(({ text }) => text)).toEqual(["与财政批复数不一致", "已改"]);
    expect(await stores.effects.done("360200-2022-T01.1.notify")).toEqual(new Set(["zhou"]));
    expect((await stores.reports.byYear("360200", 2022, { limit: 9 })).items).toHaveLength(1);
    await stores.close();
    expect(await readdir(join(path, "db/before-sqlite"))).toEqual(expect.arrayContaining(old));
    const again = await openStores();
    expect((await again.reports.load(id))?.version).toBe(3);
    await again.close();
  });

  it("whose old database is damaged is refused, and left as it is", async () => {
    await oldFolder();
    await rm(join(path, "db/CURRENT"));
    const before = await tree();
    expect(await openAt()).toMatchObject({ ok: false, error: { code: "incomplete" } });
    expect(await tree()).toEqual(before);
  });
});

describe("a process killed while it commits", () => {
  it("loses no acknowledged commit and leaves every report where its indexes say", async () => {
    const acknowledged = new Map<string, number>();
    for (let round = 0; round < 6; round++) {
      await commitUntilKilled(round, (id, version) => acknowledged.set(id, version));
    }
    expect(acknowledged.size).toBe(48);
    const stores = await openStores();
    const { reports } = stores;
    const swept = (await reports.withOutbox({ limit: 100 })).items.map(({ id }) => id);
    for (const [id, version] of acknowledged) {
      const head = await reports.load(id);
      expect(head?.version).toBeGreaterThanOrEqual(version);
      expect(swept.includes(id)).toBe((head?.outbox.length ?? 0) > 0);
      const waiting = await reports.byTurn(head?.turn?.queue ?? "", { limit: 100 });
      expect(waiting.items.map((found) => found.id)).toContain(id);
    }
    await stores.close();
  });
});

const writer = new URL("./commit-until-killed.ts", import.meta.url);

function commitUntilKilled(
  round: number,
  acknowledge: (id: string, version: number) => void,
): Promise<void> {
  const child = fork(writer, [path, String(round)], {
    execArgv: ["--import", "tsx", "--no-warnings"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return new Promise((ended) => {
    let commits = 0;
    child.on("message", (message) => {
      const { id, version } = message as { id: string; version: number };
      acknowledge(id, version);
      if (++commits === 40 + round * 7) child.kill("SIGKILL");
    });
    child.on("exit", () => ended());
  });
}

/** Files of the folder by the hash of their bytes, without SQLite's shared memory and an empty log. */
async function tree(): Promise<Record<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((one) => one.isFile() && !one.name.endsWith("-shm"));
  return Object.fromEntries(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const bytes = await readFile(join(parentPath, name));
        const hash = createHash("sha256").update(bytes).digest("hex");
        return bytes.length === 0 ? [] : [[join(parentPath, name), hash] as const];
      }),
    ).then((found) => found.flat()),
  );
}
