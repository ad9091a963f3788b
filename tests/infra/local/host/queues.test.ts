import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { isAlive } from "../../../../functions/render/prepared-folder.ts";
import { killAll, run, start, until } from "./program.ts";

const folders: string[] = [];
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-queues-"));
  folders.push(folder);
  return folder;
}
afterAll(async () => {
  await killAll();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

const freePorts = ["--port", "0", "--portal-port", "0"];
const storedIn = async (folder: string): Promise<readonly { readonly failed: number }[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
  return texts.map((text) => JSON.parse(text) as { failed: number });
};

describe.skipIf(process.platform === "win32")("a host whose browser never answers", () => {
  it("stops at Ctrl-C at once; what it was printing is no failed attempt and is printed by the next start", async () => {
    const folder = await newFolder();
    const dataDir = join(folder, "data");
    const [chrome, ids] = [join(folder, "chrome"), join(folder, "ids")];
    const fake = fileURLToPath(import.meta.resolve("../../../functions/render/fake-chrome.ts"));
    const command = [process.execPath, "--import", import.meta.resolve("tsx"), fake];
    const quoted = [...command, "never answers", ids].map((part) => `'${part}'`).join(" ");
    await writeFile(chrome, `#!/bin/sh\nexec ${quoted}\n`);
    await chmod(chrome, 0o755);

    const host = await start(dataDir, freePorts, { CHROME_PATH: chrome });
    const renders = join(dataDir, "queues/render/waiting");
    const browsers = async () =>
      (await readFile(ids, "utf8").catch(() => "")).split("\n").filter((id) => id !== "");
    await until(async () => (await browsers()).length === 2, "its browser runs");
    await until(async () => (await storedIn(renders)).length === 2, "there is something to print");
    host.kill("SIGINT");
    const late = new Promise<string>((resolve) => setTimeout(resolve, 15_000, "late"));
    expect(await Promise.race([host.ended, late])).toEqual({ code: 0, signal: null });
    expect((await storedIn(renders)).map(({ failed }) => failed)).toEqual([0, 0]);
    await until(
      async () => (await browsers()).every((id) => !isAlive(Number(id))),
      "its browser is gone",
    );

    const again = await start(dataDir);
    const isPublic = async () => (await fetch(`${again.portalUrl}/2022/137001/`)).status === 200;
    await until(isPublic, "the approved report is public");
    again.kill("SIGINT");
    expect(await again.ended).toEqual({ code: 0, signal: null });
  }, 120_000);
});

describe("messages that died", () => {
  it("make health say failing and nothing more, and are sent back by npm run redrive", async () => {
    const dataDir = join(await newFolder(), "data");
    const first = await start(dataDir);
    const health = async (url: string) => (await fetch(`${url}/api/health`)).text();
    expect(await health(first.staffUrl)).toBe('{"status":"ok"}');
    const isPublic = async () => (await fetch(`${first.portalUrl}/2022/137001/`)).status === 200;
    await until(isPublic, "what was approved is public");
    first.kill("SIGINT");
    await first.ended;

    const notify = join(dataDir, "queues/notify");
    const letter = { type: "notify", reportId: "360200-2022-137001", seq: 1 };
    const stored = {
      ...{ id: "letter", body: JSON.stringify(letter), sentAt: "2023-08-01T00:00:00.000Z" },
      ...{ begun: 9, failed: 9, notBefore: "2023-08-01T00:00:00.000Z", error: "no mail server" },
    };
    await writeFile(join(notify, "dead/letter.json"), JSON.stringify(stored));
    await writeFile(join(notify, "waiting/torn.json"), '{"id":"to');

    const second = await start(dataDir);
    expect(await health(second.staffUrl)).toBe('{"status":"failing"}');
    const log = () => readFile(join(dataDir, "juesuan.log"), "utf8");
    expect(await log()).toContain(`is unreadable: ${join(notify, "dead/torn.json")}`);
    const redrive = await run("redrive", "--data", dataDir);
    expect(await redrive.ended).toEqual({ code: 2, signal: null });
    expect(redrive.stdout()).toContain("notify: 1 sent back");
    expect(redrive.stdout()).toContain(`${join(notify, "dead/torn.json")} cannot be read`);
    expect(await readdir(join(notify, "dead"))).toEqual(["torn.json"]);
    // Somebody has looked at it.
    await rm(join(notify, "dead/torn.json"));
    expect((await (await run("redrive", "--data", dataDir)).ended).code).toBe(0);
    second.kill("SIGINT");
    await second.ended;

    const third = await start(dataDir);
    await until(async () => (await readdir(join(notify, "waiting"))).length === 0, "it is handled");
    expect(await health(third.staffUrl)).toBe('{"status":"ok"}');
    expect(await readdir(join(notify, "dead"))).toEqual([]);
    third.kill("SIGINT");
    await third.ended;
  }, 120_000);

  it("are not looked for where there is no data folder", async () => {
    const nowhere = join(await newFolder(), "nowhere");
    const redrive = await run("redrive", "--data", nowhere);
    expect((await redrive.ended).code).toBe(1);
    expect(redrive.stderr()).toBe(`${nowhere} is no data folder: name it with --data.\n`);
    await mkdir(nowhere);
    const empty = await run("redrive", "--data", nowhere);
    expect((await empty.ended).code).toBe(0);
    expect(await readdir(nowhere)).toEqual([]);
  });
});
