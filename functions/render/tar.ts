import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";

const BLOCK_BYTES = 512;

/** Writes the regular files of a POSIX (ustar) archive below a folder; other entries are left out. */
export async function extractTar(archive: Buffer, folder: string): Promise<void> {
  let offset = 0;
  while (offset + BLOCK_BYTES <= archive.length && archive[offset] !== 0) {
    const field = (start: number, length: number) =>
      archive.toString("utf8", offset + start, offset + start + length).replace(/\0.*$/s, "");
    const path = normalize(join(field(345, 155), field(0, 100)));
    const sizeBytes = Number.parseInt(field(124, 12), 8);
    const type = field(156, 1);
    const content = archive.subarray(offset + BLOCK_BYTES, offset + BLOCK_BYTES + sizeBytes);
    if (type === "0" || type === "") {
      if (path.startsWith("..") || path.startsWith("/") || content.length !== sizeBytes) {
        throw new TypeError(`The archive holds an entry that cannot be unpacked: ${path}`);
      }
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, content, { mode: Number.parseInt(field(100, 8), 8), flush: true });
    }
    offset += BLOCK_BYTES * (1 + Math.ceil(sizeBytes / BLOCK_BYTES));
  }
}
