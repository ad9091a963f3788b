import { join } from "node:path";
import { createDynamoStores, type DynamoStores } from "../../functions/storage/dynamo/stores.ts";
import { type FolderFiles, openFolderFiles } from "../../functions/storage/folder/files.ts";
import {
  createFolderTransfer,
  type FolderTransfer,
} from "../../functions/storage/folder/transfer.ts";
import type { Sha256 } from "../../shared/canonical-json.ts";
import { ok, type Result } from "../../shared/result.ts";
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

/** Opens the stores of a data folder, made when absent; refused while another process has it open. */
export async function openDataFolder({
  folder,
  sha256,
  now,
  secret,
  filesUrl,
}: DataFolderSettings): Promise<Result<DataFolder, EmbeddedDynamoRefusal>> {
  const table = "juesuan";
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
