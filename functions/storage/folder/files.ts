import { randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { syncFolder } from "../../platform/write-file-atomic.ts";
import { unlessFull } from "../unavailable-error.ts";
import { assertFileKey, assertKeyPrefix } from "../file-key.ts";
import type { FileReader, FileStore, StoredFile } from "../ports.ts";
import { hasCode } from "../../platform/errors.ts";

/**
 * Files of a folder, by key as path. What is written goes to a staging folder beside it first (a folder
 * that is served shows nothing unfinished), is synced and then takes its name in one step: `link`
 * where nothing may be there, `rename` where it may.
 */
export interface FolderFiles extends FileStore {
  /** Takes a file in as it arrives; it has its key only when whole, and no key if `bytes` throws. */
  receive(key: string, bytes: AsyncIterable<Uint8Array>): Promise<"stored" | "exists">;
}

/** Opens a folder, made when absent, and clears what a killed process had begun to write. */
export async function openFolderFiles(folder: string): Promise<FolderFiles> {
  const root = resolve(folder);
  const staging = join(dirname(root), `.${basename(root)}.staging`);
  await mkdir(root, { recursive: true, mode: 0o700 });
  await mkdir(staging, { recursive: true, mode: 0o700 });
  await clearAbandoned(staging);
  return filesOf(root, staging);
}

/** A folder that is only read: nothing is made or cleared, so it may be a copy or cannot be written. */
export function readFolderFiles(folder: string): FileReader {
  const files = filesOf(resolve(folder), "");
  return {
    get: (key) => files.get(key),
    stat: (key) => files.stat(key),
    list: (prefix) => files.list(prefix),
  };
}

/** Folders that a process knows to be there, so that not every write makes them. */
const foldersRemembered = 10_000;

function filesOf(root: string, staging: string): FolderFiles {
  const folders = new Set<string>([root]);
  const pathOf = (key: string): string => {
    assertFileKey(key);
    return join(root, ...key.split("/"));
  };

  /** Runs `place` on a staged file that is whole and synced, and leaves no staged file behind. */
  async function staged<T>(
    bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    place: (path: string) => Promise<T>,
  ): Promise<T> {
    const path = join(staging, `${process.pid}-${thisRun}-${randomUUID()}`);
    try {
      const file = await open(path, "wx", 0o600);
      try {
        for await (const chunk of bytes) await file.writeFile(chunk);
        await file.sync();
      } finally {
        await file.close();
      }
      return await place(path);
    } catch (error) {
      throw unlessFull(error);
    } finally {
      // Gone where it has become the file itself.
      await unlessAbsent(unlink(path));
    }
  }

  /** Gives a staged file its name in a folder that outlives a crash, as then does the name. */
  async function placed(target: string, place: () => Promise<void>): Promise<void> {
    const folder = dirname(target);
    if (!folders.has(folder)) await makeFolder(folder);
    try {
      await place();
    } catch (error) {
      if (!hasCode(error, "ENOENT")) throw error;
      await makeFolder(folder); // taken away by another hand
      await place();
    }
    await syncFolder(folder);
  }

  /** Makes the folders down to `folder`, each synced into the one above, whoever made it. */
  async function makeFolder(folder: string): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (let path = folder; path !== root; path = dirname(path)) await syncFolder(dirname(path));
    if (folders.size >= foldersRemembered) folders.clear();
    folders.add(folder);
  }

  async function addIfAbsent(
    key: string,
    bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): Promise<"stored" | "exists"> {
    const target = pathOf(key);
    return staged(bytes, async (path) => {
      try {
        await placed(target, () => link(path, target));
        return "stored";
      } catch (error) {
        if (hasCode(error, "EEXIST")) return "exists";
        throw error;
      }
    });
  }

  async function statFile(path: string): Promise<number | undefined> {
    const found = await unlessAbsent(stat(path));
    return found?.isFile() === true ? found.size : undefined;
  }

  return {
    async putIfAbsent(key, bytes) {
      if ((await statFile(pathOf(key))) !== undefined) return "exists";
      return addIfAbsent(key, [bytes]);
    },

    receive: addIfAbsent,

    async put(key, bytes) {
      const target = pathOf(key);
      await staged([bytes], (path) => placed(target, () => rename(path, target)));
    },

    get: async (key) => unlessAbsent(readFile(pathOf(key))),

    async stat(key) {
      const sizeBytes = await statFile(pathOf(key));
      return sizeBytes === undefined ? undefined : { key, sizeBytes };
    },

    async list(prefix) {
      assertKeyPrefix(prefix);
      const above = prefix.slice(0, prefix.lastIndexOf("/") + 1);
      const found: StoredFile[] = [];
      for await (const key of walk(root, above)) {
        if (!key.startsWith(prefix)) continue;
        const sizeBytes = await statFile(join(root, key));
        if (sizeBytes !== undefined) found.push({ key, sizeBytes });
      }
      return found.sort((left, right) =>
        Buffer.compare(Buffer.from(left.key), Buffer.from(right.key)),
      );
    },

    async delete(key) {
      const path = pathOf(key);
      if ((await statFile(path)) === undefined) return;
      await rm(path, { force: true });
      await syncFolder(dirname(path));
    },
  };
}

/** Keys below a folder, itself named with its closing slash. */
async function* walk(root: string, folder: string): AsyncGenerator<string> {
  const entries = await unlessAbsent(readdir(join(root, folder), { withFileTypes: true }));
  for (const entry of entries ?? []) {
    const key = folder + entry.name;
    if (entry.isDirectory()) yield* walk(root, `${key}/`);
    else if (entry.isFile()) yield key;
  }
}

/** Tells this process from an earlier one of the same number, as in a container. */
const thisRun = randomUUID().slice(0, 8);

/** Staged files are named after their process: those of a living one are being written. */
async function clearAbandoned(staging: string): Promise<void> {
  for (const name of await readdir(staging)) {
    const [pid = "", run] = name.split("-");
    const isBeingWritten = Number(pid) === process.pid ? run === thisRun : isAlive(Number(pid));
    if (!isBeingWritten) await rm(join(staging, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}

async function unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (hasCode(error, ...absentCodes)) return undefined;
    throw error;
  }
}

/** A folder is no file either. */
const absentCodes = ["ENOENT", "ENOTDIR", "EISDIR"];
