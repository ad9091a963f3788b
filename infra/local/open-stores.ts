import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { newId, sha256 } from "../../functions/platform/ids.ts";
import { writeFileAtomic } from "../../functions/platform/write-file-atomic.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import {
  databaseFile,
  hasContent,
  keptFolders,
  openDataFolder,
  type DataFolder,
} from "./data-folder.ts";
import type { HostSettings } from "./host-settings.ts";
import { confirmKind } from "./installation/kind.ts";
import type { Installation } from "./installation/settings.ts";
import { queueNames } from "./queue/queue-dir.ts";
import { seedHistory, seedRegistry } from "./seed/seed.ts";
import { unwritableFolder } from "./unwritable-folder.ts";

/**
 * Opens the stores. The first start of a demonstration seeds in a folder of its own and moves the database in last, so a
 * process killed while seeding is known by that folder and begins anew. Nothing else is ever deleted.
 */
export async function openStores(
  { dataDir, seed, editions, now, acceptLossUpTo }: HostSettings,
  {
    installation,
    filesUrl,
  }: { readonly installation: Installation | undefined; readonly filesUrl: string },
): Promise<Result<DataFolder, { readonly message: string }>> {
  // A queue's own folder is made with the queue: a file in `queues` means that the folder is in use.
  const queueFolders = queueNames
    .map((name) => join(dataDir, "queues", name))
    .filter((folder) => existsSync(folder));
  const unwritable = await unwritableFolder([
    ...filesOfHost.map((name) => join(dataDir, name)),
    ...queueFolders,
  ]);
  if (unwritable !== undefined) return err({ message: unwritable });
  const secret = await storedSecret(join(dataDir, "files.secret"));
  if (!secret.ok) return secret;
  const open = (folder: string) =>
    openDataFolder({ folder, sha256, now, secret: secret.value, filesUrl, acceptLossUpTo });
  const nursery = join(dataDir, "seeding");
  const isHalfSeeded = existsSync(nursery) && !(await hasContent(join(dataDir, "db")));
  if (isHalfSeeded) await rm(join(dataDir, "vault"), { recursive: true, force: true });
  await rm(nursery, { recursive: true, force: true });
  const kept = await Promise.all(keptFolders.map((name) => hasContent(join(dataDir, name))));
  if (installation !== undefined && !existsSync(databaseFile(dataDir))) {
    return err({
      message: `${databaseFile(dataDir)} 缺失，而 ${dataDir} 是正式系统的数据文件夹：请从备份恢复（npm run restore -- 备份文件 --data 新文件夹）。没有改动任何内容。`,
    });
  }
  if (!kept.includes(true)) {
    const opened = await open(nursery);
    if (!opened.ok) return opened;
    const deps = { ...opened.value, files: opened.value.vault, sha256, editions, now, newId };
    await seedRegistry(deps);
    if (seed === "city") await seedHistory(deps);
    await opened.value.close();
    for (const name of ["vault", "db"]) {
      await rm(join(dataDir, name), { recursive: true, force: true }); // an empty one
      await rename(join(nursery, name), join(dataDir, name));
    }
    await rm(nursery, { recursive: true });
  }
  const opened = await open(dataDir);
  if (!opened.ok) return opened;
  const confirmed = await confirmKind(opened.value.effects, { folder: dataDir, installation, now });
  if (confirmed.ok) return opened;
  await opened.value.close();
  return confirmed;
}

/** What this process writes in a data folder, besides its database. */
const filesOfHost = ["vault", "portal", "mail", "oidc", "queues"];

/** Signs upload tickets and download links; made once, so that they outlive a restart. */
async function storedSecret(path: string): Promise<Result<string, { readonly message: string }>> {
  if (!existsSync(path)) {
    await writeFileAtomic(path, randomBytes(32).toString("hex"), { mode: 0o600 });
  }
  const stored = await readFile(path, "utf8");
  if (/^[0-9a-f]{64}$/u.test(stored)) return ok(stored);
  return err({
    message: `${path} does not hold the 64 characters that were written there: put it back, or remove it (links handed out before then stop working).`,
  });
}
