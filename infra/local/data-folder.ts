import { constants } from "node:fs";
import { cp, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDynamoStores, type DynamoStores } from "../../functions/storage/dynamo/stores.ts";
import {
  type FolderFiles,
  openFolderFiles,
  readFolderFiles,
} from "../../functions/storage/folder/files.ts";
import {
  createFolderTransfer,
  type FolderTransfer,
} from "../../functions/storage/folder/transfer.ts";
import type { Sha256 } from "../../shared/canonical-json.ts";
import type { FileReader } from "../../functions/storage/ports.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { holdDataFolder } from "./data-lock.ts";
import { type EmbeddedDynamoRefusal, startEmbeddedDynamo } from "./dynalite.ts";

/** Everything a local process stores: `db/` (LevelDB), `vault/` (private files), `portal/` (public). */
export interface DataFolder extends DynamoStores {
  readonly vault: FolderFiles;
  readonly portal: FolderFiles;
  /** Uploads to and downloads from the vault. */
  readonly transfer: FolderTransfer;
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
}

const table = "juesuan";

/** Opens the stores of a data folder, made when absent; refused while another process has it open. */
export async function openDataFolder({
  folder,
  sha256,
  now,
  secret,
  filesUrl,
}: DataFolderSettings): Promise<Result<DataFolder, EmbeddedDynamoRefusal>> {
  const dynamo = await startEmbeddedDynamo({ path: join(folder, "db"), table });
  if (!dynamo.ok) return dynamo;
  const vault = await openFolderFiles(join(folder, "vault"));
  const portal = await openFolderFiles(join(folder, "portal"));
  return ok({
    ...createDynamoStores({ client: dynamo.value.client, table, sha256 }),
    vault,
    portal,
    transfer: createFolderTransfer({ files: vault, secret, baseUrl: filesUrl, now }),
    close: () => dynamo.value.close(),
  });
}

/** The stores of a data folder as `openDataFolderToRead` opens them: what writes, writes to a copy. */
export interface ReadDataFolder extends DynamoStores {
  readonly vault: FileReader;
  readonly portal: FileReader;
  close(): Promise<void>;
}

/**
 * Opens a data folder without changing anything in it. The database cannot be opened without writing,
 * so a copy of it is, in a temporary folder; files are read where they are. No other process may have
 * the folder meanwhile.
 */
export async function openDataFolderToRead({
  folder,
  sha256,
}: Pick<DataFolderSettings, "folder" | "sha256">): Promise<
  Result<ReadDataFolder, { readonly code: "absent" | "in_use" | "unreadable" }>
> {
  const database = await stat(join(folder, "db")).catch(() => undefined);
  if (database?.isDirectory() !== true) return err({ code: "absent" });
  const lock = await holdDataFolder(folder);
  if (lock === undefined) return err({ code: "in_use" });
  const copy = await mkdtemp(join(tmpdir(), "juesuan-read-"));
  const letGo = async () => {
    await rm(copy, { recursive: true, force: true });
    await lock.release();
  };
  try {
    const path = join(copy, "db");
    await cp(join(folder, "db"), path, { recursive: true, mode: constants.COPYFILE_FICLONE });
    const dynamo = await startEmbeddedDynamo({ path, table });
    if (!dynamo.ok) {
      await letGo();
      return dynamo;
    }
    return ok({
      ...createDynamoStores({ client: dynamo.value.client, table, sha256 }),
      vault: readFolderFiles(join(folder, "vault")),
      portal: readFolderFiles(join(folder, "portal")),
      close: async () => {
        await dynamo.value.close();
        await letGo();
      },
    });
  } catch (error) {
    await letGo();
    if (isDamaged(error)) return err({ code: "unreadable" });
    throw error;
  }
}

/** LevelDB could not open its files. */
const isDamaged = (error: unknown): boolean =>
  error instanceof Error && "code" in error && String(error.code).startsWith("LEVEL_");
