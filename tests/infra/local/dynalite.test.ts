import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { openDataFolder } from "../../../infra/local/data-folder.ts";
import { startEmbeddedDynamo } from "../../../infra/local/dynalite.ts";
import { at, newHead } from "../../contract/fixtures.ts";

let path: string;
beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), "juesuan-dynalite-"));
});
afterEach(() => rm(path, { recursive: true, force: true }));

async function start() {
  const started = await startEmbeddedDynamo({ path, table: "juesuan" });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

async function openStores() {
  const settings = { sha256, now: () => at, secret: "s", filesUrl: "http://127.0.0.1/files" };
  const folder = await openDataFolder({ folder: path, ...settings });
  if (!folder.ok) throw new Error(folder.error.message);
  return folder.value;
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

  it("refuses a second opener of the folder with one clear sentence", async () => {
    const first = await start();
    const second = await startEmbeddedDynamo({ path, table: "juesuan" });
    expect(second).toEqual({
      ok: false,
      error: {
        code: "in_use",
        message: `The database ${path} is in use by another process: stop that one or name another folder.`,
      },
    });
    await first.close();
    const third = await startEmbeddedDynamo({ path, table: "juesuan" });
    expect(third.ok).toBe(true);
    if (third.ok) await third.value.close();
  });

  it("answers nobody who does not know this start's access key, and no web page", async () => {
    const dynamo = await start();
    const credentials = await dynamo.client.config.credentials();
    const ask = (headers: Record<string, string>) =>
      new Promise<number | undefined>((answered, failed) => {
        const options = { method: "POST", agent: false, headers };
        const asked = request(dynamo.endpoint, options, (response) => {
          response.resume();
          answered(response.statusCode);
        });
        asked.on("error", failed);
        asked.end("{}");
      });
    const signedWith = (accessKeyId: string) => ({
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "DynamoDB_20120810.ListTables",
      "x-amz-date": "20230301T000000Z",
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20230301/local/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
    });
    expect(await ask({})).toBe(403);
    expect(await ask(signedWith("guessed"))).toBe(403);
    const own = signedWith(credentials.accessKeyId);
    expect(await ask({ ...own, origin: "https://evil.example" })).toBe(403);
    expect(await ask(own)).toBe(200);
    await dynamo.close();
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
