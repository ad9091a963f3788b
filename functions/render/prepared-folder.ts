import { existsSync } from "node:fs";
import { mkdir, open, readFile, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { randomUUID } from "node:crypto";
import { hasCode } from "../platform/errors.ts";

const LOCK_WAIT_MS = 60_000;

/**
 * Makes `folder` appear whole or not at all: it is filled under another name and renamed.
 * The lock only spares two processes the same work; the rename alone keeps a race harmless.
 */
export async function prepareFolder(
  folder: string,
  fill: (unfinished: string) => Promise<void>,
): Promise<void> {
  if (existsSync(folder)) return;
  await mkdir(dirname(folder), { recursive: true });
  const lock = `${folder}.lock`;
  const isHolder = await takeLock(lock, folder);
  const unfinished = `${folder}.${process.pid}-${randomUUID()}.unfinished`;
  try {
    if (existsSync(folder)) return;
    if (isHolder) await removeAbandoned(folder);
    await mkdir(unfinished);
    await fill(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
    if (isHolder) await rm(lock, { force: true });
  }
}

/** False when another process did the work, or held the lock for longer than the work can take. */
async function takeLock(lock: string, folder: string): Promise<boolean> {
  const giveUpAt = performance.now() + LOCK_WAIT_MS;
  while (performance.now() < giveUpAt && !existsSync(folder)) {
    try {
      const file = await open(lock, "wx");
      await file.writeFile(String(process.pid));
      await file.close();
      return true;
    } catch (error) {
      if (!hasCode(error, "EEXIST")) throw error;
    }
    const holder = await readFile(lock, "utf8").catch(() => "");
    if (holder !== "" && !isAlive(Number(holder))) await rm(lock, { force: true });
    await pause(50);
  }
  return false;
}

async function removeAbandoned(folder: string): Promise<void> {
  const name = basename(folder);
  for (const sibling of await readdir(dirname(folder))) {
    const owner = /^\.(\d+)-.*\.unfinished$/.exec(
      sibling.startsWith(name) ? sibling.slice(name.length) : "",
    );
    if (owner && !isAlive(Number(owner[1]))) {
      await rm(join(dirname(folder), sibling), { recursive: true, force: true });
    }
  }
}

/** Whether a process of this machine bears the id; one of another user counts as alive. */
export function isAlive(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false;
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return hasCode(error, "EPERM");
  }
}
