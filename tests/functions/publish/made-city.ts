import type { FileStore } from "../../../functions/storage/ports.ts";
import type { CatalogueRow } from "../../../shared/disclosure/catalogue.ts";
import { sha256 } from "./publication.ts";

/** Published rows of a made-up city: departments of nine units each, coded as cities code them. */
export function madeRows(count: number): CatalogueRow[] {
  return Array.from({ length: count }, (_, index): CatalogueRow => {
    const place = index % 10;
    const department = {
      code: String(201 + Math.floor(index / 10)),
      name: `第${String(201 + Math.floor(index / 10))}局`,
    };
    const code =
      place === 0 ? department.code : `${department.code}${String(place).padStart(3, "0")}`;
    return {
      ...{ code, name: `${department.name}${place === 0 ? "" : `第${String(place)}中心`}` },
      ...{ kind: place === 0 ? "department" : "unit", department },
      published: {
        number: 1,
        at: new Date(Date.UTC(2023, 7, 1) + index * 60_000).toISOString(),
        editionHash: sha256(code),
        ...{ income: 1_234_567_00 + index, expense: 1_234_000_00 + index },
      },
    };
  });
}

/** The calls of a file store. */
export interface Traffic {
  /** Calls that read or look for one file, and calls that write or remove one. */
  reads: number;
  writes: number;
  /** Files that a listing named. */
  listed: number;
  bytesRead: number;
  bytesWritten: number;
}

export const noTraffic = (): Traffic => ({
  ...{ reads: 0, writes: 0, listed: 0, bytesRead: 0, bytesWritten: 0 },
});

/** The same store, with its calls counted. */
export function countedFiles(files: FileStore, traffic: Traffic): FileStore {
  const written = (bytes: Uint8Array) => {
    traffic.writes += 1;
    traffic.bytesWritten += bytes.length;
  };
  return {
    async get(key) {
      const bytes = await files.get(key);
      traffic.reads += 1;
      traffic.bytesRead += bytes?.length ?? 0;
      return bytes;
    },
    async stat(key) {
      traffic.reads += 1;
      return files.stat(key);
    },
    async list(prefix) {
      const found = await files.list(prefix);
      traffic.listed += found.length;
      return found;
    },
    async putIfAbsent(key, bytes, contentType) {
      written(bytes);
      return files.putIfAbsent(key, bytes, contentType);
    },
    async put(key, bytes, contentType) {
      written(bytes);
      return files.put(key, bytes, contentType);
    },
    async delete(key) {
      traffic.writes += 1;
      return files.delete(key);
    },
  };
}
