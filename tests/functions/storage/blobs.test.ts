import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { blobKey, putBlob, putSection } from "../../../functions/storage/blobs.ts";
import { openFolderFiles } from "../../../functions/storage/folder/files.ts";
import { readSound } from "../../../functions/use-cases/damage.ts";
import { loadSection, type ContentDeps } from "../../../functions/use-cases/report-content.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";

let root: string;
let deps: ContentDeps;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "juesuan-blobs-"));
  deps = { files: await openFolderFiles(join(root, "vault")), sha256, editions: shippedEditions };
});
afterEach(() => rm(root, { recursive: true }));

const read = (hash: string) => readSound(deps, blobKey(hash), hash);
const spoil = (hash: string) => writeFile(join(root, "vault", blobKey(hash)), "spoilt");
const table: TableData = {
  rows: [{ key: "general", cells: { final: 491_420, a: 1 } }],
};

describe("a blob", () => {
  it("is kept under its own hash, once", async () => {
    const bytes = Buffer.from("佐证材料");
    const hash = await putBlob(deps, bytes);
    expect(hash).toBe(sha256("佐证材料"));
    expect(await putBlob(deps, bytes)).toBe(hash);
    expect(await readdir(join(root, "vault", "blobs", hash.slice(0, 2)))).toEqual([hash]);
    expect(await read(hash)).toEqual({ bytes });
  });

  it("is never answered when its content is not what its name says, and is mended by who stores it again", async () => {
    const bytes = Buffer.from("content");
    const hash = await putBlob(deps, bytes);
    await spoil(hash);
    expect(await read(hash)).toEqual({ fault: "changed" });
    expect(await putBlob(deps, bytes)).toBe(hash);
    expect(await read(hash)).toEqual({ bytes });
  });

  it("that is gone is a fault, not an empty answer", async () => {
    expect(await read(sha256("never stored"))).toEqual({ fault: "missing" });
  });
});

describe("a section", () => {
  it("has one hash for one content, in whatever order it was typed", async () => {
    const other: TableData = { rows: [{ cells: { a: 1, final: 491_420 }, key: "general" }] };
    const hash = await putSection(deps, "t01", table);
    expect(await putSection(deps, "t01", other)).toBe(hash);
    const stored = Buffer.from((await deps.files.get(blobKey(hash))) ?? []).toString();
    expect(stored).toBe('{"rows":[{"cells":{"a":1,"final":491420},"key":"general"}]}');
  });

  it("is read back through its schema, empty ones too", async () => {
    expect(await loadSection(deps, "t01", await putSection(deps, "t01", table))).toEqual(table);
    for (const id of ["facts", "narrative", "performance", "attachments"] as const) {
      const hash = await putSection(deps, id, emptySections[id]);
      expect(await loadSection(deps, id, hash)).toEqual(emptySections[id]);
    }
  });

  it("is not stored, nor read, when it is none", async () => {
    const broken = { rows: [{ key: "general", cells: { final: 0.5 } }] };
    await expect(async () => putSection(deps, "t01", broken)).rejects.toThrow();
    expect(await deps.files.list("blobs/")).toEqual([]);
    const narrative = await putSection(deps, "narrative", emptySections.narrative);
    await expect(loadSection(deps, "t01", narrative)).rejects.toThrow();
  });

  it("is not read when its blob was spoilt", async () => {
    const hash = await putSection(deps, "t01", table);
    await spoil(hash);
    await expect(loadSection(deps, "t01", hash)).rejects.toThrow("已被改动或损坏");
  });
});
