import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../functions/api/app.ts";
import type { ApiDeps } from "../../../functions/api/deps.ts";
import { openFolderFiles } from "../../../functions/storage/folder/files.ts";
import { createWriteProbe } from "../../../functions/use-cases/write-probe.ts";
import { openTemporarySqlite, type OpenSqlite } from "../../contract/open-sqlite.ts";
import { startService, type Service } from "./service.ts";

let service: Service;
let opened: OpenSqlite;
const folder = join(tmpdir(), `juesuan-health-${String(process.pid)}`);
beforeAll(async () => {
  opened = await openTemporarySqlite();
  service = await startService({ stores: opened.stores });
});
afterAll(async () => {
  await service.close();
  await opened.close();
  await rm(folder, { recursive: true, force: true });
});

/** The API on a clock of its own, that each call of `later` moves beyond what is remembered. */
function healthOf({
  queues = () => [],
  ...given
}: Pick<ApiDeps, "queues"> & Partial<Parameters<typeof createWriteProbe>[0]>) {
  let second = 0;
  const at = () => new Date(Date.parse("2023-08-01T02:00:00Z") + second * 1000).toISOString();
  const { probe } = opened.stores;
  const canWrite = createWriteProbe({ ...service.deps, probe, now: at, ...given });
  const app = createApp({ ...service.deps, now: at, queues, canWrite });
  return {
    ask: async () => {
      const answer = await app.request("/api/health");
      return { status: answer.status, text: await answer.text() };
    },
    later: (seconds: number) => {
      second += seconds;
    },
  };
}
const fine = { status: 200, text: '{"status":"ok"}' };
const failing = { status: 503, text: '{"status":"failing"}' };

describe("health", () => {
  it("fails while the database takes nothing, says no more, and is well again by itself", async () => {
    const { ask, later } = healthOf({});
    expect(await ask()).toEqual(fine);
    opened.database.rows("PRAGMA query_only = 1");
    later(11);
    expect(await ask()).toEqual(failing);
    expect(service.lines.filter((line) => line.includes("Writing fails"))).toHaveLength(1);
    later(11);
    expect(await ask()).toEqual(failing);
    expect(service.lines.filter((line) => line.includes("Writing fails"))).toHaveLength(1);
    opened.database.rows("PRAGMA query_only = 0");
    later(11);
    expect(await ask()).toEqual(fine);
  });

  it("fails while the vault takes nothing", async () => {
    const vault = await openFolderFiles(join(folder, "vault"));
    const { ask, later } = healthOf({ vault });
    expect(await ask()).toEqual(fine);
    // A file where a folder must be is refused to root, too.
    await rm(join(folder, ".vault.staging"), { recursive: true });
    await writeFile(join(folder, ".vault.staging"), "");
    later(11);
    expect(await ask()).toEqual(failing);
    await rm(join(folder, ".vault.staging"));
    await mkdir(join(folder, ".vault.staging"));
    later(11);
    expect(await ask()).toEqual(fine);
    // Asked again and again it leaves one file and one item.
    expect(await readdir(join(folder, "vault"), { recursive: true })).toEqual(
      expect.arrayContaining(["health", join("health", "probe")]),
    );
    expect(await readdir(join(folder, "vault", "health"))).toEqual(["probe"]);
    expect(opened.database.rows("SELECT pk FROM items WHERE pk = 'health'")).toHaveLength(1);
  });

  it("writes at most once in ten seconds, however many ask", async () => {
    let writes = 0;
    const probe = { write: () => Promise.resolve(void (writes += 1)) };
    const { ask, later } = healthOf({ probe });
    await Promise.all(Array.from({ length: 50 }, ask));
    later(9);
    await ask();
    expect(writes).toBe(1);
    later(1);
    await ask();
    expect(writes).toBe(2);
  });

  it("fails when a write hangs, and does not begin another beside it", async () => {
    let writes = 0;
    let second = 0;
    const { vault, log } = service.deps;
    const canWrite = createWriteProbe({
      ...{ vault, log, timeoutMs: 5 },
      now: () => new Date((second += 60) * 1000).toISOString(),
      probe: {
        write: () => {
          writes += 1;
          return new Promise(() => undefined);
        },
      },
    });
    expect(await canWrite()).toBe(false);
    expect(await canWrite()).toBe(false);
    expect(writes).toBe(1);
  });

  it("says failing with 200 for queues that somebody must look at: the service itself works", async () => {
    const dead = [{ name: "notify", waiting: 0, oldestWaitingMs: 0, dead: 1 }];
    expect(await healthOf({ queues: () => dead }).ask()).toEqual({
      status: 200,
      text: '{"status":"failing"}',
    });
  });
});
