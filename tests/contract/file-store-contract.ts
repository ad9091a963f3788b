import { beforeAll, describe, expect, it } from "vitest";
import type { FileStore } from "../../functions/storage/ports.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (content: Uint8Array | undefined): string | undefined =>
  content === undefined ? undefined : new TextDecoder().decode(content);

/** What every FileStore promises, whatever keeps the bytes. */
export function fileStoreContract(open: () => Promise<FileStore>): void {
  let files: FileStore;
  beforeAll(async () => {
    files = await open();
  });

  describe("a stored file", () => {
    it("is unknown until it is put, then read back byte for byte, under a Chinese key too", async () => {
      const key = "2022/137/决算公开 𬭩.pdf";
      expect(await files.get(key)).toBeUndefined();
      expect(await files.stat(key)).toBeUndefined();
      const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
      await files.put(key, all, "application/pdf");
      expect([...((await files.get(key)) ?? [])]).toEqual([...all]);
      expect(await files.stat(key)).toEqual({ key, sizeBytes: 256 });
    });

    it("may be empty", async () => {
      await files.put("empty", new Uint8Array(), "text/plain");
      expect(textOf(await files.get("empty"))).toBe("");
      expect(await files.stat("empty")).toEqual({ key: "empty", sizeBytes: 0 });
    });

    it("is replaced whole by put", async () => {
      await files.put("index.html", bytes("a long first page"), "text/html");
      await files.put("index.html", bytes("short"), "text/html");
      expect(textOf(await files.get("index.html"))).toBe("short");
    });

    it("is gone after delete, and deleting what is not there is harmless", async () => {
      await files.put("gone/for/good", bytes("x"), "text/plain");
      await files.delete("gone/for/good");
      await files.delete("gone/for/good");
      expect(await files.get("gone/for/good")).toBeUndefined();
      expect(await files.list("gone/")).toEqual([]);
    });

    it("is listed by any prefix, in order, and not by another's", async () => {
      const keys = ["list/a-1", "list/a/1", "list/a/2", "list/b", "list/ab/3", "lists/c"];
      for (const key of keys) await files.put(key, bytes(key), "text/plain");
      const found = async (prefix: string) => (await files.list(prefix)).map(({ key }) => key);
      expect(await found("list/")).toEqual([
        "list/a-1",
        "list/a/1",
        "list/a/2",
        "list/ab/3",
        "list/b",
      ]);
      expect(await found("list/a")).toEqual(["list/a-1", "list/a/1", "list/a/2", "list/ab/3"]);
      expect(await found("list/a/")).toEqual(["list/a/1", "list/a/2"]);
      expect(await found("list/z")).toEqual([]);
      expect((await files.list("list/b"))[0]).toEqual({ key: "list/b", sizeBytes: 6 });
    });

    it("cannot have a key that leaves the store or names no file", async () => {
      const keys = [
        "",
        "/",
        "../x",
        "a/../../x",
        "a//b",
        "/etc/passwd",
        "a/",
        "./a",
        "a\\b",
        "a\0b",
      ];
      for (const key of [...keys, "x".repeat(2_000), "e\u0301", "\ud800"]) {
        const refusal = { name: "FileKeyError" };
        await expect(files.get(key)).rejects.toMatchObject(refusal);
        await expect(files.stat(key)).rejects.toMatchObject(refusal);
        await expect(files.put(key, bytes("x"), "text/plain")).rejects.toMatchObject(refusal);
        await expect(files.putIfAbsent(key, bytes("x"), "text/plain")).rejects.toMatchObject(
          refusal,
        );
        await expect(files.delete(key)).rejects.toMatchObject(refusal);
      }
      for (const prefix of ["../", "/", "a/../..", "a//"]) {
        await expect(files.list(prefix)).rejects.toMatchObject({ name: "FileKeyError" });
      }
    });
  });
}

/** What keeps blobs immutable. Apart, as fauxqs knows no conditional put. */
export function putIfAbsentContract(open: () => Promise<FileStore>): void {
  describe("a file put if absent", () => {
    it("is stored once; what is stored is never overwritten", async () => {
      const files = await open();
      expect(await files.putIfAbsent("once", bytes("first"), "text/plain")).toBe("stored");
      expect(await files.putIfAbsent("once", bytes("second"), "text/plain")).toBe("exists");
      expect(textOf(await files.get("once"))).toBe("first");
    });

    it("has one winner among 30 at once, and its bytes are what everybody reads", async () => {
      const files = await open();
      const answers = await Promise.all(
        Array.from({ length: 30 }, async (_, writer) => ({
          writer,
          answer: await files.putIfAbsent("race/for/it", bytes(`by ${writer}`), "text/plain"),
        })),
      );
      const winners = answers.filter(({ answer }) => answer === "stored");
      expect(winners).toHaveLength(1);
      expect(textOf(await files.get("race/for/it"))).toBe(`by ${winners[0]?.writer ?? ""}`);
    });
  });
}
