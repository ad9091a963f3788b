import { inflateSync } from "node:zlib";

const WOFF_SIGNATURE = 0x774f4646; // "wOFF"
const SFNT_FLAVOURS: readonly number[] = [0x00010000, 0x4f54544f, 0x74727565]; // 1.0, "OTTO", "true"

type SfntTable = { tag: string; checksum: number; data: Buffer };

/**
 * WOFF 1.0 (W3C 2012) back to the plain TrueType or OpenType file it was packed from:
 * the same tables, inflated, behind a directory of 16 bytes a table, each on a 4-byte boundary.
 */
export function woffToSfnt(woff: Buffer): Buffer {
  if (woff.length < 44 || woff.readUInt32BE(0) !== WOFF_SIGNATURE) {
    throw new TypeError("This is not a WOFF 1.0 file.");
  }
  const flavour = woff.readUInt32BE(4);
  const tables = Array.from({ length: woff.readUInt16BE(12) }, (_, index): SfntTable => {
    const entry = 44 + index * 20;
    const offset = woff.readUInt32BE(entry + 4);
    const packedLength = woff.readUInt32BE(entry + 8);
    const length = woff.readUInt32BE(entry + 12);
    const packed = woff.subarray(offset, offset + packedLength);
    const data = packedLength < length ? inflateSync(packed) : packed;
    const tag = woff.toString("latin1", entry, entry + 4);
    if (data.length !== length) throw new TypeError(`Table ${tag} of the WOFF file is damaged.`);
    return { tag, checksum: woff.readUInt32BE(entry + 16), data };
  });
  return joinTables(flavour, tables);
}

function joinTables(flavour: number, tables: readonly SfntTable[]): Buffer {
  const searchable = 2 ** Math.floor(Math.log2(tables.length));
  const directory = Buffer.alloc(12 + 16 * tables.length);
  directory.writeUInt32BE(flavour, 0);
  directory.writeUInt16BE(tables.length, 4);
  directory.writeUInt16BE(searchable * 16, 6);
  directory.writeUInt16BE(Math.log2(searchable), 8);
  directory.writeUInt16BE((tables.length - searchable) * 16, 10);
  const parts: Buffer[] = [directory];
  let offset = directory.length;
  for (const [index, { tag, checksum, data }] of tables.entries()) {
    const entry = 12 + 16 * index;
    directory.write(tag, entry, "latin1");
    directory.writeUInt32BE(checksum, entry + 4);
    directory.writeUInt32BE(offset, entry + 8);
    directory.writeUInt32BE(data.length, entry + 12);
    const padding = Buffer.alloc((4 - (data.length % 4)) % 4);
    parts.push(data, padding);
    offset += data.length + padding.length;
  }
  return Buffer.concat(parts);
}

/** Every name a TrueType or OpenType file gives its family (name ids 1 and 16), in file order. */
export function familyNames(sfnt: Buffer): readonly string[] {
  if (sfnt.length < 12 || !SFNT_FLAVOURS.includes(sfnt.readUInt32BE(0))) {
    throw new TypeError("This is not a TrueType or OpenType file.");
  }
  const tableCount = sfnt.readUInt16BE(4);
  const entry = Array.from({ length: tableCount }, (_, index) => 12 + 16 * index).find(
    (at) => sfnt.toString("latin1", at, at + 4) === "name",
  );
  if (entry === undefined) throw new TypeError("This font file has no names.");
  const table = sfnt.readUInt32BE(entry + 8);
  const strings = table + sfnt.readUInt16BE(table + 4);
  const names = new Set<string>();
  for (let index = 0; index < sfnt.readUInt16BE(table + 2); index += 1) {
    const record = table + 6 + 12 * index;
    const platform = sfnt.readUInt16BE(record);
    const nameId = sfnt.readUInt16BE(record + 6);
    if ((nameId !== 1 && nameId !== 16) || (platform !== 0 && platform !== 3)) continue;
    const start = strings + sfnt.readUInt16BE(record + 10);
    const utf16 = Buffer.from(sfnt.subarray(start, start + sfnt.readUInt16BE(record + 8)));
    names.add(utf16.swap16().toString("utf16le"));
  }
  return [...names];
}
