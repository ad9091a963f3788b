import type { FileStore } from "../../../functions/storage/ports.ts";

export class OutOfPower extends Error {
  override readonly name = "OutOfPower";
}

/** Files in memory whose power can be cut after so many writes; what was written before stays. */
export interface MemoryFiles extends FileStore {
  readonly files: Map<string, Uint8Array>;
  /** Called before each write with its number; throwing refuses the write. */
  onWrite: (write: number, key: string) => void | Promise<void>;
  writes: () => number;
}

export function memoryFiles(start?: ReadonlyMap<string, Uint8Array>): MemoryFiles {
  const files = new Map(start);
  let count = 0;
  const store: MemoryFiles = {
    files,
    onWrite: () => undefined,
    writes: () => count,
    async putIfAbsent(key, bytes) {
      await store.onWrite((count += 1), key);
      if (files.has(key)) return "exists";
      files.set(key, bytes);
      return "stored";
    },
    async put(key, bytes) {
      await store.onWrite((count += 1), key);
      files.set(key, bytes);
    },
    get: (key) => Promise.resolve(files.get(key)),
    stat: (key) => {
      const bytes = files.get(key);
      return Promise.resolve(bytes && { key, sizeBytes: bytes.length });
    },
    list: (prefix) =>
      Promise.resolve(
        [...files]
          .filter(([key]) => key.startsWith(prefix))
          .map(([key, bytes]) => ({ key, sizeBytes: bytes.length }))
          .toSorted((a, b) => (a.key < b.key ? -1 : 1)),
      ),
    async delete(key) {
      await store.onWrite((count += 1), key);
      files.delete(key);
    },
  };
  return store;
}

/** The whole tree as text, to compare two runs byte for byte. */
export const treeOf = ({ files }: MemoryFiles): Record<string, string> =>
  Object.fromEntries(
    [...files]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, bytes]) => [key, Buffer.from(bytes).toString("base64")]),
  );
