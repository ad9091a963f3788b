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
  const table = tableOffset(sfnt, "name");
  if (table === undefined) throw new TypeError("This font file has no names.");
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

/** Where a table begins; none when the font does not have it. */
function tableOffset(sfnt: Buffer, tag: string): number | undefined {
  if (sfnt.length < 12 || !SFNT_FLAVOURS.includes(sfnt.readUInt32BE(0))) {
    throw new TypeError("This is not a TrueType or OpenType file.");
  }
  const entry = Array.from({ length: sfnt.readUInt16BE(4) }, (_, index) => 12 + 16 * index).find(
    (at) => sfnt.toString("latin1", at, at + 4) === tag,
  );
  return entry === undefined ? undefined : sfnt.readUInt32BE(entry + 8);
}

/** Every code point that the font has a glyph for, by its Unicode character maps (`cmap`, formats 4 and 12). */
export function coveredCodePoints(sfnt: Buffer): ReadonlySet<number> {
  const covered = new Set<number>();
  const cmap = tableOffset(sfnt, "cmap");
  if (cmap === undefined) return covered;
  const maps = new Set<number>();
  for (let index = 0; index < sfnt.readUInt16BE(cmap + 2); index += 1) {
    const record = cmap + 4 + 8 * index;
    const [platform, encoding] = [sfnt.readUInt16BE(record), sfnt.readUInt16BE(record + 2)];
    const isUnicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    if (isUnicode) maps.add(cmap + sfnt.readUInt32BE(record + 4));
  }
  for (const map of maps) {
    const format = sfnt.readUInt16BE(map);
    if (format === 4) addSegments(covered, sfnt, map);
    if (format === 12) addGroups(covered, sfnt, map);
  }
  return covered;
}

/** Format 12: groups of first and last code point and the glyph of the first. */
function addGroups(covered: Set<number>, sfnt: Buffer, map: number): void {
  const count = sfnt.readUInt32BE(map + 12);
  for (let group = map + 16; group < map + 16 + 12 * count; group += 12) {
    const first = sfnt.readUInt32BE(group);
    const last = Math.min(sfnt.readUInt32BE(group + 4), 0x10_ffff);
    const glyph = sfnt.readUInt32BE(group + 8);
    for (let codePoint = first; codePoint <= last; codePoint += 1) {
      if (glyph + codePoint - first !== 0) covered.add(codePoint);
    }
  }
}

/** Format 4: segments whose glyphs are computed from the code, or read from the list behind the segments. */
function addSegments(covered: Set<number>, sfnt: Buffer, map: number): void {
  const double = sfnt.readUInt16BE(map + 6); // twice the number of segments
  for (let at = 0; at < double; at += 2) {
    const last = sfnt.readUInt16BE(map + 14 + at);
    const first = sfnt.readUInt16BE(map + 16 + double + at);
    const delta = sfnt.readUInt16BE(map + 16 + 2 * double + at);
    const offsetAt = map + 16 + 3 * double + at;
    const offset = sfnt.readUInt16BE(offsetAt);
    // The closing segment of every map is U+FFFF, which is no character.
    for (let codePoint = first; codePoint <= last && codePoint < 0xffff; codePoint += 1) {
      const found =
        offset === 0 ? codePoint : sfnt.readUInt16BE(offsetAt + offset + 2 * (codePoint - first));
      const glyph = offset !== 0 && found === 0 ? 0 : (found + delta) & 0xffff;
      if (glyph !== 0) covered.add(codePoint);
    }
  }
}
