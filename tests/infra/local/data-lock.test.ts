import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acquireDataLock } from "../../../infra/local/data-lock.ts";

const clock = { now: () => "2023-09-15T08:00:00.000Z" };
const program = fileURLToPath(import.meta.resolve("./hold-data-folder.ts"));
const children: ChildProcess[] = [];
let parent: string;
let folder: string;

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "data-lock-"));
  folder = join(parent, "data");
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill("SIGKILL");
      await once(child, "exit");
    }
  }
  await chmod(parent, 0o700);
  await rm(parent, { recursive: true, force: true });
});

/** Starts another process on the folder; answers with its first line. */
async function start(dir: string, ...user: readonly string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", program, dir, ...user], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const [output] = (await once(child.stdout, "data")) as [Buffer];
  return { child, output: output.toString("utf8").trim() };
}

describe("a data folder", () => {
  it("belongs to one process: a second is refused with a sentence and ends non-zero", async () => {
    const first = await start(folder);
    expect(first.output).toBe("held");

    const second = await start(folder);
    expect(second.output).toBe(
      `The data folder ${folder} is in use by another process (process ${first.child.pid ?? 0}, since 2023-09-15T08:00:00.000Z): stop that one or name another folder.`,
    );
    const [code] = (await once(second.child, "exit")) as [number];
    expect(code).toBe(1);
  });

  it("is free again at once when its process was killed with -9", async () => {
    for (let round = 0; round < 3; round++) {
      const { child, output } = await start(folder);
      expect(output).toBe("held");
      child.kill("SIGKILL");
      await once(child, "exit");
    }
    const lock = await acquireDataLock(folder, clock);
    expect(lock.ok).toBe(true);
    if (lock.ok) await lock.value.release();
  });

  it("is the same folder by whatever path it is named", async () => {
    const lock = await acquireDataLock(folder, clock);
    await symlink(folder, join(parent, "alias"));
    expect(await acquireDataLock(join(parent, "alias"), clock)).toMatchObject({
      ok: false,
      error: { code: "in_use" },
    });
    if (lock.ok) await lock.value.release();
  });

  it("has one winner when many want it at once", async () => {
    const claims = await Promise.all(
      Array.from({ length: 20 }, () => acquireDataLock(folder, clock)),
    );
    expect(claims.filter((claim) => claim.ok)).toHaveLength(1);
    for (const claim of claims) if (claim.ok) await claim.value.release();
  });

  it("can be taken again after it was released, and nothing is left behind", async () => {
    for (let round = 0; round < 3; round++) {
      const lock = await acquireDataLock(folder, clock);
      if (!lock.ok) throw new Error(lock.error.message);
      await lock.value.release();
    }
    expect(await readdir(folder)).toEqual(process.platform === "linux" ? [] : ["lock"]);
  });

  it("does not keep another folder from being used", async () => {
    const one = await acquireDataLock(folder, clock);
    const other = await acquireDataLock(join(parent, "other"), clock);
    expect([one.ok, other.ok]).toEqual([true, true]);
    for (const lock of [one, other]) if (lock.ok) await lock.value.release();
  });
});

describe("a folder that cannot be written", () => {
  it("is refused in one sentence when a file is in its place", async () => {
    await writeFile(folder, "not a folder");
    for (const dir of [folder, join(folder, "inside")]) {
      const lock = await acquireDataLock(dir, clock);
      expect(lock).toMatchObject({ ok: false, error: { code: "unwritable" } });
      if (!lock.ok)
        expect(lock.error.message).toMatch(
          /^The data folder .+ cannot be written \(\w+\): [^.]+\.$/,
        );
    }
  });

  it("is refused in one sentence when permissions forbid it", async () => {
    await mkdir(folder);
    await chmod(parent, 0o755);
    await chmod(folder, 0o555);
    // Root may write anywhere, so the process becomes another user.
    const { output, child } = await start(folder, ...(process.getuid?.() === 0 ? ["65534"] : []));
    expect(output).toBe(
      `The data folder ${folder} cannot be written (EACCES): name another folder or mend its permissions.`,
    );
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(1);
  });
});
