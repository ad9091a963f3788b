import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isCodedError } from "../../functions/platform/errors.ts";

/**
 * Makes the folders that are missing and writes a file in each, which is removed again; names the first
 * that cannot be written what to do, in one sentence.
 */
export async function unwritableFolder(folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    // One name always: what a killed start left is written over and removed by the next.
    const probe = join(folder, ".probe.tmp");
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // One byte, since a full disk still takes an empty file.
      await writeFile(probe, " ", { mode: 0o600 });
      await rm(probe, { force: true });
    } catch (error) {
      await rm(probe, { force: true }).catch(() => undefined);
      if (!isCodedError(error)) throw error;
      return `${folder} cannot be written (${String(error.code)}): ${remedyOf(String(error.code))}, or name another data folder with --data. Nothing was changed.`;
    }
  }
  return undefined;
}

function remedyOf(code: string): string {
  switch (code) {
    case "ENOSPC":
    case "EDQUOT":
      return "free some space on its disk";
    case "EEXIST":
    case "ENOTDIR":
      return "move away what lies there in place of a folder";
    case "EROFS":
      return "mount its disk for writing";
    default:
      return "let the user that runs this program write there";
  }
}
