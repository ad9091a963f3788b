import { constants, type BigIntStats } from "node:fs";
import { mkdir, open, readFile, rm, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { z } from "zod";
import { writeFileAtomic } from "../../functions/platform/write-file-atomic.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { hasCode } from "../../functions/platform/errors.ts";

type DataLock = { release(): Promise<void> };

/** The message is one sentence for the person at the terminal. */
type DataLockRefusal = { readonly code: "in_use" | "unwritable"; readonly message: string };

type Release = () => Promise<void>;

const ownerSchema = z.object({ pid: z.number(), startedAt: z.string() });

/**
 * Claims a data folder for this process alone, creating it when absent. The lock is one the
 * operating system keeps and releases when the process dies in any way, so nothing can be stale:
 * a named socket on Linux, an exclusively opened file on macOS and Windows. `owner.json` beside it
 * only names the owner to a second process.
 */
export async function acquireDataLock(
  dir: string,
  { now }: { readonly now: () => string },
): Promise<Result<DataLock, DataLockRefusal>> {
  const folder = resolve(dir);
  const owner = join(folder, "owner.json");
  let release: Release | undefined;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    release = await lockFolder(folder);
    if (release === undefined) {
      return err({ code: "in_use", message: await inUseSentence(folder, owner) });
    }
    await writeFileAtomic(owner, JSON.stringify({ pid: process.pid, startedAt: now() }), {
      mode: 0o600,
    });
  } catch (error) {
    await release?.();
    if (!isRefusedByFileSystem(error)) throw error;
    return err({
      code: "unwritable",
      message: `The data folder ${folder} cannot be written (${error.code}): name another folder or mend its permissions.`,
    });
  }
  const unlock = release;
  return ok({
    release: async () => {
      await rm(owner, { force: true });
      await unlock();
    },
  });
}

/**
 * Locks an existing folder without writing in it, so that nobody changes what is being read;
 * undefined while another process has it.
 */
export async function lockDataFolder(dir: string): Promise<DataLock | undefined> {
  const release = await lockFolder(resolve(dir));
  return release && { release };
}

const refusals = ["EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR", "EEXIST", "ENOENT"];

const isRefusedByFileSystem = (error: unknown): error is NodeJS.ErrnoException & { code: string } =>
  hasCode(error, ...refusals);

async function inUseSentence(folder: string, owner: string): Promise<string> {
  const who = await readOwner(owner);
  const by = who === undefined ? "" : ` (process ${who.pid}, since ${who.startedAt})`;
  return `The data folder ${folder} is in use by another process${by}: stop that one or name another folder.`;
}

async function readOwner(path: string): Promise<z.infer<typeof ownerSchema> | undefined> {
  try {
    return ownerSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch {
    return undefined; // another process may hold the folder without having written its name yet
  }
}

async function lockFolder(folder: string): Promise<Release | undefined> {
  switch (process.platform) {
    case "darwin":
      return lockFile(folder, macExclusive, ["EAGAIN", "EWOULDBLOCK"]);
    case "win32":
      return lockFile(folder, windowsExclusive, ["EBUSY", "EPERM"]);
    default:
      return lockSocket(await stat(folder, { bigint: true }));
  }
}

/** open(2) on macOS: O_EXLOCK takes the file's lock with the opening, O_NONBLOCK refuses to wait. */
const macExclusive = 0x20 | 0x4;

/** libuv's UV_FS_O_EXLOCK: opened without sharing. Node does not name it in fs.constants. */
const windowsExclusive = 0x10000000;

async function lockFile(
  folder: string,
  exclusive: number,
  taken: readonly string[],
): Promise<Release | undefined> {
  const flags = constants.O_CREAT | constants.O_RDWR | exclusive;
  try {
    const file = await open(join(folder, "lock"), flags, 0o600);
    return () => file.close();
  } catch (error) {
    if (hasCode(error, ...taken)) return undefined;
    throw error;
  }
}

/** A socket in Linux's abstract name space, named after the folder itself, by whatever path it came. */
function lockSocket({ dev, ino }: BigIntStats): Promise<Release | undefined> {
  return new Promise((settle, fail) => {
    const socket = createServer((caller) => caller.destroy());
    socket.unref();
    socket.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") settle(undefined);
      else fail(error);
    });
    socket.listen(`\0juesuan-data:${dev}:${ino}`, () => {
      settle(() => new Promise((closed) => socket.close(() => closed())));
    });
  });
}
