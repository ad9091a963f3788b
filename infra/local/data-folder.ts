import { cp, mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import {
  type FolderFiles,
  openFolderFiles,
  readFolderFiles,
} from "../../functions/storage/folder/files.ts";
import {
  createFolderTransfer,
  type FolderTransfer,
} from "../../functions/storage/folder/transfer.ts";
import type { FileReader, Stores } from "../../functions/storage/ports.ts";
import {
  type Database,
  type DatabaseRefusal,
  type DatabaseSettings,
  openDatabase,
} from "../../functions/storage/sqlite/database.ts";
import { damagedRows, migrations } from "../../functions/storage/sqlite/item-table.ts";
import { createSqliteStores } from "../../functions/storage/sqlite/stores.ts";
import type { Sha256 } from "../../shared/canonical-json.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { lockDataFolder } from "./data-lock.ts";
import { setOnTheirWay } from "./set-on-their-way.ts";
import { putAside, takeOverLevel } from "./take-over-level.ts";
import { unwritableFolder } from "./unwritable-folder.ts";

/** Everything a local process stores: `db/` (SQLite), `vault/` (private files), `portal/` (public). */
export interface DataFolder extends Stores {
  readonly vault: FolderFiles;
  readonly portal: FolderFiles;
  /** Uploads to and downloads from the vault. */
  readonly transfer: FolderTransfer;
  readonly database: Pick<Database, "copyTo">;
  close(): Promise<void>;
}

interface DataFolderSettings {
  readonly folder: string;
  readonly sha256: Sha256;
  readonly now: () => string;
  /** Signs upload tickets and download links; they are void once it changes. */
  readonly secret: string | Uint8Array;
  /** Where the host mounts `transfer.handle`, without a closing slash. */
  readonly filesUrl: string;
  /** See `DatabaseSettings`. */
  readonly acceptLossUpTo?: number | undefined;
}

/** The message is a sentence or two for the person at the terminal: what is wrong, and how to mend it. */
export interface DataFolderRefusal {
  readonly code: DatabaseRefusal["code"] | "incomplete" | "unwritable" | "unopenable";
  readonly message: string;
}

/** The database of a data folder. */
export const databaseFile = (folder: string): string => join(folder, "db", "juesuan.sqlite");

/** Opens the stores of a data folder, made when it is empty; nothing in it is ever deleted. */
export async function openDataFolder({
  folder: named,
  sha256,
  now,
  secret,
  filesUrl,
  acceptLossUpTo,
}: DataFolderSettings): Promise<Result<DataFolder, DataFolderRefusal>> {
  const folder = resolve(named);
  const file = databaseFile(folder);
  const incomplete = await completeDatabase(folder, now);
  if (incomplete !== undefined) return err({ code: "incomplete", message: incomplete });
  const unwritable = await unwritableFolder(
    ["db", "vault", "portal"].map((name) => join(folder, name)),
  );
  if (unwritable !== undefined) return err({ code: "unwritable", message: unwritable });
  const opened = await openNamingFailure({ file, now, migrations, damagedRows, acceptLossUpTo });
  if ("message" in opened) return err(opened);
  if (!opened.ok) return err({ code: opened.error.code, message: sentenceOf(file, opened.error) });
  const database = opened.value;
  const vault = await openFolderFiles(join(folder, "vault"));
  // What the queues had done may be among the lost writes.
  if (acceptLossUpTo !== undefined) await setOnTheirWay(database, vault);
  const portal = await openFolderFiles(join(folder, "portal"));
  return ok({
    ...createSqliteStores(database, sha256),
    vault,
    portal,
    transfer: createFolderTransfer({ files: vault, secret, baseUrl: filesUrl, now }),
    database,
    close: () => database.close(),
  });
}

/** Errors of the system or of SQLite that an operator has to mend before a database can be opened. */
async function openNamingFailure(
  settings: DatabaseSettings,
): Promise<Awaited<ReturnType<typeof openDatabase>> | DataFolderRefusal> {
  try {
    return await openDatabase(settings);
  } catch (error) {
    if (!(error instanceof Error && ("errcode" in error || "code" in error))) throw error;
    const { file } = settings;
    return {
      code: "unopenable",
      message:
        `The database ${file} cannot be opened (${error.message}): let the user that runs this program read ` +
        `and write it and what lies beside it, or ${restoreBackup}. Nothing was changed.`,
    };
  }
}

/** Takes over the database of an earlier version; refuses a folder without one that is not new, with the reason. */
async function completeDatabase(folder: string, now: () => string): Promise<string | undefined> {
  const file = databaseFile(folder);
  if (await isThere(file)) {
    await putAside(join(folder, "db"));
    return undefined;
  }
  const taken = await takeOverLevel(file, { now });
  if (taken !== undefined) return "refusal" in taken ? taken.refusal : undefined;
  const filled = await filesWithoutDatabase(folder);
  if (filled.length === 0) return undefined;
  return (
    `The database ${file} is missing, while ${filled.join(" and ")} hold what belongs to it: put it back, ` +
    "or restore a backup into an empty folder with `npm run restore -- FILE --data DIR`. Nothing was changed."
  );
}

/** What a data folder holds once it is in use: the database and what follows from it. */
export const keptFolders = ["db", "vault", "portal", "queues", "mail"] as const;

/** Folders that only a database can have filled. */
async function filesWithoutDatabase(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of keptFolders.filter((one) => one !== "db")) {
    if (await hasContent(join(folder, name))) found.push(join(folder, name));
  }
  const acknowledged = `${databaseFile(folder)}.acknowledged`;
  return (await isThere(acknowledged)) ? [...found, acknowledged] : found;
}

