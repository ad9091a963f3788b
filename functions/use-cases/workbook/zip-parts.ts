import { inflateRawSync } from "node:zlib";
import { err, ok, type Result } from "../../../shared/result.ts";
import { isCodedError } from "../../platform/errors.ts";

/**
 * Opens a zip file that anybody may have made. Its directory is judged before a byte is inflated, and
 * inflating ends at the size the directory declares, so that a false size cannot exhaust memory.
 */

/** An ordinary workbook of ten tables has 15 entries and 1 MB. */
export const zipLimits = {
  entries: 200,
  /** Of all entries, inflated: ten tables of 5,000 rows are 20 MB. */
  totalBytes: 32 * 1024 * 1024,
  /** Inflated ÷ packed, of entries above 1 MB; rows of zeros reach 60. */
  ratio: 150,
} as const;

export type ZipRefusal =
  | "not_a_zip"
  | "broken"
  | "encrypted"
  | "too_many_entries"
  | "too_large_inflated"
  | "ratio"
  | "nested";

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly inflated: number;
  readonly offset: number;
}

/** Entries by name, wanted ones only, inflated. A zip within the zip is refused unless it may be there. */
export function zipParts(
  bytes: Uint8Array,
  wanted: (name: string) => boolean,
  mayNest: (name: string) => boolean = () => false,
): Result<ReadonlyMap<string, Uint8Array>, ZipRefusal> {
  const directory = readDirectory(bytes);
  if (!directory.ok) return directory;
  const refused = refusalOf(directory.value, mayNest);
  if (refused !== undefined) return err(refused);
  const parts = new Map<string, Uint8Array>();
  for (const entry of directory.value) {
    if (!wanted(entry.name)) continue;
    const part = inflate(bytes, entry);
    if (part === undefined) return err("broken");
    parts.set(entry.name, part);
  }
  return ok(parts);
}

const signature = { end: 0x06054b50, entry: 0x02014b50, local: 0x04034b50 } as const;
/** What a zip64 directory writes where a number does not fit: nothing of ours is that large. */
const zip64 = 0xffffffff;

function readDirectory(bytes: Uint8Array): Result<readonly Entry[], ZipRefusal> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 22 || view.getUint32(0, true) !== signature.local) return err("not_a_zip");
  const end = endOfDirectory(view);
  if (end === undefined) return err("broken");
  const count = view.getUint16(end + 10, true);
  if (count > zipLimits.entries) return err("too_many_entries");
  const entries: Entry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== signature.entry)
      return err("broken");
    const flags = view.getUint16(at + 8, true);
    // Bit 0: the entry is encrypted; bits 6 and 13: strongly, and the directory as well.
    if ((flags & 0b0010_0000_0100_0001) !== 0) return err("encrypted");
    const nameBytes = view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    const [packed, inflated] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    const offset = view.getUint32(at + 42, true);
    if ([packed, inflated, offset].includes(zip64)) return err("too_large_inflated");
    entries.push({ name, method: view.getUint16(at + 10, true), packed, inflated, offset });
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  const names = new Set(entries.map(({ name }) => name));
  return names.size === entries.length ? ok(entries) : err("broken");
}

/** The last record of the file; a comment of at most 65,535 bytes may follow it. */
function endOfDirectory(view: DataView): number | undefined {
  const earliest = Math.max(0, view.byteLength - 22 - 0xffff);
  for (let at = view.byteLength - 22; at >= earliest; at -= 1) {
    if (view.getUint32(at, true) === signature.end) return at;
  }
  return undefined;
}

function refusalOf(
  entries: readonly Entry[],
  mayNest: (name: string) => boolean,
): ZipRefusal | undefined {
  const total = entries.reduce((sum, { inflated }) => sum + inflated, 0);
  if (total > zipLimits.totalBytes) return "too_large_inflated";
  const isBlownUp = ({ packed, inflated }: Entry) =>
    inflated > 1024 * 1024 && inflated > packed * zipLimits.ratio;
  if (entries.some(isBlownUp)) return "ratio";
  const isNested = ({ name }: Entry) =>
    /\.(?:zip|xlsx|xlsm|xls|jar|gz|7z|rar)$/iu.test(name) && !mayNest(name);
  return entries.some(isNested) ? "nested" : undefined;
}

/** Undefined when the entry differs from its directory record in size or method. */
function inflate(bytes: Uint8Array, entry: Entry): Uint8Array | undefined {
  const { offset, method, packed, inflated } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (offset + 30 > bytes.length || view.getUint32(offset, true) !== signature.local) {
    return undefined;
  }
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true);
  const data = bytes.subarray(start, start + packed);
  if (data.length !== packed) return undefined;
  if (method === 0) return packed === inflated ? data : undefined;
  if (method !== 8) return undefined;
  // Nothing, deflated, takes two bytes.
  if (inflated === 0) return packed <= 2 ? new Uint8Array() : undefined;
  try {
    const result = inflateRawSync(data, { maxOutputLength: inflated });
    return result.length === inflated ? result : undefined;
  } catch (error) {
    // Broken data, or more of it than declared: zlib names both by code.
    if (isCodedError(error)) return undefined;
    throw error;
  }
}

/**
 * The same parts as a zip file without packing. The reader of workbooks gets this one, so it never
 * meets a directory as it was uploaded. Checksums are left 0, which it takes for none.
 */
export function storedZip(parts: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const encoder = new TextEncoder();
  const entries = [...parts].map(([name, data]) => ({ name: encoder.encode(name), data }));
  const size = entries.reduce(
    (sum, { name, data }) => sum + 76 + 2 * name.length + data.length,
    22,
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  const offsets: number[] = [];
  let at = 0;
  for (const { name, data } of entries) {
    offsets.push(at);
    view.setUint32(at, signature.local, true);
    view.setUint16(at + 4, 20, true);
    view.setUint32(at + 18, data.length, true);
    view.setUint32(at + 22, data.length, true);
    view.setUint16(at + 26, name.length, true);
    bytes.set(name, at + 30);
    bytes.set(data, at + 30 + name.length);
    at += 30 + name.length + data.length;
  }
  const directory = at;
  for (const [index, { name, data }] of entries.entries()) {
    view.setUint32(at, signature.entry, true);
    view.setUint16(at + 6, 20, true);
    view.setUint32(at + 20, data.length, true);
    view.setUint32(at + 24, data.length, true);
    view.setUint16(at + 28, name.length, true);
    view.setUint32(at + 42, offsets[index] ?? 0, true);
    bytes.set(name, at + 46);
    at += 46 + name.length;
  }
  view.setUint32(at, signature.end, true);
  view.setUint16(at + 8, entries.length, true);
  view.setUint16(at + 10, entries.length, true);
  view.setUint32(at + 12, at - directory, true);
  view.setUint32(at + 16, directory, true);
  return bytes;
}
