import { DatabaseSync } from "@photostructure/sqlite";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, rmdir, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { sha256 } from "../../functions/platform/ids.ts";
import { syncFolder, writeFileAtomic } from "../../functions/platform/write-file-atomic.ts";
import { openFolderFiles } from "../../functions/storage/folder/files.ts";
import { openDatabase } from "../../functions/storage/sqlite/database.ts";
import { damagedRows, migrations } from "../../functions/storage/sqlite/item-table.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { databaseFile } from "./data-folder.ts";
import { setOnTheirWay } from "./set-on-their-way.ts";
import { hasCode } from "../../functions/platform/errors.ts";

/**
 * A backup is one SQLite file: the database as it was at one moment, and every file beside it with its
 * hash. It is made while the system runs, for files are written once and the database is read by
 * snapshot; queues are left out, for what they hold follows from the events (docs/adr/0021).
 */

/** What of a data folder a backup holds besides the database. */
const parts = [
  ...["vault", "portal", "oidc", "fonts", "mail"],
  ...["files.secret", "smtp.secret", "installation.json"],
];

export interface Backup {
  readonly files: number;
  readonly bytes: number;
  /** ISO 8601 in UTC. */
  readonly madeAt: string;
}

/** A sentence for the person at the terminal. */
interface Refusal {
  readonly message: string;
}

export async function backUp(
  folder: string,
  file: string,
  { now }: { readonly now: () => string },
): Promise<Result<Backup, Refusal>> {
  if (await isThere(file)) {
    return err({
      message: `${file} is there already: name another file, backups are never overwritten.`,
    });
  }
  if (!(await isThere(databaseFile(folder)))) {
    return err({ message: `${folder} has no database: name the data folder with --data.` });
  }
  const half = `${file}.part`;
  await rm(half, { force: true });
  const madeAt = now();
  const source = new DatabaseSync(databaseFile(folder), { readOnly: true });
  try {
    source.prepare("VACUUM INTO ?").run(half);
  } finally {
    source.close();
  }
  const backup = new DatabaseSync(half);
  let [files, bytes] = [0, 0];
  try {
    backup.exec(
      `CREATE TABLE backup (made_at TEXT NOT NULL, files INTEGER NOT NULL) STRICT;
       CREATE TABLE backup_files (path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, content BLOB NOT NULL) STRICT`,
    );
    backup.exec("BEGIN");
    const add = backup.prepare("INSERT INTO backup_files VALUES (?, ?, ?)");
    for await (const path of filesOf(folder)) {
      const content = await readFile(join(folder, path)).catch(gone);
      if (content === undefined) continue;
      add.run(path.split(sep).join("/"), sha256(content), content);
      files += 1;
      bytes += content.byteLength;
    }
    backup.prepare("INSERT INTO backup VALUES (?, ?)").run(madeAt, files);
    backup.exec("COMMIT");
  } finally {
    backup.close();
  }
  await rename(half, file);
  await syncFolder(dirname(resolve(file)));
  return ok({ files, bytes, madeAt });
}

/** Files that are neither half written nor a process's own. */
async function* filesOf(folder: string): AsyncGenerator<string> {
  for (const part of parts) {
    const path = join(folder, part);
    const found = await stat(path).catch(gone);
    if (found?.isFile() === true) yield part;
    if (found?.isDirectory() !== true) continue;
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith(".tmp")) continue;
      yield relative(folder, join(entry.parentPath, entry.name));
    }
  }
}

/** Makes a data folder of a backup; the folder must be empty or not there, and is whole or not there after. */
export async function restore(
  file: string,
  named: string,
  { now }: { readonly now: () => string },
): Promise<Result<Backup, Refusal>> {
  const folder = resolve(named);
  const present = await readdir(folder).catch(() => []);
  if (present.length > 0) {
    return err({
      message: `${folder} is not empty: restore into another folder, or move this one away first. Nothing was changed.`,
    });
  }
  if (!(await isThere(file))) return err({ message: `${file} is not there.` });
  await mkdir(dirname(folder), { recursive: true });
  const half = await mkdtemp(`${folder}.restoring-`);
  try {
    const restored = await restoreInto(half, file, now);
    if (restored.ok) {
      await rmdir(folder).catch(() => undefined);
      await rename(half, folder);
      await syncFolder(dirname(folder));
    }
    return restored;
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

async function restoreInto(
  folder: string,
  file: string,
  now: () => string,
): Promise<Result<Backup, Refusal>> {
  const damaged = (what: string) =>
    err({
      message: `The backup ${file} is damaged (${what}): take another one. Nothing was changed.`,
    });
  const backup = new DatabaseSync(file, { readOnly: true });
  try {
    const [info] = backup.prepare("SELECT made_at, files FROM backup").all() as Made[];
    if (info === undefined) return damaged("it is not complete");
    let [files, bytes] = [0, 0];
    const named = backup.prepare("SELECT path FROM backup_files ORDER BY path").all() as Named[];
    const kept = backup.prepare("SELECT sha256, content FROM backup_files WHERE path = ?");
    for (const { path } of named) {
      const { sha256: hash, content } = kept.get(path) as Kept;
      const target = resolve(folder, path);
      if (!target.startsWith(folder + sep)) return damaged(`it names ${path}`);
      if (sha256(content) !== hash) return damaged(path);
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      await writeFileAtomic(target, content);
      files += 1;
      bytes += content.byteLength;
    }
    if (files !== info.files) return damaged("files are missing");
    await mkdir(join(folder, "db"), { mode: 0o700 });
    const database = databaseFile(folder);
    backup.prepare("VACUUM INTO ?").run(database);
    const fault = await makeReady(database, join(folder, "vault"), now);
    if (fault !== undefined) return damaged(fault);
    return ok({ files, bytes, madeAt: info.made_at });
  } catch (error) {
    if (error instanceof Error && "errcode" in error) return damaged(error.message);
    throw error;
  } finally {
    backup.close();
  }
}

interface Made {
  readonly made_at: string;
  readonly files: number;
}

interface Named {
  readonly path: string;
}
interface Kept {
  readonly sha256: string;
  readonly content: Uint8Array;
}

/** Takes out what is the backup's own, and sets what was on its way on its way again. */
async function makeReady(
  file: string,
  vault: string,
  now: () => string,
): Promise<string | undefined> {
  const sqlite = new DatabaseSync(file);
  sqlite.exec("DROP TABLE backup_files; DROP TABLE backup; VACUUM");
  sqlite.close();
  const opened = await openDatabase({ file, now, migrations, damagedRows });
  if (!opened.ok) return opened.error.code;
  // The queues of the backed up system are gone, and files were added while the database was copied.
  await setOnTheirWay(opened.value, await openFolderFiles(vault));
  await opened.value.close();
  return undefined;
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

function gone(error: unknown): undefined {
  if (hasCode(error, "ENOENT")) return undefined;
  throw error;
}
