import { sha256 } from "../../../functions/platform/ids.ts";
import type { FileReader, FileStore } from "../../../functions/storage/ports.ts";
import { inBatches } from "../../../functions/use-cases/in-batches.ts";
import { contentTypeOf } from "../static-files.ts";
import { copiedOf, type Copied, type Outcome } from "./copied.ts";

/** Files that are read or written side by side: an attachment has up to 20 MB. */
const filesAtOnce = 8;

/**
 * Copies every file of a folder into a bucket, or with `isCheck` compares them alone, and reads each again there: it is
 * there when its SHA-256 is that of the file here. A file with other bytes is a fault, and stays as it is.
 */
export async function copyFiles(
  from: FileReader,
  to: FileStore,
  { name, isCheck }: { readonly name: string; readonly isCheck: boolean },
): Promise<Copied> {
  const listed = await from.list("");
  const outcomes = await inBatches(listed, filesAtOnce, async ({ key }): Promise<Outcome> => {
    const where = `${name}/${key}`;
    const bytes = await from.get(key);
    // It was listed a moment ago, and nobody else has the folder.
    if (bytes === undefined) throw new Error(`${where} is gone.`);
    const isThere = async () => {
      const stored = await to.get(key);
      return stored === undefined ? undefined : sha256(stored) === sha256(bytes);
    };
    const before = await isThere();
    if (before !== undefined) return before ? "there" : { where, what: "is other than here" };
    if (isCheck) return { where, what: "is missing there" };
    await to.putIfAbsent(key, bytes, typeOf(key, bytes));
    return (await isThere()) === true ? "written" : { where, what: "is other than here" };
  });
  return copiedOf(outcomes);
}

/** By its name; what is stored under its hash has none, and is JSON or a file that is handed out with its own type. */
function typeOf(key: string, bytes: Uint8Array): string {
  if (/\.[a-z0-9]+$/iu.test(key)) return contentTypeOf(key);
  const isJson = bytes[0] === 0x7b || bytes[0] === 0x5b;
  return isJson ? "application/json" : "application/octet-stream";
}