export const hasContent = async (folder: string): Promise<boolean> =>
  (await readdir(folder).catch(() => [])).length > 0;

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const restoreBackup = "restore the latest backup with `npm run restore -- FILE --data DIR`";

/** Writes of a lost end that a sentence names. */
const mostNamed = 5;

function sentenceOf(file: string, refusal: DatabaseRefusal): string {
  switch (refusal.code) {
    case "damaged":
      return `The database ${file} is damaged (${refusal.faults.join("; ")}): ${restoreBackup}. Nothing was changed.`;
    case "behind": {
      const { lost, last } = refusal;
      const [first] = lost;
      const items = [...new Set(lost.map(({ item }) => item))];
      const named = items.slice(0, mostNamed).join(", ");
      const more = items.length > mostNamed ? ` and ${String(items.length - mostNamed)} more` : "";
      return (
        `The database ${file} lacks the last ${String(lost.length)} writes that were acknowledged, ` +
        `from ${first?.at ?? ""} to ${lost.at(-1)?.at ?? ""}: ${named}${more}. The disk did not keep them. ` +
        `Either ${restoreBackup}, or go on without them with \`npm start -- --accept-loss ${String(last)}\`. Nothing was changed.`
      );
    }
    case "too_new":
      return `The database ${file} was written by a later version of this program (schema ${String(refusal.version)}): start that version.`;
  }
}

/** The stores of a data folder as `openDataFolderToRead` opens them: what writes, writes to a copy. */
export interface ReadDataFolder extends Stores {
  readonly vault: FileReader;
  readonly portal: FileReader;
  close(): Promise<void>;
}

/**
 * Opens a data folder without changing anything in it. A database cannot be opened without writing
 * beside it, so a copy of it is, in a temporary folder; files are read where they are. No other process
 * may have the folder meanwhile.
 */
export async function openDataFolderToRead({
  folder,
  sha256,
}: Pick<DataFolderSettings, "folder" | "sha256">): Promise<
  Result<ReadDataFolder, { readonly code: "absent" | "in_use" | "unreadable" }>
> {
  if (!(await isThere(databaseFile(folder)))) return err({ code: "absent" });
  const lock = await lockDataFolder(folder);
  if (lock === undefined) return err({ code: "in_use" });
  const copy = await mkdtemp(join(tmpdir(), "juesuan-read-"));
  const letGo = async () => {
    await rm(copy, { recursive: true, force: true });
    await lock.release();
  };
  try {
    await cp(join(folder, "db"), join(copy, "db"), { recursive: true });
    const now = () => new Date().toISOString();
    const opened = await openDatabase({ file: databaseFile(copy), now, migrations, damagedRows });
    if (!opened.ok) {
      await letGo();
      return err({ code: "unreadable" });
    }
    return ok({
      ...createSqliteStores(opened.value, sha256),
      vault: readFolderFiles(join(folder, "vault")),
      portal: readFolderFiles(join(folder, "portal")),
      close: async () => {
        await opened.value.close();
        await letGo();
      },
    });
  } catch (error) {
    await letGo();
    throw error;
  }
}
