import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

const isTemporary = /^\..*\.[0-9a-f-]{36}\.tmp$/;

/** Whether a file name is one a killed write left behind; safe to remove when nobody writes. */
export const isAbandonedWrite = (name: string): boolean => isTemporary.test(name);

/**
 * Writes a file so that a reader, or a start after `kill -9`, finds the old content or the new, never
 * half of it. `durable` also survives loss of power: the bytes and the folder entry are synced.
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  { mode = 0o600, durable = true }: { readonly mode?: number; readonly durable?: boolean } = {},
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, "wx", mode);
    try {
      await file.writeFile(content);
      if (durable) await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  if (durable) await syncFolder(folder);
}

/** Windows cannot open a folder; NTFS journals the rename itself. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
