import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  isAbandonedWrite,
  writeFileAtomic,
} from "../../../functions/platform/write-file-atomic.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "write-file-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a file written atomically", () => {
  it("is never seen half written while many writers replace it", async () => {
    const path = join(folder, "a.json");
    const versions = ["x", "y", "z"].map((letter) => letter.repeat(200_000));
    await writeFileAtomic(path, versions[0] ?? "");
    const lengths = new Set<number>();
    const writing = new AbortController();
    const reading = (async () => {
      while (!writing.signal.aborted) lengths.add((await readFile(path, "utf8")).length);
    })();
    await Promise.all(versions.map((version) => writeFileAtomic(path, version)));
    writing.abort();
    await reading;
    expect([...lengths]).toEqual([200_000]);
    expect(versions).toContain(await readFile(path, "utf8"));
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("is readable by its owner alone by default", async () => {
    await writeFileAtomic(join(folder, "secret"), "s");
    await writeFileAtomic(join(folder, "open"), "o", { mode: 0o644 });
    expect((await stat(join(folder, "secret"))).mode & 0o077).toBe(0);
    expect((await stat(join(folder, "open"))).mode & 0o044).toBe(0o044);
  });

  it("leaves nothing behind when it cannot be put in place", async () => {
    await expect(writeFileAtomic(join(folder, "none", "a"), "x")).rejects.toThrow("ENOENT");
    await rm(folder, { recursive: true });
    await expect(writeFileAtomic(join(folder, "a"), "x")).rejects.toThrow("ENOENT");
  });
});

it("a file left by a killed writer is known by its name, and no other is", () => {
  expect(isAbandonedWrite(".a.json.0b9c2f0e-0000-4000-8000-000000000000.tmp")).toBe(true);
  for (const name of ["a.json", ".tmp", "a.0b9c2f0e-0000-4000-8000-000000000000.tmp", ".a.tmp"]) {
    expect(isAbandonedWrite(name)).toBe(false);
  }
});
