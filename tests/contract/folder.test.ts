import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type FolderFiles, openFolderFiles } from "../../functions/storage/folder/files.ts";
import { createFolderTransfer } from "../../functions/storage/folder/transfer.ts";
import { fileStoreContract, putIfAbsentContract } from "./file-store-contract.ts";
import { uploadContract } from "./upload-contract.ts";

let base: string;
let files: FolderFiles;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), "juesuan-files-"));
  files = await openFolderFiles(join(base, "vault"));
});
afterAll(() => rm(base, { recursive: true }));

const staged = () => readdir(join(base, ".vault.staging"));

fileStoreContract(() => Promise.resolve(files));
putIfAbsentContract(() => Promise.resolve(files));

const transfer = () =>
  createFolderTransfer({
    files,
    secret: "contract",
    baseUrl: "http://files.test",
    now: () => new Date().toISOString(),
  });
uploadContract({
  open: () => Promise.resolve({ files, tickets: transfer().tickets }),
  post: async ({ url }, body) =>
    (await transfer().handle(new Request(url, { method: "POST", body }))).status,
  comparesBytes: true,
});

describe("a file that is still arriving", () => {
  it("is seen by nobody until it is whole", async () => {
    const seen: unknown[] = [];
    async function* slowly() {
      yield Buffer.from("first half, ");
      seen.push(await files.get("slow"), await files.stat("slow"), await files.list("slow"));
      yield Buffer.from("second half");
    }
    expect(await files.receive("slow", slowly())).toBe("stored");
    expect(seen).toEqual([undefined, undefined, []]);
    expect(Buffer.from((await files.get("slow")) ?? []).toString()).toBe("first half, second half");
    expect(await staged()).toEqual([]);
  });

  it("leaves nothing behind when it breaks off", async () => {
    async function* broken() {
      yield Buffer.from("first half");
      await Promise.reject(new Error("the line went dead"));
    }
    await expect(files.receive("broken", broken())).rejects.toThrow("the line went dead");
    expect(await files.get("broken")).toBeUndefined();
    expect(await staged()).toEqual([]);
  });

  it("never shows a reader a mix while it is replaced over and over", async () => {
    const pages = ["a", "b"].map((letter) => Buffer.from(letter.repeat(200_000)));
    await files.put("page", pages[0] ?? Buffer.of(), "text/html");
    const writing = (async () => {
      for (let round = 0; round < 40; round++) {
        await files.put("page", pages[round % 2] ?? Buffer.of(), "text/html");
      }
    })();
    for (let round = 0; round < 80; round++) {
      const page = Buffer.from((await files.get("page")) ?? []);
      expect(pages.some((whole) => whole.equals(page))).toBe(true);
    }
    await writing;
  });
});

describe("what a killed process had begun to write", () => {
  it("is cleared at the next start, and what a living one writes is left alone", async () => {
    const staging = join(base, ".other.staging");
    await mkdir(staging);
    const living = `${process.ppid}-abcd1234-1`;
    const earlierRunOfThisNumber = `${process.pid}-00000000-1`;
    for (const name of [living, earlierRunOfThisNumber, "4194999-abcd1234-1", "stray"]) {
      await writeFile(join(staging, name), "half");
    }
    const other = await openFolderFiles(join(base, "other"));
    expect(await readdir(staging)).toEqual([living]);
    expect(await other.list("")).toEqual([]);
  });
});
