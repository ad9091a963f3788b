import { DatabaseSync } from "@photostructure/sqlite";
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { now } from "../../../functions/platform/clock.ts";
import { sha256 } from "../../../functions/platform/ids.ts";
import { restore } from "../../../infra/local/backup-file.ts";
import { openDataFolder, type DataFolder } from "../../../infra/local/data-folder.ts";
import {
  draft,
  inReview,
  newHead,
  opened,
  pointer,
  submitted,
  zhou,
} from "../../contract/fixtures.ts";
import { runProgram } from "../../programs.ts";

let folder: string;
let data: DataFolder;
const inside = (name: string) => join(folder, name);

async function openAt(path: string): Promise<DataFolder> {
  const settings = { sha256, now, secret: "s", filesUrl: "http://127.0.0.1/files" };
  const found = await openDataFolder({ folder: path, ...settings });
  if (!found.ok) throw new Error(found.error.message);
  return found.value;
}

/** A system that goes on running with this folder. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "juesuan-backup-"));
  data = await openAt(inside("data"));
  const head = newHead("S01");
  await data.reports.create(head);
  await data.reports.commit(head, [opened], { state: draft });
  await data.reports.saveSection(head.id, "t01", undefined, pointer("1"));
  await data.vault.put("blobs/1", Buffer.from("正文"), "text/plain");
  await data.portal.put("2022/index.html", Buffer.from("<html>"), "text/html");
  await writeFile(inside("data/files.secret"), "a secret");
});
afterAll(async () => {
  await data.close();
  await rm(folder, { recursive: true, force: true });
});

/** `npm run backup` or `restore`, as a person gives it. */
async function run(program: "backup" | "restore", ...args: readonly string[]) {
  return runProgram(`infra/local/${program}.ts`, ...args);
}

const backup = () => inside("juesuan.backup");

describe("a backup", () => {
  it("is made of a running system, which goes on meanwhile", async () => {
    const id = newHead("S01").id;
    const made = run("backup", backup(), "--data", inside("data"));
    let saved = 0;
    let base = pointer("1").sha256;
    const isMade = made.then(() => true);
    while (!(await Promise.race([isMade, Promise.resolve(false)]))) {
      saved += 1;
      const next = pointer(`while ${String(saved)}`);
      const done = await data.reports.saveSection(id, "t01", base, next);
      expect(done.ok).toBe(true);
      base = next.sha256;
      await new Promise((resume) => setTimeout(resume, 5));
    }
    expect(await made).toMatchObject({ code: 0, error: "" });
    expect((await made).out).toContain("3 files");
    expect(saved).toBeGreaterThan(5);
  });

  it("is restored into a folder of its own, where everything is as it was", async () => {
    const restored = inside("restored");
    const done = await run("restore", backup(), "--data", restored);
    expect(done).toMatchObject({ code: 0, error: "" });
    const stores = await openAt(restored);
    const head = await stores.reports.load(newHead("S01").id);
    expect(head?.state).toEqual(draft);
    expect(head?.sections.t01).toBeDefined();
    expect(Buffer.from((await stores.vault.get("blobs/1")) ?? []).toString()).toBe("正文");
    expect(await stores.portal.stat("2022/index.html")).toBeDefined();
    expect(await readFile(join(restored, "files.secret"), "utf8")).toBe("a secret");
    await stores.close();
    expect((await readdir(folder)).filter((name) => name.includes("restoring"))).toEqual([]);
  });

  it("sets what was on its way on its way again, for queues are not in it", async () => {
    const head = newHead("S02");
    const { editionHash } = inReview.submission;
    const approval = { ...zhou, documentNumber: "景财决批〔2023〕1号", publishBy: "2023-03-21" };
    const approved = {
      ...approval,
      type: "approved",
      editionHash,
      threadsHash: editionHash,
    } as const;
    const { submission, verdicts, signOffs, acts } = inReview;
    await data.reports.create(head);
    const done = await data.reports.commit(head, [opened, submitted, approved], {
      state: { status: "approved", approval, submission, verdicts, signOffs, acts },
    });
    if (!done.ok) throw new Error(done.error.code);
    await data.reports.recordEvents(done.value.outbox);
    await data.reports.trimOutbox(head.id, 3);
    const file = inside("on-its-way.backup");
    await run("backup", file, "--data", inside("data"));
    await run("restore", file, "--data", inside("on-its-way"));
    const stores = await openAt(inside("on-its-way"));
    const restored = await stores.reports.load(head.id);
    expect(restored?.outbox.map(({ event: one }) => one.type)).toEqual(["approved"]);
    expect((await stores.reports.withOutbox({ limit: 9 })).items.map(({ id }) => id)).toContain(
      head.id,
    );
    await stores.close();
  });
});

describe("a backup is refused in one sentence, and nothing is changed,", () => {
  it("where its file is there already, or the folder is none of ours", async () => {
    const again = await run("backup", backup(), "--data", inside("data"));
    expect(again).toMatchObject({
      code: 1,
      error: expect.stringContaining("never overwritten") as string,
    });
    const none = await run("backup", inside("none.backup"), "--data", inside("nowhere"));
    expect(none).toMatchObject({
      code: 1,
      error: expect.stringContaining("has no database") as string,
    });
    expect(await readdir(folder)).not.toContain("none.backup");
  });

  it("where the folder to restore into is not empty", async () => {
    const refused = await run("restore", backup(), "--data", inside("data"));
    expect(refused).toMatchObject({
      code: 1,
      error: expect.stringContaining("is not empty") as string,
    });
    expect(await data.vault.stat("blobs/1")).toBeDefined();
  });

  it.each([
    ["cut", (file: string) => truncate(file, 20_000)],
    ["no backup", (file: string) => writeFile(file, "something else")],
    [
      "another file than it was",
      (file: string) => alter(file, "UPDATE backup_files SET content = x'00'"),
    ],
    [
      "without a file of it",
      (file: string) => alter(file, "DELETE FROM backup_files WHERE path LIKE 'vault%'"),
    ],
    [
      "with a path that leads out of the folder",
      (file: string) => alter(file, "UPDATE backup_files SET path = '../' || path"),
    ],
  ] as const)("where the file is %s", async (_, damage) => {
    const file = inside("damaged.backup");
    await cp(backup(), file);
    await damage(file);
    const target = inside("from-damaged");
    const refused = await restore(file, target, { now });
    expect(refused.ok ? "" : refused.error.message).toMatch(/^The backup .* is damaged /u);
    expect((await readdir(folder)).filter((name) => name.startsWith("from-damaged"))).toEqual([]);
  });

  it("where no file is named", async () => {
    expect(await run("backup")).toMatchObject({
      code: 1,
      error: "Usage: npm run backup -- FILE [--data DIR]\n",
    });
  });
});

function alter(file: string, sql: string): Promise<void> {
  const sqlite = new DatabaseSync(file);
  sqlite.exec(sql);
  sqlite.close();
  return Promise.resolve();
}
